// The floor that Foyer is measured against: one epoll loop, nothing but the system calls. Publishes by HTTP
// (POST /pub/TOPIC) to WebSocket subscribers (GET /sub/TOPIC), and answers GET / with what was last put by PUT /.
//   foyer_limit_server PORT send    one send() of a finished frame for each subscriber and message
//   foyer_limit_server PORT batch   all messages of one round of epoll in one send() for each subscriber
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

struct Topic {
  std::vector<int> subscribers;
  std::string waiting;  // frames of this round
};

struct Peer {
  std::string received;
  Topic* topic = nullptr;  // subscribed to
};

bool batch = false;
std::unordered_map<std::string, Topic> topics;
std::vector<Topic*> heard;
std::vector<Peer> peers;
std::string page;

void send_all(int peer, std::string_view bytes) { send(peer, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT); }

std::string frame_of(std::string_view text) {
  std::string frame{static_cast<char>(0x81), '\x7e', static_cast<char>(text.size() >> 8U),
                    static_cast<char>(text.size() & 0xffU)};
  if (text.size() < 126) {
    frame.resize(1);
    frame.push_back(static_cast<char>(text.size()));
  }
  return frame.append(text);
}

void flush(Topic& topic) {
  for (const int subscriber : topic.subscribers) {
    send_all(subscriber, topic.waiting);
  }
  topic.waiting.clear();
}

void publish(const std::string& name, std::string_view text) {
  Topic& topic = topics[name];
  if (topic.waiting.empty()) {
    heard.push_back(&topic);
  }
  topic.waiting += frame_of(text);
  if (!batch) {
    flush(topic);
    heard.clear();
  }
}

void flush_heard() {
  for (Topic* topic : heard) {
    flush(*topic);
  }
  heard.clear();
}

void subscribe(int peer, const std::string& name) {
  send_all(peer,
           "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
  Topic& topic = topics[name];
  topic.subscribers.push_back(peer);
  peers[static_cast<std::size_t>(peer)].topic = &topic;
}

void forget(int peer) {
  if (Topic* topic = peers[static_cast<std::size_t>(peer)].topic) {
    std::erase(topic->subscribers, peer);
  }
  peers[static_cast<std::size_t>(peer)] = {};
  close(peer);
}

// One whole request, or 0 when more is to come.
std::size_t take_request(int peer, std::string_view bytes) {
  const std::size_t head = bytes.find("\r\n\r\n");
  if (head == std::string_view::npos) {
    return 0;
  }
  std::size_t length = 0;
  constexpr std::string_view name = "Content-Length: ";
  if (const std::size_t at = bytes.find(name); at < head) {
    std::from_chars(bytes.data() + at + name.size(), bytes.data() + head, length);
  }
  if (bytes.size() < head + 4 + length) {
    return 0;
  }
  const std::string_view body = bytes.substr(head + 4, length);
  const std::size_t path = bytes.find('/');
  const std::string target(bytes.substr(path, bytes.find(' ', path) - path));
  if (target.starts_with("/sub/")) {
    subscribe(peer, target.substr(5));
  } else if (target.starts_with("/pub/")) {
    publish(target.substr(5), body);
    send_all(peer, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
  } else if (bytes.starts_with("PUT")) {
    page = body;
    send_all(peer, "HTTP/1.1 204 No Content\r\n\r\n");
  } else {
    send_all(peer, page);
  }
  return head + 4 + length;
}

void on_ready(int peer) {
  static std::array<char, 256UL * 1024> buffer;
  const ssize_t size = recv(peer, buffer.data(), buffer.size(), 0);
  if (size <= 0) {
    forget(peer);
    return;
  }
  Peer& state = peers[static_cast<std::size_t>(peer)];
  if (state.topic != nullptr) {
    return;
  }
  const std::string_view bytes(buffer.data(), static_cast<std::size_t>(size));
  if (state.received.empty()) {  // most often a whole request: no copy
    state.received.assign(bytes.substr(take_request(peer, bytes)));
    return;
  }
  state.received.append(bytes);
  state.received.erase(0, take_request(peer, state.received));
}

int listen_on(std::uint16_t port) {
  const int acceptor = socket(AF_INET, SOCK_STREAM, 0);
  const int on = 1;
  setsockopt(acceptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  if (bind(acceptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 || listen(acceptor, 4096) != 0) {
    std::perror("foyer_limit_server");
    std::exit(1);
  }
  return acceptor;
}

void watch(int loop, int descriptor) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = descriptor;
  epoll_ctl(loop, EPOLL_CTL_ADD, descriptor, &event);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::fputs("usage: foyer_limit_server PORT send|batch\n", stderr);
    return 2;
  }
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  peers.resize(files.rlim_max);
  batch = std::string_view(arguments[2]) == "batch";
  const int acceptor = listen_on(static_cast<std::uint16_t>(std::atoi(arguments[1])));
  const int loop = epoll_create1(0);
  watch(loop, acceptor);
  std::array<epoll_event, 1024> ready{};
  for (;;) {
    const int events = epoll_wait(loop, ready.data(), static_cast<int>(ready.size()), -1);
    for (int at = 0; at < events; ++at) {
      const int descriptor = ready[static_cast<std::size_t>(at)].data.fd;
      if (descriptor != acceptor) {
        on_ready(descriptor);
        continue;
      }
      const int peer = accept(acceptor, nullptr, nullptr);
      if (peer >= 0) {
        const int on = 1;
        setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        watch(loop, peer);
      }
    }
    flush_heard();
  }
}
