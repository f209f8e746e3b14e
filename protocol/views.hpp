// What readers see: the resources of the HTTP API and the data of live events. Plain values that own their
// strings; they copy and compare. Unknown is an empty optional, string or list. A view never holds what its
// reader may not see: removed text is gone before a PostView is made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/ids.hpp"
#include "protocol/timestamp.hpp"

namespace foyer {

enum class Role { member, moderator, admin };
enum class PostState { visible, removed, deleted };
enum class SanctionKind { silence, ban, lift };  // may read only; is shut out; the end of both
enum class Reaction { like };
enum class ThreadKind { discussion, review, comments, identify, watch_along };

struct UserView {  // as it stands beside a post
  UserId id;
  std::string name;
  Role role = Role::member;
  friend bool operator==(const UserView&, const UserView&) = default;
};

struct ProfileView {
  UserView user;
  Timestamp joined_at;
  std::int64_t post_count = 0;
  std::int64_t thread_count = 0;
  friend bool operator==(const ProfileView&, const ProfileView&) = default;
};

struct CastMember {
  PersonId id;
  std::string name;
  std::string character;  // "" when unknown
  friend bool operator==(const CastMember&, const CastMember&) = default;
};

struct CrewMember {
  PersonId id;
  std::string name;
  std::string job;  // "Director", "Writer", "Composer", …
  friend bool operator==(const CrewMember&, const CrewMember&) = default;
};

struct ExternalId {
  std::string source;  // "imdb", "wikidata", "enwiki"
  std::string id;
  friend bool operator==(const ExternalId&, const ExternalId&) = default;
};

struct RatingView {
  std::optional<double> average;  // empty: no ratings yet
  std::int64_t count = 0;
  std::vector<std::int64_t> histogram = std::vector<std::int64_t>(10);  // scores 1 to 10
  friend bool operator==(const RatingView&, const RatingView&) = default;
};

struct OwnRatingView {       // what a member gave a film, and what that made of it
  std::optional<int> score;  // empty: none
  RatingView rating;
  friend bool operator==(const OwnRatingView&, const OwnRatingView&) = default;
};

struct FilmView {
  FilmId id;
  std::string slug;
  std::string title;
  std::string original_title;
  std::vector<std::string> alternative_titles;
  std::optional<int> year;
  std::string release_date;  // "1957-10-12" or ""
  std::optional<int> runtime_minutes;
  std::string synopsis;
  std::string synopsis_source;  // "editorial", "wikipedia" or ""
  std::string synopsis_url;
  std::vector<std::string> genres;
  std::vector<std::string> countries;
  std::vector<std::string> languages;
  std::vector<CastMember> cast;  // in billing order
  std::vector<CrewMember> crew;
  std::vector<ExternalId> external_ids;
  RatingView rating;
  friend bool operator==(const FilmView&, const FilmView&) = default;
};

struct FilmSummary {  // in lists and beside threads
  FilmId id;
  std::string slug;
  std::string title;
  std::optional<int> year;
  std::string director;  // first director or ""
  std::vector<std::string> countries;
  std::int64_t thread_count = 0;
  std::optional<double> rating_average = {};
  std::int64_t rating_count = 0;
  friend bool operator==(const FilmSummary&, const FilmSummary&) = default;
};

struct FacetValue {  // what films can be narrowed by
  std::string value;
  std::int64_t films = 0;  // how many have it
  friend bool operator==(const FacetValue&, const FacetValue&) = default;
};
struct FilmFacets {  // decades the last one first, others by name
  std::vector<FacetValue> decades, genres, countries, languages;
  friend bool operator==(const FilmFacets&, const FilmFacets&) = default;
};

struct FilmLink {  // a film as a thread names it
  FilmId id;
  std::string slug;
  std::string title;
  std::optional<int> year;
  friend bool operator==(const FilmLink&, const FilmLink&) = default;
};

struct PersonView {
  PersonId id;
  std::string slug;
  std::string name;
  std::vector<std::string> variants;
  struct Credit {
    FilmLink film;
    std::string job;        // "Cast", "Director", …
    std::string character;  // for cast
    friend bool operator==(const Credit&, const Credit&) = default;
  };
  std::vector<Credit> filmography;  // newest film first
  friend bool operator==(const PersonView&, const PersonView&) = default;
};

struct ThreadView {
  ThreadId id;
  std::string slug;
  ThreadKind kind = ThreadKind::discussion;
  std::string title;
  std::optional<UserView> author;  // empty for a film's own comments thread
  std::vector<FilmLink> films;
  Seq last_seq;                  // head of the channel thread:{id}
  std::int64_t post_count = 0;   // = the highest post number
  std::int64_t reply_count = 0;  // posts but the first; for kind comments every post
  bool locked = false;
  bool pinned = false;
  int slow_mode_seconds = 0;
  Timestamp created_at;
  std::optional<Timestamp> last_post_at;
  std::string last_post_author;      // name or ""
  std::optional<int> score = {};     // of a review: what its author gives the film, in half stars
  bool contains_spoilers = false;    // of a review: nothing of its text stands anywhere uncovered
  std::optional<FilmLink> solved{};  // of kind identify: the film that was looked for
  friend bool operator==(const ThreadView&, const ThreadView&) = default;
};

struct PostView {
  PostId id;
  ThreadId thread_id;
  PostNumber number;
  UserView author;
  PostState state = PostState::visible;
  std::optional<std::string> body;  // Markdown; empty unless visible
  std::optional<std::string> html;  // its rendering; empty unless visible
  std::optional<PostNumber> reply_to;
  std::string removal_reason;  // for state removed
  int revision = 1;
  std::optional<int> film_position_seconds;
  Timestamp created_at;
  std::optional<Timestamp> edited_at;
  std::int64_t like_count = 0;  // 0 unless visible
  friend bool operator==(const PostView&, const PostView&) = default;
};

struct RevisionView {  // one earlier or the present text; author and moderators only
  int revision = 1;
  std::string body;
  UserView editor;
  Timestamp at;
  friend bool operator==(const RevisionView&, const RevisionView&) = default;
};

// On how many screens a removal has done its work. Screens that were offline are cleaned when they come back.
struct ReachView {
  std::int64_t screens = 0;
  std::int64_t gone = 0;
  std::int64_t offline = 0;
  friend bool operator==(const ReachView&, const ReachView&) = default;
};

struct RelatedThreadView {
  ThreadView thread;
  std::string snippet;  // at most 200 characters
  std::string reason;
  friend bool operator==(const RelatedThreadView&, const RelatedThreadView&) = default;
};

struct ModerationEntryView {
  std::int64_t id = 0;
  Timestamp at;
  UserView moderator;
  std::string action;              // "remove", "restore", "lock", "unlock", "rename", "silence", "ban", "lift", …
  std::optional<UserView> member;  // whom a sanction is about
  std::optional<ThreadId> thread_id;
  std::optional<PostId> post_id;
  std::optional<PostNumber> post_number;
  std::string reason;
  std::string note;
  friend bool operator==(const ModerationEntryView&, const ModerationEntryView&) = default;
};

struct SanctionView {  // answer to a sanction, and what moderators read of one in force
  UserView member;
  SanctionKind kind = SanctionKind::silence;
  std::optional<Timestamp> until;  // empty: without an end
  std::string reason;
  friend bool operator==(const SanctionView&, const SanctionView&) = default;
};

struct TokenView {
  TokenId id;
  std::string name;
  std::vector<std::string> scopes;
  Timestamp created_at;
  std::string secret;  // only in the answer to its creation
  friend bool operator==(const TokenView&, const TokenView&) = default;
};

// A page of a list; next is the opaque position for ?after= or empty at the end.
template <class Item>
struct ListView {
  std::vector<Item> items;
  std::optional<std::string> next;
  friend bool operator==(const ListView&, const ListView&) = default;
};

struct PostList {  // GET /threads/{id}/posts: posts and the channel's head from one snapshot
  std::vector<PostView> items;
  std::optional<std::string> next;
  Seq seq;
  friend bool operator==(const PostList&, const PostList&) = default;
};

struct Posted {  // answer to a new post or comment
  PostView post;
  Seq seq;
  friend bool operator==(const Posted&, const Posted&) = default;
};

struct ThreadStarted {
  ThreadView thread;
  PostView post;
  Seq seq;
  friend bool operator==(const ThreadStarted&, const ThreadStarted&) = default;
};

// Words on the wire and back; an unknown word is an empty optional.
std::string_view to_word(Role role);
std::string_view to_word(PostState state);
std::string_view to_word(ThreadKind kind);
std::string_view to_word(SanctionKind kind);
std::string_view to_word(Reaction reaction);
std::optional<Role> role_from_word(std::string_view word);
std::optional<PostState> post_state_from_word(std::string_view word);
std::optional<ThreadKind> thread_kind_from_word(std::string_view word);
std::optional<SanctionKind> sanction_kind_from_word(std::string_view word);
std::optional<Reaction> reaction_from_word(std::string_view word);

}  // namespace foyer
