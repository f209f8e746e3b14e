#include "server/pages/identification.hpp"

#include "server/pages/addresses.hpp"
#include "server/pages/film_field.hpp"
#include "server/pages/forms.hpp"
#include "server/pages/layout.hpp"
#include "server/pages/words.hpp"

namespace foyer::pages {

namespace {

bool decides(const PageContext& context, const ThreadView& thread) {
  if (moderates(context)) return true;
  return context.viewer && thread.author && context.viewer->id == thread.author->id && !thread.locked;
}

void write_film_link(Html& html, const FilmLink& film) {
  html << "<a";
  html.attribute("href", Address(address_of(film)))
      << "><cite class=\"film-title\">" << film.title << "</cite></a>" << year_in_parentheses(film.year);
}

void write_clue(Html& html, Literal name, const std::string& value) {
  if (!value.empty()) html << "<div><dt>" << name << "</dt><dd>" << value << "</dd></div>\n";
}

std::string colour_in_words(FilmColour colour) {
  if (colour == FilmColour::unknown) return {};
  return colour == FilmColour::colour ? "In colour" : "Black and white";
}

void begin_form(Html& html, const PageContext& context, const ThreadView& thread, Literal action) {
  html << "<form method=\"post\"";
  html.attribute("action", Address(address_of(thread) + std::string(action.text()))) << ">";
  write_form_key(html, context);
}

// The button says in its own words what it is about, for those who hear it alone.
void write_accept_form(Html& html, const PageContext& context, const ThreadView& thread, const FilmAnswer& answer) {
  begin_form(html, context, thread, "/solution");
  write_hidden(html, "post_number", std::to_string(answer.post_number.value));
  write_hidden(html, "film_id", std::to_string(answer.film.id.value));
  html << "<button type=\"submit\"";
  html.attribute("aria-label", "This is it: " + answer.film.title) << ">This is it</button></form>";
}

void write_withdraw_form(Html& html, const PageContext& context, const ThreadView& thread) {
  html << "<div class=\"unsolve\">";
  begin_form(html, context, thread, "/solution");
  html << "<button type=\"submit\" name=\"withdraw\" value=\"1\">It is another film after all</button></form></div>\n";
}

void write_decision(Html& html, const PageContext& context, const ThreadView& thread, const FilmLink& film,
                    Literal decision, Literal label) {
  begin_form(html, context, thread, "/proposals");
  write_hidden(html, "film_id", std::to_string(film.id.value));
  html << "<button type=\"submit\" name=\"decision\" value=\"" << decision << "\"";
  html.attribute("aria-label", std::string(label.text()) + ": " + film.title) << ">" << label << "</button></form>";
}

void write_proposal(Html& html, const PageContext& context, const ThreadView& thread, const FilmProposal& proposal) {
  html << "<li><span>";
  write_film_link(html, proposal.film);
  html << " <span class=\"meta\">proposed by " << proposal.proposer.name << "</span></span>";
  if (decides(context, thread)) {
    write_decision(html, context, thread, proposal.film, "confirm", "Confirm");
    write_decision(html, context, thread, proposal.film, "reject", "Reject");
  } else if (context.viewer && context.viewer->id == proposal.proposer.id) {
    write_decision(html, context, thread, proposal.film, "reject", "Withdraw");
  }
  html << "</li>\n";
}

bool takes_films(const ThreadView& thread) {
  return thread.kind != ThreadKind::comments && thread.kind != ThreadKind::review;
}

void write_proposal_form(Html& html, const PageContext& context, const ThreadView& thread) {
  html << "<details class=\"propose\"><summary>Propose a film</summary>\n";
  begin_form(html, context, thread, "/proposals");
  write_film_field(html,
                   {.name = "proposed_film",
                    .label = "Film",
                    .hint = "Its title, or the address of its page here.",
                    .use = "address"},
                   "");
  html << "<button type=\"submit\">" << std::string(decides(context, thread) ? "Link the film" : "Propose the film")
       << "</button></form></details>\n";
}

}  // namespace

void write_search_state(Html& html, const ThreadView& thread, const Identification& identification) {
  if (thread.kind != ThreadKind::identify) return;
  html << "<p class=\"search-state\" id=\"search-state\" role=\"status\"";
  html.attribute("data-film", thread.solved ? std::to_string(thread.solved->id.value) : std::string()) << ">";
  if (!thread.solved) {
    html << "Looking for a film</p>\n";
    return;
  }
  html << "Solved: ";
  write_film_link(html, *thread.solved);
  if (identification.solution) {
    html << ", in <a";
    html.attribute("href", Address(address_of(thread.id, *identification.solution)))
        << ">answer #" << identification.solution->value << "</a>";
  }
  html << "</p>\n";
}

void write_search_words(Html& html, const ThreadView& thread) {
  if (thread.kind != ThreadKind::identify) return;
  html << "<span class=\"search-words\">";
  if (thread.solved) {
    html << "Solved: <cite class=\"film-title\">" << thread.solved->title << "</cite>";
  } else {
    html << "Looking for a film";
  }
  html << "</span> · ";
}

void write_clues(Html& html, const Identification& identification) {
  if (!identification.clues) return;
  const auto& clues = *identification.clues;
  html << "<dl class=\"clues\">\n";
  write_clue(html, "Decade", clues.decade ? std::to_string(*clues.decade) + "s" : std::string());
  write_clue(html, "Country", clues.country);
  write_clue(html, "Colour", colour_in_words(clues.colour));
  write_clue(html, "Language", clues.language);
  write_clue(html, "Remembered", clues.scene);
  html << "</dl>\n";
}

void write_named_films(Html& html, const PageContext& context, const ThreadView& thread,
                       const Identification& identification) {
  if (thread.solved && decides(context, thread)) write_withdraw_form(html, context, thread);
  if (thread.kind == ThreadKind::identify && !thread.solved && decides(context, thread)) {
    html << "<p role=\"status\"><span class=\"named-news\" hidden>An answer names a film. <a "
            "href=\"?#named-films\">Show it "
            "here</a></span></p>\n";
  }
  if (identification.answers.empty()) return;
  html << "<section class=\"named-films\" id=\"named-films\" aria-label=\"Films named so far\"><h2>Films named so "
          "far</h2>\n<ul>\n";
  for (const auto& answer : identification.answers) {
    html << "<li><span>";
    write_film_link(html, answer.film);
    html << " in <a";
    html.attribute("href", Address(address_of(thread.id, answer.post_number)))
        << ">#" << answer.post_number.value << "</a></span>";
    if (decides(context, thread)) write_accept_form(html, context, thread, answer);
    html << "</li>\n";
  }
  html << "</ul></section>\n";
}

void write_proposals(Html& html, const PageContext& context, const ThreadView& thread,
                     const Identification& identification) {
  if (!takes_films(thread)) return;
  const bool may_propose = context.viewer && (!thread.locked || moderates(context));
  if (identification.proposals.empty() && !may_propose) return;
  html << "<section class=\"proposals\" id=\"proposals\" aria-label=\"Proposed films\">\n";
  if (!identification.proposals.empty()) {
    html << "<ul>\n";
    for (const auto& proposal : identification.proposals) write_proposal(html, context, thread, proposal);
    html << "</ul>\n";
  }
  if (may_propose) write_proposal_form(html, context, thread);
  html << "</section>\n";
}

}  // namespace foyer::pages
