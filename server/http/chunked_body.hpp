// Reads a chunked request body, stricter than Beast 1.81, which bounds neither chunk headers nor trailers: no
// extensions, no trailers, sizes of at most eight hexadecimal digits, the whole within limits::http_body_bytes.
// A machine without I/O: feed it what arrives.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "protocol/result.hpp"

namespace foyer::http {

class ChunkedBody {
 public:
  // Takes what belongs to the body off the front of `input`. True when the body is complete; what is left in
  // `input` is the next request. After an error the connection must close.
  Result<bool> feed(std::string_view& input);
  std::string take() { return std::move(body_); }

 private:
  enum class State { size, size_end, data, data_end_cr, data_end_lf, last_cr, last_lf };
  Result<bool> step(std::string_view& input);
  Result<bool> size_letter(char letter);

  State state_ = State::size;
  std::size_t size_ = 0;  // of the present chunk, then what is left of it
  std::size_t digits_ = 0;
  std::string body_;
};

}  // namespace foyer::http
