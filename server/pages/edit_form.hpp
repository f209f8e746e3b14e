// The form that the client puts in place of a post's text when its author edits it there, and the box that keeps what
// they had typed when the post is removed meanwhile. Without the client Edit leads to a page of its own.
#pragma once

#include "server/pages/html.hpp"
#include "server/pages/page_context.hpp"

namespace foyer::pages {

// Writes nothing for guests.
void write_edit_template(Html& html, const PageContext& context);

}  // namespace foyer::pages
