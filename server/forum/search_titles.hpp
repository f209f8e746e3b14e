// Titles and names that people remember in part or spell otherwise: by the beginnings of words, in Latin letters where
// they were typed in others, and by words that look alike. For use cases of this folder.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "persistence/search_store.hpp"

namespace foyer::forum {

// Words that may stand in for a word of the query.
using CloseWords = std::map<std::string, std::vector<std::string>>;

// For words folded by search_key_of. A year beside other words is preferred, not asked for.
persistence::TitleWords title_words(const std::vector<std::string>& words, const CloseWords& close = {});

// For each word of four letters and more the known ones that differ in a letter or two, the closest first.
CloseWords close_words(persistence::Transaction& transaction, const std::vector<std::string>& words);

// How many letters must be added, left out, changed or swapped with their neighbour; more than `most` is most + 1.
std::size_t letters_apart(const std::string& one, const std::string& other, std::size_t most);

}  // namespace foyer::forum
