// Pages: what a guest and a member read, against a file that nginx serves.
#include <fstream>
#include <iostream>

#include "tests/benchmark/page_load.hpp"
#include "tests/benchmark/sections.hpp"

namespace foyer::benchmark {
namespace {

constexpr std::size_t connections = 64;
constexpr int posts_of_thread = 50;
constexpr double posts_per_second = 20;
constexpr double member_rate = 500;
constexpr int long_thread = 100'000;
const std::string compressed = "Accept-Encoding: br, gzip\r\n";
const std::string nginx = "nginx, static file";
const std::string limit_name = "limit: ready bytes";

std::string header(const std::string& answer, const std::string& name) {
  const std::size_t at = answer.find("\r\n" + name + ": ");
  if (at == std::string::npos) {
    return "";
  }
  const std::size_t start = at + name.size() + 4;
  return answer.substr(start, answer.find("\r\n", start) - start);
}

struct Page {
  std::string name;
  std::string path;
};

// Foyer's page, the same bytes as a file, and the same bytes without looking at the request.
class PageRace {
 public:
  PageRace(const Options& options, Report& report, FoyerSubject& foyer)
      : options_(options),
        report_(report),
        foyer_(foyer),
        limit_({.name = limit_name, .command = limits().front().command}, 0) {
    if (nginx_is_installed()) {
      nginx_ = std::make_unique<PeerSubject>(static_files(), 0);
    }
  }

  void run(const Page& page) {
    const std::string request = get_request(foyer_, page.path, compressed);
    const std::string answer = PageLoad(foyer_, 1).fetch(request);
    copy(answer);
    const std::string tag = "If-None-Match: " + header(answer, "ETag") + "\r\n";
    const std::string whole = "pages, " + page.name + ", compressed";
    for (int round = 0; round < options_.rounds; ++round) {
      std::cerr << whole << ", round " << round + 1 << std::endl;
      measure(whole, foyer_, get_request(foyer_, page.path, compressed));
      measure(whole, limit_, get_request(limit_, "/", compressed));
      measure("pages, " + page.name + ", 304", foyer_, get_request(foyer_, page.path, compressed + tag));
      measure("pages, " + page.name + ", HEAD", foyer_, get_request(foyer_, page.path, compressed, "HEAD"));
      if (nginx_) {
        measure(whole, *nginx_, get_request(*nginx_, file_, compressed));
        measure("pages, " + page.name + ", HEAD", *nginx_, get_request(*nginx_, file_, compressed, "HEAD"));
        const std::string file_tag =
            "If-None-Match: " + header(PageLoad(*nginx_, 1).fetch(get_request(*nginx_, file_)), "ETag") + "\r\n";
        measure("pages, " + page.name + ", 304", *nginx_, get_request(*nginx_, file_, compressed + file_tag));
      }
    }
    for (const char* form : {", compressed", ", 304", ", HEAD"}) {
      compare("pages, " + page.name + form, 0.75);
    }
  }

  // While people write into it.
  void run_with_news(const Page& page) {
    const std::string work = "pages, " + page.name + ", 20 posts/s into it";
    for (int round = 0; round < options_.rounds; ++round) {
      std::cerr << work << ", round " << round + 1 << std::endl;
      Loop writers;
      Requester writer;
      writers.connect(writer, foyer_.port());
      const std::int64_t begun = now_ns();
      std::int64_t written = 0;
      measure(work, foyer_, get_request(foyer_, page.path, compressed), [&] {
        writers.run_for(std::chrono::milliseconds(0));
        if (writer.idle() &&
            static_cast<double>(written) < static_cast<double>(now_ns() - begun) / 1e9 * posts_per_second) {
          writer.request(foyer_.publication(0, "news"));
          ++written;
        }
      });
      if (nginx_) {
        measure(work, *nginx_, get_request(*nginx_, file_, compressed));
      }
    }
    compare(work, 0.5);
  }

 private:
  void copy(const std::string& answer) {
    const std::size_t body = answer.find("\r\n\r\n") + 4;
    if (nginx_) {
      file_ = "/page-" + std::to_string(++files_) + ".html";  // nginx remembers the size of one it has sent
      std::ofstream(nginx_->folder() / file_.substr(1)) << answer.substr(body);
    }
    PageLoad(limit_, 1).fetch("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(answer.size()) +
                              "\r\n\r\n" + answer);
  }

  void measure(const std::string& work, const Subject& subject, const std::string& request,
               const std::function<void()>& beside = nullptr) {
    PageLoad load(subject, connections);
    load.beside = beside;
    report_.add(work, subject.name(), load.closed_loop([&] { return request; }, options_.seconds));
  }

  void compare(const std::string& work, double bound) {
    if (nginx_) {
      report_.goal_at_least(work + ": requests per CPU second against nginx",
                            report_.ratio(work, "Foyer", nginx, "requests per server CPU s"), bound);
    }
  }

