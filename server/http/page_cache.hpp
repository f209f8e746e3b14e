// Pages as guests get them, finished: every form of the body with its header fields, kept as long as nothing that they
// show has changed. Each page names the channels whose news it shows and the version of each that it shows; it is given
// out only while the node hears these channels and they stand at that version. So nothing needs to be thrown out when
// something changes, and a page whose news cannot be heard is not served from here. What changes without news (a name's
// role, an imported fact) is seen after limits::page_life. Bounded in number and bytes; the one not asked for longest
// goes first. A pure class: the time and the versions are passed in. I/O thread only.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "protocol/channel.hpp"

namespace foyer::http {

// What a channel shows at present, when this node hears all news of it; see Hub::heard_version.
using HeardVersion = std::function<std::optional<std::int64_t>(Channel)>;

struct ShownVersion {
  Channel channel;
  std::int64_t version = 0;
};

struct FinishedPage {
  struct Form {
    std::shared_ptr<const std::string> fields;  // header fields of a 200, with the length; without the changing ones
    std::shared_ptr<const std::string> body;
  };
  Form identity;
  Form brotli;
  Form gzip;
  std::shared_ptr<const std::string> unchanged_fields;  // of a 304
  std::string tag;
  std::string_view pattern;  // of its route
  std::vector<ShownVersion> shown;

  std::size_t bytes() const;
};

struct PageCacheFigures {  // since start, but for what is kept now
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;
  std::uint64_t outdated = 0;  // of the misses: something had changed, was not heard, or life was over
  std::size_t pages = 0;
  std::size_t bytes = 0;
};

class PageCache {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  explicit PageCache(HeardVersion heard) : heard_(std::move(heard)) {}

  std::shared_ptr<const FinishedPage> find(const std::string& target, TimePoint now);
  // Begins to listen for its news.
  void keep(const std::string& target, std::shared_ptr<const FinishedPage> page, TimePoint now);

  const PageCacheFigures& figures() const { return figures_; }

 private:
  struct Entry {
    std::string target;
    std::shared_ptr<const FinishedPage> page;
    TimePoint made;
  };
  using Entries = std::list<Entry>;  // asked for last in front
  bool is_current(const Entry& entry, TimePoint now) const;
  void drop(Entries::iterator entry);

  HeardVersion heard_;
  Entries entries_;
  std::unordered_map<std::string_view, Entries::iterator> by_target_;
  PageCacheFigures figures_;
};

}  // namespace foyer::http
