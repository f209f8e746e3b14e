#include "protocol/excerpt.hpp"

#include <cstdint>
#include <string_view>

namespace foyer {
namespace {

// FNV-1a of 64 bits: the same on every node and in every life of it.
Excerpt digested(const ThreadView& thread, std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char character : thread.contains_spoilers ? std::string_view() : text) {
    hash = (hash ^ static_cast<unsigned char>(character)) * 1099511628211U;
  }
  std::string digest(16, '0');
  for (auto digit = digest.rbegin(); digit != digest.rend(); ++digit, hash >>= 4U) {
    *digit = "0123456789abcdef"[hash & 15U];
  }
  return {thread.id, std::move(digest)};
}

}  // namespace

Excerpt excerpt_of(const ReviewView& review) { return digested(review.thread, review.excerpt); }

Excerpt excerpt_of(const RelatedThreadView& related) { return digested(related.thread, related.snippet); }

}  // namespace foyer
