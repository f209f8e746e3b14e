#include "protocol/views.hpp"

#include <array>
#include <stdexcept>
#include <utility>

namespace foyer {
namespace {

template <class Value, std::size_t Count>
using Words = std::array<std::pair<Value, std::string_view>, Count>;

constexpr Words<Role, 3> role_words{{{Role::member, "member"}, {Role::moderator, "moderator"}, {Role::admin, "admin"}}};
constexpr Words<PostState, 3> post_state_words{
    {{PostState::visible, "visible"}, {PostState::removed, "removed"}, {PostState::deleted, "deleted"}}};
constexpr Words<ThreadKind, 5> thread_kind_words{{{ThreadKind::discussion, "discussion"},
                                                  {ThreadKind::review, "review"},
                                                  {ThreadKind::comments, "comments"},
                                                  {ThreadKind::identify, "identify"},
                                                  {ThreadKind::watch_along, "watch_along"}}};

constexpr Words<SanctionKind, 3> sanction_kind_words{
    {{SanctionKind::silence, "silence"}, {SanctionKind::ban, "ban"}, {SanctionKind::lift, "lift"}}};

constexpr Words<Reaction, 1> reaction_words{{{Reaction::like, "like"}}};

template <class Value, std::size_t Count>
std::string_view word_of(const Words<Value, Count>& words, Value value) {
  for (const auto& [known, word] : words) {
    if (known == value) {
      return word;
    }
  }
  throw std::logic_error("a value without a word");
}

template <class Value, std::size_t Count>
std::optional<Value> value_of(const Words<Value, Count>& words, std::string_view word) {
  for (const auto& [value, known] : words) {
    if (known == word) {
      return value;
    }
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_word(Role role) { return word_of(role_words, role); }

std::string_view to_word(PostState state) { return word_of(post_state_words, state); }

std::string_view to_word(ThreadKind kind) { return word_of(thread_kind_words, kind); }

std::string_view to_word(SanctionKind kind) { return word_of(sanction_kind_words, kind); }

std::string_view to_word(Reaction reaction) { return word_of(reaction_words, reaction); }

std::optional<Role> role_from_word(std::string_view word) { return value_of(role_words, word); }

std::optional<PostState> post_state_from_word(std::string_view word) { return value_of(post_state_words, word); }

std::optional<ThreadKind> thread_kind_from_word(std::string_view word) { return value_of(thread_kind_words, word); }

std::optional<SanctionKind> sanction_kind_from_word(std::string_view word) {
  return value_of(sanction_kind_words, word);
}

std::optional<Reaction> reaction_from_word(std::string_view word) { return value_of(reaction_words, word); }

}  // namespace foyer
