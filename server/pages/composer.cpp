#include "server/pages/composer.hpp"

#include <algorithm>

#include "protocol/limits.hpp"
#include "server/pages/addresses.hpp"
#include "server/pages/film_field.hpp"
#include "server/pages/forms.hpp"

namespace foyer::pages {

namespace {

void write_invitation(Html& html, const PageContext& context, const Composer& composer) {
  html << "<p class=\"invitation\" id=\"reply\"><a";
  html.attribute("href", Address(login_address(context.path + "#reply")))
      << ">Log in</a> to " << composer.noun << ", or <a";
  html.attribute("href", Address(register_address(context.path + "#reply")))
      << ">register</a>. It takes a minute.</p>\n";
}

Literal plural_of(const Composer& composer) {
  return composer.noun == "reply" ? Literal("replies") : Literal("comments");
}

// The line and the hidden field are there in any case: the client fills them when Reply is pressed.
void write_answered(Html& html, const LiveThread& live, const Composer& composer) {
  const auto number = composer.reply_to.value_or(PostNumber());
  html << "<p class=\"answering\"";
  html.flag("hidden", !composer.reply_to)
      << ">In reply to <a class=\"answered\" href=\"#post-" << number.value << "\">#" << number.value;
  if (const auto* post = find_post(live, number)) html << " " << post->author.name;
  html << "</a> <a class=\"stop-answering\" href=\"?#reply\">Cancel</a></p>"
       << "<input type=\"hidden\" name=\"reply_to\"";
  html.attribute("value", number.value).flag("disabled", !composer.reply_to) << ">";
}

// Where a film is looked for, naming one is what answers are for.
void write_name_field(Html& html, const Composer& composer) {
  write_film_field(html,
                   {.name = "named_film",
                    .label = "Name a film",
                    .hint = "Its title, or the address of its page here.",
                    .use = "link"},
                   composer.named_film);
}

void write_writing_form(Html& html, const PageContext& context, const LiveThread& live, const Composer& composer) {
  html << "<reply-composer class=\"composer\" id=\"reply\"";
  html.attribute("data-endpoint", composer.endpoint) << ">\n<form method=\"post\"";
  // What is shown again, a preview or an error, is brought into sight.
  html.attribute("action", Address(composer.action + "#reply")) << ">\n";
  write_form_errors(html, composer.form);
  write_form_key(html, context);
  write_answered(html, live, composer);
  html << "<label for=\"field-body\">"
       << "Your " << composer.noun << " as " << context.viewer->name << "</label>";
  write_preview(html, composer.form);
  write_field_error(html, "body", composer.form);
  html << "<textarea";
  write_control_attributes(html, "body", composer.form, true);
  html << " rows=\"1\" required placeholder=\"Write a " << composer.noun << "\"";
  html.flag("readonly", live.thread != nullptr && live.thread->locked) << ">\n" << composer.draft << "</textarea>\n";
  if (composer.names_films) write_name_field(html, composer);
  html << "<div class=\"composer-foot\"><p class=\"hint\" id=\"hint-body\">*italic*, **bold**, &gt; quote, "
          "||spoiler||</p><p class=\"text-count\" data-limit=\""
       << limits::post_characters << "\" hidden></p>";
  write_preview_button(html);
  html << "<button type=\"submit\" class=\"primary\">Post " << composer.noun
       << "</button></div>\n</form>\n</reply-composer>\n";
}

// Shown by the client when replies came below what is on the screen.
void write_new_replies(Html& html, const Composer& composer) {
  html << "<p class=\"news-place\"><button type=\"button\" class=\"new-replies\" hidden>New " << plural_of(composer)
       << "</button></p>\n";
}

}  // namespace

const PostView* find_post(const LiveThread& live, PostNumber number) {
  const auto has_number = [&](const PostView& post) { return post.number == number; };
  const auto here = std::ranges::find_if(live.posts, has_number);
  if (here != live.posts.end()) return &*here;
  const auto elsewhere = std::ranges::find_if(live.quoted, has_number);
  return elsewhere == live.quoted.end() ? nullptr : &*elsewhere;
}

void write_composer(Html& html, const PageContext& context, const LiveThread& live, const Composer& composer) {
  const bool locked = live.thread != nullptr && live.thread->locked;
  html << "<div class=\"composer-place\">\n";
  write_new_replies(html, composer);
  html << "<div class=\"composer-panel\">\n<p class=\"live-typing\"></p>\n"
          "<div role=\"status\"><p class=\"locked-note\"";
  html.flag("hidden", !locked) << ">This discussion is locked. Nobody can reply any more.</p></div>\n";
  if (context.viewer) {
    write_writing_form(html, context, live, composer);
  } else {
    write_invitation(html, context, composer);
  }
  html << "</div>\n</div>\n";
}

}  // namespace foyer::pages
