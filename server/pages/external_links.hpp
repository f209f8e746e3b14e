// Where else a film has a page.
#pragma once

#include <optional>
#include <string>

#include "protocol/views.hpp"
#include "server/pages/html.hpp"

namespace foyer::pages {

struct ExternalLink {
  Literal name;
  std::string address;
};
// Nothing for a source that has no pages or that we do not know.
std::optional<ExternalLink> external_link(const ExternalId& external);

}  // namespace foyer::pages
