#include "server/http/encoded_pairs.hpp"

#include <algorithm>
#include <cstdint>

namespace foyer::http {
namespace {

int hex_digit(char digit) {
  if (digit >= '0' && digit <= '9') {
    return digit - '0';
  }
  if (digit >= 'a' && digit <= 'f') {
    return digit - 'a' + 10;
  }
  return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

enum class Plus { is_plus, is_space };

std::optional<std::string> unescape(std::string_view encoded, Plus plus) {
  std::string text;
  text.reserve(encoded.size());
  for (std::size_t at = 0; at < encoded.size(); ++at) {
    if (encoded[at] == '+' && plus == Plus::is_space) {
      text += ' ';
      continue;
    }
    if (encoded[at] != '%') {
      text += encoded[at];
      continue;
    }
    const int high = at + 2 < encoded.size() ? hex_digit(encoded[at + 1]) : -1;
    const int low = at + 2 < encoded.size() ? hex_digit(encoded[at + 2]) : -1;
    if (high < 0 || low < 0) {
      return std::nullopt;
    }
    text += static_cast<char>(high * 16 + low);
    at += 2;
  }
  return text;
}

// How many bytes the code point at the start takes; 0 when it is not one (overlong, surrogate, too large, cut).
std::size_t code_point_bytes(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
  const auto continues = [&](std::size_t at, std::uint8_t least = 0x80, std::uint8_t most = 0xBF) {
    return at < text.size() && byte(at) >= least && byte(at) <= most;
  };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) {
    return 1;
  }
  if (lead >= 0xC2 && lead <= 0xDF) {
    return continues(1) ? 2 : 0;
  }
  if (lead >= 0xE0 && lead <= 0xEF) {
    const std::uint8_t least = lead == 0xE0 ? 0xA0 : 0x80;
    const std::uint8_t most = lead == 0xED ? 0x9F : 0xBF;
    return continues(1, least, most) && continues(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const std::uint8_t least = lead == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t most = lead == 0xF4 ? 0x8F : 0xBF;
    return continues(1, least, most) && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

Error unreadable(std::string field, std::string code, const std::string& message) {
  Error error = invalid_field(std::move(field), std::move(code), message);
  error.code = ErrorCode::bad_request;
  return error;
}

bool has_nul(std::string_view text) { return text.find('\0') != std::string_view::npos; }

Result<std::pair<std::string, std::string>> decode_pair(std::string_view encoded) {
  const std::size_t equals = encoded.find('=');
  const auto name = unescape(encoded.substr(0, equals), Plus::is_space);
  if (!name || !valid_utf8(*name) || has_nul(*name)) {
    return unreadable("(name)", "invalid_text", "a field's name is not percent-encoded UTF-8");
  }
  const auto value =
      equals == std::string_view::npos ? std::string() : unescape(encoded.substr(equals + 1), Plus::is_space);
  if (!value) {
    return unreadable(*name, "invalid_encoding", "'%' must be followed by two hexadecimal digits");
  }
  if (!valid_utf8(*value)) {
    return invalid_field(*name, "invalid_text", "must be valid UTF-8");
  }
  if (has_nul(*value)) {
    return invalid_field(*name, "invalid_text", "must not contain a NUL character");
  }
  return std::pair(*name, *value);
}

}  // namespace

bool valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t bytes = code_point_bytes(text);
    if (bytes == 0) {
      return false;
    }
    text.remove_prefix(bytes);
  }
  return true;
}

Result<Pairs> decode_pairs(std::string_view encoded) {
  Pairs pairs;
  while (!encoded.empty()) {
    const std::size_t end = std::min(encoded.find('&'), encoded.size());
    if (end > 0) {
      auto pair = decode_pair(encoded.substr(0, end));
      if (!pair) {
        return pair.error();
      }
      pairs.push_back(std::move(*pair));
    }
    encoded.remove_prefix(std::min(end + 1, encoded.size()));
  }
  return pairs;
}

std::optional<std::string> decode_segment(std::string_view encoded) {
  auto text = unescape(encoded, Plus::is_plus);
  if (!text || !valid_utf8(*text) || has_nul(*text)) {
    return std::nullopt;
  }
  return text;
}

std::string encode_component(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char letter : text) {
    const bool alphanumeric =
        (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
    if (alphanumeric || letter == '-' || letter == '_' || letter == '.' || letter == '~') {
      encoded += letter;
    } else {
      const auto byte = static_cast<std::uint8_t>(letter);
      encoded += '%';
      encoded += digits[byte >> 4U];
      encoded += digits[byte & 15U];
    }
  }
  return encoded;
}

std::string first_value(const Pairs& pairs, std::string_view name) {
  const auto found = std::ranges::find_if(pairs, [&](const auto& pair) { return pair.first == name; });
  return found == pairs.end() ? std::string() : found->second;
}

}  // namespace foyer::http
