// The two kinds of clients of load.hpp.
#include <charconv>

#include "tests/benchmark/load.hpp"

namespace foyer::benchmark {
namespace {

constexpr int opcode_ping = 9;
constexpr int opcode_pong = 10;

}  // namespace

std::string masked_frame(int opcode, std::string_view text) {
  const bool short_one = text.size() < 126;
  std::string frame{static_cast<char>(0x80 | opcode), static_cast<char>(0x80 | (short_one ? text.size() : 126))};
  if (!short_one) {
    frame.append({static_cast<char>(text.size() >> 8), static_cast<char>(text.size() & 0xff)});
  }
  return frame.append(4, '\0').append(text);
}

void Subscriber::on_bytes(std::string_view bytes) {
  if (!kept_.empty()) {
    kept_.append(bytes);
    const std::size_t taken = take(kept_);
    kept_.erase(0, taken);
  } else {
    kept_.assign(bytes.substr(take(bytes)));
  }
  if (kept_.empty()) {
    kept_.shrink_to_fit();
  }
}

// Whole frames; the rest is for the next time.
std::size_t Subscriber::take(std::string_view bytes) {
  std::size_t taken = 0;
  if (!upgraded_) {
    const std::size_t head = bytes.find("\r\n\r\n");
    if (head == std::string_view::npos) {
      return 0;
    }
    upgraded_ = bytes.starts_with("HTTP/1.1 101");
    ready_ = upgraded_ && manner_.ready_mark.empty();
    taken = head + 4;
    if (upgraded_ && !manner_.greeting.empty()) {
      send(manner_.greeting);
    }
  }
  const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[at])); };
  while (bytes.size() >= taken + 2) {
    std::size_t length = byte(taken + 1) & 0x7f;
    const std::size_t more = length == 126 ? 2 : length == 127 ? 8 : 0;
    const std::size_t head = taken + 2 + more;
    if (bytes.size() < head) {
      break;
    }
    length = more == 0 ? length : 0;
    for (std::size_t at = 0; at < more; ++at) {
      length = length << 8 | byte(taken + 2 + at);
    }
    if (bytes.size() < head + length) {
      break;
    }
    on_frame(static_cast<int>(byte(taken) & 0x0f), bytes.substr(head, length), head + length - taken);
    taken = head + length;
  }
  return taken;
}

void Subscriber::on_frame(int opcode, std::string_view text, std::size_t size) {
  if (opcode == opcode_ping) {
    send(masked_frame(opcode_pong, text));
  } else if (opcode == opcode_text) {
    if (!ready_) {
      ready_ = text.find(manner_.ready_mark) != std::string_view::npos;
    } else if (manner_.engine_io && text == "2") {
      send(masked_frame(opcode_text, "3"));
    } else if (text == R"({"type":"heartbeat"})") {
      ++heartbeats_;
    } else {
      message_bytes_ = size;
      deliveries_.note(text);
    }
  }
}

void Requester::request(std::string_view bytes) {
  under_way_ = true;
  body_expected_ = true;
  head_.clear();
  body_.clear();
  body_left_ = 0;
  status_ = 0;
  begun_ = now_ns();
  send(bytes);
}

void Requester::request_head(std::string_view bytes) {
  request(bytes);
  body_expected_ = false;
}

void Requester::on_bytes(std::string_view bytes) {
  if (status_ == 0) {
    head_.append(bytes);
    const std::size_t end = head_.find("\r\n\r\n");
    if (end == std::string::npos) {
      return;
    }
    bytes = bytes.substr(bytes.size() - (head_.size() - end - 4));
    head_.resize(end + 4);
    on_head();
  }
  const std::size_t taken = std::min(bytes.size(), body_left_);
  if (keep_bodies) {
    body_.append(bytes.substr(0, taken));
  }
  body_left_ -= taken;
  if (body_left_ == 0) {
    under_way_ = false;
    ++answers_;
    refusals_ += status_ >= 400 ? 1 : 0;
    if (on_answer) {
      on_answer(status_, now_ns() - begun_);
    }
  }
}

void Requester::on_head() {
  std::from_chars(head_.data() + 9, head_.data() + 12, status_);
  for (const std::string_view name : {"Content-Length: ", "content-length: "}) {
    const std::size_t at = head_.find(name);
    if (at != std::string::npos && body_expected_ && status_ != 304 && status_ != 204) {
      std::from_chars(head_.data() + at + name.size(), head_.data() + head_.size(), body_left_);
    }
  }
}

}  // namespace foyer::benchmark
