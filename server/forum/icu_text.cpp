#include "server/forum/icu_text.hpp"

#include <limits>
#include <new>
#include <stdexcept>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

namespace foyer::forum {
namespace {

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
  if (bytes.size() > std::numeric_limits<std::int32_t>::max()) {
    return std::nullopt;
  }
  const icu::StringPiece piece(bytes);
  icu::UnicodeString text;
  char16_t* buffer = text.getBuffer(piece.length());  // UTF-16 never needs more units than UTF-8 bytes
  if (!buffer) {
    throw std::bad_alloc();
  }
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t length = 0;
  u_strFromUTF8(buffer, text.getCapacity(), &length, piece.data(), piece.length(), &status);
  text.releaseBuffer(U_SUCCESS(status) ? length : 0);
  return U_SUCCESS(status) ? std::optional(std::move(text)) : std::nullopt;
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
