#include "tests/benchmark/report.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <ostream>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <sys/utsname.h>

namespace foyer::benchmark {
namespace {

constexpr double noisy_spread = 1.3;  // between the rounds of a limit, which does the same each time

double median_of(std::vector<double> values) {
  if (values.empty()) {
    return 0;
  }
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text,
                value >= 1000  ? "%.0f"
                : value >= 100 ? "%.1f"
                : value >= 10  ? "%.2f"
                               : "%.3f",
                value);
  return text;
}

std::vector<double> values(const std::vector<Figures>& rounds, const std::string& figure) {
  std::vector<double> all;
  for (const Figures& round : rounds) {
    if (const auto found = round.find(figure); found != round.end()) {
      all.push_back(found->second);
    }
  }
  return all;
}

std::string machine() {
  std::ifstream file("/proc/cpuinfo");
  std::string model = "unknown processor";
  int processors = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("model name")) {
      model = line.substr(line.find(':') + 2);
      ++processors;
    }
  }
  utsname system{};
  uname(&system);
  return model + ", " + std::to_string(processors) + " processors, Linux " + system.release;
}

// The first line that a program says about itself.
std::string first_line(const std::string& command) {
  std::array<char, 200> line{};
  FILE* answer = ::popen((command + " 2>&1").c_str(), "r");
  if (answer == nullptr || std::fgets(line.data(), line.size(), answer) == nullptr) {
    line[0] = '\0';
  }
  if (answer != nullptr) {
    ::pclose(answer);
  }
  const std::string text = line.data();
  return text.substr(0, text.find('\n'));
}

// nginx is there for ./dev bench --peers only.
std::string versions() {
  const std::string nginx = first_line("command -v nginx >/dev/null && nginx -v");
  return "Clang " __clang_version__ ", " + first_line("pg_config --version") + ", " +
         first_line("redis-server --version | cut -d' ' -f1-3") + ", Node " + first_line("node --version") +
         (nginx.empty() ? "" : ", " + nginx);
}

}  // namespace

const Report::Work* Report::find(const std::string& work) const {
  const auto found = std::ranges::find(works_, work, &Work::name);
  return found == works_.end() ? nullptr : &*found;
}

void Report::add(const std::string& work, const std::string& subject, const Figures& figures) {
  if (find(work) == nullptr) {
    works_.push_back({work, {}, {}});
  }
  Work& entry = *std::ranges::find(works_, work, &Work::name);
  if (!entry.rounds.contains(subject)) {
    entry.subjects.push_back(subject);
  }
  entry.rounds[subject].push_back(figures);
}

bool Report::has(const std::string& work, const std::string& subject) const {
  const Work* entry = find(work);
  return entry != nullptr && entry->rounds.contains(subject);
}

double Report::median(const std::string& work, const std::string& subject, const std::string& figure) const {
  return has(work, subject) ? median_of(values(find(work)->rounds.at(subject), figure)) : 0;
}

double Report::ratio(const std::string& work, const std::string& subject, const std::string& other,
                     const std::string& figure) const {
  if (!has(work, subject) || !has(work, other)) {
    return 0;
  }
  const std::vector<double> ours = values(find(work)->rounds.at(subject), figure);
  const std::vector<double> theirs = values(find(work)->rounds.at(other), figure);
  std::vector<double> ratios;
  for (std::size_t round = 0; round < std::min(ours.size(), theirs.size()); ++round) {
    ratios.push_back(theirs[round] == 0 ? 0 : ours[round] / theirs[round]);
  }
  return median_of(ratios);
}

void Report::goal_at_most(const std::string& text, double value, double bound) {
  goals_.push_back({text, value, bound, true});
}

void Report::goal_at_least(const std::string& text, double value, double bound) {
  goals_.push_back({text, value, bound, false});
}

std::string Report::spread_warning() const {
  std::string warning;
  for (const Work& work : works_) {
    for (const std::string& subject : work.subjects) {
      const std::vector<double> costs = values(work.rounds.at(subject), "server µs per unit");
      if (subject.starts_with("limit") && costs.size() > 1) {
        const auto [least, most] = std::ranges::minmax(costs);
        if (most > least * noisy_spread) {
          warning += "The machine is noisy: rounds of \"" + subject + "\" in \"" + work.name + "\" differ by " +
                     number(most / least) + " times.\n";
        }
      }
    }
  }
  return warning;
}

void Report::print(std::ostream& out) const {
  out << machine() << "\n";
  for (const Work& work : works_) {
    out << "\n" << work.name << "\n";
    for (const std::string& subject : work.subjects) {
      const std::vector<Figures>& rounds = work.rounds.at(subject);
      out << "  " << subject << std::string(subject.size() < 22 ? 22 - subject.size() : 1, ' ');
      for (const auto& [figure, ignored] : rounds.front()) {
        out << "  " << figure << " " << number(median_of(values(rounds, figure)));
      }
      out << "\n";
    }
  }
  out << "\n" << spread_warning();
  for (const Goal& goal : goals_) {
    out << (goal.reached()    ? "reached  "
            : goal.measured() ? "MISSED   "
                              : "UNKNOWN  ")
        << goal.text << ": " << number(goal.value) << (goal.at_most ? " ≤ " : " ≥ ") << number(goal.bound) << "\n";
  }
}

void Report::write_json(const std::string& file) const {
  boost::json::array works;
  for (const Work& work : works_) {
    boost::json::array subjects;
    for (const std::string& subject : work.subjects) {
      boost::json::object figures;
      const std::vector<Figures>& rounds = work.rounds.at(subject);
      for (const auto& [figure, ignored] : rounds.front()) {
        figures[figure] = median_of(values(rounds, figure));
      }
      subjects.push_back({{"subject", subject}, {"rounds", rounds.size()}, {"figures", figures}});
    }
    works.push_back({{"work", work.name}, {"subjects", subjects}});
  }
  boost::json::array goals;
  for (const Goal& goal : goals_) {
    goals.push_back({{"goal", goal.text},
                     {"value", goal.value},
                     {goal.at_most ? "at_most" : "at_least", goal.bound},
                     {"reached", goal.reached()}});
  }
  std::ofstream(file) << boost::json::serialize(boost::json::object{
                             {"machine", machine()}, {"versions", versions()}, {"works", works}, {"goals", goals}})
                      << "\n";
}

}  // namespace foyer::benchmark
