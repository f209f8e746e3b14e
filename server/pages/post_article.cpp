#include "server/pages/post_article.hpp"

#include "server/pages/addresses.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

// Which parts to write: those that the post's state calls for, or all of them for the template.
enum class Parts { of_the_post, all };

struct Shape {
  bool role, score, reply_to, body, edited, tombstone;
  bool visible_actions, removed_actions, history;
};

Shape shape_of(const PostView& post, std::optional<int> score, Parts parts) {
  if (parts == Parts::all) return {true, true, true, true, true, true, true, true, true};
  const bool visible = post.state == PostState::visible;
  return {
      .role = post.author.role != Role::member,
      .score = visible && score.has_value(),
      .reply_to = visible && post.reply_to.has_value(),
      .body = visible,
      .edited = visible && post.edited_at.has_value(),
      .tombstone = !visible,
      .visible_actions = visible,
      .removed_actions = post.state == PostState::removed,
      .history = true,
  };
}

void write_time(Html& html, Timestamp time) {
  html << "<time";
  html.attribute("datetime", to_rfc3339(time)) << ">" << time_in_words(time) << "</time>";
}

// Each optional part brings the space before it, so that leaving a part out leaves nothing behind.
void write_header(Html& html, const PostView& post, const AnsweredPost& answered, std::optional<int> score,
                  const Shape& shape) {
  html << "<header class=\"post-head\"><h3 class=\"post-author\"><a";
  html.attribute("href", Address(address_of_member(post.author.name))) << ">" << post.author.name << "</a></h3>";
  if (shape.role) html << "<span class=\"post-role\"> " << std::string(to_word(post.author.role)) << "</span>";
  if (shape.score) html << "<span class=\"post-score\"> rated it " << score.value_or(0) << " of 10</span>";
  html << " <a class=\"post-link\" href=\"#post-" << post.number.value << "\"><span class=\"post-number\">#"
       << post.number.value << "</span> ";
  write_time(html, post.created_at);
  html << "</a>";
  if (shape.edited) {
    html << "<span class=\"post-edited\"> edited ";
    write_time(html, post.edited_at.value_or(Timestamp()));
    html << "</span>";
  }
  if (shape.reply_to) {
    html << "<a class=\"post-reply-to\"";
    html.attribute("href", Address(answered.address))
        << "> in reply to #" << post.reply_to.value_or(PostNumber()).value;
    if (!answered.author.empty()) html << " " << answered.author;
    html << "</a>";
  }
  html << "</header>";
}

void write_action(Html& html, Literal item_class, const PostView& post, Literal verb, Literal label) {
  html << "<li class=\"action-" << verb << item_class << "\"><a";
  html.attribute("href", Address(address_of(post.id, std::string(verb.text())))) << ">" << label << "</a></li>";
}

void write_like_button(Html& html, const PostView& post, Literal verb, Literal label) {
  html << "<button type=\"submit\" class=\"" << verb << "\" form=\"post-form\"";
  html.attribute("formaction", Address(address_of(post.id, std::string(verb.text()))));
  html.attribute("aria-label",
                 std::string(label.text()) + " post " + std::to_string(post.number.value) + " by " + post.author.name);
  html << ">" << label << "</button>";
}

// The word beside the number is for those who see no button.
void write_likes(Html& html, const PostView& post) {
  html << "<li class=\"action-like\">";
  write_like_button(html, post, "like", "Like");
  write_like_button(html, post, "unlike", "Unlike");
  html << "<span class=\"like-count\">";
  if (post.like_count > 0) {
    html << post.like_count << "<span class=\"like-word\"> " << std::string(post.like_count == 1 ? "like" : "likes")
         << "</span>";
  }
  html << "</span></li>";
}

void write_actions(Html& html, const PostView& post, const Shape& shape) {
  html << "<ul class=\"post-actions\">";
  if (shape.visible_actions) {
    html << "<li class=\"action-reply\"><a href=\"?reply_to=" << post.number.value << "#reply\">Reply</a></li>";
    write_likes(html, post);
    write_action(html, " own-only", post, "edit", "Edit");
    write_action(html, " own-only", post, "delete", "Delete");
    write_action(html, " moderator-only", post, "remove", "Remove");
  }
  if (shape.removed_actions) {
    html << "<li class=\"action-restore moderator-only\"><button type=\"submit\" form=\"post-form\"";
    html.attribute("formaction", Address(address_of(post.id, "restore"))) << ">Restore</button></li>";
  }
  if (shape.history) write_action(html, " moderator-only", post, "history", "History");
  html << "</ul>";
}

std::string tombstone_text(const PostView& post) {
  if (post.state == PostState::deleted) return "Deleted by its author";
  if (post.removal_reason.empty()) return "Removed by a moderator";
  return "Removed by a moderator: " + post.removal_reason;
}

void write_article(Html& html, const PostView& post, const AnsweredPost& answered, std::optional<int> score,
                   Parts parts) {
  const auto shape = shape_of(post, score, parts);
  html << "<article class=\"post\" id=\"post-" << post.number.value << "\"";
  html.attribute("data-id", post.id.value).attribute("data-number", post.number.value);
  html.attribute("data-revision", post.revision).attribute("data-state", std::string(to_word(post.state)));
  html << "><span class=\"avatar\" aria-hidden=\"true\">" << initial_of(post.author.name) << "</span>";
  write_header(html, post, answered, score, shape);
  if (shape.body) {
    static const std::string no_text;
    html << "<div class=\"post-body\" dir=\"auto\">" << TrustedHtml(post.html ? *post.html : no_text) << "</div>";
  }
  if (shape.tombstone) html << "<p class=\"post-tombstone\">" << tombstone_text(post) << "</p>";
  write_actions(html, post, shape);
  html << "</article>";
}

}  // namespace

void write_post_article(Html& html, const PostView& post, const AnsweredPost& answered, std::optional<int> score) {
  write_article(html, post, answered, score, Parts::of_the_post);
}

void write_post_template(Html& html, const std::map<UserId, int>& scores) {
  std::string known;
  for (const auto& [author, score] : scores) {
    known += (known.empty() ? "" : " ") + std::to_string(author.value) + ":" + std::to_string(score);
  }
  html << "<template id=\"post-template\"";
  if (!known.empty()) html.attribute("data-scores", known);
  html << ">";
  PostView nobody;
  nobody.author.name = "…";  // validators look into templates and want words in headings and links
  write_article(html, nobody, AnsweredPost(), std::nullopt, Parts::all);
  html << "</template>\n";
}

}  // namespace foyer::pages
