// Collects what is wrong with the fields of one request, so that a person hears of all mistakes at once.
#pragma once

#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocol/result.hpp"

namespace foyer::forum {

class FieldChecks {
 public:
  // The checked value, or an empty one while its mistake is kept.
  template <class Value>
  Value take(Result<Value> checked) {
    if (checked) {
      return std::move(*checked);
    }
    note(std::move(checked).error());
    return Value{};
  }

  void note(Error error) {
    std::move(error.fields.begin(), error.fields.end(), std::back_inserter(fields_));
    detail_ = detail_.empty() ? std::move(error.detail) : "Some fields are wrong.";
  }

  // Empty when all was right.
  std::optional<Error> refusal() const {
    if (fields_.empty()) {
      return std::nullopt;
    }
    return Error{ErrorCode::invalid, detail_, fields_, std::nullopt};
  }

 private:
  std::vector<FieldError> fields_;
  std::string detail_;
};

}  // namespace foyer::forum
