#include "protocol/codec.hpp"
#include "protocol/view_json.hpp"

namespace foyer {
namespace {

constexpr std::size_t results_bytes = 32'768;

template <class Item>
void write_list(JsonWriter& writer, const char* name, const ListView<Item>& list) {
  writer.name(name);
  writer.begin_object();
  writer.field("items", list.items);
  writer.field("next", list.next);
  writer.end_object();
}

}  // namespace

void write(JsonWriter& writer, const SnippetPart& part) {
  writer.begin_object();
  writer.field("text", part.text);
  writer.field("marked", part.marked);
  writer.end_object();
}

void write(JsonWriter& writer, const FoundPerson& person) {
  writer.begin_object();
  writer.field("id", person.id);
  writer.field("slug", person.slug);
  writer.field("name", person.name);
  writer.field("film_count", person.film_count);
  writer.field("known_for", person.known_for);
  writer.end_object();
}

void write(JsonWriter& writer, const FoundThread& found) {
  writer.begin_object();
  writer.field("thread", found.thread);
  writer.field("snippet", found.snippet);
  writer.end_object();
}

void write(JsonWriter& writer, const FoundPost& post) {
  writer.begin_object();
  writer.field("id", post.id);
  writer.field("thread_id", post.thread_id);
  writer.field("thread_slug", post.thread_slug);
  writer.field("thread_title", post.thread_title);
  writer.field("number", post.number);
  writer.field("author", post.author);
  writer.field("created_at", post.created_at);
  writer.field("snippet", post.snippet);
  writer.end_object();
}

std::string codec::encode(const SearchResults& results) {
  JsonWriter writer(results_bytes);
  writer.begin_object();
  write_list(writer, "films", results.films);
  write_list(writer, "people", results.people);
  write_list(writer, "threads", results.threads);
  write_list(writer, "posts", results.posts);
  writer.end_object();
  return writer.take();
}

}  // namespace foyer
