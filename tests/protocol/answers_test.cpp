// How the decoders of the server's own messages treat what they do not know or cannot take.
#include <gtest/gtest.h>

#include "protocol/codec.hpp"
#include "tests/protocol/mistakes.hpp"
#include "tests/protocol/sample_views.hpp"

namespace foyer {
namespace {

using testing::mistakes_of;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

const Event created{{ChannelKind::thread, 42},
                    Seq{24},
                    EventKind::post_created,
                    testing::at("2026-11-23T15:52:07.123Z"),
                    testing::visible_post()};

TEST(Answers, with_fields_of_a_later_version_are_read_as_if_without) {
  const std::string json =
      replaced(codec::encode(created), R"("reactions":{})", R"("reactions":{"cry":3},"mood":{"a":[1]})");
  const auto decoded = codec::decode_event(json);
  ASSERT_TRUE(decoded.has_value()) << decoded.error().detail;
  EXPECT_EQ(*decoded, created);
}

TEST(Answers, name_a_wrong_field_by_its_path_from_the_outermost_object) {
  const std::string json = replaced(codec::encode(created), R"("role":"member")", R"("role":"owner")");
  EXPECT_EQ(mistakes_of(codec::decode_event(json).error()),
            std::vector<std::string>{"data.post.author.role out_of_range"});
  const std::string thread = replaced(codec::encode(testing::discussion()), R"("year":1957)", R"("year":"1957")");
  EXPECT_EQ(mistakes_of(codec::decode_thread_view(thread).error()),
            std::vector<std::string>{"films[0].year wrong_type"});
}

TEST(Answers, lacking_what_is_promised_are_refused) {
  EXPECT_EQ(mistakes_of(codec::decode_event(replaced(codec::encode(created), R"("seq":24,)", "")).error()),
            std::vector<std::string>{"seq required"});
  EXPECT_EQ(mistakes_of(codec::decode_event(replaced(codec::encode(created), "post.created", "post.invented")).error())
                .front(),
            "event out_of_range");
  EXPECT_EQ(mistakes_of(codec::decode_event(replaced(codec::encode(created), "15:52:07.123Z", "15:52:07Z")).error()),
            std::vector<std::string>{"at out_of_range"});
}

TEST(Answers, of_the_wrong_sort_of_event_are_refused) {
  const std::string json = replaced(codec::encode(created), "post.created", "thread.updated");
  EXPECT_EQ(mistakes_of(codec::decode_event(json).error()), std::vector<std::string>{"data.thread required"});
}

TEST(Answers, of_a_removed_post_never_hold_its_text) {
  const std::string json = codec::encode(testing::removed_post());
  EXPECT_NE(json.find(R"("body":null,"html":null)"), std::string::npos);
  EXPECT_NE(json.find(R"("removal":{"reason":"Spoils the ending without marks"})"), std::string::npos);
}

}  // namespace
}  // namespace foyer
