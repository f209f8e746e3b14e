// Compressed forms of a page, for bodies made at run time; assets were compressed when the program was built. Pure.
#pragma once

#include <string>
#include <string_view>

namespace foyer::http {

// At a quality that costs some 0.1 ms for 10 KB. Throws std::runtime_error when the library fails.
std::string compressed_by_brotli(std::string_view bytes);
std::string compressed_by_gzip(std::string_view bytes);

}  // namespace foyer::http
