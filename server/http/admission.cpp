#include "server/http/admission.hpp"

#include <algorithm>
#include <charconv>

#include "protocol/limits.hpp"
#include "server/http/request_head.hpp"

namespace foyer::http {
namespace {

constexpr std::string_view line_end = "\r\n";

Error malformed(std::string_view what) { return refused(ErrorCode::bad_request, std::string(what)); }

bool is_alphanumeric(char letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

bool is_token_letter(char letter) {
  return is_alphanumeric(letter) || std::string_view("!#$%&'*+-.^_`|~").find(letter) != std::string_view::npos;
}

bool is_token(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_token_letter); }

bool is_control(char letter) {
  const auto byte = static_cast<unsigned char>(letter);
  return byte < 0x20 || byte == 0x7F;
}

bool is_printable_ascii(char letter) { return letter > 0x20 && letter < 0x7F; }

// METHOD SP target SP HTTP/1.x with single spaces and nothing else.
Result<void> scan_request_line(std::string_view line) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) {
    return malformed("The request line is malformed.");
  }
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (!is_token(line.substr(0, first)) || target.empty() || !std::ranges::all_of(target, is_printable_ascii)) {
    return malformed("The request line is malformed.");
  }
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    return malformed("The server speaks HTTP/1.1 and HTTP/1.0.");
  }
  return {};
}

Result<void> scan_field(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
    return malformed("A header field is malformed.");  // also folded and indented lines
  }
  const bool clean = std::ranges::none_of(line.substr(colon + 1), [](char letter) {
    return is_control(letter) && letter != '\t';  // a CR or LF here stands alone
  });
  return clean ? Result<void>() : malformed("A header field has a control character.");
}

// Beast unfolds and trims, so what two readers could see differently is only visible in the raw bytes.
Result<void> scan(std::string_view raw) {
  if (!raw.ends_with("\r\n\r\n")) {
    return malformed("The header does not end.");
  }
  std::string_view rest = raw.substr(0, raw.size() - line_end.size());
  bool in_fields = false;
  while (!rest.empty()) {
    const std::size_t end = rest.find(line_end);
    const std::string_view line = rest.substr(0, end);
    const Result<void> scanned = in_fields ? scan_field(line) : scan_request_line(line);
    if (!scanned) {
      return scanned.error();
    }
    in_fields = true;
    rest.remove_prefix(end + line_end.size());
  }
  return {};
}

bool valid_port(std::string_view port) {
  unsigned value = 0;
  const auto [end, failed] = std::from_chars(port.data(), port.data() + port.size(), value);
  return failed == std::errc() && end == port.data() + port.size() && port.size() <= 5 && value >= 1 && value <= 65535;
}

bool valid_host(std::string_view host) {
  std::string_view name = host;
  if (host.starts_with('[')) {
    const std::size_t bracket = host.find(']');
    if (bracket == std::string_view::npos || bracket < 3) {
      return false;
    }
    name = host.substr(1, bracket - 1);
    const std::string_view port = host.substr(bracket + 1);
    const bool hexadecimal = std::ranges::all_of(name, [](char letter) {
      return (is_alphanumeric(letter) && (letter <= '9' || (letter | 0x20) <= 'f')) || letter == ':' || letter == '.';
    });
    return hexadecimal && (port.empty() || (port.starts_with(':') && valid_port(port.substr(1))));
  }
  const std::size_t colon = host.find(':');
  name = host.substr(0, colon);
  if (colon != std::string_view::npos && !valid_port(host.substr(colon + 1))) {
    return false;
  }
  return !name.empty() && std::ranges::all_of(name, [](char letter) {
    return is_alphanumeric(letter) || letter == '-' || letter == '.' || letter == '_';
  });
}

Result<void> check_host(const Headers& headers) {
  if (count_headers(headers, "Host") != 1) {
    return malformed("Exactly one Host field is needed.");
  }
  return valid_host(*find_header(headers, "Host")) ? Result<void>() : malformed("The Host field is malformed.");
}

