// All reviews of a film, and the form that writes one's own. Like the pages of pages.hpp.
#pragma once

#include <optional>
#include <string>

#include "protocol/reviews.hpp"
#include "server/pages/page_context.hpp"

namespace foyer::pages {

struct ReviewListPage {  // GET /films/{id}-{slug}/reviews
  FilmLink film;
  ListView<ReviewView> reviews;
  std::string next_address;  // "" = last page
};
std::string review_list_page(const PageContext& context, const ReviewListPage& page);

struct ReviewFormPage {  // GET /films/{id}-{slug}/review
  FilmLink film;
  std::optional<ThreadView> own = {};  // that is changed, empty: a new one
  std::string title = {};
  std::string body = {};
  std::optional<int> score = {};
  bool contains_spoilers = false;
  FormState form = {};
};
std::string review_form_page(const PageContext& context, const ReviewFormPage& page);

}  // namespace foyer::pages
