// The wrong fields of a refusal as a test compares them: "field code", in their order.
#pragma once

#include <string>
#include <vector>

#include "protocol/errors.hpp"

namespace foyer::testing {

inline std::vector<std::string> mistakes_of(const Error& error) {
  std::vector<std::string> mistakes;
  mistakes.reserve(error.fields.size());
  for (const FieldError& field : error.fields) {
    mistakes.push_back(field.field + " " + field.code);
  }
  return mistakes;
}

}  // namespace foyer::testing
