// What a run found: figures of each subject for each kind of work, medians over its rounds, and the goals they are held
// against. Printed as a table and written as JSON, from which docs/performance.md is made.
#pragma once

#include <iosfwd>
#include <map>
#include <string>
#include <vector>

namespace foyer::benchmark {

using Figures = std::map<std::string, double>;  // "µs per delivery" to its value

class Report {
 public:
  // One round. Rounds of the same work and subject are gathered.
  void add(const std::string& work, const std::string& subject, const Figures& figures);

  // The median of the rounds; 0 when there are none.
  double median(const std::string& work, const std::string& subject, const std::string& figure) const;
  // The median over rounds of subject's figure divided by the other's in the same round.
  double ratio(const std::string& work, const std::string& subject, const std::string& other,
               const std::string& figure) const;
  bool has(const std::string& work, const std::string& subject) const;

  // `value` is to be at most (or at least) `bound`; 0 means that it was not measured.
  void goal_at_most(const std::string& text, double value, double bound);
  void goal_at_least(const std::string& text, double value, double bound);

  void print(std::ostream& out) const;
  void write_json(const std::string& file) const;

 private:
  struct Goal {
    std::string text;
    double value;
    double bound;
    bool at_most;
    bool measured() const { return value > 0; }
    bool reached() const { return measured() && (at_most ? value <= bound : value >= bound); }
  };
  struct Work {
    std::string name;
    std::vector<std::string> subjects;  // in order of appearance
    std::map<std::string, std::vector<Figures>> rounds;
  };
  const Work* find(const std::string& work) const;
  std::string spread_warning() const;

  std::vector<Work> works_;
  std::vector<Goal> goals_;
};

}  // namespace foyer::benchmark
