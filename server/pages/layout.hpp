// The frame of every full page: head, skip link, bar, main and foot. A page is written between its construction and
// finish().
#pragma once

#include <string>

#include "server/pages/html.hpp"
#include "server/pages/page_context.hpp"

namespace foyer::pages {

struct PageHead {
  std::string title;                                                    // without the name of the site
  std::string description = "Foyer is where people talk about films.";  // for search engines and shared links
  std::string canonical = {};  // path; "" = the page has no lasting address (errors, forms)
  std::string previous = {};   // paths of neighbouring pages, "" = none
  std::string next = {};
  // More classes of main: " with-rail", " ends-live" (posts come at its end). The style asks for them in place of
  // :has(), which makes the browser look at every post again for each that comes.
  Literal classes = "";
  Literal type = "website";  // og:type
  std::string feed = {};     // path of the feed that tells what is new on the page, "" = none
};

class Page {
 public:
  // The context must outlive the page.
  Page(const PageContext& context, const PageHead& head);
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;

  Html& html() { return html_; }
  std::string finish() &&;

 private:
  void write_head(const PageHead& head);
  void write_description(const PageHead& head);
  void write_body_start();
  void write_bar();
  void write_search();
  void write_place(Literal address, Literal name, const std::string& path);
  void write_viewer();

  const PageContext& context_;
  std::string feed_;
  Html html_;
};

// True for moderators and admins.
bool moderates(const PageContext& context);

// The links below a list that goes on; writes nothing when there is no neighbour.
void write_page_links(Html& html, const std::string& previous, const std::string& next);

}  // namespace foyer::pages
