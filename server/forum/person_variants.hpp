// Other spellings of people's names on their way into the catalogue.
#pragma once

#include <cstdio>
#include <functional>
#include <memory>
#include <vector>

#include <boost/json/object.hpp>

#include "persistence/person_variants.hpp"
#include "protocol/result.hpp"

namespace foyer::forum {

// Of the field "people" of a JSON line: [{"name":"…","variants":["…"]}]. People without other spellings are left out.
// The error names the field.
Result<std::vector<persistence::PersonVariants>> checked_variants(const boost::json::object& line);

// People of Wikidata, who are met before the films that name them are stored. They wait in a temporary file. Throws
// std::runtime_error when it cannot be written. One owner, one thread.
class WaitingPeople {
 public:
  WaitingPeople();

  // An item of the field "people".
  void add(const boost::json::object& person);
  // Gives each to `take` and is empty then.
  void release(const std::function<void(boost::json::object person)>& take);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace foyer::forum
