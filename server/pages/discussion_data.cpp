// https://developers.google.com/search/docs/appearance/structured-data/discussion-forum
#include <string>
#include <string_view>

#include "protocol/json_writer.hpp"
#include "server/pages/addresses.hpp"
#include "server/pages/structured_data.hpp"

namespace foyer::pages {

namespace {

void write_author(JsonWriter& writer, const PageContext& context, const UserView& author) {
  writer.name("author");
  writer.begin_object();
  writer.field("@type", std::string_view("Person"));
  writer.field("name", author.name);
  writer.field("url", context.public_url + address_of_member(author.name));
  writer.end_object();
}

void write_counter(JsonWriter& writer, std::string_view action, std::int64_t count) {
  writer.begin_object();
  writer.field("@type", std::string_view("InteractionCounter"));
  writer.field("interactionType", action);
  writer.field("userInteractionCount", count);
  writer.end_object();
}

void write_likes(JsonWriter& writer, const PostView& post) {
  write_counter(writer, "https://schema.org/LikeAction", post.like_count);
}

void write_text(JsonWriter& writer, const PostView& post, const std::string& words) {
  if (!words.empty()) writer.field("text", words);
  if (post.edited_at) writer.field("dateModified", *post.edited_at);
}

// What is removed or deleted is passed over.
void write_comments(JsonWriter& writer, const PageContext& context, const ThreadPage& content) {
  const std::string page = context.public_url + address_of_page(content.thread, content.page_number);
  writer.name("comment");
  writer.begin_array();
  for (std::size_t at = 0; at < content.posts.size() && at < content.uncovered_words.size(); ++at) {
    const PostView& post = content.posts[at];
    const std::string& words = content.uncovered_words[at];
    if (post.number.value == 1 || post.state != PostState::visible || words.empty()) continue;
    writer.begin_object();
    writer.field("@type", std::string_view("Comment"));
    writer.field("url", page + "#post-" + std::to_string(post.number.value));
    write_author(writer, context, post.author);
    writer.field("datePublished", post.created_at);
    write_text(writer, post, words);
    if (post.like_count > 0) {
      writer.name("interactionStatistic");
      write_likes(writer, post);
    }
    writer.end_object();
  }
  writer.end_array();
}

// Of the thread's first post, which stands on its first page only.
void write_first_post(JsonWriter& writer, const ThreadPage& content) {
  const PostView* first =
      !content.posts.empty() && content.posts.front().number.value == 1 ? &content.posts.front() : nullptr;
  if (first != nullptr && first->state != PostState::visible) {
    writer.field("creativeWorkStatus", std::string_view("Deleted"));
  } else if (first != nullptr && !content.uncovered_words.empty()) {
    write_text(writer, *first, content.uncovered_words.front());
  }
  writer.name("interactionStatistic");
  writer.begin_array();
  write_counter(writer, "https://schema.org/CommentAction", content.thread.reply_count);
  if (first != nullptr) write_likes(writer, *first);
  writer.end_array();
}

void write_films(JsonWriter& writer, const PageContext& context, const std::vector<FilmLink>& films) {
  if (films.empty()) return;
  writer.name("about");
  writer.begin_array();
  for (const FilmLink& film : films) {
    writer.begin_object();
    writer.field("@type", std::string_view("Movie"));
    writer.field("name", film.title);
    writer.field("url", context.public_url + address_of(film));
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace

void write_discussion(Html& html, const PageContext& context, const ThreadPage& content) {
  const ThreadView& thread = content.thread;
  if (!thread.author || context.viewer) return;
  JsonWriter writer(8'192);
  writer.begin_object();
  writer.field("@context", std::string_view("https://schema.org"));
  writer.field("@type", std::string_view("DiscussionForumPosting"));
  writer.field("mainEntityOfPage", context.public_url + address_of_page(thread, content.page_number));
  writer.field("headline", thread.title);
  writer.field("url", context.public_url + address_of(thread));
  write_author(writer, context, *thread.author);
  writer.field("datePublished", thread.created_at);
  write_films(writer, context, thread.films);
  write_first_post(writer, content);
  write_comments(writer, context, content);
  writer.end_object();
  html << "<script type=\"application/ld+json\">" << EmbeddedJson(writer.take()) << "</script>\n";
}

}  // namespace foyer::pages
