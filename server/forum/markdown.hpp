// Markdown of posts to HTML: a safe subset of CommonMark parsed by md4c with our own renderer. No raw HTML, no
// headings (shown as paragraphs), no tables; remote images become links; links only to http, https, mailto and
// local paths, decoded before the check; those to films of this site have the class film-title; `||text||` becomes
// <details class="spoiler"> when both marks stand at the same level of nesting, and the paragraph around it
// <div class="paragraph">. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace foyer::forum {

// Raise when the output for the same input changes; stored with each post.
inline constexpr int markdown_version = 2;

struct Rendered {
  std::string html;
  bool too_complex = false;  // over limits::rendered_post_bytes: refuse the post
};
Rendered render_markdown(std::string_view body);
// The same with "[spoiler]" in place of each spoiler: for readers of feeds, who show all of a text at once.
Rendered render_without_spoilers(std::string_view body);

// The words of a post for snippets: no markup, spoilers replaced by "[spoiler]", cut at a word.
std::string plain_snippet(std::string_view body, std::size_t max_characters);

// What a post can be found by: its words without markup and without anything that a spoiler hides, and the films that
// it links to, as lexemes: "film:17" for a page of this site, "imdb:tt0050634", "wikidata:Q164103".
struct SearchableText {
  std::string words;
  std::vector<std::string> links;  // each once, at most limits::search_links
};
SearchableText searchable_text(std::string_view body);

}  // namespace foyer::forum
