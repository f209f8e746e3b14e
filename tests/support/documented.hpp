// Holds what a running server says to docs/openapi.yaml and docs/asyncapi.yaml. Pure functions of the documents, any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "tests/support/api_schema.hpp"
#include "tests/support/http_client.hpp"

namespace foyer::testing {

// What the document does not say about an answer below /api/v1, one line each: operation, status, media type, body.
// Answers to other addresses have no mistakes.
std::vector<std::string> mistakes_of_answer(const ApiSchemas& documents, const std::string& method,
                                            const std::string& target, const HttpAnswer& answer);

// The same for a message of the live channel.
std::vector<std::string> mistakes_of_message(const ApiSchemas& documents, const boost::json::object& message);

}  // namespace foyer::testing
