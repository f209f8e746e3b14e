// Members of the fault rig who write: each change is tried again, on the other node, until it is acknowledged.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tests/faults/traffic.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/live_client.hpp"

namespace foyer::testing {

class Writer {
 public:
  // `member` is logged in; `number` makes keys and texts its own.
  Writer(Traffic& traffic, const HttpClient& member, std::size_t number, std::uint64_t seed);

  void post_and_edit();                    // until traffic.enough, over HTTP and over a socket by turns
  void remove_and_lock();                  // as a moderator; leaves every thread open
  static constexpr int locked_thread = 0;  // the index of the thread that is locked now and then

 private:
  enum class Outcome { done, again, wait, given_up };  // wait: refused by a rule that will be lifted

  // One try after the other until done; whether it was.
  bool insist(const std::function<Outcome()>& attempt);
  Outcome try_once(const std::function<Outcome()>& attempt);
  Outcome meaning_of(const HttpAnswer& answer, int good_status);
  void post(bool over_socket);
  Outcome post_by_http(std::int64_t thread, const std::string& key, const std::string& body);
  Outcome post_by_socket(std::int64_t thread, const std::string& key, const std::string& body);
  void edit_own();
  void remove_any();
  void set_lock(bool locked);
  void note_posted(std::int64_t thread, const std::string& key, const std::string& body, std::int64_t post);

  Traffic& traffic_;
  HttpClient client_;
  const std::size_t number_;
  std::mt19937_64 random_;
  std::size_t node_;
  std::optional<LiveClient> socket_;
  std::int64_t frame_id_ = 0;
  int count_ = 0;
  std::vector<std::int64_t> own_posts_;
};

}  // namespace foyer::testing
