// What somebody remembers of a film that they look for. For use cases of this folder.
#pragma once

#include <optional>

#include "protocol/identification.hpp"
#include "protocol/result.hpp"
#include "server/forum/request_fingerprint.hpp"

namespace foyer::forum {

// Empty when nothing is known. invalid with the field "clues" for another kind of thread than identify, or with
// "clues.decade", "clues.country", …
Result<std::optional<FilmClues>> checked_clues(ThreadKind kind, const std::optional<FilmClues>& clues);

void add_clues(RequestFingerprint& fingerprint, const std::optional<FilmClues>& clues);

}  // namespace foyer::forum
