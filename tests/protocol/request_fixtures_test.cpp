// Golden requests and client frames: what each must be read as.
#include "protocol/codec.hpp"
#include "tests/protocol/golden_fixtures.hpp"

namespace foyer::testing {
namespace {

// A client frame decodes to a variant of its own; here it becomes a plain result.
Result<ClientFrame> client_frame(std::string_view json) {
  auto decoded = codec::decode_client_frame(json);
  if (const auto* failure = std::get_if<codec::FrameError>(&decoded)) {
    return failure->error;
  }
  return std::get<ClientFrame>(decoded);
}

FixtureCase frame(ClientFrame expected) { return decodes_to("client_frame", std::move(expected), client_frame); }

FixtureCase post(PostRequest expected) { return decodes_to("request.post", std::move(expected), codec::decode_post); }

FixtureCase change_thread(ChangeThreadRequest expected) {
  return decodes_to("request.change_thread", std::move(expected), codec::decode_change_thread);
}

FixtureCase remove_post(RemovePostRequest expected) {
  return decodes_to("request.remove_post", std::move(expected), codec::decode_remove_post);
}

FixtureCase start_thread(StartThreadRequest expected) {
  return decodes_to("request.start_thread", std::move(expected), codec::decode_start_thread);
}

FixtureCases body_fixtures() {
  return {
      {"request-register",
       decodes_to("request.register", RegisterRequest{"Veronika", "veronika@example.org", "correct horse \"battery\""},
                  codec::decode_register)},
      {"request-login", decodes_to("request.login", LoginRequest{"Veronika", "pässwörd 🎬"}, codec::decode_login)},
      {"request-start-thread",
       start_thread({{FilmId{3}, FilmId{9}}, ThreadKind::discussion, "The staircase shot", "How was it *done*?"})},
      {"request-start-thread-identify",
       start_thread(
           {{}, ThreadKind::identify, "A train, a letter, a squirrel toy", "Seen on television in the eighties."})},
      {"request-start-thread-clues",
       start_thread({{},
                     ThreadKind::identify,
                     "A train, a letter, a squirrel toy",
                     "Seen on television in the eighties.",
                     FilmClues{1950, "Soviet Union", FilmColour::black_and_white, "", "A squirrel toy.\nA letter."}})},
      {"request-propose-film",
       decodes_to("request.propose_film", ProposeFilmRequest{FilmId{3}}, codec::decode_propose_film)},
      {"request-solve-thread",
       decodes_to("request.solve_thread", SolveThreadRequest{PostNumber{5}, FilmId{3}}, codec::decode_solve_thread)},
      {"request-post", post({"The crane shot at ||the farewell||.", PostNumber{4}, 3720})},
      {"request-post-minimal", post({"Yes.", std::nullopt, std::nullopt})},
      {"request-post-nulls", post({"null counts as absent", std::nullopt, std::nullopt})},
      {"request-edit-post",
       decodes_to("request.edit_post", EditPostRequest{"line one\nline \"two\"\t\\end"}, codec::decode_edit_post)},
      {"request-review",
       decodes_to("request.review", ReviewRequest{"As if the camera wept", "The *camera* weeps.", 9, true},
                  codec::decode_review)},
      {"request-review-minimal",
       decodes_to("request.review", ReviewRequest{"", "Yes.", 1, false}, codec::decode_review)},
      {"request-change-thread",
       change_thread({"The staircase shot (1957)", true, false, 30, std::vector{FilmId{3}}, "Clearer title"})},
      {"request-change-thread-lock", change_thread({std::nullopt, true, std::nullopt, std::nullopt, std::nullopt, ""})},
      {"request-remove-post", remove_post({"Insults", "second time this week", 2})},
      {"request-remove-post-minimal", remove_post({"Spam", "", std::nullopt})},
      {"request-sanction",
       decodes_to("request.sanction",
                  SanctionRequest{SanctionKind::ban, from_rfc3339("2026-12-24T18:00:00.000Z"), "Insults, again"},
                  codec::decode_sanction)},
      {"request-sanction-lift",
       decodes_to("request.sanction", SanctionRequest{SanctionKind::lift, std::nullopt, "We talked"},
                  codec::decode_sanction)},
      {"request-preview",
       decodes_to("request.preview", PreviewRequest{"**bold** and ||hidden||"}, codec::decode_preview)},
      {"request-create-token", decodes_to("request.create_token", CreateTokenRequest{"my reader", {"read", "write"}},
                                          codec::decode_create_token)},
  };
}

FixtureCases frame_fixtures() {
  const Channel thread{ChannelKind::thread, 42};
  const std::int64_t largest_id = std::int64_t{1} << 53;
  return {
      {"client-frame-subscribe", frame(SubscribeFrame{1, thread, std::nullopt})},
      {"client-frame-subscribe-since", frame(SubscribeFrame{largest_id, thread, Seq{17}})},
      {"client-frame-subscribe-front", frame(SubscribeFrame{2, {ChannelKind::front, 0}, std::nullopt})},
      {"client-frame-unsubscribe", frame(UnsubscribeFrame{2, {ChannelKind::film, 3}})},
      {"client-frame-post", frame(PostFrame{3, ThreadId{42}, "0b9f7c1e-7d57-4a43", {"Agreed.", PostNumber{7}, 90}})},
      {"client-frame-post-minimal", frame(PostFrame{4, ThreadId{42}, "", {"Agreed.", std::nullopt, std::nullopt}})},
      {"client-frame-typing", frame(TypingFrame{thread})},
      {"client-frame-applied", frame(AppliedFrame{thread, Seq{24}})},
  };
}

}  // namespace

FixtureCases request_fixtures() {
  FixtureCases cases = body_fixtures();
  cases.merge(frame_fixtures());
  return cases;
}

}  // namespace foyer::testing
