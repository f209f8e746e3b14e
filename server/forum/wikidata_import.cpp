// Wikidata in two passes: films first, which know people, countries and so on by their ids only, then the names of
// these.
#include <stdexcept>

#include "server/forum/import_formats.hpp"
#include "server/forum/import_report.hpp"
#include "server/forum/person_variants.hpp"
#include "server/forum/waiting_films.hpp"
#include "server/forum/wikidata_entity.hpp"

namespace foyer::forum {
namespace {

namespace json = boost::json;

class WikidataImport {
 public:
  WikidataImport(const std::vector<std::string>& files, ImportReport& report, FilmBatch& batch)
      : files_(files), report_(report), batch_(batch) {}

  void run() {
    for (std::size_t file = 0; file < files_.size(); ++file) {
      EntityVisit visit;
      visit.take = [&](std::int64_t line, const json::object& entity) { take(file, line, entity); };
      visit.bad = [&](std::int64_t line, const std::string& reason) {
        ++report_.lines;
        skip_line(report_, files_[file], line, reason);
      };
      read_entities(files_[file], visit);
    }
    release();
    if (report_.lines > 0 && report_.skipped == report_.lines) {
      throw std::runtime_error(files_.front() + ": no line of it is an entity of Wikidata");
    }
  }

 private:
  static constexpr std::int64_t entities_per_progress = 10'000;

  void take(std::size_t file, std::int64_t line, const json::object& entity) {
    if (const auto film = film_of_entity(entity)) {
      films_.add(static_cast<std::int64_t>(file), line, *film);
    } else {
      pass_over(report_, "no film");
    }
    if (++report_.lines % entities_per_progress == 0) {
      batch_.show_progress();
    }
    if (films_.full()) {
      release();
    }
  }

  void release() {
    EntityVisit visit;
    visit.wanted = [&](std::string_view id) { return films_.wants(id); };
    visit.take = [&](std::int64_t /*line*/, const json::object& entity) { name(entity); };
    visit.bad = [](std::int64_t /*line*/, const std::string& /*reason*/) {};  // the first pass has said it
    for (const std::string& file : files_) {
      read_entities(file, visit);
    }
    const std::int64_t nameless = films_.release([&](std::int64_t file, std::int64_t line, json::object film) {
      use_our_words(film);
      batch_.add(files_.at(static_cast<std::size_t>(file)), line, film);
    });
    people_.release([&](const json::object& person) {
      const auto checked = checked_variants({{"people", json::array{person}}});
      if (checked && !checked->empty()) {
        batch_.add(checked->front());
      }
    });
    if (nameless > 0) {
      pass_over(report_, "people, countries, languages or genres without a name in these files", nameless);
    }
  }

  void name(const json::object& entity) {
    const json::value* id = entity.if_contains("id");
    if (id != nullptr && id->is_string() && films_.wants(id->get_string().c_str())) {
      films_.name(id->get_string().c_str(), label_of(entity));
      if (const auto person = person_of_entity(entity)) {
        people_.add(*person);
      }
    }
  }

  const std::vector<std::string>& files_;
  ImportReport& report_;
  FilmBatch& batch_;
  WaitingFilms films_;
  WaitingPeople people_;
};

}  // namespace

void import_wikidata(const std::vector<std::string>& files, ImportReport& report, FilmBatch& batch) {
  WikidataImport(files, report, batch).run();
}

}  // namespace foyer::forum
