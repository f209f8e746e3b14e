// Pages of a large forum: what a film's page, the index of films, each kind of search and the threads that may belong
// to a film cost PostgreSQL when nothing of them is in memory of the node.
#include <algorithm>
#include <fstream>
#include <functional>
#include <iostream>
#include <optional>
#include <sstream>
#include <stdexcept>

#include "tests/benchmark/page_load.hpp"
#include "tests/benchmark/sections.hpp"
#include "tests/support/checkout.hpp"

namespace foyer::benchmark {
namespace {

constexpr std::size_t asked_titles = 200;
constexpr std::size_t titles_before = 50;  // other films, asked first: the database of a forum that runs is warm
constexpr double most_database_ms = 15;

struct AskedFilm {
  std::string id;
  std::string slug;
  std::string title;
  std::string decade;
  std::string country;
  std::string director;
};

std::string sql_file(const std::string& name) {
  std::ifstream file(testing::checkout_folder() / "tests/benchmark" / name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string encoded(const std::string& text) {
  std::string out;
  for (const char character : text) {
    char code[4];
    std::snprintf(code, sizeof code, "%%%02X", static_cast<unsigned char>(character));
    out += code;
  }
  return out;
}

// As somebody types it: two letters of the longest word swapped.
std::string mistyped(std::string title) {
  std::size_t best = 0;
  std::size_t length = 0;
  for (std::size_t at = 0; at < title.size();) {
    const std::size_t end = std::min(title.find(' ', at), title.size());
    if (end - at > length) {
      best = at;
      length = end - at;
    }
    at = end + 1;
  }
  const auto plain = [&](std::size_t at) { return static_cast<unsigned char>(title[at]) < 0x80; };
  if (length > 3 && plain(best + 1) && plain(best + 2)) {
    std::swap(title[best + 1], title[best + 2]);
  }
  return title;
}

class LargeForum {
 public:
  LargeForum(const Options& options, Report& report) : report_(report), foyer_(1, 1, FoyerSubject::Place::anywhere) {
    std::cerr << "a large forum: films" << std::endl;
    import_films(options.films);
    std::cerr << "a large forum: threads and posts" << std::endl;
    sql("create table bench_lines (line text not null)");
    add_lines(options.lines);
    sql(sql_file("large_forum.sql"));
    sql("vacuum analyze");
    sql("checkpoint");  // so that what was loaded is not still being written while pages are measured
    read_asked();
  }

  void run() {
    load_.emplace(foyer_, 1);  // only now: a connection that is idle for a minute is closed
    const std::string scans = large_scans();
    measure("film page", [](const AskedFilm& film) { return "/films/" + film.id + "-" + film.slug; });
    measure("films, two facets", [](const AskedFilm& film) {
      return "/films?decade=" + film.decade + "&country=" + encoded(film.country) + "&sort=activity";
    });
    measure("search, films", by_title("films"));
    measure("search, people",
            [](const AskedFilm& film) { return "/api/v1/search?in=people&q=" + encoded(film.director); });
    measure("search, threads", by_title("threads"));
    measure("search, posts", by_title("posts"));
    measure("search, mistyped title",
            [](const AskedFilm& film) { return "/api/v1/search?in=films,people&q=" + encoded(mistyped(film.title)); });
    measure(
        "search, page of all four kinds", [](const AskedFilm& film) { return "/search?q=" + encoded(film.title); },
        4 * most_database_ms);
    sql("truncate related_threads");
    measure("related threads", [](const AskedFilm& film) { return "/api/v1/films/" + film.id + "/threads"; });
    std::cerr << "scans of whole large tables: before " << scans << ", after " << large_scans() << std::endl;
  }

 private:
  using Address = std::function<std::string(const AskedFilm&)>;

  static Address by_title(const std::string& kind) {
    return [kind](const AskedFilm& film) { return "/api/v1/search?in=" + kind + "&q=" + encoded(film.title); };
  }

  std::string sql(const std::string& text) { return testing::run_sql(foyer_.forum().database_url(), text); }

  void import_films(const std::string& films) {
    const std::string file =
        films.empty() ? (testing::checkout_folder() / "deploy/catalogue/films.jsonl").string() : films;
    run_import(file, foyer_.forum().database_url());
  }

  // Without a file of talk the synopses are what people say.
  void add_lines(const std::string& file) {
    if (file.empty()) {
      sql("insert into bench_lines select distinct left(sentence, 400) from films, "
          "regexp_split_to_table(synopsis, '[.] ') sentence where char_length(sentence) > 10");
      return;
    }
    std::ifstream lines(file);
    std::string values;
    for (std::string line; std::getline(lines, line);) {
      if (line.empty()) continue;
      std::string quoted;
      for (const char character : line) quoted += character == '\'' ? "''" : std::string(1, character);
      values += (values.empty() ? "('" : ",('") + quoted + "')";
    }
    sql("insert into bench_lines values " + values);
  }

  void read_asked() {
    std::istringstream rows(sql(
        "select string_agg(concat_ws(E'\\t', id, slug, translate(title, E'\\t\\n', '  '), sort_year / 10 * 10, "
        "countries[1], director), E'\\n' order by md5(id::text || 'asked')) from (select f.*, coalesce((select p.name "
        "from film_people fp join people p on p.id = fp.person_id where fp.film_id = f.id and fp.job = 'Director' "
        "order "
        "by fp.position limit 1), f.title) as director from films f where year is not null and countries <> '{}' order "
        "by md5(f.id::text || 'asked') limit " +
        std::to_string(titles_before + asked_titles) + ") asked"));
    for (std::string row; std::getline(rows, row);) {
      std::istringstream columns(row);
      AskedFilm film;
      for (std::string* column : {&film.id, &film.slug, &film.title, &film.decade, &film.country, &film.director}) {
        std::getline(columns, *column, '\t');
      }
      (before_.size() < titles_before ? before_ : asked_).push_back(film);
    }
  }

  std::string large_scans() {
    return sql(
        "select coalesce(sum(seq_scan), 0) from pg_stat_user_tables where n_live_tup > 10000 and schemaname = "
        "'public'");
  }

  void ask(const std::string& address) {
    const std::string answer = load_->fetch(get_request(foyer_, address));
    if (!answer.starts_with("HTTP/1.1 200")) {
      throw std::runtime_error(address + " was answered: " + answer.substr(0, 300));
    }
  }

  void measure(const std::string& kind, const Address& address, double bound = most_database_ms) {
    std::cerr << "a large forum: " << kind << std::endl;
    for (const AskedFilm& film : before_) ask(address(film));
    std::vector<double> database_ms;
    std::vector<double> whole_ms;
    for (const AskedFilm& film : asked_) {
      const ProcessorTime before(foyer_.processes());
      const std::int64_t begun = now_ns();
      ask(address(film));
      whole_ms.push_back(static_cast<double>(now_ns() - begun) / 1e6);
      database_ms.push_back(static_cast<double>(before.used_ns().at("PostgreSQL")) / 1e6);
    }
    std::ranges::sort(database_ms);
    std::ranges::sort(whole_ms);
    const auto at = [](const std::vector<double>& sorted, double part) {
      return sorted.at(static_cast<std::size_t>(static_cast<double>(sorted.size() - 1) * part));
    };
    const std::string work = "large forum, " + kind;
    report_.add(work, "Foyer",
                {{"database ms, p50", at(database_ms, 0.5)},
                 {"database ms, p95", at(database_ms, 0.95)},
                 {"answer ms, p95", at(whole_ms, 0.95)}});
    report_.goal_at_most(work + ": database ms, p95", at(database_ms, 0.95), bound);
  }

  Report& report_;
  FoyerSubject foyer_;
  std::optional<PageLoad> load_;
  std::vector<AskedFilm> before_;
  std::vector<AskedFilm> asked_;
};

}  // namespace

void bench_large_forum(const Options& options, Report& report) { LargeForum(options, report).run(); }

}  // namespace foyer::benchmark
