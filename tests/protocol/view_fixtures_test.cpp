// Golden views, answers and problems: what each must be written as, and read back where the server reads it.
#include "protocol/codec.hpp"
#include "tests/protocol/golden_fixtures.hpp"
#include "tests/protocol/sample_views.hpp"

namespace foyer::testing {
namespace {

FixtureCase post(PostView view) {
  return round_trips(
      "view.post", std::move(view), [](const PostView& post) { return codec::encode(post); }, codec::decode_post_view);
}

FixtureCase thread(ThreadView view) {
  return round_trips(
      "view.thread", std::move(view), [](const ThreadView& thread) { return codec::encode(thread); },
      codec::decode_thread_view);
}

template <class View>
FixtureCase encodes(std::string kind, View view) {
  return encoded_by(std::move(kind), [view = std::move(view)] { return codec::encode(view); });
}

FilmView film_with_facts() {
  FilmView film;
  film.id = cranes.id;
  film.slug = cranes.slug;
  film.title = cranes.title;
  film.original_title = "Летят журавли";
  film.alternative_titles = {"Letyat zhuravli", "Quand passent les cigognes"};
  film.year = 1957;
  film.release_date = "1957-10-12";
  film.runtime_minutes = 97;
  film.synopsis = "Veronika and Boris walk by the river; then the war comes.";
  film.synopsis_source = "editorial";
  film.genres = {"drama", "war"};
  film.countries = {"Soviet Union"};
  film.languages = {"Russian"};
  film.cast = {{PersonId{11}, "Tatyana Samoylova", "Veronika"}, {PersonId{12}, "Aleksey Batalov", ""}};
  film.crew = {{PersonId{21}, "Mikhail Kalatozov", "Director"}, {PersonId{22}, "Viktor Rozov", "Writer"}};
  film.external_ids = {{"imdb", "tt0050634"}, {"wikidata", "Q584292"}};
  film.rating = four_ratings();
  return film;
}

FilmView film_without_facts() {
  FilmView film;
  film.id = lost_reel.id;
  film.slug = lost_reel.slug;
  film.title = lost_reel.title;
  return film;
}

TokenView token(std::string secret) {
  return {TokenId{5}, "my reader", {"read", "write"}, at("2026-11-23T15:52:07.123Z"), std::move(secret)};
}

Identification open_search() {
  return {FilmClues{1950, "Soviet Union", FilmColour::black_and_white, "",
                    "A squirrel toy with nuts in a basket.\nA letter beneath them."},
          {{PostNumber{5}, cranes}},
          std::nullopt,
          {{lost_reel, boris, at("2026-11-23T15:52:07.123Z")}}};
}

FixtureCases post_fixtures() {
  const ListView<RevisionView> revisions{{{1, *visible_post().body, veronika, visible_post().created_at},
                                          {2, *edited_post().body, mark, edited_post().edited_at.value()}},
                                         std::nullopt};
  return {
      {"view-post-visible", post(visible_post())},
      {"view-post-edited", post(edited_post())},
      {"view-post-liked", post(liked_post())},
      {"view-post-removed", post(removed_post())},
      {"view-post-deleted", post(deleted_post())},
      {"view-post-hostile-text", post(hostile_post())},
      {"answer-posted", encodes("answer.posted", Posted{visible_post(), Seq{24}})},
      {"answer-post-list", encodes("answer.post_list", PostList{{visible_post(), hostile_post()}, "6", Seq{31}})},
      {"answer-post-list-empty", encodes("answer.post_list", PostList{{}, std::nullopt, Seq{31}})},
      {"answer-posts-of-member", encodes("answer.member_posts", ListView<PostView>{{visible_post()}, std::nullopt})},
      {"answer-revisions", encodes("answer.revisions", revisions)},
      {"answer-html", encoded_by("answer.html", [] { return codec::encode_html("<p><strong>bold</strong></p>\n"); })},
  };
}

FixtureCases thread_fixtures() {
  ThreadStarted started{discussion(), visible_post(), Seq{1}};
  started.thread.last_seq = {1};
  started.thread.post_count = 1;
  started.thread.reply_count = 0;
  started.post.number = {1};
  started.post.reply_to.reset();
  const RelatedThreadView related{discussion(), "How was the staircase shot done? Somebody said \"a crane\", but…",
                                  "Mentions the title “The Cranes Are Flying”"};
  return {
      {"view-thread", thread(discussion())},
      {"view-thread-comments", thread(film_comments())},
      {"view-thread-solved", thread(solved_search())},
      {"view-identification", encodes("view.identification", open_search())},
      {"view-identification-solved",
       encodes("view.identification", Identification{std::nullopt, {}, PostNumber{5}, {}})},
      {"answer-thread-started", encodes("answer.thread_started", started)},
      {"answer-thread-list",
       encodes("answer.thread_list", ListView<ThreadView>{{discussion(), film_comments()}, "MjAyNi0xMS0yMw"})},
      {"answer-film-threads-linked",
       encoded_by("answer.film_threads", [] { return codec::encode_film_threads({discussion()}, {}); })},
      {"answer-film-threads-related",
       encoded_by("answer.film_threads", [related] { return codec::encode_film_threads({}, {related}); })},
  };
}

FixtureCases search_fixtures() {
  SearchResults results;
  results.films = {
      {{cranes.id, cranes.slug, cranes.title, cranes.year, "Mikhail Kalatozov", {"Soviet Union"}, 2, 8.5, 12}},
      std::nullopt};
  results.people = {{{PersonId{11}, "tatyana-samoylova", "Tatyana Samoylova", 3, {cranes, lost_reel}}}, std::nullopt};
  results.threads = {{{discussion(), {{"How was the ", false}, {"staircase", true}, {" shot done?", false}}}},
                     "cjE6MQ"};
  results.posts = {{{PostId{1001},
                     ThreadId{42},
                     "the-staircase-shot",
                     "The staircase shot",
                     PostNumber{5},
                     boris,
                     at("2026-11-23T16:00:00.000Z"),
                     {{"On a ", false}, {"staircase", true}}}},
                   std::nullopt};
  return {{"answer-search", encodes("answer.search", results)}};
}

FixtureCases review_fixtures() {
  ThreadView covered = review();
  covered.id = {45};
  covered.score.reset();
  covered.contains_spoilers = true;
  PostView text;
  text.id = {1003};
  text.thread_id = {44};
  text.number = {1};
  text.author = veronika;
  text.body = "The *camera* weeps.";
  text.html = "<p>The <em>camera</em> weeps.</p>";
  text.created_at = at("2026-11-23T15:52:07.123Z");
  const ListView<ReviewView> reviews{{{review(), "The camera weeps."}, {covered, ""}}, "NDU"};
  return {
      {"view-thread-review", thread(review())},
      {"answer-review-list", encodes("answer.review_list", reviews)},
      {"answer-own-review", encodes("answer.own_review", OwnReviewView{review(), text, four_ratings()})},
  };
}

FixtureCases film_fixtures() {
  const ListView<FilmSummary> films{
      {{cranes.id, cranes.slug, cranes.title, cranes.year, "Mikhail Kalatozov", {"Soviet Union"}, 2, 8.5, 12},
       {lost_reel.id, lost_reel.slug, lost_reel.title, std::nullopt, "", {}, 0, std::nullopt, 0}},
      std::nullopt};
  const PersonView person{PersonId{11},
                          "tatyana-samoylova",
                          "Tatyana Samoylova",
                          {"Татьяна Самойлова"},
                          {{cranes, "Cast", "Veronika"}, {lost_reel, "Director", ""}}};
  return {
      {"view-film", encodes("view.film", film_with_facts())},
      {"view-film-unknown-facts", encodes("view.film", film_without_facts())},
      {"answer-film-list", encodes("answer.film_list", films)},
      {"view-person", encodes("view.person", person)},
  };
}

FixtureCases member_fixtures() {
  const ListView<ModerationEntryView> log{
      {{3, at("2026-11-23T16:01:00.000Z"), mark, "ban", boris, std::nullopt, std::nullopt, std::nullopt, "Insults",
        "until 2026-12-24 18:00 UTC"},
       {2, at("2026-11-23T16:00:00.000Z"), mark, "remove", std::nullopt, ThreadId{42}, PostId{1001}, PostNumber{5},
        "Insults", "second time this week"},
       {1, at("2026-11-23T15:59:00.000Z"), mark, "lock", std::nullopt, ThreadId{42}, std::nullopt, std::nullopt, "",
        ""}},
      "1"};
  return {
      {"view-user", encodes("view.user", boris)},
      {"view-reach", encodes("view.reach", ReachView{413, 412, 1})},
      {"view-profile", encodes("view.profile", ProfileView{veronika, at("2026-11-01T00:00:00.000Z"), 21, 3})},
      {"answer-session", encoded_by("answer.session", [] { return codec::encode_user_answer(veronika); })},
      {"answer-session-guest", encoded_by("answer.session", [] { return codec::encode_user_answer(std::nullopt); })},
      {"view-sanction", encodes("view.sanction", SanctionView{boris, SanctionKind::silence, std::nullopt,
                                                              "Off topic, again and again"})},
      {"view-token-created", encodes("view.token", token("foyer_0123456789abcdef"))},
      {"answer-token-list", encodes("answer.token_list", ListView<TokenView>{{token("")}, std::nullopt})},
      {"answer-moderation-log", encodes("answer.moderation_log", log)},
  };
}

FixtureCases problem_fixtures() {
  const Error missing = refused(ErrorCode::not_found, "There is no thread 99.");
  const Error wrong{ErrorCode::invalid,
                    "body: is required (and 1 more)",
                    {{"body", "required", "is required"}, {"film_ids[2]", "wrong_type", "must be an integer"}},
                    std::nullopt};
  return {
      {"problem-not-found", encoded_by("problem", [missing] { return codec::encode_problem(missing); })},
      {"problem-invalid", encoded_by("problem", [wrong] { return codec::encode_problem(wrong); })},
  };
}

}  // namespace

FixtureCases view_fixtures() {
  FixtureCases cases = post_fixtures();
  cases.merge(thread_fixtures());
  cases.merge(review_fixtures());
  cases.merge(film_fixtures());
  cases.merge(search_fixtures());
  cases.merge(member_fixtures());
  cases.merge(problem_fixtures());
  return cases;
}

}  // namespace foyer::testing
