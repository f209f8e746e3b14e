#include "server/forum/line_reader.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include <zlib.h>

namespace foyer::forum {

struct LineReader::File {
  explicit File(const std::string& path) : handle(gzopen(path.c_str(), "rb")) {}
  ~File() {
    if (handle) {
      gzclose_r(handle);
    }
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  gzFile handle;
  std::array<char, 65'536> buffer{};
  std::size_t begin = 0;
  std::size_t end = 0;
};

LineReader::LineReader(const std::string& path, std::size_t max_line_bytes)
    : file_(std::make_unique<File>(path)), path_(path), max_line_bytes_(max_line_bytes) {
  if (!file_->handle) {
    throw std::runtime_error(path + ": cannot be opened: " + std::strerror(errno));
  }
  gzbuffer(file_->handle, 128 * 1024);
}

LineReader::~LineReader() = default;

bool LineReader::fill() {
  const int bytes = gzread(file_->handle, file_->buffer.data(), static_cast<unsigned>(file_->buffer.size()));
  int error = Z_OK;
  const char* message = gzerror(file_->handle, &error);
  // A file cut in the middle reads as a short one; only the error tells.
  if (bytes < 0 || (error != Z_OK && error != Z_STREAM_END)) {
    throw std::runtime_error(path_ + ":" + std::to_string(number_ + 1) +
                             ": cannot be read: " + (error == Z_ERRNO ? std::strerror(errno) : message));
  }
  file_->begin = 0;
  file_->end = static_cast<std::size_t>(bytes);
  return bytes > 0;
}

void LineReader::keep(std::string_view part) {
  const std::size_t room = max_line_bytes_ - std::min(max_line_bytes_, line_.size());
  too_long_ = too_long_ || part.size() > room;
  line_.append(part.substr(0, room));
}

bool LineReader::next() {
  line_.clear();
  too_long_ = false;
  bool something = false;
  bool ended = false;
  while (!ended && (file_->begin < file_->end || fill())) {
    something = true;
    const std::string_view rest(file_->buffer.data() + file_->begin, file_->end - file_->begin);
    const std::size_t newline = rest.find('\n');
    ended = newline != std::string_view::npos;
    const std::size_t size = ended ? newline : rest.size();
    keep(rest.substr(0, size));
    file_->begin += size + (ended ? 1 : 0);
  }
  if (line_.ends_with('\r')) {
    line_.pop_back();
  }
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (number_ == 0 && line_.starts_with(byte_order_mark)) {
    line_.erase(0, byte_order_mark.size());
  }
  number_ += something ? 1 : 0;
  return something;
}

}  // namespace foyer::forum