Result<void> check_framing(const RequestHead& head, Admitted& admitted) {
  const std::size_t codings = count_headers(head.headers, "Transfer-Encoding");
  const std::size_t lengths = count_headers(head.headers, "Content-Length");
  if (codings + lengths > 1) {
    return malformed("The length of the body is given more than once.");
  }
  if (codings == 1) {
    if (head.version != 11) {
      return malformed("HTTP/1.0 has no Transfer-Encoding.");
    }
    if (!equal_ignoring_case(*find_header(head.headers, "Transfer-Encoding"), "chunked")) {
      return refused(ErrorCode::not_implemented, "The only Transfer-Encoding here is chunked.");
    }
    admitted.framing = Framing::chunked;
  }
  if (lengths == 1) {
    const std::string_view text = *find_header(head.headers, "Content-Length");
    if (text.empty() || !std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; })) {
      return malformed("Content-Length must be one decimal number.");
    }
    std::size_t length = 0;
    const auto failed = std::from_chars(text.data(), text.data() + text.size(), length).ec;
    if (failed != std::errc() || length > limits::http_body_bytes) {
      return refused(ErrorCode::payload_too_large,
                     "A body may have " + std::to_string(limits::http_body_bytes) + " bytes.");
    }
    admitted.framing = length > 0 ? Framing::length : Framing::none;
    admitted.length = length;
  }
  return {};
}

Result<void> check_target(const RequestHead& head, Admitted& admitted) {
  const bool whole_server = head.target == "*" && admitted.method == Method::options;
  if ((!head.target.starts_with('/') && !whole_server) || head.target.find('#') != std::string::npos) {
    return malformed("The target must be a path that starts with '/'.");
  }
  const std::size_t mark = head.target.find('?');
  admitted.path = head.target.substr(0, mark);
  admitted.query = mark == std::string::npos ? std::string() : head.target.substr(mark + 1);
  return {};
}

Result<Admitted> admit_parsed(RequestHead head) {
  const auto method = method_from_word(head.method);
  if (!method) {
    return refused(ErrorCode::not_implemented, "The method is not known here.");
  }
  Admitted admitted;
  admitted.method = *method;
  admitted.version = head.version;
  Result<void> checked = check_host(head.headers);
  if (checked) {
    checked = check_framing(head, admitted);
  }
  if (checked) {
    checked = check_target(head, admitted);
  }
  if (!checked) {
    return checked.error();
  }
  admitted.headers = std::move(head.headers);
  admitted.keep_alive = head.version == 11 && !has_token(admitted.headers, "Connection", "close");
  admitted.expects_continue = head.version == 11 && has_token(admitted.headers, "Expect", "100-continue");
  admitted.wants_upgrade = head.version == 11 && has_token(admitted.headers, "Connection", "upgrade") &&
                           has_token(admitted.headers, "Upgrade", "websocket");
  return admitted;
}

}  // namespace

bool has_token(const Headers& headers, std::string_view name, std::string_view token) {
  for (const Header& field : headers) {
    if (!equal_ignoring_case(field.first, name)) {
      continue;
    }
    std::string_view rest = field.second;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(','), rest.size());
      std::string_view item = rest.substr(0, end);
      item.remove_prefix(std::min(item.find_first_not_of(" \t"), item.size()));
      item = item.substr(0, item.find_last_not_of(" \t") + 1);
      if (equal_ignoring_case(item, token)) {
        return true;
      }
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return false;
}

Result<Admitted> admit(std::string_view raw_head) {
  const Result<void> scanned = scan(raw_head);
  if (!scanned) {
    return scanned.error();
  }
  Result<RequestHead> head = parse_head(raw_head);
  if (!head) {
    return head.error();
  }
  return admit_parsed(std::move(*head));
}

}  // namespace foyer::http
