// Films whose people, countries and so on are known by the ids of their source only. They wait in a temporary file
// until the names have been looked up, so that memory holds no more than limits::import_names of these at a time.
// Throws std::runtime_error when the file cannot be written. One owner, one thread.
#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace foyer::forum {

// What stands in a film for the name of an id.
boost::json::object name_of_id(std::string_view id);

class WaitingFilms {
 public:
  using Take = std::function<void(std::int64_t file, std::int64_t line, boost::json::object film)>;

  WaitingFilms();

  // `film` is the object of a JSON line, in whose lists name_of_id may stand for a name.
  void add(std::int64_t file, std::int64_t line, const boost::json::object& film);

  // As many names are wanted as may be: it is time to look them up and to release the films.
  bool full() const;
  bool wants(std::string_view id) const { return names_.contains(id); }
  void name(std::string_view id, std::string name);

  // Gives each film with its names in place to `take` and is empty then. Whoever has no name is left out of the film;
  // how many these were is returned.
  std::int64_t release(const Take& take);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  void want_names_of(const boost::json::value& value);
  bool put_names_into(boost::json::value& value) const;

  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> names_;  // "" until it is known
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace foyer::forum
