// Decides whether a request is well-formed enough to be answered, before anything acts on it. Two readers of
// one byte stream must not see different requests (smuggling), so everything ambiguous is refused and the
// connection closed: folded or indented fields, bare CR or LF, controls, a Host that is missing, doubled or
// malformed, any Transfer-Encoding but exactly `chunked` in HTTP/1.1, lengths that are lists or doubled, both
// framings at once, targets other than a local path. Pure functions over the raw bytes; tests feed them those.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "protocol/result.hpp"
#include "server/http/message.hpp"

namespace foyer::http {

enum class Framing { none, length, chunked };

struct Admitted {
  Method method = Method::get;
  std::string path;
  std::string query;
  int version = 11;
  Headers headers;
  Framing framing = Framing::none;
  std::size_t length = 0;  // of the body when framing is length; within limits::http_body_bytes
  bool keep_alive = true;
  bool expects_continue = false;
  bool wants_upgrade = false;  // Connection: upgrade and Upgrade: websocket
};

// `raw_head` is everything up to and with the empty line. Every refusal closes the connection:
// bad_request (400), not_implemented (501: method or transfer coding), payload_too_large (413).
Result<Admitted> admit(std::string_view raw_head);

// Whether one of the comma-separated tokens of all fields of that name is `token`, in any case.
bool has_token(const Headers& headers, std::string_view name, std::string_view token);

}  // namespace foyer::http
