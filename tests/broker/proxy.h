#pragma once
// A loopback proxy in front of a broker that can lose a request or its answer at a chosen moment.
//
//   Proxy proxy;  Broker broker(proxy.port());  proxy.forward_to(broker.behind());
//   proxy.lose_next(Proxy::kEndTransaction, Proxy::Lost::kAnswer, 2500ms);

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace wiremill::tests {

/// Threads: any. Owns: its port and its connections.
class Proxy {
 public:
  static constexpr int kEndTransaction = 26;  ///< Kafka's number of the request
  enum class Lost {
    kRequest,  ///< it never reaches the broker
    kAnswer,   ///< the broker does what was asked, and nobody hears of it
  };

  Proxy();
  ~Proxy();
  Proxy(const Proxy&) = delete;  // one port, one owner
  Proxy& operator=(const Proxy&) = delete;

  int port() const { return port_; }
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  void forward_to(const std::string& address);
  /// At the next request of this kind: loses it or its answer, ends all connections, and lets
  /// nobody in again for `outage`.
  void lose_next(int request, Lost lost, std::chrono::milliseconds outage);
  /// How often that took place.
  int losses() const { return losses_; }

 private:
  void accept_clients();
  void relay_requests(int client, int broker);
  void relay_answers(int client, int broker);
  void cut();

  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> target_port_ = 0;
  std::atomic<int> watched_ = -1;
  std::atomic<Lost> lost_ = Lost::kRequest;
  std::atomic<std::chrono::milliseconds> outage_{};
  std::atomic<std::chrono::steady_clock::time_point> closed_until_{};
  std::atomic<int> losses_ = 0;
  std::mutex mutex_;
  std::vector<int> sockets_;
  std::vector<std::thread> threads_;
  std::thread accepting_;
};

}  // namespace wiremill::tests
