#include "server/pages/addresses.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/review_pages.hpp"
#include "server/pages/reviews.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

std::string review_list_page(const PageContext& context, const ReviewListPage& content) {
  const auto& film = content.film;
  const auto name = film.title + year_in_parentheses(film.year);
  Page page(context, {.title = "Reviews of " + name,
                      .description = "What members say about " + name + ", the newest review first.",
                      .canonical = address_of_reviews(film),
                      .next = content.next_address});
  auto& html = page.html();
  html << "<p class=\"back\"><a";
  html.attribute("href", Address(address_of(film)))
      << "><cite class=\"film-title\">" << film.title << "</cite></a></p>\n<h1>Reviews of <cite class=\"film-title\">"
      << film.title << "</cite>" << year_in_parentheses(film.year)
      << "</h1>\n<p class=\"page-actions\"><a class=\"button\"";
  html.attribute("href", Address(address_of_review_form(film))) << ">Write a review</a></p>\n";
  if (content.reviews.items.empty()) html << "<p class=\"empty\">Nobody has reviewed this film yet.</p>\n";
  write_review_list(html, content.reviews.items);
  write_page_links(html, "", content.next_address);
  return std::move(page).finish();
}

}  // namespace foyer::pages
