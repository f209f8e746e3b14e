#include <algorithm>
#include <future>
#include <thread>

#include "persistence/film_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/film_edit.hpp"
#include "server/forum/film_merge.hpp"
#include "server/forum/films.hpp"
#include "tests/forum/forum_world.hpp"
#include "tests/protocol/mistakes.hpp"

namespace foyer::forum {
namespace {

using persistence::Transaction;
using samples::code_of;
using samples::field_of;
using Names = std::vector<std::string>;

class FilmEdits : public samples::ForumWorld {
 protected:
  void SetUp() override {
    ForumWorld::SetUp();
    film = add_film(line);
    database.write([](Transaction& transaction) { return persistence::count_film_facets(transaction); });
  }

  Result<Changed<FilmView>> edit(const Actor& actor, const EditFilmRequest& request) {
    return act(edit_film, actor, film, request);
  }
  FilmView now() { return look(read_film, film).value(); }
  std::vector<FilmChangeView> history() { return look(read_film_history, vera, film, ListRequest{}).value().items; }
  std::string edited_fields() { return sql("select edited_fields from films where id = " + id()); }
  std::string id() const { return std::to_string(film.value); }
  void import(const std::string& text) {
    persistence::FilmImport merging;
    merging.merge = [](const persistence::StoredFilm& present, const persistence::FilmRecord& given) {
      return merge_film(present, given).film;
    };
    const auto record = parse_film_line(text).value();
    act([&](Transaction& transaction) { return persistence::upsert_films(transaction, {record}, merging); });
  }

