#include "server/forum/wikidata_entity.hpp"

#include <vector>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "tests/support/checkout.hpp"
#include "tests/support/temporary_file.hpp"

namespace foyer::forum {
namespace {

namespace json = boost::json;

using foyer::testing::TemporaryFile;

constexpr const char* is_film =
    R"("P31":[{"mainsnak":{"snaktype":"value","datavalue":{"value":{"id":"Q11424"}}},"rank":"normal"}])";

json::object film(const std::string& claims, const std::string& more = "") {
  const std::string text = R"({"id":"Q1","labels":{"en":{"value":"Film"}},"claims":{)" + std::string(is_film) +
                           (claims.empty() ? "" : ",") + claims + "}" + more + "}";
  return film_of_entity(json::parse(text).get_object()).value();
}

std::string statement(const std::string& value, const std::string& rank = "normal") {
  return R"({"mainsnak":{"snaktype":"value","datavalue":{"value":)" + value + R"(}},"rank":")" + rank + "\"}";
}

std::string date_of(const std::vector<std::string>& statements) {
  std::string list;
  for (const std::string& each : statements) {
    list += (list.empty() ? "" : ",") + each;
  }
  const json::object found = film("\"P577\":[" + list + "]");
  const auto* year = found.if_contains("year");
  const auto* day = found.if_contains("release_date");
  return (year ? json::serialize(*year) : "-") + " " + (day ? json::serialize(*day) : "-");
}

std::string time_of(const std::string& time, int precision, const std::string& rank = "normal") {
  return statement(R"({"time":")" + time + R"(","precision":)" + std::to_string(precision) + "}", rank);
}

// The ids that were taken and the lines that were bad.
std::string read(const std::string& content, const std::function<bool(std::string_view)>& wanted = {}) {
  const TemporaryFile file(content);
  std::string found;
  EntityVisit visit;
  visit.wanted = wanted;
  visit.take = [&](std::int64_t line, const json::object& entity) {
    found += std::to_string(line) + ":" + json::serialize(entity.at("id")) + " ";
  };
  visit.bad = [&](std::int64_t line, const std::string& reason) { found += std::to_string(line) + ":" + reason + " "; };
  read_entities(file.path(), visit);
  return found;
}

TEST(WikidataEntity, IsReadFromADumpFromLinesAndFromAFileOfItsOwn) {
  const std::string one = R"({"type":"item","id":"Q1"})";
  EXPECT_EQ(read("[\n" + one + ",\r\n{\"id\":\"Q2\"}\n]\n"), "2:\"Q1\" 3:\"Q2\" ");
  EXPECT_EQ(read(one + "\n\n" + one), "1:\"Q1\" 3:\"Q1\" ");
  EXPECT_EQ(read(R"({"entities":{"Q1":{"id":"Q1"},"Q2":{"id":"Q2"}},"success":1})"), "1:\"Q1\" 1:\"Q2\" ");
  EXPECT_EQ(read("{\n \"entities\": {\n  \"Q1\": {\n   \"id\": \"Q1\"\n  }\n }\n}\n"), "1:\"Q1\" ");
}

TEST(WikidataEntity, ThatNobodyAsksForIsNotParsed) {
  const auto only_two = [](std::string_view id) { return id == "Q2"; };
  EXPECT_EQ(read("{\"type\":\"item\",\"id\":\"Q1\", broken\n{\"type\":\"item\",\"id\":\"Q2\"},\n", only_two),
            "2:\"Q2\" ");
}

TEST(WikidataEntity, OnABadLineHarmsNoOther) {
  EXPECT_EQ(read("[\n{broken},\n[1],\n{\"a\":1},\n{\"id\":\"Q\xff\"},\n{\"id\":\"Q2\"},\n{\"id\":\"Q3\n]"),
            "2:not JSON in UTF-8 3:must be an object 4:is no entity 5:not JSON in UTF-8 6:\"Q2\" 7:not JSON in UTF-8 ");
  EXPECT_EQ(read(std::string(9'000'000, '[') + "\n{\"id\":\"Q2\"}\n"), "1:longer than 8192 KiB 2:\"Q2\" ");
  EXPECT_EQ(read("{\n" + std::string(9'000'000, ' ')), "1:longer than 8192 KiB ");
  EXPECT_EQ(read(std::string(100'000, '[') + "\n"), "1:not JSON in UTF-8 ");
  EXPECT_EQ(read(""), "");
}

TEST(WikidataEntity, ListThatIsCutOffSaysSo) {
  const std::string list = "[\n{\"id\":\"Q1\"},\n";
  EXPECT_THROW(read(list), std::runtime_error);
  EXPECT_EQ(read(list + "]"), "2:\"Q1\" ");
}

TEST(WikidataEntity, HasItsEnglishNameElseOneForAllLanguagesElseAny) {
  const auto label = [](const char* labels) {
    return label_of(json::parse(std::string(R"({"labels":)") + labels + "}").get_object());
  };
  EXPECT_EQ(label(R"({"de":{"value":"a"},"mul":{"value":"b"},"en":{"value":"c"}})"), "c");
  EXPECT_EQ(label(R"({"de":{"value":"a"},"mul":{"value":"b"}})"), "b");
  EXPECT_EQ(label(R"({"de":{"value":"a"}})"), "a");
  EXPECT_EQ(label("{}"), "");
  EXPECT_EQ(label("[]"), "");
  EXPECT_EQ(label(R"({"en":7})"), "");
}

TEST(WikidataEntity, IsAFilmOnlyAsAnInstanceOfOne) {
  EXPECT_FALSE(film_of_entity(json::parse(R"({"id":"Q1","claims":{}})").get_object()));
  EXPECT_FALSE(film_of_entity(json::parse(R"({"id":"Q1","missing":""})").get_object()));
  const std::string deprecated =
      R"({"id":"Q1","claims":{"P31":[)" + statement(R"({"id":"Q11424"})", "deprecated") + "]}}";
  EXPECT_FALSE(film_of_entity(json::parse(deprecated).get_object()));
  EXPECT_TRUE(film_of_entity(json::parse(R"({"id":"Q1","claims":{)" + std::string(is_film) + "}}").get_object()));
}

TEST(WikidataEntity, HasTheEarliestDateAsExactlyAsItIsKnown) {
  EXPECT_EQ(date_of({time_of("+1957-10-12T00:00:00Z", 11)}), R"(1957 "1957-10-12")");
  EXPECT_EQ(date_of({time_of("+1957-10-00T00:00:00Z", 10)}), "1957 -");
  EXPECT_EQ(date_of({time_of("+1957-00-00T00:00:00Z", 9)}), "1957 -");
  EXPECT_EQ(date_of({time_of("+1950-00-00T00:00:00Z", 7)}), "- -");
  EXPECT_EQ(date_of({time_of("-0044-03-15T00:00:00Z", 11)}), "- -");
  EXPECT_EQ(date_of({time_of("+1958-01-01T00:00:00Z", 11), time_of("+1957-12-01T00:00:00Z", 11),
                     time_of("+1957-00-00T00:00:00Z", 9)}),
            R"(1957 "1957-12-01")");
  EXPECT_EQ(date_of({time_of("+1957-00-00T00:00:00Z", 9), time_of("+1957-12-01T00:00:00Z", 11)}),
            R"(1957 "1957-12-01")");
  EXPECT_EQ(date_of({time_of("+1950-01-01T00:00:00Z", 11), time_of("+1957-10-12T00:00:00Z", 11, "preferred")}),
            R"(1957 "1957-10-12")");
  EXPECT_EQ(date_of({R"({"mainsnak":{"snaktype":"somevalue"},"rank":"normal"})", "7", R"({"mainsnak":[]})"}), "- -");
}

TEST(WikidataEntity, HasItsLengthInMinutesWhateverTheUnit) {
  const auto minutes = [](const std::string& amount, const std::string& unit) {
    const json::object found = film(
        "\"P2047\":[" + statement(R"({"amount":")" + amount + R"(","unit":"http://w/entity/)" + unit + "\"}") + "]");
    const auto* value = found.if_contains("runtime_min");
    return value ? value->get_int64() : 0;
  };
  EXPECT_EQ(minutes("+97", "Q7727"), 97);
  EXPECT_EQ(minutes("+5820", "Q11574"), 97);
  EXPECT_EQ(minutes("+1.5", "Q25235"), 90);
  EXPECT_EQ(minutes("+97", "Q1"), 0);
  EXPECT_EQ(minutes("+-", "Q7727"), 0);
  EXPECT_EQ(minutes("+9e99", "Q7727"), 0);
}

TEST(WikidataEntity, TakesOnlyTheTitleIdOfImdb) {
  const auto imdb = [](const std::string& id) {
    const json::object found = film("\"P345\":[" + statement("\"" + id + "\"") + "]");
    return found.contains("imdb_id");
  };
  EXPECT_TRUE(imdb("tt9000001"));
  EXPECT_FALSE(imdb("nm9000001"));
}

TEST(WikidataEntity, IsCalledWhatItsMakersCallItWhereItHasNoName) {
  const std::string claims = std::string(is_film) + ",\"P1476\":[" + statement(R"({"text":"Elokuva"})") + "]";
  const std::string text = R"({"id":"Q1","claims":{)" + claims + "}}";
  EXPECT_EQ(film_of_entity(json::parse(text).get_object())->at("title"), "Elokuva");
  EXPECT_EQ(film("\"P1476\":[" + statement(R"({"text":"Elokuva"})") + "]").at("original_title"), "Elokuva");
}

TEST(WikidataEntity, UsesTheWordsOfTheOtherFormats) {
  json::object words = json::parse(R"({"genres":["War film","film noir","Drama"],
    "countries":["United States of America","People's Republic of China","Finland"]})")
                           .get_object();
  use_our_words(words);
  EXPECT_EQ(json::serialize(words),
            R"({"genres":["war","film noir","drama"],"countries":["United States","China","Finland"]})");
}

}  // namespace
}  // namespace foyer::forum
