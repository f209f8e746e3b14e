#include "server/forum/sanctions.hpp"

#include "persistence/event_store.hpp"
#include "persistence/moderation_store.hpp"
#include "persistence/sanction_store.hpp"
#include "persistence/user_store.hpp"
#include "protocol/limits.hpp"
#include "server/forum/field_checks.hpp"
#include "server/forum/permissions.hpp"
#include "server/forum/text_rules.hpp"

namespace foyer::forum {
namespace {

using persistence::Transaction;

Result<std::optional<Timestamp>> checked_end(const SanctionRequest& request, Timestamp now) {
  if (!request.until) {
    return request.until;
  }
  if (request.kind == SanctionKind::lift) {
    return invalid_field("until", "out_of_range", "Lifting has no end.");
  }
  if (*request.until <= now || *request.until > now + std::chrono::days(limits::sanction_days_max)) {
    return invalid_field("until", "out_of_range",
                         "Must be within the next " + std::to_string(limits::sanction_days_max) + " days.");
  }
  return request.until;
}

std::string minutes_in_utc(Timestamp time) {
  std::string text = to_rfc3339(time).substr(0, 16);
  text[10] = ' ';
  return text + " UTC";
}

}  // namespace

Result<SanctionView> sanction_member(Transaction& transaction, const Actor& actor, const std::string& name,
                                     const SanctionRequest& request) {
  if (auto allowed = may_moderate(actor); !allowed) {
    return allowed.error();
  }
  const std::string key = member_name_key(name);
  const auto member = key.empty() ? std::nullopt : persistence::find_user_by_name_key(transaction, key);
  if (!member) {
    return refused(ErrorCode::not_found, "There is no such member.");
  }
  if (auto allowed = may_sanction(actor, member->user); !allowed) {
    return allowed.error();
  }
  FieldChecks checks;
  const std::string reason = checks.take(checked_line(request.reason, "reason", limits::reason_characters));
  const auto until = checks.take(checked_end(request, persistence::transaction_time(transaction)));
  if (auto refusal = checks.refusal()) {
    return std::move(*refusal);
  }
  if (request.kind == SanctionKind::lift) {
    if (!persistence::lift_sanctions(transaction, member->user.id)) {
      return refused(ErrorCode::conflict, "There is nothing to lift.");
    }
  } else {
    persistence::put_sanction(transaction, {member->user.id, request.kind, until, reason, actor.user->id});
    if (request.kind == SanctionKind::ban) {
      persistence::delete_sessions_of(transaction, member->user.id);
    }
  }
  const std::string note = until ? "until " + minutes_in_utc(*until) : "";
  persistence::append_moderation_entry(transaction, {actor.user->id, std::string(to_word(request.kind)), std::nullopt,
                                                     std::nullopt, reason, note, member->user.id});
  return SanctionView{member->user, request.kind, until, reason};
}

Result<std::optional<SanctionView>> read_sanction(Transaction& transaction, const Actor& actor,
                                                  const UserView& member) {
  if (auto allowed = may_sanction(actor, member); !allowed) {
    return allowed.error();
  }
  const auto row = persistence::find_sanction(transaction, member.id);
  return row ? std::optional(SanctionView{member, row->kind, row->until, row->reason}) : std::nullopt;
}

std::string words_of(const persistence::SanctionRow& sanction) {
  return std::string(sanction.kind == SanctionKind::ban ? "You are banned" : "You may read but not write") +
         (sanction.until ? " until " + minutes_in_utc(*sanction.until) : "") + ": " + sanction.reason;
}

}  // namespace foyer::forum
