// Which addresses a post may link to. An address is decoded as a browser would decode it before it is judged, and
// what is let through is encoded so that it cannot leave its attribute. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace foyer::forum {

// The text of an entity ("&#106;", "&colon;") or empty when it is not known here.
std::optional<std::string> entity_text(std::string_view entity);

// Percent-encoded and ready for an href attribute; empty when the address is not one of http, https, mailto or a
// path of this site. `address` has its entities decoded already.
std::optional<std::string> safe_href(std::string_view address);

// The film that an address names, as "film:17" for the path of a film here, "imdb:tt0050634" or
// "wikidata:Q164103"; "" for any other.
std::string film_named_by(std::string_view address);

void append_escaped(std::string& html, std::string_view text);

}  // namespace foyer::forum
