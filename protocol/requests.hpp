// What clients send in bodies, already of the right shape: types checked, unknown fields refused. Whether the
// values make sense (lengths, permissions, existence) is decided in server/forum.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/identification.hpp"
#include "protocol/ids.hpp"
#include "protocol/views.hpp"

namespace foyer {

struct RegisterRequest {
  std::string name;
  std::string email;
  std::string password;
  friend bool operator==(const RegisterRequest&, const RegisterRequest&) = default;
};

struct LoginRequest {
  std::string login;  // name or verified e-mail
  std::string password;
  friend bool operator==(const LoginRequest&, const LoginRequest&) = default;
};

struct StartThreadRequest {
  std::vector<FilmId> film_ids;
  ThreadKind kind = ThreadKind::discussion;
  std::string title;
  std::string body;
  std::optional<FilmClues> clues = {};  // of kind identify only
  friend bool operator==(const StartThreadRequest&, const StartThreadRequest&) = default;
};

struct ReviewRequest {
  std::string title;  // "" = made from the film's title
  std::string body;
  int score = 0;  // 1 to 10 half stars
  bool contains_spoilers = false;
  friend bool operator==(const ReviewRequest&, const ReviewRequest&) = default;
};

struct ProposeFilmRequest {
  FilmId film_id;
  friend bool operator==(const ProposeFilmRequest&, const ProposeFilmRequest&) = default;
};

struct SolveThreadRequest {  // which answer named the film that was looked for
  PostNumber post_number;
  FilmId film_id;
  friend bool operator==(const SolveThreadRequest&, const SolveThreadRequest&) = default;
};

struct PostRequest {  // also a comment on a film
  std::string body;
  std::optional<PostNumber> reply_to;
  std::optional<int> film_position_seconds;
  friend bool operator==(const PostRequest&, const PostRequest&) = default;
};

struct RateRequest {
  int score = 0;  // 1 to 10 half stars
  friend bool operator==(const RateRequest&, const RateRequest&) = default;
};

struct EditPostRequest {
  std::string body;
  friend bool operator==(const EditPostRequest&, const EditPostRequest&) = default;
};

struct ChangeThreadRequest {  // absent fields stay as they are
  std::optional<std::string> title;
  std::optional<bool> locked;
  std::optional<bool> pinned;
  std::optional<int> slow_mode_seconds;
  std::optional<std::vector<FilmId>> film_ids;
  std::string reason;
  friend bool operator==(const ChangeThreadRequest&, const ChangeThreadRequest&) = default;
};

struct RemovePostRequest {
  std::string reason;
  std::string note;
  std::optional<int> revision;  // refuse when the post has another one by now
  friend bool operator==(const RemovePostRequest&, const RemovePostRequest&) = default;
};

struct SanctionRequest {
  SanctionKind kind = SanctionKind::silence;
  std::optional<Timestamp> until;  // without an end when absent
  std::string reason;
  friend bool operator==(const SanctionRequest&, const SanctionRequest&) = default;
};

struct PreviewRequest {
  std::string body;
  friend bool operator==(const PreviewRequest&, const PreviewRequest&) = default;
};

struct CreateTokenRequest {
  std::string name;
  std::vector<std::string> scopes;
  friend bool operator==(const CreateTokenRequest&, const CreateTokenRequest&) = default;
};

}  // namespace foyer
