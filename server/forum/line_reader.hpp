// Reads a file of lines, plain or gzip (told apart by its content), without ever holding more than one line. One
// owner, one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace foyer::forum {

class LineReader {
 public:
  // Throws std::runtime_error when the file cannot be opened.
  LineReader(const std::string& path, std::size_t max_line_bytes);
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  // False at the end. Throws std::runtime_error when the file is damaged or cannot be read further.
  bool next();

  const std::string& line() const { return line_; }  // without its end
  bool too_long() const { return too_long_; }        // line() then holds its beginning
  std::int64_t number() const { return number_; }    // of line(), from 1

 private:
  struct File;

  bool fill();
  void keep(std::string_view part);

  std::unique_ptr<File> file_;
  std::string path_;
  std::size_t max_line_bytes_;
  std::string line_;
  bool too_long_ = false;
  std::int64_t number_ = 0;
};

}  // namespace foyer::forum
