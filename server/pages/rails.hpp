// The rail beside the main column of a page; below it on a narrow screen.
#pragma once

#include "protocol/rails.hpp"
#include "server/pages/html.hpp"

namespace foyer::pages {

// Writes nothing when there is nothing to show.
void write_thread_rail(Html& html, const ThreadRail& rail);
void write_front_rail(Html& html, const FrontRail& rail);

}  // namespace foyer::pages
