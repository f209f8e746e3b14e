#include "tests/support/checkout.hpp"

namespace foyer::testing {

std::filesystem::path checkout_folder() { return FOYER_SOURCE_DIR; }

std::filesystem::path foyer_program() { return FOYER_PROGRAM; }

}  // namespace foyer::testing
