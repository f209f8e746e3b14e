#include "protocol/events.hpp"

#include <array>
#include <stdexcept>
#include <utility>

namespace foyer {
namespace {

constexpr std::array<std::pair<EventKind, std::string_view>, 7> words{{{EventKind::post_created, "post.created"},
                                                                       {EventKind::post_edited, "post.edited"},
                                                                       {EventKind::post_removed, "post.removed"},
                                                                       {EventKind::post_restored, "post.restored"},
                                                                       {EventKind::post_deleted, "post.deleted"},
                                                                       {EventKind::thread_updated, "thread.updated"},
                                                                       {EventKind::post_reacted, "post.reacted"}}};

}  // namespace

std::string_view to_word(EventKind kind) {
  for (const auto& [known, word] : words) {
    if (known == kind) {
      return word;
    }
  }
  throw std::logic_error("an event kind without a word");
}

std::optional<EventKind> event_kind_from_word(std::string_view word) {
  for (const auto& [kind, known] : words) {
    if (known == word) {
      return kind;
    }
  }
  return std::nullopt;
}

}  // namespace foyer
