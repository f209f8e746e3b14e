#include "server/http/shared_reads.hpp"

#include <gtest/gtest.h>

#include "protocol/limits.hpp"

namespace foyer::http {
namespace {

class SharedReading : public ::testing::Test {
 protected:
  // The answer tells which read gave it.
  void ask(const std::string& key) {
    reads_.ask(
        key, [this](SharedReads::Done done) { under_way_.push_back(std::move(done)); },
        [this](const Result<std::string>& json) { answers_.push_back(json ? *json : "error"); });
  }
  void end_read(std::size_t number) { under_way_.at(number)("read " + std::to_string(number)); }

  SharedReads reads_;
  std::vector<SharedReads::Done> under_way_;
  std::vector<std::string> answers_;
};

using Answers = std::vector<std::string>;

TEST_F(SharedReading, WhoAsksDuringAReadSharesTheNextOneSoThatNoAnswerIsOlderThanItsQuestion) {
  for (int number = 0; number < 5; ++number) {
    ask("a");
  }
  ASSERT_EQ(under_way_.size(), 1u);
  end_read(0);
  EXPECT_EQ(answers_, (Answers{"read 0"}));
  ASSERT_EQ(under_way_.size(), 2u);
  end_read(1);
  EXPECT_EQ(answers_, (Answers{"read 0", "read 1", "read 1", "read 1", "read 1"}));
  EXPECT_EQ(reads_.waiting(), 0u);
  EXPECT_EQ(reads_.shared(), 3u);
}

TEST_F(SharedReading, NothingIsKeptAfterItWasGiven) {
  ask("a");
  end_read(0);
  ask("a");
  ASSERT_EQ(under_way_.size(), 2u);
  end_read(1);
  EXPECT_EQ(answers_, (Answers{"read 0", "read 1"}));
}

TEST_F(SharedReading, DifferentQuestionsShareNothing) {
  ask("a");
  ask("b");
  ASSERT_EQ(under_way_.size(), 2u);
  end_read(1);
  EXPECT_EQ(answers_, (Answers{"read 1"}));
}

TEST_F(SharedReading, AnErrorIsSharedToo) {
  ask("a");
  ask("a");
  ask("a");
  under_way_.at(0)(refused(ErrorCode::unavailable, "away"));
  under_way_.at(1)(refused(ErrorCode::unavailable, "away"));
  EXPECT_EQ(answers_, (Answers{"error", "error", "error"}));
}

TEST_F(SharedReading, BeyondTheBoundEveryQuestionReadsAlone) {
  for (std::size_t number = 0; number < limits::shared_reads; ++number) {
    ask(std::to_string(number));
  }
  ask("one more");
  ask("one more");
  EXPECT_EQ(under_way_.size(), limits::shared_reads + 2);
  EXPECT_EQ(reads_.waiting(), limits::shared_reads);
  end_read(limits::shared_reads);
  EXPECT_EQ(answers_.size(), 1u);
}

}  // namespace
}  // namespace foyer::http
