// A file of a test with content of its choice, removed at the end.
#pragma once

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>

#include <unistd.h>

namespace foyer::testing {

class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content, const std::string& end = ".txt") {
    static std::atomic<int> number = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("foyer_" + std::to_string(getpid()) + "_" + std::to_string(++number) + end);
    std::ofstream(path_, std::ios::binary) << content;
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace foyer::testing