  const Options& options_;
  Report& report_;
  FoyerSubject& foyer_;
  PeerSubject limit_;
  std::unique_ptr<PeerSubject> nginx_;
  std::string file_;
  int files_ = 0;
};

void fill_thread(FoyerSubject& foyer) {
  PageLoad writer(foyer, 1);
  for (int post = 1; post < posts_of_thread; ++post) {
    writer.fetch(foyer.publication(0, "post " + std::to_string(post)));
  }
}

void bench_member(const Options& options, Report& report, FoyerSubject& foyer, const Page& page) {
  const std::string work = "pages, " + page.name + ", signed in, 500/s";
  const std::string cookie = "Cookie: " + foyer.author().cookie() + "\r\n";
  for (int round = 0; round < options.rounds; ++round) {
    std::cerr << work << ", round " << round + 1 << std::endl;
    PageLoad load(foyer, connections);
    report.add(
        work, "Foyer",
        load.at_rate(member_rate, [&] { return get_request(foyer, page.path, compressed + cookie); }, options.seconds));
  }
  report.goal_at_most(work + ": server CPU µs", report.median(work, "Foyer", "server µs per unit"), 250);
  report.goal_at_most(work + ": p99 ms", report.median(work, "Foyer", "p99 ms"), 20);
}

// By SQL: the same rows as a hundred thousand posts leave, in seconds.
void make_long_thread(FoyerSubject& foyer, std::int64_t thread) {
  const std::string id = std::to_string(thread);
  const std::string count = std::to_string(long_thread);
  const std::string url = foyer.forum().database_url();
  testing::run_sql(
      url, "insert into posts (thread_id, number, author_id, body, html, html_version, created_at) select " + id +
               ", n, (select author_id from threads where id = " + id +
               "), body, html, html_version, now() from posts, generate_series(2, " + count +
               ") n where thread_id = " + id + " and number = 1");
  testing::run_sql(
      url,
      "insert into events (channel_kind, channel_id, seq, kind, post_id, at) select 1, thread_id, number, 1, "
      "id, created_at from posts where number > 1 and thread_id = " +
          id);
  testing::run_sql(url, "update threads set last_seq = " + count + ", post_count = " + count + " where id = " + id);
  testing::run_sql(url, "vacuum analyze");
}

void bench_depth(const Options& options, Report& report, FoyerSubject& foyer) {
  const std::int64_t thread = foyer.thread(1);
  make_long_thread(foyer, thread);
  const std::string cookie = "Cookie: " + foyer.author().cookie() + "\r\n";
  const std::string work = "pages, one after the other, of a thread of 100,000 posts";
  for (int round = 0; round < options.rounds; ++round) {
    for (const std::string page : {"1", "2000"}) {
      std::cerr << work << ", round " << round + 1 << ": page " << page << std::endl;
      PageLoad load(foyer, 1);
      Figures figures = load.closed_loop(
          [&] {
            return get_request(foyer, "/threads/" + std::to_string(thread) + "?page=" + page, compressed + cookie);
          },
          options.seconds);
      figures["server and PostgreSQL µs"] = figures["server µs per unit"] + figures["PostgreSQL µs per unit"];
      report.add(work, "page " + page, figures);
    }
  }
  report.goal_at_most(work + ": page 2,000 against page 1",
                      report.ratio(work, "page 2000", "page 1", "server and PostgreSQL µs"), 1.1);
}

void bench_start(const Options& options, Report& report, FoyerSubject& foyer) {
  const std::string work = "start of a node with a migrated database";
  for (int round = 0; round < options.rounds; ++round) {
    const std::int64_t begun = now_ns();
    const testing::Node node(foyer.forum().database_url(), foyer.forum().redis().url());
    report.add(work, "Foyer", {{"ms until it is ready", static_cast<double>(now_ns() - begun) / 1e6}});
  }
  report.goal_at_most(work + ": ms", report.median(work, "Foyer", "ms until it is ready"), 300);
}

std::string canonical_path(const FoyerSubject& foyer, std::string path) {
  const std::string answer = PageLoad(foyer, 1).fetch(get_request(foyer, path));
  return answer.starts_with("HTTP/1.1 30") ? header(answer, "Location") : path;
}

}  // namespace

void bench_pages(const Options& options, Report& report) {
  FoyerSubject foyer(2);
  fill_thread(foyer);
  const Page thread{"thread of 50 posts", canonical_path(foyer, "/threads/" + std::to_string(foyer.thread(0)))};
  const Page film{"film page", canonical_path(foyer, "/films/" + std::to_string(foyer.forum().film_id()))};
  PageRace race(options, report, foyer);
  race.run(thread);
  race.run(film);
  bench_member(options, report, foyer, thread);
  bench_depth(options, report, foyer);
  bench_start(options, report, foyer);
  race.run_with_news(thread);
}

}  // namespace foyer::benchmark
