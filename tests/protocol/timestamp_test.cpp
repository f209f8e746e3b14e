#include "protocol/timestamp.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace foyer {
namespace {

using namespace std::chrono_literals;

TEST(Timestamps, are_written_in_utc_with_milliseconds) {
  EXPECT_EQ(to_rfc3339(Timestamp{}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339(Timestamp{1'795'449'127'007ms}), "2026-11-23T15:52:07.007Z");
  EXPECT_EQ(to_rfc3339(Timestamp{-1ms}), "1969-12-31T23:59:59.999Z");
}

TEST(Timestamps, are_read_back_as_they_were_written) {
  const std::vector<std::string> times{"0001-01-01T00:00:00.000Z", "1957-10-12T23:59:59.999Z",
                                       "2024-02-29T12:00:00.050Z", "9999-12-31T23:59:59.999Z"};
  for (const std::string& text : times) {
    const auto time = from_rfc3339(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(to_rfc3339(*time), text);
  }
}

TEST(Timestamps, of_any_other_form_or_of_no_calendar_are_refused) {
  const std::vector<std::string> wrong{"",
                                       "2026-11-23",
                                       "2026-11-23T15:52:07Z",
                                       "2026-11-23T15:52:07.1Z",
                                       "2026-11-23T15:52:07.1234Z",
                                       "2026-11-23 15:52:07.123Z",
                                       "2026-11-23t15:52:07.123z",
                                       "2026-11-23T15:52:07.123",
                                       "2026-11-23T15:52:07,123Z",
                                       "2026-11-23T15:52:07.123+00:00",
                                       "2026-02-29T00:00:00.000Z",
                                       "0000-01-01T00:00:00.000Z",
                                       "2026-13-01T00:00:00.000Z",
                                       "2026-00-01T00:00:00.000Z",
                                       "2026-04-31T00:00:00.000Z",
                                       "2026-11-23T24:00:00.000Z",
                                       "2026-11-23T15:60:00.000Z",
                                       "2026-11-23T15:52:60.000Z",
                                       "2026-11-23T15:52:0x.000Z",
                                       "+026-11-23T15:52:07.123Z",
                                       " 2026-11-23T15:52:07.12Z"};
  for (const std::string& text : wrong) {
    EXPECT_EQ(from_rfc3339(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace foyer
