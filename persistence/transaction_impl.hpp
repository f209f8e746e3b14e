// What the stores need of libpqxx, and the only header that includes it. Statements are prepared by name on first
// use per connection; parameters and columns travel as text, which libpqxx 6.4 and 7 handle alike.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <vector>

#include <pqxx/pqxx>

#include "persistence/connection_pool.hpp"
#include "persistence/errors.hpp"
#include "persistence/rows.hpp"
#include "persistence/text_values.hpp"
#include "persistence/transaction.hpp"
#include "protocol/views.hpp"

namespace foyer::persistence {

struct Connection {
  explicit Connection(const std::string& connection_string);

  pqxx::connection link;
  pqxx::quiet_errorhandler silence{link};  // libpqxx 6.4 would print notices to stderr
  std::unordered_set<std::string> prepared;
  bool broken = false;  // not to be lent again
};

struct Transaction::Impl {
  Impl(ConnectionPool& pool, Access wanted) : lease(pool.borrow()), work(connection().link), access(wanted) {}
  Connection& connection() { return lease.connection(); }
  void begin();
  pqxx::result run(const char* sql);  // without parameters

  ConnectionPool::Lease lease;
  pqxx::nontransaction work;  // BEGIN and COMMIT are ours: one round trip each in every mode
  Access access;
  bool open = false;    // a transaction block was begun and not yet ended
  bool failed = false;  // a statement was refused: COMMIT would quietly roll back
};

// Called in a catch block: turns what libpqxx threw into errors.hpp and marks the connection when it is lost.
[[noreturn]] void throw_mapped(Connection* connection);

// A statement is known to a connection by its name: one text per name.
struct Statement {
  std::string_view name;
  std::string_view sql;
};

struct Bytes {  // a raw bytea parameter
  std::string_view raw;
};

// One parameter in text form or NULL.
class Parameter {
 public:
  Parameter(const std::string& text) : text_(text) { refuse_nul(); }
  Parameter(std::string&& text) : text_(std::move(text)) { refuse_nul(); }
  Parameter(std::string_view text) : text_(text) { refuse_nul(); }
  template <class Flag>
    requires std::is_same_v<Flag, bool>
  Parameter(Flag value) : text_(value ? "t" : "f") {}  // a template, or any pointer would be taken for a flag
  Parameter(Timestamp time) : text_(to_rfc3339(time)) {}
  Parameter(Bytes bytes) : text_(bytes_text(bytes.raw)) {}
  template <class Number>
    requires(std::is_integral_v<Number> && !std::is_same_v<Number, bool>)
  Parameter(Number number) : text_(std::to_string(number)) {}
  template <class Tag>
  Parameter(Id<Tag> id) : text_(std::to_string(id.value)) {}
  template <class Word>
    requires std::is_enum_v<Word>
  Parameter(Word word) : text_(to_word(word)) {}
  template <class Value>
  Parameter(const std::vector<Value>& values) : Parameter(array_text(values)) {}
  template <class Value>
  Parameter(const std::optional<Value>& value) {
    if (value) {
      *this = Parameter(*value);
    }
  }

  const char* text() const { return text_ ? text_->c_str() : nullptr; }

 private:
  void refuse_nul() const {
    if (text_->find('\0') != std::string::npos) {
      throw DatabaseFailure("a text with NUL came as far as the database");
    }
  }

  std::optional<std::string> text_;
};

pqxx::result execute_prepared(Transaction::Impl& impl, const Statement& statement, const Parameter* parameters,
                              std::size_t count);

template <class... Values>
pqxx::result execute(Transaction& transaction, const Statement& statement, Values&&... values) {
  const std::array<Parameter, sizeof...(Values)> parameters{Parameter(std::forward<Values>(values))...};
  return execute_prepared(transaction.impl(), statement, parameters.data(), parameters.size());
}

template <class Value>
inline constexpr bool is_optional = false;
template <class Value>
inline constexpr bool is_optional<std::optional<Value>> = true;

// Reads the columns of a row one after the other; a row must be read in the order it was selected.
class RowReader {
 public:
  explicit RowReader(const pqxx::row& row) : row_(row) {}

  template <class Value>
  Value next() {
    const pqxx::field field = row_[at_++];
    return read<Value>(field);
  }
  bool next_is_null() const { return row_[at_].is_null(); }
  void skip(int columns) { at_ += columns; }

 private:
  template <class Value>
  static Value read(const pqxx::field& field) {
    const std::string_view text{field.c_str(), field.size()};
    if constexpr (is_optional<Value>) {
      return field.is_null() ? Value{} : Value{read<typename Value::value_type>(field)};
    } else if constexpr (std::is_same_v<Value, std::string>) {
      return std::string(text);
    } else if constexpr (std::is_same_v<Value, bool>) {
      return text == "t";
    } else if constexpr (std::is_integral_v<Value>) {
      return static_cast<Value>(read_number(text));
    } else if constexpr (std::is_same_v<Value, Timestamp>) {
      return read_timestamp(text);
    } else if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
      return read_text_array(text);
    } else if constexpr (std::is_same_v<Value, std::vector<std::int64_t>>) {
      return read_number_array(text);
    } else if constexpr (std::is_same_v<Value, Role>) {
      return role_from_word(text).value();
    } else if constexpr (std::is_same_v<Value, SanctionKind>) {
      return sanction_kind_from_word(text).value();
    } else if constexpr (std::is_same_v<Value, PostState>) {
      return post_state_from_word(text).value();
    } else if constexpr (std::is_same_v<Value, ThreadKind>) {
      return thread_kind_from_word(text).value();
    } else {
      return Value{read_number(text)};  // an id
    }
  }

  pqxx::row row_;
  int at_ = 0;
};

// Three columns: id, name, role.
UserView read_user(RowReader& row);

// Three columns: kind, until, reason; all null when there is none.
std::optional<SanctionRow> read_sanction(RowReader& row);

}  // namespace foyer::persistence
