// The routes of the node, one list per file of handlers.
#pragma once

#include <vector>

#include "server/http/router.hpp"

namespace foyer::http {

// The API below /api/v1.
std::vector<Route> account_routes();
std::vector<Route> film_routes();
std::vector<Route> review_routes();
std::vector<Route> mark_routes();
std::vector<Route> thread_routes();
std::vector<Route> identification_routes();
std::vector<Route> post_routes();
std::vector<Route> moderation_routes();

// Pages, and the forms on them.
std::vector<Route> page_routes();
std::vector<Route> people_page_routes();
std::vector<Route> member_page_routes();
std::vector<Route> discussion_page_routes();
std::vector<Route> post_page_routes();
std::vector<Route> review_page_routes();
std::vector<Route> film_edit_routes();
std::vector<Route> account_form_routes();
std::vector<Route> settings_routes();
std::vector<Route> discussion_form_routes();
std::vector<Route> identification_form_routes();
std::vector<Route> post_form_routes();
std::vector<Route> mark_form_routes();

// Both.
std::vector<Route> search_routes();

// Before the pages, as "7-slug.atom" could be a slug.
std::vector<Route> feed_routes();
std::vector<Route> site_map_routes();  // and robots.txt

std::vector<Route> site_routes();   // assets, the plain answer of /live
std::vector<Route> probe_routes();  // /healthz and /readyz
std::vector<Route> metrics_routes();

}  // namespace foyer::http
