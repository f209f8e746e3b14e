#include "server/http/chunked_body.hpp"

#include <algorithm>

#include "protocol/limits.hpp"

namespace foyer::http {
namespace {

constexpr std::size_t most_size_digits = 8;

Error malformed() { return refused(ErrorCode::bad_request, "The chunked body is malformed."); }

int hex_digit(char digit) {
  if (digit >= '0' && digit <= '9') {
    return digit - '0';
  }
  const char small = static_cast<char>(digit | 0x20);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

}  // namespace

Result<bool> ChunkedBody::feed(std::string_view& input) {
  while (!input.empty()) {
    const Result<bool> done = step(input);
    if (!done || *done) {
      return done;
    }
  }
  return false;
}

Result<bool> ChunkedBody::size_letter(char letter) {
  if (letter == '\r' && digits_ > 0) {
    state_ = State::size_end;
    return false;
  }
  const int value = hex_digit(letter);
  if (value < 0 || ++digits_ > most_size_digits) {
    return malformed();  // a chunk extension ends here too
  }
  size_ = size_ * 16 + static_cast<std::size_t>(value);
  return false;
}

Result<bool> ChunkedBody::step(std::string_view& input) {
  if (state_ == State::data) {
    const std::size_t taken = std::min(size_, input.size());
    body_.append(input.substr(0, taken));
    input.remove_prefix(taken);
    size_ -= taken;
    if (size_ == 0) {
      state_ = State::data_end_cr;
    }
    return false;
  }
  const char letter = input.front();
  input.remove_prefix(1);
  if (state_ == State::size) {
    return size_letter(letter);
  }
  const bool expects_return = state_ == State::data_end_cr || state_ == State::last_cr;
  if (letter != (expects_return ? '\r' : '\n')) {
    return malformed();
  }
  switch (state_) {
    case State::size_end:
      if (body_.size() + size_ > limits::http_body_bytes) {
        return refused(ErrorCode::payload_too_large,
                       "A body may have " + std::to_string(limits::http_body_bytes) + " bytes.");
      }
      state_ = size_ == 0 ? State::last_cr : State::data;
      digits_ = 0;
      return false;
    case State::data_end_cr:
      state_ = State::data_end_lf;
      return false;
    case State::data_end_lf:
      state_ = State::size;
      return false;
    case State::last_cr:
      state_ = State::last_lf;
      return false;
    default:  // last_lf
      return true;
  }
}

}  // namespace foyer::http
