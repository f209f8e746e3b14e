// The part of a text that is shown for what was looked for in it. For use cases of this folder. Pure.
#pragma once

#include <cstddef>

#include "protocol/search.hpp"

namespace foyer::forum {

// At most so many characters, from a few words before the first marked one on, whole words; "…" where something is
// left out.
Snippet cut_snippet(const Snippet& whole, std::size_t max_characters);

}  // namespace foyer::forum
