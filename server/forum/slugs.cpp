// Titles as they stand in addresses, and as look-ups compare them.
#include <algorithm>
#include <memory>
#include <mutex>
#include <stdexcept>

#include <unicode/translit.h>
#include <unicode/uchar.h>

#include "server/forum/icu_text.hpp"
#include "server/forum/text_rules.hpp"

namespace foyer::forum {
namespace {

constexpr std::size_t slug_bytes = 80;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

// Building this transliterator takes tens of milliseconds, so there is one. It keeps caches inside and ICU does not
// promise that it may be shared, hence the mutex; most titles are ASCII and never come here.
class Romanizer {
 public:
  Romanizer() {
    UErrorCode status = U_ZERO_ERROR;
    transliterator_.reset(icu::Transliterator::createInstance("Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, status));
    if (U_FAILURE(status)) {
      throw std::runtime_error("ICU has no data to write titles in Latin letters");
    }
  }

  std::string romanized(icu::UnicodeString text) {
    const std::lock_guard lock(mutex_);
    transliterator_->transliterate(text);
    return to_utf8(text);
  }

 private:
  std::mutex mutex_;
  std::unique_ptr<icu::Transliterator> transliterator_;
};

std::string in_latin_letters(std::string_view title) {
  if (is_ascii(title)) {
    return std::string(title);
  }
  const auto decoded = from_utf8(title);
  static Romanizer romanizer;
  return decoded ? romanizer.romanized(*decoded) : "";
}

char lower(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

bool is_slug_character(char character) {
  return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
}

// Prefers the end of a word, unless that would throw most of the slug away.
std::string shortened(std::string slug) {
  if (slug.size() > slug_bytes) {
    const std::size_t word_end = slug.rfind('-', slug_bytes);
    slug.resize(word_end != std::string::npos && word_end > slug_bytes / 2 ? word_end : slug_bytes);
  }
  return slug;
}

// Letters that carry their stroke or ligature inside, so that decomposition does not bare them.
const char16_t* plain_letter(char16_t letter) {
  switch (letter) {
    case u'ø':
      return u"o";
    case u'ł':
      return u"l";
    case u'đ':
    case u'ð':
      return u"d";
    case u'þ':
      return u"th";
    case u'æ':
      return u"ae";
    case u'œ':
      return u"oe";
    case u'ı':
      return u"i";
    default:
      return nullptr;
  }
}

bool is_apostrophe(UChar32 character) { return character == '\'' || character == 0x2019 || character == 0x02BC; }

bool is_diacritic(UChar32 character) { return character >= 0x0300 && character <= 0x036F; }

bool belongs_to_word(UChar32 character) {
  return u_isalnum(character) || (U_GET_GC_MASK(character) & U_GC_M_MASK) != 0;
}

}  // namespace

std::string slug_of(std::string_view title) {
  std::string slug;
  for (const char character : in_latin_letters(title)) {
    const char small = lower(character);
    if (is_slug_character(small)) {
      slug += small;
    } else if (character != '\'' && !slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  slug = shortened(std::move(slug));
  while (!slug.empty() && slug.back() == '-') {
    slug.pop_back();
  }
  return slug.empty() ? "untitled" : slug;
}

std::string search_key_of(std::string_view text) {
  const auto decoded = from_utf8(text);
  if (!decoded) {
    return "";
  }
  const icu::UnicodeString folded = to_nfd(case_folded(*decoded));
  icu::UnicodeString words;
  bool gap = false;
  for (std::int32_t at = 0; at < folded.length(); at = folded.moveIndex32(at, 1)) {
    const UChar32 character = folded.char32At(at);
    if (is_diacritic(character) || is_apostrophe(character)) {
      continue;
    }
    if (!belongs_to_word(character)) {
      gap = true;
      continue;
    }
    if (gap && !words.isEmpty()) {
      words.append(u' ');
    }
    gap = false;
    const char16_t* plain = character <= 0xFFFF ? plain_letter(static_cast<char16_t>(character)) : nullptr;
    if (plain) {
      words.append(plain, -1);
    } else {
      words.append(character);
    }
  }
  return to_utf8(to_nfc(words));
}

}  // namespace foyer::forum
