#include "server/forum/film_address.hpp"

#include <charconv>

namespace foyer::forum {

std::optional<FilmId> film_in_address(std::string_view address, std::string_view site_url) {
  constexpr std::string_view folder = "/films/";
  if (!site_url.empty() && address.starts_with(site_url)) {
    address.remove_prefix(site_url.size());
  }
  if (!address.starts_with(folder)) {
    return std::nullopt;
  }
  address.remove_prefix(folder.size());
  address = address.substr(0, address.find_first_of("?#"));
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(address.data(), address.data() + address.size(), id);
  if (error != std::errc() || id < 1) {
    return std::nullopt;
  }
  address.remove_prefix(static_cast<std::size_t>(end - address.data()));
  const bool page_of_film = address.empty() || (address.front() == '-' && address.find('/') == std::string_view::npos);
  return page_of_film ? std::optional(FilmId{id}) : std::nullopt;
}

}  // namespace foyer::forum
