// Messages of the live channel, one JSON object each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/channel.hpp"
#include "protocol/errors.hpp"
#include "protocol/events.hpp"
#include "protocol/ids.hpp"
#include "protocol/requests.hpp"

namespace foyer {

// Client to server. Frame ids are chosen by the client and echoed.
struct SubscribeFrame {
  std::int64_t id = 0;
  Channel channel;
  std::optional<Seq> since;
  friend bool operator==(const SubscribeFrame&, const SubscribeFrame&) = default;
};
struct UnsubscribeFrame {
  std::int64_t id = 0;
  Channel channel;
  friend bool operator==(const UnsubscribeFrame&, const UnsubscribeFrame&) = default;
};
struct PostFrame {
  std::int64_t id = 0;
  ThreadId thread_id;
  std::string key;  // "" when absent
  PostRequest post;
  friend bool operator==(const PostFrame&, const PostFrame&) = default;
};
struct TypingFrame {
  Channel channel;
  friend bool operator==(const TypingFrame&, const TypingFrame&) = default;
};
struct AppliedFrame {
  Channel channel;
  Seq seq;
  friend bool operator==(const AppliedFrame&, const AppliedFrame&) = default;
};
using ClientFrame = std::variant<SubscribeFrame, UnsubscribeFrame, PostFrame, TypingFrame, AppliedFrame>;

// Server to client, besides event envelopes.
struct WelcomeFrame {
  std::string node;
  std::optional<UserView> user;
  int heartbeat_seconds = 25;
  friend bool operator==(const WelcomeFrame&, const WelcomeFrame&) = default;
};
struct SubscribedFrame {
  std::int64_t id = 0;
  Channel channel;
  std::optional<Seq> seq;  // durable channels only
  int viewers = 0;
  bool resync = false;  // written only when true
  friend bool operator==(const SubscribedFrame&, const SubscribedFrame&) = default;
};
struct UnsubscribedFrame {
  std::optional<std::int64_t> id;  // empty when the server ends the subscription
  Channel channel;
  std::string reason;
  friend bool operator==(const UnsubscribedFrame&, const UnsubscribedFrame&) = default;
};
struct PostedFrame {
  std::int64_t id = 0;
  Posted posted;
  friend bool operator==(const PostedFrame&, const PostedFrame&) = default;
};
struct PresenceFrame {
  Channel channel;
  int viewers = 0;
  std::vector<std::string> typing;
  friend bool operator==(const PresenceFrame&, const PresenceFrame&) = default;
};
struct GoodbyeFrame {
  int retry_ms = 0;
  friend bool operator==(const GoodbyeFrame&, const GoodbyeFrame&) = default;
};
struct ErrorFrame {
  std::optional<std::int64_t> id;
  std::string code;
  std::string message;
  friend bool operator==(const ErrorFrame&, const ErrorFrame&) = default;
};

}  // namespace foyer
