#include "server/forum/line_reader.hpp"

#include <filesystem>
#include <fstream>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

namespace foyer::forum {
namespace {

class LineReaderTest : public ::testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(path_); }

  void write(const std::string& content) { std::ofstream(path_, std::ios::binary) << content; }

  void write_gzip(const std::string& content) {
    gzFile file = gzopen(path_.c_str(), "wb");
    gzwrite(file, content.data(), static_cast<unsigned>(content.size()));
    gzclose(file);
  }

  std::vector<std::string> lines(std::size_t most = 1000) {
    LineReader reader(path_, most);
    std::vector<std::string> found;
    while (reader.next()) {
      found.push_back((reader.too_long() ? "too long: " : "") + reader.line());
      EXPECT_EQ(reader.number(), static_cast<std::int64_t>(found.size()));
    }
    return found;
  }

  const std::string path_ =
      std::filesystem::temp_directory_path() / ("foyer_lines_" + std::to_string(getpid()) + ".jsonl");
};

using Lines = std::vector<std::string>;

TEST_F(LineReaderTest, ReadsPlainAndCompressedLinesAlike) {
  const std::string content = "\xEF\xBB\xBFone\r\ntwo\n\nfour";
  write(content);
  EXPECT_EQ(lines(), (Lines{"one", "two", "", "four"}));
  write_gzip(content);
  EXPECT_EQ(lines(), (Lines{"one", "two", "", "four"}));
}

TEST_F(LineReaderTest, GivesNothingForAnEmptyFile) {
  write("");
  EXPECT_EQ(lines(), Lines{});
}

TEST_F(LineReaderTest, KeepsOnlyTheBeginningOfALongLine) {
  write(std::string(500'000, 'x') + "\nshort\n");
  EXPECT_EQ(lines(10), (Lines{"too long: xxxxxxxxxx", "short"}));
  write("exactly_10\n");
  EXPECT_EQ(lines(10), Lines{"exactly_10"});
}

TEST_F(LineReaderTest, ReadsLinesLongerThanItsBuffer) {
  write(std::string(200'000, 'x') + "\n" + std::string(100'000, 'y'));
  EXPECT_EQ(lines(300'000), (Lines{std::string(200'000, 'x'), std::string(100'000, 'y')}));
}

TEST_F(LineReaderTest, SaysWhenAFileIsMissingOrCut) {
  EXPECT_THROW(lines(), std::runtime_error);
  std::string noise;
  for (int count = 0; count < 200'000; ++count) noise += static_cast<char>('a' + (count * 7919 % 26 + count % 11) % 26);
  write_gzip(noise);
  std::filesystem::resize_file(path_, std::filesystem::file_size(path_) / 2);
  try {
    lines();
    FAIL() << "a file cut in the middle was read as a whole";
  } catch (const std::runtime_error& failure) {
    EXPECT_EQ(std::string(failure.what()).find(path_ + ":1: cannot be read: "), 0U) << failure.what();
  }
}

}  // namespace
}  // namespace foyer::forum
