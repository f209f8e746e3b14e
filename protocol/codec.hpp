// The wire, written once: every request and client frame is decoded here, every view, event and server frame
// encoded. Decoding refuses unknown fields and wrong types and names the field; it never throws. Text must be
// valid UTF-8 without NUL and without lone surrogates. Encoders produce one line of JSON without spaces, keys
// in the order of docs/openapi.yaml. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocol/events.hpp"
#include "protocol/frames.hpp"
#include "protocol/requests.hpp"
#include "protocol/result.hpp"
#include "protocol/reviews.hpp"
#include "protocol/search.hpp"
#include "protocol/views.hpp"

namespace foyer::codec {

// Requests. Unparsable text → bad_request (400); wrong type, missing, unknown or out of range → invalid (422).
Result<RegisterRequest> decode_register(std::string_view json);
Result<LoginRequest> decode_login(std::string_view json);
Result<StartThreadRequest> decode_start_thread(std::string_view json);
Result<PostRequest> decode_post(std::string_view json);
Result<EditPostRequest> decode_edit_post(std::string_view json);
Result<RateRequest> decode_rate(std::string_view json);
Result<ReviewRequest> decode_review(std::string_view json);
Result<ProposeFilmRequest> decode_propose_film(std::string_view json);
Result<SolveThreadRequest> decode_solve_thread(std::string_view json);
Result<ChangeThreadRequest> decode_change_thread(std::string_view json);
Result<RemovePostRequest> decode_remove_post(std::string_view json);
Result<SanctionRequest> decode_sanction(std::string_view json);
Result<PreviewRequest> decode_preview(std::string_view json);
Result<CreateTokenRequest> decode_create_token(std::string_view json);

// A client frame. The error carries in `frame_id` the id of the frame when it could be read, for the answer.
struct FrameError {
  Error error;
  std::optional<std::int64_t> frame_id;
};
std::variant<ClientFrame, FrameError> decode_client_frame(std::string_view json);

// Whether a post frame's `key` or an Idempotency-Key header is one: 8 to 128 visible ASCII characters.
bool is_idempotency_key(std::string_view key);

// Views.
std::string encode(const UserView& user);
std::string encode(const ProfileView& profile);
std::string encode(const FilmView& film);
std::string encode(const OwnRatingView& rating);
std::string encode(const PersonView& person);
std::string encode(const OwnReviewView& review);
std::string encode(const SearchResults& results);
std::string encode(const Identification& identification);
std::string encode(const ThreadView& thread);
std::string encode(const PostView& post);
std::string encode(const Posted& posted);
std::string encode(const ThreadStarted& started);
std::string encode(const PostList& posts);
std::string encode(const SanctionView& sanction);
std::string encode(const TokenView& token);
std::string encode(const ReachView& reach);
std::string encode(const ListView<FilmSummary>& films);
std::string encode(const ListView<ThreadView>& threads);
std::string encode(const ListView<ReviewView>& reviews);
std::string encode(const ListView<RelatedThreadView>& threads);
std::string encode(const ListView<PostView>& posts);
std::string encode(const ListView<RevisionView>& revisions);
std::string encode(const ListView<ModerationEntryView>& entries);
std::string encode(const ListView<TokenView>& tokens);
std::string encode_user_answer(const std::optional<UserView>& user);  // {"user":{…}|null}
std::string encode_film_threads(const std::vector<ThreadView>& linked, const std::vector<RelatedThreadView>& related);
std::string encode_likes(const std::vector<PostId>& posts);  // {"liked":[post id,…]}
std::string encode_html(std::string_view html);              // {"html":"…"}
std::string encode_problem(const Error& error);              // RFC 9457
// {"items":[event,…],"next":"…"|null,"seq":HEAD}: the events are already encoded.
std::string encode_event_list(const std::vector<EncodedEvent>& events, const std::optional<std::string>& next,
                              Seq head);

// Live.
std::string encode(const Event& event);
EncodedEvent encode_for_bus(const Event& event);
std::string encode_film_snapshot(const FilmNews& news, Timestamp at);
std::string encode_front_snapshot(const std::vector<ThreadView>& threads, Timestamp at);
// Of film:{id} or front; only threads that more than one reads are named.
std::string encode_readers(Channel channel, const std::vector<ThreadReaders>& readers, Timestamp at);
std::string encode(const WelcomeFrame& frame);
std::string encode(const SubscribedFrame& frame);
std::string encode(const UnsubscribedFrame& frame);
std::string encode(const PostedFrame& frame);
std::string encode(const PresenceFrame& frame);
std::string encode(const GoodbyeFrame& frame);
std::string encode(const ErrorFrame& frame);
std::string_view heartbeat();

// Decoders of what the server itself sends, for tests, tools and `foyer verify`. Unknown fields are ignored.
Result<PostView> decode_post_view(std::string_view json);
Result<ThreadView> decode_thread_view(std::string_view json);
Result<Event> decode_event(std::string_view json);

}  // namespace foyer::codec
