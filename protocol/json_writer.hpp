// Writes JSON in one pass into one string: no tree in between, as every post is encoded on the way to its
// readers. Objects of ours are written by a function `write(JsonWriter&, const T&)` found beside their type. The
// escapes are those of JSON.stringify, so both languages make the same bytes. Used by the codec only.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/channel.hpp"
#include "protocol/ids.hpp"
#include "protocol/timestamp.hpp"

namespace foyer {

class JsonWriter {
 public:
  explicit JsonWriter(std::size_t expected_bytes = 256) { out_.reserve(expected_bytes); }

  std::string take() { return std::move(out_); }

  void begin_object() { open('{'); }
  void end_object() { out_ += '}'; }
  void begin_array() { open('['); }
  void end_array() { out_ += ']'; }

  // A field's name; a literal of ours that needs no escape.
  void name(std::string_view name);
  void null() { finished("null"); }
  // JSON that is already text.
  void finished(std::string_view json);

  void value(std::string_view text);
  void value(double number);
  void value(Timestamp time);
  void value(Channel channel) { value(std::string_view(to_string(channel))); }
  template <std::integral Number>
  void value(Number number) {
    if constexpr (std::same_as<Number, bool>) {
      finished(number ? "true" : "false");
    } else {
      integer(static_cast<std::int64_t>(number));
    }
  }
  template <class Tag>
  void value(Id<Tag> id) {
    integer(id.value);
  }
  template <class T>
  void value(const std::optional<T>& held) {
    if (held) {
      value(*held);
    } else {
      null();
    }
  }
  template <class T>
  void value(const std::vector<T>& items) {
    begin_array();
    for (const T& item : items) {
      value(item);
    }
    end_array();
  }
  template <class T>
    requires requires(JsonWriter& writer, const T& item) { write(writer, item); }
  void value(const T& item) {
    write(*this, item);
  }

  template <class T>
  void field(std::string_view field_name, const T& content) {
    name(field_name);
    value(content);
  }
  // For texts whose empty value means unknown.
  void field_or_null(std::string_view field_name, std::string_view text);

 private:
  void integer(std::int64_t number);
  void open(char bracket);
  // A comma, unless this is the first of its object or list. A string's content cannot mislead: it ends in a quote.
  void separate();

  std::string out_;
};

// The JSON text of one value.
template <class T>
std::string to_json(const T& item, std::size_t expected_bytes = 256) {
  JsonWriter writer(expected_bytes);
  writer.value(item);
  return writer.take();
}

}  // namespace foyer
