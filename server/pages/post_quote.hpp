// A post as it is shown on the pages about it (edit, remove, delete, history): who, when, and its text.
#pragma once

#include "protocol/views.hpp"
#include "server/pages/html.hpp"

namespace foyer::pages {

void write_post_quote(Html& html, const PostView& post);
// "Back to the discussion"
void write_way_back(Html& html, const PostView& post);

}  // namespace foyer::pages
