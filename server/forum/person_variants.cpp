#include "server/forum/person_variants.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "server/forum/film_line.hpp"
#include "server/forum/import_fields.hpp"

namespace foyer::forum {
namespace {

using persistence::PersonVariants;

[[noreturn]] void fail() {
  throw std::runtime_error(std::string("the temporary file for people fails: ") + std::strerror(errno));
}

PersonVariants read_person(const ImportFields& fields) {
  const std::string name = fields.required_text("name", name_characters);
  PersonVariants person{person_key_of(name), fields.texts("variants", name_characters)};
  std::erase(person.variants, name);
  std::erase(person.variants, "");
  if (person.variants.size() > persistence::variants_per_person) {
    person.variants.resize(persistence::variants_per_person);
  }
  return person;
}

}  // namespace

Result<std::vector<PersonVariants>> checked_variants(const boost::json::object& line) {
  std::vector<PersonVariants> people;
  try {
    const auto items = ImportFields(line).objects("people");
    for (std::size_t index = 0; index < items.size(); ++index) {
      PersonVariants person = read_person(ImportFields(items[index], "people[" + std::to_string(index) + "]"));
      if (!person.variants.empty()) {
        people.push_back(std::move(person));
      }
    }
  } catch (const BadField& bad) {
    return invalid_field(bad.field, "invalid", bad.what());
  }
  return people;
}

WaitingPeople::WaitingPeople() : file_(std::tmpfile()) {
  if (!file_) {
    fail();
  }
}

void WaitingPeople::add(const boost::json::object& person) {
  const std::string text = boost::json::serialize(person) + "\n";
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) {
    fail();
  }
}

void WaitingPeople::release(const std::function<void(boost::json::object person)>& take) {
  if (std::fflush(file_.get()) != 0 || std::fseek(file_.get(), 0, SEEK_SET) != 0) {
    fail();
  }
  std::string line;
  for (int character = std::getc(file_.get()); character != EOF; character = std::getc(file_.get())) {
    if (character != '\n') {
      line += static_cast<char>(character);
      continue;
    }
    take(boost::json::parse(line).get_object());
    line.clear();
  }
  if (std::ferror(file_.get()) != 0) {
    fail();
  }
  file_.reset(std::tmpfile());
  if (!file_) {
    fail();
  }
}

}  // namespace foyer::forum
