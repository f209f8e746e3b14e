#include "server/pages/addresses.hpp"

#include <string_view>

namespace foyer::pages {

namespace {

bool stays(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         (character >= '0' && character <= '9') ||
         std::string_view("-_.!~*'()").find(character) != std::string_view::npos;
}

std::string with_slug(const std::string& folder, std::int64_t id, const std::string& slug) {
  const auto address = folder + std::to_string(id);
  return slug.empty() ? address : address + "-" + encoded(slug);
}

}  // namespace

std::string encoded(const std::string& text) {
  static constexpr std::string_view hexadecimal = "0123456789ABCDEF";
  std::string result;
  result.reserve(text.size());
  for (const char character : text) {
    if (stays(character)) {
      result += character;
    } else {
      const auto byte = static_cast<unsigned char>(character);
      result += '%';
      result += hexadecimal[byte >> 4];
      result += hexadecimal[byte & 15];
    }
  }
  return result;
}

std::string address_of(const FilmView& film) { return with_slug("/films/", film.id.value, film.slug); }

std::string address_of(const FilmSummary& film) { return with_slug("/films/", film.id.value, film.slug); }

std::string address_of(const FilmLink& film) { return with_slug("/films/", film.id.value, film.slug); }

std::string address_of_reviews(const FilmLink& film) { return address_of(film) + "/reviews"; }

std::string address_of_review_form(const FilmLink& film) { return address_of(film) + "/review"; }

std::string address_of(const ThreadView& thread) { return with_slug("/threads/", thread.id.value, thread.slug); }

std::string address_of(const PersonView& person) { return with_slug("/people/", person.id.value, person.slug); }

std::string address_of(PersonId person) { return with_slug("/people/", person.value, ""); }

std::string address_of(ThreadId thread, PostNumber number) {
  const auto text = std::to_string(number.value);
  return "/threads/" + std::to_string(thread.value) + "?at=" + text + "#post-" + text;
}

std::string address_of_member(const std::string& name) { return "/members/" + encoded(name); }

std::string address_of_page(const ThreadView& thread, std::int64_t page_number) {
  const auto address = address_of(thread);
  return page_number > 1 ? address + "?page=" + std::to_string(page_number) : address;
}

std::string address_of(PostId post, const std::string& verb) {
  return "/posts/" + std::to_string(post.value) + "/" + verb;
}

std::string login_address(const std::string& next) {
  return next.empty() || next == "/" ? "/login" : "/login?next=" + encoded(next);
}

std::string register_address(const std::string& next) {
  return next.empty() || next == "/" ? "/register" : "/register?next=" + encoded(next);
}

}  // namespace foyer::pages
