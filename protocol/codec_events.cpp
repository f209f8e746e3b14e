#include "protocol/codec.hpp"
#include "protocol/view_json.hpp"

namespace foyer {

static void write(JsonWriter& writer, const EncodedEvent& event) { writer.finished(event.json); }

namespace codec {
namespace {

void begin_envelope(JsonWriter& writer, Channel channel, std::optional<Seq> seq, std::string_view event, Timestamp at) {
  writer.begin_object();
  writer.field("type", "event");
  writer.field("channel", channel);
  if (seq) {
    writer.field("seq", *seq);
  }
  writer.field("event", event);
  writer.field("at", at);
  writer.name("data");
  writer.begin_object();
}

std::string finish_envelope(JsonWriter& writer) {
  writer.end_object();
  writer.end_object();
  return writer.take();
}

void write_excerpts(JsonWriter& writer, std::string_view name, const std::vector<Excerpt>& excerpts) {
  writer.name(name);
  writer.begin_array();
  for (const Excerpt& excerpt : excerpts) {
    writer.begin_object();
    writer.field("thread_id", excerpt.thread);
    writer.field("digest", excerpt.digest);
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace

std::string encode(const Event& event) {
  const auto* post = std::get_if<PostView>(&event.data);
  JsonWriter writer(post ? expected_bytes(*post) : 768);
  begin_envelope(writer, event.channel, event.seq, to_word(event.kind), event.at);
  if (post) {
    writer.field("post", *post);
  } else {
    writer.field("thread", std::get<ThreadView>(event.data));
  }
  return finish_envelope(writer);
}

EncodedEvent encode_for_bus(const Event& event) { return {event.channel, event.seq, encode(event)}; }

std::string encode_film_snapshot(const FilmNews& news, Timestamp at) {
  JsonWriter writer(4096);
  begin_envelope(writer, {ChannelKind::film, news.film_id.value}, std::nullopt, "film.updated", at);
  writer.name("film");
  writer.begin_object();
  writer.field("id", news.film_id);
  writer.field("comments_thread_id", news.comments_thread_id);
  writer.field("comment_count", news.comment_count);
  writer.field("threads", news.threads);
  writer.field("rating", news.rating);
  write_excerpts(writer, "reviews", news.reviews);
  if (news.related) {
    write_excerpts(writer, "related", *news.related);
  } else {
    writer.field("related", std::optional<std::int64_t>());
  }
  writer.end_object();
  return finish_envelope(writer);
}

std::string encode_front_snapshot(const std::vector<ThreadView>& threads, Timestamp at) {
  JsonWriter writer(8192);
  begin_envelope(writer, {ChannelKind::front, 0}, std::nullopt, "front.updated", at);
  writer.field("threads", threads);
  return finish_envelope(writer);
}

std::string encode_readers(Channel channel, const std::vector<ThreadReaders>& readers, Timestamp at) {
  JsonWriter writer(512);
  begin_envelope(writer, channel, std::nullopt, channel.kind == ChannelKind::film ? "film.readers" : "front.readers",
                 at);
  writer.name("readers");
  writer.begin_array();
  for (const ThreadReaders& thread : readers) {
    writer.begin_object();
    writer.field("thread_id", thread.thread);
    writer.field("viewers", thread.viewers);
    writer.end_object();
  }
  writer.end_array();
  return finish_envelope(writer);
}

std::string encode_event_list(const std::vector<EncodedEvent>& events, const std::optional<std::string>& next,
                              Seq head) {
  std::size_t bytes = 64;
  for (const EncodedEvent& event : events) {
    bytes += event.json.size() + 1;
  }
  JsonWriter writer(bytes);
  writer.begin_object();
  writer.field("items", events);
  writer.field("next", next);
  writer.field("seq", head);
  writer.end_object();
  return writer.take();
}

}  // namespace codec
}  // namespace foyer
