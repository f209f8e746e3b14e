#include "server/http/page_cache.hpp"

#include <algorithm>

#include "protocol/limits.hpp"

namespace foyer::http {

std::size_t FinishedPage::bytes() const {
  std::size_t sum = unchanged_fields->size() + tag.size();
  for (const Form& form : {identity, brotli, gzip}) {
    sum += form.fields->size() + form.body->size();
  }
  return sum;
}

std::shared_ptr<const FinishedPage> PageCache::find(const std::string& target, TimePoint now) {
  const auto found = by_target_.find(target);
  if (found == by_target_.end()) {
    ++figures_.misses;
    return nullptr;
  }
  const Entries::iterator entry = found->second;
  if (!is_current(*entry, now)) {
    ++figures_.misses;
    ++figures_.outdated;
    return nullptr;
  }
  ++figures_.hits;
  entries_.splice(entries_.begin(), entries_, entry);
  return entry->page;
}

bool PageCache::is_current(const Entry& entry, TimePoint now) const {
  return now - entry.made < limits::page_life &&
         std::ranges::all_of(
             entry.page->shown, [&](const ShownVersion& shown) { return heard_(shown.channel) == shown.version; });
}

void PageCache::keep(const std::string& target, std::shared_ptr<const FinishedPage> page, TimePoint now) {
  if (const auto known = by_target_.find(target); known != by_target_.end()) {
    drop(known->second);
  }
  for (const ShownVersion& shown : page->shown) {
    heard_(shown.channel);
  }
  figures_.bytes += page->bytes();
  ++figures_.pages;
  entries_.push_front({target, std::move(page), now});
  by_target_.emplace(entries_.front().target, entries_.begin());
  while (figures_.pages > limits::cached_pages || figures_.bytes > limits::cached_page_bytes) {
    drop(std::prev(entries_.end()));
  }
}

void PageCache::drop(Entries::iterator entry) {
  figures_.bytes -= entry->page->bytes();
  --figures_.pages;
  by_target_.erase(entry->target);
  entries_.erase(entry);
}

}  // namespace foyer::http
