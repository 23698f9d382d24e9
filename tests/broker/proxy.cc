#include "broker/proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <stdexcept>

namespace wiremill::tests {

namespace {

constexpr auto kBrokersTime = std::chrono::milliseconds(300);

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

const sockaddr* plain(const sockaddr_in& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

bool read_all(int socket, char* into, std::size_t size) {
  while (size > 0) {
    const auto got = recv(socket, into, size, 0);
    if (got <= 0) return false;
    into += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

bool write_all(int socket, const char* from, std::size_t size) {
  while (size > 0) {
    const auto sent = send(socket, from, size, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    from += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}

}  // namespace

Proxy::Proxy() {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (listener_ < 0 || bind(listener_, plain(address), size) != 0 || listen(listener_, 64) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("no port for the proxy");
  }
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { accept_clients(); });
}

Proxy::~Proxy() {
  shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  close(listener_);
  cut();
  for (std::thread& thread : threads_) thread.join();
  for (const int socket : sockets_) close(socket);
}

void Proxy::forward_to(const std::string& address) {
  target_port_ = std::stoi(address.substr(address.rfind(':') + 1));
}

void Proxy::lose_next(int request, Lost lost, std::chrono::milliseconds outage) {
  lost_ = lost;
  outage_ = outage;
  watched_ = request;
}

void Proxy::cut() {
  const std::lock_guard lock(mutex_);
  for (const int socket : sockets_) shutdown(socket, SHUT_RDWR);
}

void Proxy::accept_clients() {
  for (;;) {
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    const int broker = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in target = loopback(target_port_);
    const bool is_closed = std::chrono::steady_clock::now() < closed_until_.load();
    if (is_closed || connect(broker, plain(target), sizeof target) != 0) {
      close(client);
      close(broker);
      continue;
    }
    const int on = 1;
    for (const int socket : {client, broker}) {
      setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    const std::lock_guard lock(mutex_);
    sockets_.push_back(client);
    sockets_.push_back(broker);
    threads_.emplace_back([=, this] { relay_requests(client, broker); });
    threads_.emplace_back([=, this] { relay_answers(client, broker); });
  }
}

void Proxy::relay_requests(int client, int broker) {
  std::string frame;
  for (;;) {
    // A request is its length and, first in it, its kind.
    std::uint32_t length = 0;
    if (!read_all(client, reinterpret_cast<char*>(&length), sizeof length)) break;
    frame.assign(reinterpret_cast<const char*>(&length), sizeof length);
    frame.resize(sizeof length + ntohl(length));
    if (!read_all(client, frame.data() + sizeof length, ntohl(length))) break;
    const int kind = static_cast<std::uint8_t>(frame[4]) << 8 | static_cast<std::uint8_t>(frame[5]);
    int watched = kind;
    if (!watched_.compare_exchange_strong(watched, -1)) {
      if (!write_all(broker, frame.data(), frame.size())) break;
      continue;
    }
    closed_until_ = std::chrono::steady_clock::now() + outage_.load();
    shutdown(client, SHUT_WR);  // whatever the broker answers, the client does not hear it
    if (lost_ == Lost::kAnswer) {
      write_all(broker, frame.data(), frame.size());
      std::this_thread::sleep_for(kBrokersTime);
    }
    ++losses_;
    cut();
    break;
  }
  shutdown(client, SHUT_RDWR);
  shutdown(broker, SHUT_RDWR);
}

void Proxy::relay_answers(int client, int broker) {
  std::array<char, 65536> bytes{};
  for (;;) {
    const auto got = recv(broker, bytes.data(), bytes.size(), 0);
    if (got <= 0 || !write_all(client, bytes.data(), static_cast<std::size_t>(got))) break;
  }
  shutdown(client, SHUT_RDWR);
}

}  // namespace wiremill::tests
