// UTF-8 in and out of ICU for the rules of this folder. Included by .cpp files only, so that ICU's headers do not
// spread. Pure, any thread: the normalizers are ICU's own immutable singletons.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <unicode/unistr.h>

namespace foyer::forum {

// Empty when the bytes are not well-formed UTF-8: nothing is ever replaced silently.
std::optional<icu::UnicodeString> from_utf8(std::string_view bytes);
std::string to_utf8(const icu::UnicodeString& text);

icu::UnicodeString to_nfc(const icu::UnicodeString& text);
icu::UnicodeString to_nfd(const icu::UnicodeString& text);
// NFKC_Casefold: compatibility forms, case and ignorable characters are gone.
icu::UnicodeString case_folded(const icu::UnicodeString& text);

// Leaves the first code point that is not white space first and the last one last.
icu::UnicodeString trimmed(const icu::UnicodeString& text);

}  // namespace foyer::forum