  const std::string line =
      R"({"title":"The Cranes Are Flying","original_title":"Letyat zhuravli","year":1957,"release_date":"1957-10-12",)"
      R"("runtime_min":97,"genres":["drama","war"],"countries":["Soviet Union"],"languages":["Russian"],)"
      R"("synopsis":"Moscow, 1941.","synopsis_source":"editorial","imdb_id":"tt0050634",)"
      R"("cast":[{"name":"Tatyana Samoylova","character":"Veronika"},{"name":"Aleksey Batalov"}],)"
      R"("directors":["Mikhail Kalatozov"],"writers":["Viktor Rozov"]})";
};

TEST_F(FilmEdits, ChangeWhatIsNamedAndNothingElse) {
  const FilmView before = now();
  EditFilmRequest request;
  request.runtime_minutes = FilmNumber{95};
  request.genres = Names{"drama", "romance", "drama"};
  request.cast = std::vector<GivenCredit>{{"Tatyana Samoylova", "Veronika"}, {"Vasili Merkuryev", "Fyodor"}};
  const FilmView answered = edit(vera, request).value().view;
  EXPECT_EQ(answered, now());
  FilmView wanted = before;
  wanted.runtime_minutes = 95;
  wanted.genres = {"drama", "romance"};
  wanted.cast = {before.cast[0], {answered.cast.at(1).id, "Vasili Merkuryev", "Fyodor"}};
  EXPECT_EQ(answered, wanted);
}

TEST_F(FilmEdits, AreForModeratorsAndOfFilmsThatExist) {
  const EditFilmRequest request{.year = FilmNumber{1958}};
  Actor writing = vera;
  writing.reach = Reach::writing;  // a token that carries no more
  for (const auto& [actor, code] : {std::pair(guest, ErrorCode::unauthenticated), std::pair(mira, ErrorCode::forbidden),
                                    std::pair(writing, ErrorCode::forbidden)}) {
    EXPECT_EQ(code_of(edit(actor, request)), code);
    EXPECT_EQ(code_of(look(read_film_in_text, actor, film)), code);
    EXPECT_EQ(code_of(act(edit_film_as_typed, actor, film, TypedFilm{})), code);
    EXPECT_EQ(code_of(look(read_film_history, actor, film, ListRequest{})), code);
  }
  const FilmId nowhere{999'999};
  EXPECT_EQ(code_of(act(edit_film, vera, nowhere, request)), ErrorCode::not_found);
  EXPECT_EQ(code_of(look(read_film_in_text, vera, nowhere)), ErrorCode::not_found);
  EXPECT_EQ(code_of(look(read_film_history, vera, nowhere, ListRequest{})), ErrorCode::not_found);
  EXPECT_EQ(now().year, 1957);
  EXPECT_TRUE(edit(member("ada", Role::admin), request).has_value());
  EXPECT_EQ(now().year, 1958);
}

TEST_F(FilmEdits, AreCheckedAsAnImportIsAndNameEveryWrongField) {
  EditFilmRequest request;
  request.title = "";
  request.original_title = std::string(301, 'x');
  request.year = FilmNumber{1800};
  request.release_date = "yesterday";
  request.runtime_minutes = FilmNumber{0};
  request.synopsis = std::string(5'001, 'x');
  request.synopsis_url = "javascript:alert(1)";
  request.genres = Names{"drama", " "};
  request.countries = Names(limits::import_list_items + 1, "France");
  request.cast = std::vector<GivenCredit>{{"Tatyana Samoylova", ""}, {"", "Boris"}};
  request.crew = std::vector<GivenCredit>{{"Mikhail Kalatozov", ""}};
  const auto refused = edit(vera, request);
  ASSERT_EQ(code_of(refused), ErrorCode::invalid);
  Names fields;
  for (const FieldError& wrong : refused.error().fields) {
    fields.push_back(wrong.field);
    EXPECT_FALSE(wrong.message.starts_with(wrong.field)) << wrong.message;
    EXPECT_FALSE(wrong.message.empty());
  }
  EXPECT_EQ(fields, (Names{"title", "original_title", "year", "release_date", "runtime_minutes", "synopsis",
                           "synopsis_url", "genres[1]", "countries", "cast[1].name", "crew[0].job"}));
  EXPECT_EQ(refused.error().fields[4].message, "must be from 1 to 60000");
  EXPECT_TRUE(history().empty());
  EXPECT_EQ(edited_fields(), "{}");
}

TEST_F(FilmEdits, EmptyWhatMayBeUnknown) {
  EditFilmRequest request;
  request.original_title = request.release_date = request.synopsis = request.synopsis_source = "";
  request.year = request.runtime_minutes = FilmNumber{};
  request.genres = request.countries = request.languages = Names{};
  request.cast = request.crew = std::vector<GivenCredit>{};
  const FilmView emptied = edit(vera, request).value().view;
  FilmView wanted;
  wanted.id = film;
  wanted.title = "The Cranes Are Flying";
  wanted.slug = "the-cranes-are-flying";
  wanted.external_ids = {{"imdb", "tt0050634"}};
  EXPECT_EQ(emptied, wanted);
}

TEST_F(FilmEdits, TakeTheYearFromTheDayOnlyWhereNoneIsKnown) {
  EXPECT_EQ(edit(vera, {.release_date = "1958-01-02"}).value().view.year, 1957);
  ASSERT_TRUE(edit(vera, {.year = FilmNumber{}}).has_value());
  EXPECT_EQ(edit(vera, {.release_date = "1959-01-02"}).value().view.year, 1959);
}

TEST_F(FilmEdits, ThatChangeNothingLeaveNoTrace) {
  const FilmView before = now();
  EditFilmRequest request;
  request.title = " The Cranes Are Flying ";
  request.year = FilmNumber{1957};
  request.genres = Names{"drama", "war"};
  // One folded name is one person, who stays spelled as the forum knows them.
  request.cast = std::vector<GivenCredit>{{"TATYANA SAMOYLOVA", "Veronika"}, {"Aleksey Batalov", ""}};
  const auto changed = edit(vera, request).value();
  EXPECT_EQ(changed.view, before);
  EXPECT_TRUE(changed.news.snapshots.empty());
  EXPECT_TRUE(edit(vera, {}).value().news.snapshots.empty());
  EXPECT_TRUE(history().empty());
  EXPECT_EQ(edited_fields(), "{}");
  EXPECT_EQ(sql("select count(*) from moderation_log"), "0");
}

TEST_F(FilmEdits, RingTheFilmsDoorbell) {
  const std::vector<Channel> doorbell{{ChannelKind::film, film.value}};
  EXPECT_EQ(edit(vera, {.year = FilmNumber{1958}}).value().news.snapshots, doorbell);
  EXPECT_EQ(edit(vera, {.crew = std::vector<GivenCredit>{}}).value().news.snapshots, doorbell);
}

TEST_F(FilmEdits, StandInTheHistoryFieldByFieldTheNewestFirst) {
  ASSERT_TRUE(edit(vera, {.year = FilmNumber{1958}}).has_value());
  const Actor ada = member("ada", Role::admin);
  EditFilmRequest request;
  request.year = FilmNumber{};
  request.cast = std::vector<GivenCredit>{{"Aleksey Batalov", "Boris"}, {"Tatyana Samoylova", "Veronika"}};
  ASSERT_TRUE(edit(ada, request).has_value());
  const auto changes = history();
  ASSERT_EQ(changes.size(), 3U);
  const auto is = [&](std::size_t at, const Actor& actor, const char* field, const char* before, const char* after) {
    EXPECT_EQ(changes[at].member, actor.user);
    EXPECT_EQ(changes[at].field, field);
    EXPECT_EQ(changes[at].old_text, before);
    EXPECT_EQ(changes[at].new_text, after);
  };
  is(0, ada, "year", "1958", "");
  is(1, ada, "cast", "Tatyana Samoylova | Veronika\nAleksey Batalov",
     "Aleksey Batalov | Boris\nTatyana Samoylova | Veronika");
  is(2, vera, "year", "1957", "1958");
  EXPECT_EQ(changes[0].at, changes[1].at) << "one edit";
}

TEST_F(FilmEdits, ArePagedAndOfTheirFilmOnly) {
  const FilmId other = add_film(R"({"title":"Ikiru","year":1952})");
  ASSERT_TRUE(act(edit_film, vera, other, EditFilmRequest{.year = FilmNumber{1953}}).has_value());
  for (const int year : {1958, 1959, 1960, 1961, 1962}) ASSERT_TRUE(edit(vera, {.year = FilmNumber{year}}).has_value());
  Names years;
  ListRequest list{std::nullopt, 2};
  do {
    const auto page = look(read_film_history, vera, film, list).value();
    EXPECT_LE(page.items.size(), 2U);
    for (const FilmChangeView& change : page.items) years.push_back(change.new_text);
    list.after = page.next;
  } while (list.after);
  EXPECT_EQ(years, (Names{"1962", "1961", "1960", "1959", "1958"}));
  EXPECT_EQ(field_of(look(read_film_history, vera, film, ListRequest{"forged", 2})), "after");
}

TEST_F(FilmEdits, LeaveAHistoryThatNobodyRewrites) {
  ASSERT_TRUE(edit(vera, {.year = FilmNumber{1958}}).has_value());
  EXPECT_ANY_THROW(sql("update film_changes set new_text = '1960'"));
  EXPECT_ANY_THROW(sql("delete from film_changes"));
  EXPECT_EQ(sql("select new_text from film_changes"), "1958");
}

TEST_F(FilmEdits, StandInTheModerationLogByTheFilmAndTheFields) {
  EditFilmRequest request{.title = "Cranes", .runtime_minutes = FilmNumber{95}};
  ASSERT_TRUE(edit(vera, request).has_value());
  const auto log = look(read_moderation_log, vera, ListRequest{}).value();
  ASSERT_EQ(log.items.size(), 1U);
  EXPECT_EQ(log.items[0].action, "edit_film");
  EXPECT_EQ(log.items[0].note, "Film " + id() + ", Cranes: title, runtime minutes");
}

TEST_F(FilmEdits, AreNotUndoneByAnImport) {
  ASSERT_TRUE(edit(vera, {.cast = std::vector<GivenCredit>{{"Aleksey Batalov", "Boris"}}}).has_value());
  EXPECT_EQ(edited_fields(), "{cast}") << "the crew is not";
  ASSERT_TRUE(edit(vera, {.year = FilmNumber{1958}, .synopsis_source = ""}).has_value());
  EXPECT_EQ(edited_fields(), "{cast,release_date,synopsis}");
  const FilmView edited = now();
  import(line);
  EXPECT_EQ(now(), edited);
  import(R"({"title":"The Cranes Are Flying","runtime_min":120,"imdb_id":"tt0050634"})");
  EXPECT_EQ(now().runtime_minutes, 120) << "what was not edited";
}

TEST_F(FilmEdits, RenewWhatAFilmIsFoundBy) {
  EditFilmRequest request{.title = "Zhuravli Über Moskva"};
  request.year = FilmNumber{1961};
  request.genres = Names{"melodrama"};
  EXPECT_EQ(edit(vera, request).value().view.slug, "zhuravli-uber-moskva");
  for (const char* text : {"uber moskva", "letyat"}) {
    const auto found = look(list_films, FilmQuery{.text = text}, ListRequest{}).value();
    ASSERT_EQ(found.items.size(), 1U) << text;
    EXPECT_EQ(found.items[0].id, film);
  }
  EXPECT_TRUE(look(list_films, FilmQuery{.text = "cranes"}, ListRequest{}).value().items.empty());
  EXPECT_EQ(sql("select sort_key from films where id = " + id()).substr(0, 8), "zhuravli");
  EXPECT_EQ(sql("select count(*) from search_words where word = 'moskva'"), "1");
  const FilmFacets facets = look(read_film_facets);
  EXPECT_EQ(facets.decades, (std::vector<FacetValue>{{"1960", 1}}));
  EXPECT_EQ(facets.genres, (std::vector<FacetValue>{{"melodrama", 1}}));
}

// Ten moderators at once on one film: each entry goes on from where the one before it ended.
TEST_F(FilmEdits, OfManyAtOnceFollowEachOtherInTheHistory) {
  std::vector<std::thread> moderators;
  for (int number = 0; number < 10; ++number) {
    moderators.emplace_back([this, actor = member("fan" + std::to_string(number), Role::moderator), number] {
      EXPECT_TRUE(edit(actor, {.year = FilmNumber{1960 + number}}).has_value());
    });
  }
  for (std::thread& side : moderators) side.join();
  auto changes = history();
  ASSERT_EQ(changes.size(), 10U);
  std::ranges::reverse(changes);
  std::string before = "1957";
  for (const FilmChangeView& change : changes) {
    EXPECT_EQ(change.old_text, before);
    before = change.new_text;
  }
  EXPECT_EQ(before, std::to_string(now().year.value()));
}

// The numbers beside the facets stay what a count of all films would give.
TEST_F(FilmEdits, OfManyFilmsAtOnceAreAllCounted) {
  std::vector<std::thread> moderators;
  for (int number = 0; number < 10; ++number) {
    const FilmId own = add_film(R"({"title":"Number )" + std::to_string(number) + R"(","genres":["opera"]})");
    moderators.emplace_back([this, own, number] {
      const Names genres = number % 2 == 0 ? Names{"dance", "war"} : Names{"war", "dance"};
      EXPECT_TRUE(act(edit_film, vera, own, EditFilmRequest{.year = FilmNumber{1970}, .genres = genres}).has_value());
    });
  }
  database.write([](Transaction& transaction) { return persistence::count_film_facets(transaction); });
  for (std::thread& side : moderators) side.join();
  const auto facets = look(read_film_facets);
  EXPECT_EQ(facets.genres, (std::vector<FacetValue>{{"dance", 10}, {"drama", 1}, {"war", 11}}));
  database.write([](Transaction& transaction) { return persistence::count_film_facets(transaction); });
  EXPECT_EQ(look(read_film_facets), facets);
}

TEST_F(FilmEdits, OfOneFilmDoNotWaitForThoseOfAnother) {
  const FilmId other = add_film(R"({"title":"Ikiru","year":1952})");
  act([&](Transaction& transaction) {
    EXPECT_TRUE(edit_film(transaction, vera, other, {.genres = Names{"opera"}}).has_value());
    auto edited = std::async(std::launch::async, [this] { return edit(vera, {.genres = Names{"ballet"}}); });
    EXPECT_EQ(edited.get().value().view.genres, Names{"ballet"});
    return std::int64_t{0};
  });
}

// An import writes what it has read before: an edit in between would be lost.
TEST_F(FilmEdits, WaitForTheBatchOfAnImport) {
  std::future<Result<Changed<FilmView>>> edited;
  act([&](Transaction& transaction) {
    const auto record = parse_film_line(R"({"title":"Ikiru","year":1952})").value();
    auto counts = persistence::upsert_films(transaction, {record});
    edited = std::async(std::launch::async, [this] { return edit(vera, {.year = FilmNumber{1958}}); });
    EXPECT_TRUE(foyer::testing::eventually(
        [this] { return sql("select count(*) from pg_locks where locktype = 'advisory' and not granted") == "1"; }));
    return counts;
  });
  EXPECT_EQ(edited.get().value().view.year, 1958);
}

class TypedFilmEdits : public FilmEdits {
 protected:
  void SetUp() override {
    FilmEdits::SetUp();
    open_form();
  }
  void open_form() {
    const FilmInText shown = look(read_film_in_text, vera, film).value();
    form = {shown.fields, shown.version};
  }
  void type(const std::string& field, const std::string& text) {
    std::ranges::find(form.fields, field, &FilmFieldText::field)->text = text;
  }
  Result<Changed<FilmView>> send() { return act(edit_film_as_typed, vera, film, form); }

  TypedFilm form;
};

TEST_F(TypedFilmEdits, ChangeOnlyWhereSomethingWasTyped) {
  sql("set foyer.importing = 'on'; update films set title = 'Not | checked ' where id = " + id());
  open_form();
  type("genres", "drama\r\n\r\n war \r\nromance");
  type("crew", "Mikhail Kalatozov | Director\r\nViktor Rozov|Writer\r\n");
  const FilmView view = send().value().view;
  EXPECT_EQ(view.title, "Not | checked ");
  EXPECT_EQ(view.genres, (Names{"drama", "war", "romance"}));
  const auto changes = history();
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].field, "genres");
}

TEST_F(TypedFilmEdits, ThatAreStaleAreAConflictThatNamesTheFields) {
  type("runtime_minutes", "95");
  ASSERT_TRUE(edit(member("ada", Role::admin), {.title = "Cranes", .year = FilmNumber{1958}}).has_value());
  const auto refused = send();
  ASSERT_EQ(code_of(refused), ErrorCode::conflict);
  EXPECT_NE(refused.error().detail.find("title, year."), std::string::npos) << refused.error().detail;
  EXPECT_EQ(now().runtime_minutes, 97);
  form.version = look(read_film_in_text, vera, film).value().version;
  form.fields = {{"runtime_minutes", "95"}};
  EXPECT_EQ(send().value().view.title, "Cranes") << "fields that were not sent stay";
  EXPECT_EQ(now().runtime_minutes, 95);
}

// Discussions, ratings and external ids are no facts that a form shows.
TEST_F(TypedFilmEdits, AreNotStaleByWhatTheFormDoesNotShow) {
  type("year", "1958");
  ASSERT_TRUE(start(mira).has_value());
  import(R"({"title":"The Cranes Are Flying","imdb_id":"tt0050634","wikidata_id":"Q714524"})");
  EXPECT_TRUE(send().has_value());
}

TEST_F(TypedFilmEdits, AreRefusedByFieldAndWithoutAVersion) {
  type("year", "MCMLVII");
  type("title", " ");
  const auto refused = send();
  ASSERT_EQ(code_of(refused), ErrorCode::invalid);
  EXPECT_EQ(foyer::testing::mistakes_of(refused.error()), (Names{"title invalid", "year invalid"}));
  form.version = "";
  EXPECT_EQ(code_of(send()), ErrorCode::conflict);
}

}  // namespace
}  // namespace foyer::forum
