#include <stdexcept>

#include "server/live/bus_message.hpp"
#include "tests/benchmark/subject.hpp"

namespace foyer::benchmark {
namespace {

// What people write: a line of 100 characters.
constexpr std::string_view comment =
    " And then the camera lets go of him and climbs into the birches, and nobody has breathed since the st";

std::string resp(const std::vector<std::string>& words) {
  std::string bytes = "*" + std::to_string(words.size()) + "\r\n";
  for (const std::string& word : words) {
    bytes += "$" + std::to_string(word.size()) + "\r\n" + word + "\r\n";
  }
  return bytes;
}

}  // namespace

FoyerSubject::FoyerSubject(std::size_t topics, int workers, Place place)
    : Subject("Foyer"), forum_(0, postgres_), author_(start(workers, place)) {
  for (std::size_t topic = 0; topic < topics; ++topic) {
    threads_.push_back(forum_.start_thread(author_, "About the last shot " + std::to_string(topic)));
  }
  seqs_.assign(topics, 1);
}

testing::HttpClient FoyerSubject::start(int workers, Place place) {
  if (place == Place::apart) {
    pin(postgres_.process(), client_processor);
    pin(forum_.redis().process(), client_processor);
  }
  const testing::Node& node =
      forum_.add_node({{"FOYER_WORKERS", std::to_string(workers)}, {"FOYER_LOG_LEVEL", "warning"}});
  if (place == Place::apart && workers == 1) {
    pin(node.process(), server_processor);
  }
  return forum_.member("veronika", 0);
}

ProcessorTime::Groups FoyerSubject::processes() const {
  auto& forum = const_cast<testing::Forum&>(forum_);
  return {{"server", forum.node(0).process()}, {"Redis", forum.redis().process()}, {"PostgreSQL", postgres_.process()}};
}

Subscriber::Manner FoyerSubject::manner(std::size_t topic) const {
  const std::string host = "127.0.0.1:" + std::to_string(port());
  return {.request = "GET /live HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host +
                     "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: foyer.v1\r\n\r\n",
          .greeting = masked_frame(opcode_text, R"({"type":"subscribe","id":1,"channel":"thread:)" +
                                                    std::to_string(threads_.at(topic)) + "\"}"),
          .ready_mark = R"("type":"subscribed")"};
}

std::string FoyerSubject::publication(std::size_t topic, const std::string& mark) {
  const std::string host = "127.0.0.1:" + std::to_string(port());
  const std::string body = testing::body_json(mark + std::string(comment));
  return "POST /api/v1/threads/" + std::to_string(threads_.at(topic)) + "/posts HTTP/1.1\r\nHost: " + host +
         "\r\nOrigin: http://" + host + "\r\nCookie: " + author_.cookie() + "\r\nIdempotency-Key: benchmark-" +
         std::to_string(++keys_) +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

Subscriber::Manner FoyerSubject::author_manner(std::size_t topic) const {
  Subscriber::Manner same = manner(topic);
  same.request.insert(same.request.size() - 2, "Cookie: " + author_.cookie() + "\r\n");
  return same;
}

std::string FoyerSubject::post_frame(std::size_t topic, const std::string& mark) {
  return R"({"type":"post","id":1,"thread_id":)" + std::to_string(threads_.at(topic)) + R"(,"key":"benchmark-)" +
         std::to_string(++keys_) + R"(","body":")" + mark + std::string(comment) + "\"}";
}

std::size_t FoyerSubject::message_bytes(Loop& loop) {
  Deliveries deliveries;
  const Subscriber::Manner how = manner(0);
  Subscriber subscriber(how, deliveries);
  Requester requester;
  loop.connect(subscriber, port());
  loop.connect(requester, port());
  subscriber.start();
  loop.run([&] { return subscriber.ready(); }, std::chrono::seconds(5));
  requester.request(publication(0, deliveries.begin(1)));
  if (!loop.run([&] { return deliveries.under_way() == 0; }, std::chrono::seconds(5))) {
    throw std::runtime_error("Foyer does not deliver: " + forum_.node(0).log());
  }
  constexpr std::size_t frame_head = 4;
  return subscriber.message_bytes() - frame_head;
}

std::string FoyerSubject::injection(std::size_t topic, const std::string& mark) {
  const std::string channel = "thread:" + std::to_string(threads_.at(topic));
  const std::string seq = std::to_string(++seqs_.at(topic));
  const std::string event = R"({"type":"event","channel":")" + channel + R"(","seq":)" + seq +
                            R"(,"event":"post.created","at":"2026-11-25T08:00:00.000Z","data":{"post":{"id":)" + seq +
                            R"(,"body":")" + mark + std::string(comment) + "\"}}}";
  return resp({"PUBLISH", "foyer:" + channel, seq + " " + event + "\n"});
}

}  // namespace foyer::benchmark
