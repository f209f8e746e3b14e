#include <algorithm>
#include <fstream>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>

#include "tests/fuzz/fuzz_target.hpp"
#include "tests/support/checkout.hpp"

namespace foyer::fuzz {

void replay_corpus(const std::string& name, Target target) {
  std::vector<std::filesystem::path> files;
  const auto folder = testing::checkout_folder() / "tests/fuzz/corpus" / name;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  ASSERT_FALSE(files.empty()) << folder;
  for (const auto& file : files) {
    std::ostringstream bytes;
    bytes << std::ifstream(file, std::ios::binary).rdbuf();
    ::testing::ScopedTrace where(__FILE__, __LINE__, file.string());
    EXPECT_NO_THROW(target(bytes.str()));
  }
}

namespace {

std::vector<std::string> seen;

TEST(FuzzReplay, GivesTheTargetEveryFileOfItsCorpus) {
  seen.clear();
  replay_corpus("bus_message", [](std::string_view bytes) { seen.emplace_back(bytes); });
  EXPECT_GT(seen.size(), 3U);
  EXPECT_NE(std::ranges::find(seen, "*\n"), seen.end());
}

}  // namespace
}  // namespace foyer::fuzz
