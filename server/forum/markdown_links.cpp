#include "server/forum/markdown_links.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace foyer::forum {
namespace {

// Those that matter for the safety of addresses or are common in prose. Others stay as they are written: in text the
// browser decodes them, in an address they stay a harmless "&name;".
constexpr std::array<std::pair<std::string_view, std::string_view>, 22> named{{
    {"amp", "&"},        {"quot", "\""},       {"apos", "'"},      {"lt", "<"},         {"gt", ">"},
    {"colon", ":"},      {"sol", "/"},         {"bsol", "\\"},     {"Tab", "\t"},       {"NewLine", "\n"},
    {"nbsp", "\u00a0"},  {"num", "#"},         {"quest", "?"},     {"equals", "="},     {"ndash", "\u2013"},
    {"mdash", "\u2014"}, {"hellip", "\u2026"}, {"copy", "\u00a9"}, {"lsquo", "\u2018"}, {"rsquo", "\u2019"},
    {"ldquo", "\u201c"}, {"rdquo", "\u201d"},
}};

void append_utf8(std::string& text, std::uint32_t character) {
  if (character < 0x80) {
    text += static_cast<char>(character);
  } else if (character < 0x800) {
    text += static_cast<char>(0xC0U | (character >> 6U));
    text += static_cast<char>(0x80U | (character & 0x3FU));
  } else if (character < 0x10000) {
    text += static_cast<char>(0xE0U | (character >> 12U));
    text += static_cast<char>(0x80U | ((character >> 6U) & 0x3FU));
    text += static_cast<char>(0x80U | (character & 0x3FU));
  } else {
    text += static_cast<char>(0xF0U | (character >> 18U));
    text += static_cast<char>(0x80U | ((character >> 12U) & 0x3FU));
    text += static_cast<char>(0x80U | ((character >> 6U) & 0x3FU));
    text += static_cast<char>(0x80U | (character & 0x3FU));
  }
}

// "#106" or "#x6a". What no text may hold becomes U+FFFD, as CommonMark says.
std::optional<std::string> numeric_text(std::string_view digits) {
  int base = 10;
  digits.remove_prefix(1);
  if (!digits.empty() && (digits.front() == 'x' || digits.front() == 'X')) {
    base = 16;
    digits.remove_prefix(1);
  }
  std::uint32_t character = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), character, base);
  if (end != digits.data() + digits.size() || error == std::errc::invalid_argument) {
    return std::nullopt;
  }
  const bool control =
      (character < 0x20 && character != '\t' && character != '\n') || (character >= 0x7F && character < 0xA0);
  const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
  if (error == std::errc::result_out_of_range || character > 0x10FFFF || control || surrogate) {
    character = 0xFFFD;
  }
  std::string text;
  append_utf8(text, character);
  return text;
}

bool starts_with(std::string_view text, std::string_view lower_case_prefix) {
  return text.size() >= lower_case_prefix.size() &&
         std::equal(lower_case_prefix.begin(), lower_case_prefix.end(), text.begin(), [](char wanted, char given) {
           return wanted == (given >= 'A' && given <= 'Z' ? given - 'A' + 'a' : given);
         });
}

// Browsers drop tabs and line ends anywhere in an address and read "\" as "/": with one of them inside, what was
// judged is not what is followed.
bool misleading(std::string_view address) {
  return std::any_of(address.begin(), address.end(), [](char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte < 0x20 || byte == 0x7F || character == '\\';
  });
}

bool stands_in_addresses(char character) {
  constexpr std::string_view others = "-_.~!*'();:@&=+$,/?#[]%";
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         (character >= '0' && character <= '9') || others.find(character) != std::string_view::npos;
}

}  // namespace

std::optional<std::string> entity_text(std::string_view entity) {
  if (entity.size() < 3 || entity.front() != '&' || entity.back() != ';') {
    return std::nullopt;
  }
  const std::string_view name = entity.substr(1, entity.size() - 2);
  if (name.front() == '#') {
    return numeric_text(name);
  }
  const auto* found = std::find_if(named.begin(), named.end(), [&](const auto& known) { return known.first == name; });
  return found != named.end() ? std::optional<std::string>(found->second) : std::nullopt;
}

std::optional<std::string> safe_href(std::string_view address) {
  const bool local = address.starts_with('/') && !address.starts_with("//");
  if (misleading(address) || !(local || starts_with(address, "https://") || starts_with(address, "http://") ||
                               starts_with(address, "mailto:"))) {
    return std::nullopt;
  }
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string href;
  href.reserve(address.size() + 16);
  for (const char character : address) {
    if (character == '&') {
      href += "&amp;";
    } else if (character == '\'') {
      href += "&#39;";
    } else if (stands_in_addresses(character)) {
      href += character;
    } else {
      const auto byte = static_cast<unsigned char>(character);
      href += '%';
      href += digits[byte >> 4U];
      href += digits[byte & 0x0FU];
    }
  }
  return href;
}

std::string film_named_by(std::string_view address) {
  struct Place {
    std::string_view before;  // the id
    std::string_view source;
    std::string_view letters;  // that the id begins with; digits follow
  };
  constexpr std::string_view here = "/films/";
  constexpr Place places[] = {
      {here, "film:", ""}, {"imdb.com/title/", "imdb:", "tt"}, {"wikidata.org/wiki/", "wikidata:", "Q"}};
  constexpr std::size_t digits_max = 12;
  for (const auto& [before, source, letters] : places) {
    const std::size_t at = address.find(before);
    // The path of a film here may mean another film on another site.
    if (at == std::string_view::npos || (before == here && at > 0)) {
      continue;
    }
    const std::string_view id = address.substr(at + before.size());
    const std::size_t end = std::min(id.find_first_not_of("0123456789", letters.size()), id.size());
    if (id.starts_with(letters) && end > letters.size() && end - letters.size() <= digits_max) {
      return std::string(source).append(id.substr(0, end));
    }
  }
  return "";
}

void append_escaped(std::string& html, std::string_view text) {
  std::size_t from = 0;
  while (from < text.size()) {
    const std::size_t at = std::min(text.find_first_of("&<>\"'", from), text.size());
    html += text.substr(from, at - from);
    if (at == text.size()) {
      return;
    }
    switch (text[at]) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += "&#39;";
    }
    from = at + 1;
  }
}

}  // namespace foyer::forum
