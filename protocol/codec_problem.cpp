#include "protocol/codec.hpp"
#include "protocol/json_writer.hpp"

namespace foyer {

static void write(JsonWriter& writer, const FieldError& error) {
  writer.begin_object();
  writer.field("field", error.field);
  writer.field("code", error.code);
  writer.field("message", error.message);
  writer.end_object();
}

namespace codec {

std::string encode_problem(const Error& error) {
  const std::string_view code = code_word(error.code);
  JsonWriter writer(512);
  writer.begin_object();
  writer.field("type", "urn:foyer:problem:" + std::string(code));
  writer.field("title", title(error.code));
  writer.field("status", http_status(error.code));
  writer.field("detail", error.detail);
  writer.field("code", code);
  if (!error.fields.empty()) {
    writer.field("errors", error.fields);
  }
  writer.end_object();
  return writer.take();
}

}  // namespace codec
}  // namespace foyer
