// Where this checkout and its program are. The only place that knows, so that a clone elsewhere compiles the same
// objects and finds them in the compiler cache.
#pragma once

#include <filesystem>

namespace foyer::testing {

std::filesystem::path checkout_folder();
std::filesystem::path foyer_program();

}  // namespace foyer::testing
