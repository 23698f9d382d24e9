#pragma once
// The service's HTTP port: listens, reads requests within limits, and answers with Routes.
//
//   auto server = Server::start(options, calls, telemetry);     // Errors: rejected, a busy port
//   log("listening on {}", (*server)->url());                   // destroying it stops it
//
// A connection carries one request. What this does not do: no TLS (put a proxy before it), no
// files, no streaming.

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "http/routes.h"
#include "telemetry/telemetry.h"

namespace wiremill::http {

/// Threads: start() and destruction from one thread; it runs one thread that accepts and
/// Options::threads that answer, and joins them all when destroyed.
/// Owns: the socket. Borrows: the telemetry, as long as it lives.
/// Memory: at most Options::threads bodies of Options::body_bytes_max at a time.
class Server {
 public:
  /// Returns when the port answers. Errors: rejected, naming address, port and why, when the port
  /// is taken or the address is not one of this machine.
  [[nodiscard]] static base::Result<std::unique_ptr<Server>> start(
      Options options, Calls calls, telemetry::Telemetry& telemetry);
  /// Takes no further request, lets those that run end, within Options::patience_s or so.
  ~Server();
  Server(const Server&) = delete;  // a port has one owner
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  /// "http://127.0.0.1:8321"
  std::string url() const;

 private:
  struct Listener;
  explicit Server(std::unique_ptr<Listener> listener);
  std::unique_ptr<Listener> listener_;
};

}  // namespace wiremill::http
