// The audit log of moderation: append-only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "persistence/transaction.hpp"
#include "protocol/views.hpp"

namespace foyer::persistence {

struct NewModerationEntry {
  UserId moderator;
  std::string action;
  std::optional<ThreadId> thread;
  std::optional<PostId> post;
  std::string reason;
  std::string note;
  std::optional<UserId> member = {};  // whom a sanction is about
};

void append_moderation_entry(Transaction& transaction, const NewModerationEntry& entry);

struct ModerationPage {
  std::vector<ModerationEntryView> items;  // newest first
  std::optional<std::int64_t> next;        // id of the last item when there are more
};
ModerationPage list_moderation_entries(Transaction& transaction, std::optional<std::int64_t> before, int limit);

}  // namespace foyer::persistence
