#include "server/http/response_head.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <stdexcept>

namespace foyer::http {
namespace {

struct Reason {
  int status;
  std::string_view text;
};
constexpr std::array reasons{
    Reason{200, "OK"},
    Reason{201, "Created"},
    Reason{204, "No Content"},
    Reason{301, "Moved Permanently"},
    Reason{302, "Found"},
    Reason{303, "See Other"},
    Reason{304, "Not Modified"},
    Reason{400, "Bad Request"},
    Reason{401, "Unauthorized"},
    Reason{403, "Forbidden"},
    Reason{404, "Not Found"},
    Reason{405, "Method Not Allowed"},
    Reason{409, "Conflict"},
    Reason{410, "Gone"},
    Reason{413, "Content Too Large"},
    Reason{415, "Unsupported Media Type"},
    Reason{422, "Unprocessable Content"},
    Reason{429, "Too Many Requests"},
    Reason{431, "Request Header Fields Too Large"},
    Reason{500, "Internal Server Error"},
    Reason{501, "Not Implemented"},
    Reason{503, "Service Unavailable"},
};

std::string_view reason(int status) {
  const auto found = std::ranges::find(reasons, status, &Reason::status);
  return found == reasons.end() ? std::string_view("Status") : found->text;
}

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// The same for all answers of a second.
void append_date(std::string& head, std::chrono::system_clock::time_point now) {
  static thread_local std::time_t second = -1;
  static thread_local std::string field;
  const std::time_t present = std::chrono::system_clock::to_time_t(now);
  if (present != second) {
    second = present;
    field = "Date: " + http_date(now) + "\r\n";
  }
  head += field;
}

bool is_clean(std::string_view text) {
  return std::ranges::none_of(text, [](char letter) { return (letter >= 0 && letter < 0x20) || letter == 0x7F; });
}

void append_field(std::string& head, std::string_view name, std::string_view value) {
  if (!is_clean(name) || !is_clean(value)) {
    throw std::logic_error("the header field " + std::string(name) + " has a control character");
  }
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

// strftime would follow the locale.
std::string http_date(std::chrono::system_clock::time_point when) {
  constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t seconds = std::chrono::system_clock::to_time_t(when);
  std::tm time{};
  gmtime_r(&seconds, &time);
  std::string text(days[static_cast<std::size_t>(time.tm_wday)]);
  text += ", " + two_digits(time.tm_mday) + " ";
  text += months[static_cast<std::size_t>(time.tm_mon)];
  text += " " + std::to_string(time.tm_year + 1900) + " " + two_digits(time.tm_hour) + ":" + two_digits(time.tm_min) +
          ":" + two_digits(time.tm_sec) + " GMT";
  return text;
}

std::string response_head(const Response& response, KeepAlive keep_alive, std::chrono::system_clock::time_point now) {
  std::string head;
  head.reserve(1024);
  head += "HTTP/1.1 " + std::to_string(response.status) + " ";
  head += reason(response.status);
  head += "\r\n";
  append_date(head, now);
  if (response.ready_fields) {
    head += *response.ready_fields;
  }
  for (const Header& field : response.headers) {
    append_field(head, field.first, field.second);
  }
  if (response.status != 204 && response.status != 304 && !response.ready_fields) {
    append_field(head, "Content-Length", std::to_string(bytes_of(response.body).size()));
  }
  append_field(head, "Connection", keep_alive == KeepAlive::yes ? "keep-alive" : "close");
  head += "\r\n";
  return head;
}

}  // namespace foyer::http
