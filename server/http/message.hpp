// A request and an answer as the handlers see them: plain values, no Beast, no socket. The session has already
// admitted the request and read its whole body.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace foyer::http {

enum class Method { get, head, post, put, patch, remove, options };

std::string_view to_word(Method method);  // "GET", "DELETE", …
std::optional<Method> method_from_word(std::string_view word);

bool equal_ignoring_case(std::string_view a, std::string_view b);

using Header = std::pair<std::string, std::string>;
using Headers = std::vector<Header>;

// The first field of that name, in any case; empty when there is none.
std::optional<std::string_view> find_header(const Headers& headers, std::string_view name);
std::size_t count_headers(const Headers& headers, std::string_view name);

struct Request {
  std::string id;  // made by the server, unique in its logs
  Method method = Method::get;
  std::string path;   // as sent, percent-encoded
  std::string query;  // after '?', percent-encoded
  int version = 11;
  Headers headers;
  std::string body;
  std::string client_address;  // behind a trusted proxy the forwarded one

  std::optional<std::string_view> header(std::string_view name) const { return find_header(headers, name); }
  // The media type in lower case without its parameters; "" when the field is absent.
  std::string media_type() const;
  std::string target() const { return query.empty() ? path : path + "?" + query; }
};

// Bytes of an answer: own text, text that lives as long as the program (embedded files), or text that many share.
using Body = std::variant<std::string, std::string_view, std::shared_ptr<const std::string>>;
std::string_view bytes_of(const Body& body);

struct Response {
  int status = 200;
  Headers headers;
  Body body;
  std::shared_ptr<const std::string> ready_fields = {};  // more header fields, finished, the length among them

  void set(std::string_view name, std::string value);  // replaces
  void add(std::string_view name, std::string value);  // Set-Cookie may come twice
  std::optional<std::string_view> header(std::string_view name) const { return find_header(headers, name); }
};

Response json_response(int status, std::string json);
Response text_response(int status, std::string text);
Response empty_response(int status);
// The answer to a form: the browser gets the place with GET. `location` is a local path.
Response see_other(std::string location);
Response redirect(int status, std::string location);

}  // namespace foyer::http
