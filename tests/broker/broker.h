#pragma once
// A real Kafka broker for tests, through the scripts beside this file. It ends with the process
// that started it, however that ends.
//
//   Broker::shared().address()        // one broker for all tests of this process
//   Broker mine;  mine.kill();  mine.start();
//
// WIREMILL_BROKER=host:port makes shared() use a broker that runs already.

#include <string>

namespace wiremill::tests {

/// Owns: the broker and its folder. Throws std::runtime_error when the broker does not start.
class Broker {
 public:
  static Broker& shared();

  Broker() : Broker(0) {}
  /// One that clients reach through a proxy on loopback port `via`, when they begin there.
  explicit Broker(int via);
  ~Broker();
  Broker(const Broker&) = delete;  // one process, one owner
  Broker& operator=(const Broker&) = delete;

  const std::string& address() const { return address_; }
  /// Where a proxy forwards to.
  const std::string& behind() const { return behind_; }
  /// Ends it as a power cut would.
  void kill();
  /// Starts it again with its records and its port; returns when it takes transactions.
  void start();
  /// Stops it from answering, and lets it go on.
  void pause();
  void resume();

 private:
  explicit Broker(std::string address) : address_(std::move(address)) {}
  std::string folder_;  ///< empty: it is not ours
  std::string address_;
  std::string behind_;
  int via_ = 0;
};

}  // namespace wiremill::tests
