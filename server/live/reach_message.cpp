#include "server/live/reach_message.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <initializer_list>
#include <numeric>

#include "protocol/limits.hpp"

namespace foyer::live {
namespace {

constexpr std::int64_t screens_max = 100'000'000;

// Takes a number and the character behind it off the front.
template <class Number>
bool take_number(std::string_view& text, char end, Number& number) {
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto length = static_cast<std::size_t>(stop - text.data());
  if (error != std::errc{} || length == text.size() || *stop != end) {
    return false;
  }
  text.remove_prefix(length + 1);
  return true;
}

bool can_be(std::initializer_list<std::int64_t> counts) {
  return std::ranges::all_of(counts, [](std::int64_t count) { return count >= 0 && count <= screens_max; });
}

// In the order of their numbers, so that none comes twice.
bool take_bucket(std::string_view& text, ReachCounts& counts) {
  ReachBucket bucket;
  if (!take_number(text, ' ', bucket.number) || !take_number(text, ' ', bucket.lost) ||
      !take_number(text, ' ', bucket.returned) || !take_number(text, ' ', bucket.back_at) ||
      !take_number(text, '\n', bucket.back_above) ||
      !can_be({bucket.lost, bucket.returned, bucket.back_at, bucket.back_above}) ||
      (!counts.buckets.empty() && counts.buckets.back().number >= bucket.number)) {
    return false;
  }
  counts.buckets.push_back(bucket);
  return true;
}

bool take_line(std::string_view& text, ReachMessage::Line& line) {
  auto& [removal, counts] = line;
  if (!take_number(text, ' ', removal.thread.value) || !take_number(text, ' ', removal.seq.value) ||
      !take_number(text, ' ', removal.post.value) || !take_number(text, ' ', counts.delivered) ||
      !take_number(text, '\n', counts.applied) || removal.thread.value <= 0 || removal.seq.value <= 0 ||
      removal.post.value <= 0 || !can_be({counts.delivered, counts.applied})) {
    return false;
  }
  while (text.starts_with('+')) {
    text.remove_prefix(1);
    if (!take_bucket(text, counts)) {
      return false;
    }
  }
  return counts.outstanding() >= 0;
}

void append_numbers(std::string& text, std::initializer_list<std::int64_t> numbers) {
  for (const std::int64_t number : numbers) {
    text += std::to_string(number) + ' ';
  }
  text.back() = '\n';
}

}  // namespace

std::int64_t ReachCounts::lost() const {
  return std::transform_reduce(buckets.begin(), buckets.end(), std::int64_t{0}, std::plus<>{},
                               [](const ReachBucket& bucket) { return bucket.lost; });
}

ReachBucket& ReachCounts::bucket(std::uint8_t number) {
  const auto at = std::ranges::lower_bound(buckets, number, {}, &ReachBucket::number);
  return at != buckets.end() && at->number == number ? *at : *buckets.insert(at, ReachBucket{.number = number});
}

// FNV-1a, then mixed so that every bit of the text reaches the eight that stay.
std::uint8_t reach_bucket(std::string_view who) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char letter : who) {
    hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3U;
  }
  hash = (hash ^ hash >> 33U) * 0xff51afd7ed558ccdU;
  return static_cast<std::uint8_t>(hash >> 56U);
}

std::string reach_text(const ReachMessage& message) {
  std::string text = std::to_string(message.node) + '\n';
  if (message.asks) {
    text += "?\n";
  }
  for (const auto& [removal, counts] : message.lines) {
    append_numbers(text,
                   {removal.thread.value, removal.seq.value, removal.post.value, counts.delivered, counts.applied});
    for (const ReachBucket& bucket : counts.buckets) {
      text += '+';
      append_numbers(text, {bucket.number, bucket.lost, bucket.returned, bucket.back_at, bucket.back_above});
    }
  }
  return text;
}

std::optional<ReachMessage> parse_reach_message(std::string_view text) {
  ReachMessage message;
  if (!take_number(text, '\n', message.node)) {
    return std::nullopt;
  }
  if (text.starts_with("?\n")) {
    message.asks = true;
    text.remove_prefix(2);
  }
  while (!text.empty() && message.lines.size() < limits::reach_removals) {
    if (!take_line(text, message.lines.emplace_back())) {
      return std::nullopt;
    }
  }
  return message;
}

}  // namespace foyer::live
