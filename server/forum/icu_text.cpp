#include "server/forum/icu_text.hpp"

#include <limits>
#include <stdexcept>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace foyer::forum {
namespace {

bool well_formed(std::string_view bytes) {
  if (bytes.size() > std::numeric_limits<std::int32_t>::max()) {
    return false;
  }
  const auto length = static_cast<std::int32_t>(bytes.size());
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  for (std::int32_t at = 0; at < length;) {
    UChar32 character = 0;
    U8_NEXT(data, at, length, character);
    if (character < 0) {
      return false;
    }
  }
  return true;
}

const icu::Normalizer2& required(const icu::Normalizer2* normalizer, UErrorCode status) {
  if (U_FAILURE(status) || !normalizer) {
    throw std::runtime_error("ICU has no normalisation data");
  }
  return *normalizer;
}

icu::UnicodeString normalized(const icu::Normalizer2& normalizer, const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString result = normalizer.normalize(text, status);
  if (U_FAILURE(status)) {
    throw std::runtime_error("ICU could not normalise a text");
  }
  return result;
}

}  // namespace

std::optional<icu::UnicodeString> from_utf8(std::string_view bytes) {
  if (!well_formed(bytes)) {
    return std::nullopt;
  }
  return icu::UnicodeString::fromUTF8(icu::StringPiece(bytes.data(), static_cast<std::int32_t>(bytes.size())));
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string bytes;
  text.toUTF8String(bytes);
  return bytes;
}

icu::UnicodeString to_nfc(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFCInstance(status);
  return normalized(required(normalizer, status), text);
}

icu::UnicodeString to_nfd(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFDInstance(status);
  return normalized(required(normalizer, status), text);
}

icu::UnicodeString case_folded(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
  return normalized(required(normalizer, status), text);
}

icu::UnicodeString trimmed(const icu::UnicodeString& text) {
  std::int32_t begin = 0;
  std::int32_t end = text.length();
  while (begin < end && u_isUWhiteSpace(text.char32At(begin))) {
    begin = text.moveIndex32(begin, 1);
  }
  while (end > begin && u_isUWhiteSpace(text.char32At(end - 1))) {
    end = text.moveIndex32(end, -1);
  }
  return icu::UnicodeString(text, begin, end - begin);
}

}  // namespace foyer::forum
