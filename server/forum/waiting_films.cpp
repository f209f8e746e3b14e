#include "server/forum/waiting_films.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "protocol/limits.hpp"

namespace foyer::forum {
namespace {

constexpr std::string_view id_field = "id";

const boost::json::string* id_in(const boost::json::value& value) {
  const auto* object = value.if_object();
  const auto* id = object != nullptr && object->size() == 1 ? object->if_contains(id_field) : nullptr;
  return id != nullptr ? id->if_string() : nullptr;
}

std::string_view view(const boost::json::string& text) { return {text.data(), text.size()}; }

[[noreturn]] void fail() {
  throw std::runtime_error(std::string("the temporary file for films fails: ") + std::strerror(errno));
}

// One line of the file, without its end; false at the end.
bool read_line(std::FILE* file, std::string& line) {
  line.clear();
  for (int character = std::getc(file); character != EOF; character = std::getc(file)) {
    if (character == '\n') {
      return true;
    }
    line += static_cast<char>(character);
  }
  return false;
}

}  // namespace

boost::json::object name_of_id(std::string_view id) { return {{id_field, id}}; }

WaitingFilms::WaitingFilms() : file_(std::tmpfile()) {
  if (!file_) {
    fail();
  }
}

bool WaitingFilms::full() const { return names_.size() >= limits::import_names; }

void WaitingFilms::name(std::string_view id, std::string name) {
  if (const auto wanted = names_.find(id); wanted != names_.end()) {
    wanted->second = std::move(name);
  }
}

void WaitingFilms::want_names_of(const boost::json::value& value) {
  if (const auto* id = id_in(value)) {
    names_.try_emplace(std::string(view(*id)));
  } else if (const auto* list = value.if_array()) {
    for (const boost::json::value& item : *list) {
      want_names_of(item);
    }
  } else if (const auto* object = value.if_object()) {
    for (const auto& member : *object) {
      want_names_of(member.value());
    }
  }
}

void WaitingFilms::add(std::int64_t file, std::int64_t line, const boost::json::object& film) {
  want_names_of(film);
  const std::string text =
      std::to_string(file) + ' ' + std::to_string(line) + ' ' + boost::json::serialize(film) + '\n';
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) {
    fail();
  }
}

// False when a name is missing without which the value says nothing. A missing character only leaves its actor.
bool WaitingFilms::put_names_into(boost::json::value& value) const {
  if (const auto* id = id_in(value)) {
    const auto found = names_.find(view(*id));
    const bool known = found != names_.end() && !found->second.empty();
    value = boost::json::string(known ? found->second : "");
    return known;
  }
  if (auto* list = value.if_array()) {
    for (auto item = list->begin(); item != list->end();) {
      item = put_names_into(*item) ? item + 1 : list->erase(item);
    }
  } else if (auto* object = value.if_object()) {
    for (auto& member : *object) {
      if (!put_names_into(member.value()) && member.key() == "name") {
        return false;
      }
    }
  }
  return true;
}

std::int64_t WaitingFilms::release(const Take& take) {
  // Texts are as the tables have them. Whoever takes the film names what of it is no UTF-8.
  boost::json::parse_options as_written;
  as_written.allow_invalid_utf8 = true;
  if (std::fflush(file_.get()) != 0 || std::fseek(file_.get(), 0, SEEK_SET) != 0) {
    fail();
  }
  for (std::string line; read_line(file_.get(), line);) {
    char* rest = line.data();
    const std::int64_t file = std::strtoll(rest, &rest, 10);
    const std::int64_t number = std::strtoll(rest, &rest, 10);
    boost::json::value film = boost::json::parse(std::string_view(rest), {}, as_written);
    put_names_into(film);
    take(file, number, std::move(film.get_object()));
  }
  if (std::ferror(file_.get()) != 0) {
    fail();
  }
  std::int64_t nameless = 0;
  for (const auto& [id, name] : names_) {
    nameless += name.empty() ? 1 : 0;
  }
  names_.clear();
  file_.reset(std::tmpfile());
  if (!file_) {
    fail();
  }
  return nameless;
}

}  // namespace foyer::forum
