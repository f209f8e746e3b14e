// The formats of `import films` besides JSON lines. Each reads its files and gives every film to the batch as the
// object that a JSON line of it would hold. They throw std::runtime_error, "file:line: reason", when a file ends the
// import.
#pragma once

#include <string>
#include <vector>

#include "server/forum/film_batch.hpp"

namespace foyer::forum {

void import_imdb(const std::vector<std::string>& files, const ImportOptions& options, ImportReport& report,
                 FilmBatch& batch);
void import_wikidata(const std::vector<std::string>& files, ImportReport& report, FilmBatch& batch);

}  // namespace foyer::forum
