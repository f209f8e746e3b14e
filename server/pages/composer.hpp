// Where one writes a post: the form for members, the invitation for guests, the note of a locked thread. Which of them
// is seen can change live, so note and form are both in the page.
#pragma once

#include "server/pages/html.hpp"
#include "server/pages/live_thread.hpp"
#include "server/pages/page_context.hpp"

namespace foyer::pages {

void write_composer(Html& html, const PageContext& context, const LiveThread& live, const Composer& composer);

// The post of this number among those that the page knows, or null.
const PostView* find_post(const LiveThread& live, PostNumber number);

}  // namespace foyer::pages
