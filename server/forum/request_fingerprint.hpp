// What a request asked for, as 32 bytes: the same Idempotency-Key with another fingerprint is a mistake of the client.
// Parts are length-prefixed, so that no two different requests read alike. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace foyer::forum {

class RequestFingerprint {
 public:
  explicit RequestFingerprint(std::string_view kind) { add(kind); }

  RequestFingerprint& add(std::string_view part) {
    text_ += std::to_string(part.size());
    text_ += ':';
    text_ += part;
    return *this;
  }
  RequestFingerprint& add(std::int64_t number) { return add(std::string_view(std::to_string(number))); }
  RequestFingerprint& add(std::optional<std::int64_t> number) {
    return number ? add(*number) : add(std::string_view("-"));
  }

  std::string digest() const;

 private:
  std::string text_;
};

}  // namespace foyer::forum
