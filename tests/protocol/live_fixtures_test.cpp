// Golden events, snapshots and server frames of the live channel.
#include "protocol/codec.hpp"
#include "tests/protocol/golden_fixtures.hpp"
#include "tests/protocol/sample_views.hpp"

namespace foyer::testing {
namespace {

const Channel thread_channel{ChannelKind::thread, 42};

Event event(std::int64_t seq, EventKind kind, Timestamp time, std::variant<PostView, ThreadView> data) {
  return {thread_channel, Seq{seq}, kind, time, std::move(data)};
}

Event post_created() { return event(24, EventKind::post_created, visible_post().created_at, visible_post()); }
Event post_edited() { return event(26, EventKind::post_edited, *edited_post().edited_at, edited_post()); }

FixtureCase round_trip(Event expected) {
  return round_trips(
      "event", std::move(expected), [](const Event& source) { return codec::encode(source); }, codec::decode_event);
}

template <class Frame>
FixtureCase frame(Frame source) {
  return encoded_by("server_frame", [source = std::move(source)] { return codec::encode(source); });
}

FixtureCases event_fixtures() {
  ThreadView locked = discussion();
  locked.locked = true;
  locked.last_seq = {30};
  return {
      {"event-post-created", round_trip(post_created())},
      {"event-post-created-hostile-text",
       round_trip(event(25, EventKind::post_created, visible_post().created_at, hostile_post()))},
      {"event-post-edited", round_trip(post_edited())},
      {"event-post-removed",
       round_trip(event(27, EventKind::post_removed, at("2026-11-23T16:00:00.000Z"), removed_post()))},
      {"event-post-restored",
       round_trip(event(28, EventKind::post_restored, at("2026-11-23T16:01:00.000Z"), edited_post()))},
      {"event-post-deleted",
       round_trip(event(29, EventKind::post_deleted, at("2026-11-23T16:02:00.000Z"), deleted_post()))},
      {"event-thread-updated",
       round_trip(event(30, EventKind::thread_updated, at("2026-11-23T16:03:00.000Z"), locked))},
      {"event-post-reacted",
       round_trip(event(31, EventKind::post_reacted, at("2026-11-23T16:04:00.000Z"), liked_post()))},
      {"answer-event-list", encoded_by("answer.event_list",
                                       [] {
                                         return codec::encode_event_list({codec::encode_for_bus(post_created()),
                                                                          codec::encode_for_bus(post_edited())},
                                                                         "26", Seq{30});
                                       })},
  };
}

FixtureCases snapshot_fixtures() {
  const Timestamp time = at("2026-11-23T15:52:07.123Z");
  const FilmNews news{cranes.id,
                      ThreadId{43},
                      12,
                      {discussion()},
                      four_ratings(),
                      {{ThreadId{44}, "cbf29ce484222325"}},
                      std::vector<Excerpt>{{ThreadId{45}, "af63dc4c8601ec8c"}}};
  const FilmNews first_news{lost_reel.id, std::nullopt, 0, {}, {}};
  return {
      {"snapshot-film", encoded_by("snapshot", [=] { return codec::encode_film_snapshot(news, time); })},
      {"snapshot-film-first", encoded_by("snapshot", [=] { return codec::encode_film_snapshot(first_news, time); })},
      {"snapshot-film-readers", encoded_by("snapshot",
                                           [=] {
                                             return codec::encode_readers({ChannelKind::film, 3},
                                                                          {{ThreadId{42}, 6}, {ThreadId{43}, 2}}, time);
                                           })},
      {"snapshot-front-readers",
       encoded_by("snapshot", [=] { return codec::encode_readers({ChannelKind::front, 0}, {}, time); })},
      {"snapshot-front", encoded_by("snapshot", [=] { return codec::encode_front_snapshot({discussion()}, time); })},
  };
}

FixtureCases frame_fixtures() {
  const Channel film{ChannelKind::film, 3};
  return {
      {"server-frame-welcome", frame(WelcomeFrame{"node-1", veronika, 25})},
      {"server-frame-welcome-guest", frame(WelcomeFrame{"node-2", std::nullopt, 25})},
      {"server-frame-heartbeat", encoded_by("server_frame", codec::heartbeat)},
      {"server-frame-subscribed", frame(SubscribedFrame{1, thread_channel, Seq{23}, 5, false})},
      {"server-frame-subscribed-resync", frame(SubscribedFrame{1, thread_channel, Seq{5000}, 5, true})},
      {"server-frame-subscribed-snapshot", frame(SubscribedFrame{2, film, std::nullopt, 1, false})},
      {"server-frame-unsubscribed", frame(UnsubscribedFrame{2, film, ""})},
      {"server-frame-unsubscribed-by-server",
       frame(UnsubscribedFrame{std::nullopt, {ChannelKind::member, 7}, "forbidden"})},
      {"server-frame-posted", frame(PostedFrame{3, {visible_post(), Seq{24}}})},
      {"server-frame-presence", frame(PresenceFrame{thread_channel, 5, {"Борис", "mark"}})},
      {"server-frame-presence-quiet", frame(PresenceFrame{thread_channel, 0, {}})},
      {"server-frame-goodbye", frame(GoodbyeFrame{1500})},
      {"server-frame-error", frame(ErrorFrame{3, "locked", "The thread takes no more posts."})},
      {"server-frame-error-without-id",
       frame(ErrorFrame{std::nullopt, "bad_request", "not a JSON document in UTF-8 (at byte 0)"})},
  };
}

}  // namespace

FixtureCases live_fixtures() {
  FixtureCases cases = event_fixtures();
  cases.merge(snapshot_fixtures());
  cases.merge(frame_fixtures());
  return cases;
}

}  // namespace foyer::testing
