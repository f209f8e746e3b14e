#include "protocol/codec.hpp"
#include "protocol/view_json.hpp"

namespace foyer::codec {
namespace {

constexpr std::size_t film_bytes = 4096;
constexpr std::size_t rating_bytes = 256;
constexpr std::size_t list_bytes = 16'384;

template <class Item>
std::string encode_list(const ListView<Item>& list) {
  JsonWriter writer(list_bytes);
  writer.begin_object();
  writer.field("items", list.items);
  writer.field("next", list.next);
  writer.end_object();
  return writer.take();
}

}  // namespace

std::string encode(const UserView& user) { return to_json(user); }
std::string encode(const ProfileView& profile) { return to_json(profile); }
std::string encode(const FilmView& film) { return to_json(film, film_bytes); }
std::string encode(const PersonView& person) { return to_json(person, film_bytes); }
std::string encode(const ThreadView& thread) { return to_json(thread, 512); }
std::string encode(const Identification& identification) { return to_json(identification, 1024); }
std::string encode(const PostView& post) { return to_json(post, expected_bytes(post)); }
std::string encode(const SanctionView& sanction) { return to_json(sanction); }
std::string encode(const TokenView& token) { return to_json(token); }
std::string encode(const ReachView& reach) { return to_json(reach); }
std::string encode(const OwnRatingView& rating) { return to_json(rating, rating_bytes); }
std::string encode(const ListView<FilmSummary>& films) { return encode_list(films); }
std::string encode(const ListView<ThreadView>& threads) { return encode_list(threads); }
std::string encode(const ListView<RelatedThreadView>& threads) { return encode_list(threads); }
std::string encode(const ListView<ReviewView>& reviews) { return encode_list(reviews); }
std::string encode(const ListView<PostView>& posts) { return encode_list(posts); }
std::string encode(const ListView<RevisionView>& revisions) { return encode_list(revisions); }
std::string encode(const ListView<ModerationEntryView>& entries) { return encode_list(entries); }
std::string encode(const ListView<TokenView>& tokens) { return encode_list(tokens); }

std::string encode(const Posted& posted) {
  JsonWriter writer(expected_bytes(posted.post));
  writer.begin_object();
  writer.field("post", posted.post);
  writer.field("seq", posted.seq);
  writer.end_object();
  return writer.take();
}

std::string encode(const ThreadStarted& started) {
  JsonWriter writer(expected_bytes(started.post) + 512);
  writer.begin_object();
  writer.field("thread", started.thread);
  writer.field("post", started.post);
  writer.field("seq", started.seq);
  writer.end_object();
  return writer.take();
}

std::string encode(const OwnReviewView& review) {
  JsonWriter writer(expected_bytes(review.post) + 1024);
  writer.begin_object();
  writer.field("thread", review.thread);
  writer.field("post", review.post);
  writer.field("rating", review.rating);
  writer.end_object();
  return writer.take();
}

std::string encode(const PostList& posts) {
  JsonWriter writer(list_bytes);
  writer.begin_object();
  writer.field("items", posts.items);
  writer.field("next", posts.next);
  writer.field("seq", posts.seq);
  writer.end_object();
  return writer.take();
}

std::string encode_user_answer(const std::optional<UserView>& user) {
  JsonWriter writer;
  writer.begin_object();
  writer.field("user", user);
  writer.end_object();
  return writer.take();
}

std::string encode_film_threads(const std::vector<ThreadView>& linked, const std::vector<RelatedThreadView>& related) {
  JsonWriter writer(list_bytes);
  writer.begin_object();
  writer.field("linked", linked);
  writer.field("related", related);
  writer.end_object();
  return writer.take();
}

std::string encode_likes(const std::vector<PostId>& posts) {
  JsonWriter writer;
  writer.begin_object();
  writer.field("liked", posts);
  writer.end_object();
  return writer.take();
}

std::string encode_html(std::string_view html) {
  JsonWriter writer(html.size() + html.size() / 8 + 16);
  writer.begin_object();
  writer.field("html", html);
  writer.end_object();
  return writer.take();
}

}  // namespace foyer::codec
