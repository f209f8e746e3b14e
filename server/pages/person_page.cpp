#include "server/pages/addresses.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/thread_row.hpp"
#include "server/pages/title_card.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

Literal title_of(JobGroup group) {
  switch (group) {
    case JobGroup::directing:
      return "Directing";
    case JobGroup::writing:
      return "Writing";
    case JobGroup::acting:
      return "Acting";
    case JobGroup::other:
      break;
  }
  return "Other work";
}

std::string address_of_job(const PersonView& person, std::string_view job, std::int64_t page_number) {
  const std::string address = address_of(person) + "?job=" + encoded(std::string(job));
  return page_number > 1 ? address + "&page=" + std::to_string(page_number) : address;
}

void write_credit(Html& html, JobGroup group, const FilmCredit& credit) {
  html << "<li class=\"film-row\">";
  write_small_card(html, credit.film.id, credit.film.year);
  html << "<div class=\"row-text\"><p class=\"row-title\"><a";
  html.attribute("href", Address(address_of(credit.film)))
      << "><cite class=\"film-title\">" << credit.film.title << "</cite></a>" << year_in_parentheses(credit.film.year)
      << "</p>";
  const std::string parts = joined(credit.parts);
  if (!parts.empty() || credit.rating_average) {
    html << "<p class=\"meta\">";
    if (!parts.empty()) html << (group == JobGroup::acting ? Literal("as ") : Literal("")) << parts;
    if (!parts.empty() && credit.rating_average) html << " · ";
    if (credit.rating_average) html << score_in_words(*credit.rating_average) << " of 10";
    html << "</p>";
  }
  html << "</div></li>\n";
}

void write_films(Html& html, const JobSection& section) {
  html << "<ol class=\"film-list\">\n";
  for (const auto& credit : section.credits) write_credit(html, section.group, credit);
  html << "</ol>\n";
}

void write_section(Html& html, const PersonView& person, const JobSection& section) {
  const std::string id(to_word(section.group));
  html << "<section class=\"section\"";
  html.attribute("aria-labelledby", id) << ">\n<h2";
  html.attribute("id", id) << ">" << title_of(section.group) << "</h2>\n";
  write_films(html, section);
  if (section.film_count > std::ssize(section.credits)) {
    html << "<p class=\"more\"><a";
    html.attribute("href", Address(address_of_job(person, to_word(section.group), 1)))
        << ">View all " << section.film_count << "</a></p>\n";
  }
  html << "</section>\n";
}

void write_discussions(Html& html, const std::vector<ThreadView>& threads) {
  if (threads.empty()) return;
  html << "<section class=\"section\" aria-labelledby=\"discussions\">\n<h2 id=\"discussions\">Discussions about their "
          "films</h2>\n";
  write_thread_list(html, threads);
  html << "</section>\n";
}

// "The films of Mikhail Kalatozov, among them The Cranes Are Flying (1957), and what people say of them."
std::string description_of(const PersonPage& content) {
  if (content.sections.empty()) return content.person.name + " in the catalogue of Foyer.";
  std::vector<std::string> films;
  for (const auto& credit : content.sections.front().credits) {
    if (films.size() == 3) break;
    films.push_back(credit.film.title + year_in_parentheses(credit.film.year));
  }
  return "The films of " + content.person.name + ", among them " + joined(films) + ", and what people say of them.";
}

// One kind of work.
std::string work_page(const PageContext& context, const PersonPage& content) {
  const JobSection& section = content.sections.front();
  const PersonView& person = content.person;
  const std::int64_t number = content.page_number;
  const auto beside = [&](std::int64_t other) { return address_of_job(person, content.job, other); };
  const std::string previous = number > 1 ? beside(number - 1) : std::string();
  const std::string next = number < content.page_count ? beside(number + 1) : std::string();
  Page page(context, {.title = person.name + ": " + std::string(title_of(section.group).text()),
                      .description = description_of(content),
                      .canonical = beside(number),
                      .previous = previous,
                      .next = next});
  auto& html = page.html();
  html << "<p class=\"back\"><a";
  html.attribute("href", Address(address_of(person)))
      << ">" << person.name << "</a></p>\n<h1>" << person.name << ": " << title_of(section.group)
      << "</h1>\n<p class=\"meta\">" << count_in_words(section.film_count, "film") << "</p>\n";
  write_films(html, section);
  write_page_links(html, previous, next);
  return std::move(page).finish();
}

}  // namespace

std::string person_page(const PageContext& context, const PersonPage& content) {
  if (!content.job.empty() && !content.sections.empty()) return work_page(context, content);
  const PersonView& person = content.person;
  Page page(context, {.title = person.name, .description = description_of(content), .canonical = address_of(person)});
  auto& html = page.html();
  html << "<h1>" << person.name << "</h1>\n";
  if (!person.variants.empty()) html << "<p class=\"meta\">Also written " << joined(person.variants) << "</p>\n";
  if (content.sections.empty()) html << "<p class=\"empty\">No film is known yet.</p>\n";
  for (const auto& section : content.sections) write_section(html, person, section);
  write_discussions(html, content.threads);
  return std::move(page).finish();
}

}  // namespace foyer::pages
