#include "server/pages/film_search.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "server/pages/addresses.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

struct Parameter {
  Literal name;
  std::string FilmSearch::* value = nullptr;
};
constexpr std::array parameters{Parameter{"q", &FilmSearch::text},
                                Parameter{"decade", &FilmSearch::decade},
                                Parameter{"genre", &FilmSearch::genre},
                                Parameter{"country", &FilmSearch::country},
                                Parameter{"language", &FilmSearch::language},
                                Parameter{"discussed", &FilmSearch::discussed},
                                Parameter{"mine", &FilmSearch::mine},
                                Parameter{"sort", &FilmSearch::sort}};

struct Facet {
  Literal name;
  Literal label;
  std::string FilmSearch::* chosen = nullptr;
  std::vector<FacetValue> FilmFacets::* values = nullptr;
};
constexpr std::array facets_shown{Facet{"decade", "Decade", &FilmSearch::decade, &FilmFacets::decades},
                                  Facet{"genre", "Genre", &FilmSearch::genre, &FilmFacets::genres},
                                  Facet{"country", "Country", &FilmSearch::country, &FilmFacets::countries},
                                  Facet{"language", "Language", &FilmSearch::language, &FilmFacets::languages}};

struct Order {
  const char* word = "";
  Literal label;
};
// The last is for what is searched for, which has it unless another is asked for.
constexpr std::array orders{Order{"title", "Title"}, Order{"year", "Year"}, Order{"rating", "Rating"},
                            Order{"activity", "Last discussed"}, Order{"relevance", "Best match"}};
constexpr std::array marks{Order{"", "Any"}, Order{"watchlist", "On my watchlist"}, Order{"seen", "Seen by me"},
                           Order{"rated", "Rated by me"}};
constexpr std::array discussions{Order{"", "Any"}, Order{"1", "With discussions"}, Order{"now", "Being discussed now"}};

const std::string& order_of(const FilmSearch& search) {
  static const std::string title = "title";
  static const std::string relevance = "relevance";
  if (search.text.empty() && search.sort == relevance) return title;  // there is nothing to match
  return !search.sort.empty() ? search.sort : search.text.empty() ? title : relevance;
}

std::string words_of(const Facet& facet, const std::string& value) {
  return facet.name.text() == "decade" ? value + "s" : value;
}

void write_options(Html& html, const Facet& facet, const std::vector<FacetValue>& values, const std::string& chosen) {
  bool known = chosen.empty();
  html << "<option value=\"\">Any</option>";
  for (const auto& [value, films] : values) {
    html << "<option";
    html.attribute("value", value).flag("selected", value == chosen);
    html << ">" << words_of(facet, value) << " (" << films << ")</option>";
    known = known || value == chosen;
  }
  // What the address asks for stays chosen, also when no film has it.
  if (!known) {
    html << "<option selected";
    html.attribute("value", chosen) << ">" << words_of(facet, chosen) << "</option>";
  }
}

void write_facet(Html& html, const Facet& facet, const FilmFacets& facets, const FilmSearch& search) {
  html << "<p class=\"facet\"><label for=\"field-" << facet.name << "\">" << facet.label
       << "</label><select id=\"field-" << facet.name << "\" name=\"" << facet.name << "\">";
  write_options(html, facet, facets.*facet.values, search.*facet.chosen);
  html << "</select></p>\n";
}

void write_choice(Html& html, Literal name, Literal label, std::span<const Order> choices, const std::string& chosen) {
  html << "<p class=\"facet\"><label for=\"field-" << name << "\">" << label << "</label><select id=\"field-" << name
       << "\" name=\"" << name << "\">";
  for (const auto& [word, words] : choices) {
    html << "<option";
    html.attribute("value", std::string(word)).flag("selected", chosen == word);
    html << ">" << words << "</option>";
  }
  html << "</select></p>\n";
}

void write_active(Html& html, const FilmSearch& search, std::string FilmSearch::* value, const std::string& words) {
  auto without = search;
  (without.*value).clear();
  html << "<li><a";
  html.attribute("href", Address(address_of(without)))
      << ">" << words << " <span class=\"visually-hidden\">(remove)</span></a></li>";
}

std::string words_in(std::span<const Order> choices, const std::string& chosen) {
  const auto found = std::ranges::find_if(choices, [&](const Order& choice) { return chosen == choice.word; });
  return found == choices.end() ? chosen : std::string(found->label.text());
}

}  // namespace

bool FilmSearch::narrowed() const {
  return !decade.empty() || !genre.empty() || !country.empty() || !language.empty() || !discussed.empty() ||
         !mine.empty();
}

std::string address_of(const FilmSearch& search) {
  std::string address = "/films";
  for (const auto& [name, value] : parameters) {
    if ((search.*value).empty()) continue;
    address += address.find('?') == std::string::npos ? '?' : '&';
    address += std::string(name.text()) + "=" + encoded(search.*value);
  }
  return address;
}

std::vector<LooserSearch> looser_searches(const FilmSearch& search) {
  std::vector<LooserSearch> looser;
  const auto leave_out = [&](std::string FilmSearch::* value, const std::string& words) {
    if ((search.*value).empty()) return;
    looser.push_back({search, words});
    (looser.back().search.*value).clear();
  };
  leave_out(&FilmSearch::text, "Any title");
  for (const auto& facet : facets_shown) leave_out(facet.chosen, "Any " + std::string(facet.name.text()));
  leave_out(&FilmSearch::discussed, "Discussed or not");
  leave_out(&FilmSearch::mine, "Anybody's");
  if (search.sort == "rating" || search.sort == "activity") {
    leave_out(&FilmSearch::sort, search.text.empty() ? "Ordered by title" : "Ordered by the best match");
  }
  if (looser.size() < 2) looser.clear();
  return looser;
}

void write_film_search(Html& html, const PageContext& context, const FilmSearch& search, const FilmFacets& facets) {
  html << "<search><form class=\"search-form\" method=\"get\" action=\"/films\"><label for=\"field-q\">Search by title"
          "</label><div class=\"search-row\"><input type=\"search\" id=\"field-q\" name=\"q\" autocomplete=\"off\"";
  html.attribute("value", search.text)
      << "><button type=\"submit\" class=\"primary\">Search</button></div>\n<details class=\"facets\"";
  html.flag("open", search.narrowed() || !search.sort.empty()) << "><summary>Narrow and order</summary>\n"
                                                                  "<div class=\"facet-row\">\n";
  for (const auto& facet : facets_shown) write_facet(html, facet, facets, search);
  write_choice(html, "discussed", "Discussions", discussions, search.discussed);
  if (context.viewer) write_choice(html, "mine", "Of mine", marks, search.mine);
  const std::span all_orders(orders);
  write_choice(html, "sort", "Order", search.text.empty() ? all_orders.first(orders.size() - 1) : all_orders,
               order_of(search));
  html << "<p class=\"facet\"><button type=\"submit\">Show</button></p>\n</div></details></form></search>\n";
}

void write_active_facets(Html& html, const FilmSearch& search) {
  if (!search.narrowed()) return;
  html << "<ul class=\"active-facets\" aria-label=\"Narrowed by\">";
  for (const auto& facet : facets_shown) {
    const auto& value = search.*facet.chosen;
    if (!value.empty()) write_active(html, search, facet.chosen, words_of(facet, value));
  }
  if (!search.discussed.empty()) {
    write_active(html, search, &FilmSearch::discussed, words_in(discussions, search.discussed));
  }
  if (!search.mine.empty()) write_active(html, search, &FilmSearch::mine, words_in(marks, search.mine));
  html << "</ul>\n";
}

}  // namespace foyer::pages
