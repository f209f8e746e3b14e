#include "server/live/frame.hpp"

namespace foyer::live {
namespace {

constexpr char final_text = '\x81';
constexpr char final_ping = '\x89';

void append_big_endian(std::string& frames, std::uint64_t value, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
    frames.push_back(static_cast<char>((value >> shift) & 0xff));
  }
}

}  // namespace

void append_text_frame(std::string& frames, std::string_view text) {
  frames.push_back(final_text);
  if (text.size() < 126) {
    frames.push_back(static_cast<char>(text.size()));
  } else if (text.size() <= 0xffff) {
    frames.push_back(126);
    append_big_endian(frames, text.size(), 2);
  } else {
    frames.push_back(127);
    append_big_endian(frames, text.size(), 8);
  }
  frames.append(text);
}

Frames text_frame(std::string_view text) {
  auto frames = std::make_shared<std::string>();
  frames->reserve(text.size() + 10);
  append_text_frame(*frames, text);
  return frames;
}

const Frames& ping_frame() {
  static const Frames frame = std::make_shared<const std::string>(std::string{final_ping, '\0'});
  return frame;
}

}  // namespace foyer::live
