// Well-formed requests with wrong fields: each is refused with the path of every wrong field and the kind of mistake.
#include <functional>

#include <gtest/gtest.h>

#include "protocol/codec.hpp"
#include "tests/protocol/mistakes.hpp"

namespace foyer {
namespace {

using Decode = std::function<Error(std::string_view)>;

// The refusal a decoder gives; the test fails when it takes the document.
template <class Request>
Decode refusal(Result<Request> (*decode)(std::string_view)) {
  return [decode](std::string_view json) {
    const auto decoded = decode(json);
    EXPECT_FALSE(decoded.has_value()) << "was taken";
    return decoded ? Error{} : decoded.error();
  };
}

const Decode registration = refusal(codec::decode_register);
const Decode login = refusal(codec::decode_login);
const Decode new_thread = refusal(codec::decode_start_thread);
const Decode post = refusal(codec::decode_post);
const Decode edit = refusal(codec::decode_edit_post);
const Decode change = refusal(codec::decode_change_thread);
const Decode review = refusal(codec::decode_review);
const Decode removal = refusal(codec::decode_remove_post);
const Decode preview = refusal(codec::decode_preview);
const Decode token = refusal(codec::decode_create_token);

struct Wrong {
  Decode decode;
  std::string json;
  std::vector<std::string> mistakes;  // "field code", in order
};

void PrintTo(const Wrong& input, std::ostream* out) { *out << input.json; }

class WrongFields : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongFields, are_invalid_each_by_its_path) {
  const Error error = GetParam().decode(GetParam().json);
  EXPECT_EQ(error.code, ErrorCode::invalid);
  EXPECT_EQ(testing::mistakes_of(error), GetParam().mistakes);
  for (const FieldError& field : error.fields) {
    EXPECT_FALSE(field.message.empty());
  }
}

const std::vector<Wrong> documents{
    {post, "[]", {"(document) wrong_type"}}, {post, "null", {"(document) wrong_type"}},
    {post, "7", {"(document) wrong_type"}},  {post, R"("body")", {"(document) wrong_type"}},
    {post, "{}", {"body required"}},
};

const std::vector<Wrong> texts{
    {post, R"({"body":null})", {"body required"}},
    {post, R"({"body":7})", {"body wrong_type"}},
    {post, R"({"body":["a"]})", {"body wrong_type"}},
    {post, R"({"body":{"text":"a"}})", {"body wrong_type"}},
    {post, R"({"body":"a\u0000b"})", {"body invalid_text"}},
    {post, R"({"body":"a","text":"b"})", {"text unknown"}},
    {post, R"({"body":"a","Body":"b"})", {"Body unknown"}},
    {post, R"({"body":"a","key":"12345678"})", {"key unknown"}},
    {edit, R"({"body":false})", {"body wrong_type"}},
    {preview, R"({"markdown":"a"})", {"body required", "markdown unknown"}},
    {login, R"({"login":1,"password":true})", {"login wrong_type", "password wrong_type"}},
    {registration, "{}", {"name required", "email required", "password required"}},
    {registration, R"({"name":"a","email":"b","password":"c","role":"admin"})", {"role unknown"}},
    {removal, R"({"note":"a"})", {"reason required"}},
};

const std::vector<Wrong> numbers{
    {post, R"({"body":"a","reply_to":"4"})", {"reply_to wrong_type"}},
    {post, R"({"body":"a","reply_to":true})", {"reply_to wrong_type"}},
    {post, R"({"body":"a","reply_to":4.5})", {"reply_to wrong_type"}},
    {post, R"({"body":"a","reply_to":4.0})", {"reply_to wrong_type"}},
    {post, R"({"body":"a","reply_to":1e3})", {"reply_to wrong_type"}},
    {post, R"({"body":"a","reply_to":0})", {"reply_to out_of_range"}},
    {post, R"({"body":"a","reply_to":-1})", {"reply_to out_of_range"}},
    {post, R"({"body":"a","reply_to":9223372036854775808})", {"reply_to out_of_range"}},
    {post, R"({"body":"a","reply_to":-9223372036854775809})", {"reply_to out_of_range"}},
    {post, R"({"body":"a","reply_to":99999999999999999999999})", {"reply_to out_of_range"}},
    {post, R"({"body":"a","film_position_seconds":2147483648})", {"film_position_seconds out_of_range"}},
    {change, R"({"slow_mode_seconds":-2147483649})", {"slow_mode_seconds out_of_range"}},
    {removal, R"({"reason":"a","revision":0})", {"revision out_of_range"}},
    {review, R"({"body":"a","score":11,"contains_spoilers":false})", {"score out_of_range"}},
    {review, R"({"body":"a","score":0,"contains_spoilers":1})", {"score out_of_range", "contains_spoilers wrong_type"}},
    {review, "{}", {"body required", "score required", "contains_spoilers required"}},
};

const std::vector<Wrong> lists_and_words{
    {change, R"({"locked":"true"})", {"locked wrong_type"}},
    {change, R"({"pinned":1})", {"pinned wrong_type"}},
    {change, R"({"title":["a"],"film_ids":3})", {"title wrong_type", "film_ids wrong_type"}},
    {change, R"({"film_ids":[3,0]})", {"film_ids[1] out_of_range"}},
    {change, R"({"author":"mark"})", {"author unknown"}},
    {new_thread, "{}", {"film_ids required", "kind required", "title required", "body required"}},
    {new_thread,
     R"({"film_ids":[1,"2",3.5,null],"kind":"discussion","title":"t","body":"b"})",
     {"film_ids[1] wrong_type", "film_ids[2] wrong_type", "film_ids[3] wrong_type"}},
    {new_thread, R"({"film_ids":{},"kind":"discussion","title":"t","body":"b"})", {"film_ids wrong_type"}},
    {new_thread, R"({"film_ids":[],"kind":"quarrel","title":"t","body":"b"})", {"kind out_of_range"}},
    {new_thread, R"({"film_ids":[],"kind":"","title":"t","body":"b"})", {"kind out_of_range"}},
    {new_thread, R"({"film_ids":[],"kind":1,"title":"t","body":"b"})", {"kind wrong_type"}},
    {new_thread, R"({"film_ids":[],"kind":"identify","title":"t","body":"b","clues":7})", {"clues wrong_type"}},
    {new_thread,
     R"({"film_ids":[],"kind":"identify","title":"t","body":"b","clues":{"decade":"50s","colour":"sepia","actor":"x"}})",
     {"clues.decade wrong_type", "clues.colour out_of_range", "clues.actor unknown"}},
    {token, R"({"name":"a","scopes":"read"})", {"scopes wrong_type"}},
    {token, R"({"name":"a"})", {"scopes required"}},
    {token, R"({"name":"a","scopes":["read",1,"\u0000"]})", {"scopes[1] wrong_type", "scopes[2] invalid_text"}},
};

INSTANTIATE_TEST_SUITE_P(documents, WrongFields, ::testing::ValuesIn(documents));
INSTANTIATE_TEST_SUITE_P(texts, WrongFields, ::testing::ValuesIn(texts));
INSTANTIATE_TEST_SUITE_P(numbers, WrongFields, ::testing::ValuesIn(numbers));
INSTANTIATE_TEST_SUITE_P(lists_and_words, WrongFields, ::testing::ValuesIn(lists_and_words));

TEST(FieldErrors, say_the_first_mistake_and_how_many_more_in_the_detail) {
  EXPECT_EQ(post("{}").detail, "body: is required");
  EXPECT_EQ(registration("{}").detail, "name: is required (and 2 more)");
}

TEST(FieldErrors, of_one_document_are_at_most_twenty) {
  std::string json = R"({"film_ids":[)";
  for (int item = 0; item < 1'000; ++item) {
    json += "\"x\",";
  }
  EXPECT_EQ(change(json + "0]}").fields.size(), 20U);
}

TEST(FieldErrors, cut_the_echo_of_an_endless_name_between_two_characters) {
  std::string name;
  for (int character = 0; character < 1'000; ++character) {
    name += "й";
  }
  const Error error = post("{\"body\":\"a\",\"x" + name + "\":1}");
  ASSERT_EQ(error.fields.size(), 1U);
  EXPECT_EQ(error.fields.front().field, "x" + name.substr(0, 98) + "…");
}

TEST(OptionalFields, given_as_null_count_as_absent) {
  const auto decoded = codec::decode_change_thread(R"({"title":null,"locked":null,"film_ids":null,"reason":null})");
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(*decoded, ChangeThreadRequest{});
}

TEST(OptionalFields, keep_an_empty_list_apart_from_none) {
  const auto decoded = codec::decode_change_thread(R"({"film_ids":[]})");
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(decoded->film_ids, std::vector<FilmId>{});
}

TEST(Numbers, reach_to_the_largest_id_of_postgresql) {
  const auto decoded = codec::decode_post(R"({"body":"a","reply_to":9223372036854775807})");
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(decoded->reply_to, PostNumber{9223372036854775807});
}

}  // namespace
}  // namespace foyer
