// Pages as guests get them, finished, every form of the body with its header fields, and what pages of threads show,
// for members: kept as long as nothing of it has changed. Each page names the channels whose news it shows and the
// version of each that it shows; it is given out only while the node hears these channels and they stand at that
// version. So nothing needs to be thrown out when something changes, and a page whose news cannot be heard is not
// served from here. What changes without news (a name's role, an imported fact) is seen after limits::page_life.
// Bounded in number and bytes; the one not asked for longest goes first. A pure class: the time and the versions are
// passed in. I/O thread only.
#pragma once

#include <algorithm>
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
#include "protocol/identification.hpp"
#include "protocol/limits.hpp"
#include "server/forum/threads.hpp"

namespace foyer::http {

// What a channel shows at present, when this node hears all news of it; see Hub::heard_version.
using HeardVersion = std::function<std::optional<std::int64_t>(Channel)>;
using Listen = std::function<void(Channel)>;

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

// What a page of a thread shows, for members, whose pages differ around it.
struct KeptContent {
  forum::ThreadPageContent content;
  std::vector<ShownVersion> shown;
  Identification identification = {};

  std::size_t bytes() const;
};

struct PageCacheFigures {  // since start, but for what is kept now
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;
  std::uint64_t outdated = 0;  // of the misses: something had changed, was not heard, or life was over
  std::size_t pages = 0;
  std::size_t bytes = 0;
};

// Page has shown and bytes().
template <class Page>
class PageCache {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  PageCache(HeardVersion heard, Listen listen) : heard_(std::move(heard)), listen_(std::move(listen)) {}

  std::shared_ptr<const Page> find(const std::string& target, TimePoint now);
  // Begins to listen for its news.
  void keep(const std::string& target, std::shared_ptr<const Page> page, TimePoint now);

  const PageCacheFigures& figures() const { return figures_; }

 private:
  struct Entry {
    std::string target;
    std::shared_ptr<const Page> page;
    TimePoint made;
  };
  using Entries = std::list<Entry>;  // asked for last in front
  bool is_current(const Entry& entry, TimePoint now) const;
  void drop(typename Entries::iterator entry);

  HeardVersion heard_;
  Listen listen_;
  Entries entries_;
  std::unordered_map<std::string_view, typename Entries::iterator> by_target_;
  PageCacheFigures figures_;
};

template <class Page>
std::shared_ptr<const Page> PageCache<Page>::find(const std::string& target, TimePoint now) {
  const auto found = by_target_.find(target);
  if (found == by_target_.end()) {
    ++figures_.misses;
    return nullptr;
  }
  const typename Entries::iterator entry = found->second;
  if (!is_current(*entry, now)) {
    ++figures_.misses;
    ++figures_.outdated;
    return nullptr;
  }
  ++figures_.hits;
  entries_.splice(entries_.begin(), entries_, entry);
  return entry->page;
}

template <class Page>
bool PageCache<Page>::is_current(const Entry& entry, TimePoint now) const {
  return now - entry.made < limits::page_life &&
         std::ranges::all_of(
             entry.page->shown, [&](const ShownVersion& shown) { return heard_(shown.channel) == shown.version; });
}

template <class Page>
void PageCache<Page>::keep(const std::string& target, std::shared_ptr<const Page> page, TimePoint now) {
  if (const auto known = by_target_.find(target); known != by_target_.end()) {
    drop(known->second);
  }
  for (const ShownVersion& shown : page->shown) {
    listen_(shown.channel);
  }
  figures_.bytes += page->bytes();
  ++figures_.pages;
  entries_.push_front({target, std::move(page), now});
  by_target_.emplace(entries_.front().target, entries_.begin());
  while (figures_.pages > limits::cached_pages || figures_.bytes > limits::cached_page_bytes) {
    drop(std::prev(entries_.end()));
  }
}

template <class Page>
void PageCache<Page>::drop(typename Entries::iterator entry) {
  figures_.bytes -= entry->page->bytes();
  --figures_.pages;
  by_target_.erase(entry->target);
  entries_.erase(entry);
}

}  // namespace foyer::http
