// The article of one post: the only place that knows its markup. A page writes its posts with it and, with the same
// function, the empty article inside <template id="post-template"> that the client clones and fills for live events
// (web-client/src/post_article.ts). Nothing in it depends on who looks: what is for its author or for moderators
// is marked own-only or moderator-only and shown by the classes of what stands around it; so are the two
// buttons that like a post and take that back.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/views.hpp"
#include "server/pages/html.hpp"

namespace foyer::pages {

// The post that another one answers, as far as the page knows it.
struct AnsweredPost {
  std::string address;
  std::string author;  // "" = unknown
};

// `answered` is used only for a post with reply_to. `score` is what its author gave the film.
void write_post_article(Html& html, const PostView& post, const AnsweredPost& answered, std::optional<int> score);
// <template id="post-template">: one article with every part that any state can show, all of them empty. The scores of
// authors stand in its data-scores as "id:score id:score": posts come live without them.
void write_post_template(Html& html, const std::map<UserId, int>& scores);

}  // namespace foyer::pages
