#include "http/server.h"

#include <fmt/format.h>
#include <httplib.h>
#include <sys/socket.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <thread>
#include <utility>

#include "base/assert.h"

namespace wiremill::http {
namespace {

/// How much of a body that nobody wants is read before the connection is cut: enough that a
/// client which sends first and reads then still sees its answer.
constexpr std::size_t kDrainBytesMax = 16U << 20U;

/// Clients that may wait for the accepting thread.
constexpr int kWaitingMax = 128;

bool has_body(const httplib::Request& request) {
  return request.has_header("Content-Length") || request.has_header("Transfer-Encoding");
}

BodyEnd read_body(const httplib::ContentReader& reader, std::string& body, std::size_t max,
                  base::Deadline until) {
  std::size_t seen = 0;
  const bool ended = reader([&](const char* bytes, std::size_t count) {
    seen += count;
    if (seen <= max) body.append(bytes, count);
    return seen <= max + kDrainBytesMax && !until.passed();
  });
  if (seen > max) return BodyEnd::kTooLarge;
  if (until.passed()) return BodyEnd::kTooSlow;
  return ended ? BodyEnd::kComplete : BodyEnd::kBroken;
}

std::string parameter(const httplib::Request& request, const char* name) {
  return request.has_param(name) ? request.get_param_value(name) : "";
}

Asked asked_by(const httplib::Request& request) {
  return {.method = request.method,
          .path = request.path,
          .topic = parameter(request, "topic"),
          .limit = parameter(request, "limit"),
          .kind = parameter(request, "kind"),
          .host = request.get_header_value("Host"),
          .authorization = request.get_header_value("Authorization"),
          .content_type = request.get_header_value("Content-Type"),
          .header_count = request.headers.size()};
}

/// The calls, with what is taken in counted.
Calls counted(Calls calls, telemetry::Telemetry& telemetry) {
  calls.ingest = [ingest = std::move(calls.ingest), &telemetry](const Ingest& wanted) {
    base::Result<IngestAnswer> answer = ingest(wanted);
    if (!answer) return answer;
    telemetry.record(telemetry::IngestAccepted{.records = answer->accepted});
    for (const RefusedLine& refused : answer->refused) {
      telemetry.record(telemetry::IngestRefused{.reason = refused.reason});
    }
    return answer;
  };
  return calls;
}

void put(const Reply& reply, httplib::Response& response) {
  response.status = reply.status;
  for (const auto& [name, value] : reply.headers) response.set_header(name, value);
  response.set_content(reply.body, reply.content_type.c_str());
}

}  // namespace

struct Server::Listener {
  Listener(Options options_in, Calls calls, telemetry::Telemetry& telemetry_in)
      : options(std::move(options_in)), routes(options, counted(std::move(calls), telemetry_in)),
        telemetry(telemetry_in) {}

  void set_limits();
  void set_routes();
  void answer(const httplib::Request& request, httplib::Response& response,
              const httplib::ContentReader* reader);
  void answer_unreadable(const httplib::Request& request, httplib::Response& response);

  const Options options;
  const Routes routes;
  telemetry::Telemetry& telemetry;
  httplib::Server server;
  int socket = -1;  ///< the listening one
  std::uint16_t port = 0;
  std::atomic<bool> ended = false;
  std::thread thread;
};

void Server::Listener::set_limits() {
  server.new_task_queue = [threads = options.threads] { return new httplib::ThreadPool(threads); };
  server.set_keep_alive_max_count(1);
  server.set_keep_alive_timeout(options.patience_s);
  server.set_read_timeout(options.patience_s);
  server.set_write_timeout(options.patience_s);
  server.set_tcp_nodelay(true);
  // The library would let two processes share the port; then nobody would notice a busy one.
  server.set_socket_options([this](auto opened) {
    const int yes = 1;
    setsockopt(opened, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    socket = opened;
  });
  server.set_default_headers(
      {{"X-Content-Type-Options", "nosniff"}, {"Cache-Control", "no-store"}});
}

void Server::Listener::set_routes() {
  const httplib::Server::Handler plain = [this](const auto& request, auto& response) {
    answer(request, response, nullptr);
  };
  const httplib::Server::HandlerWithContentReader with_body =
      [this](const auto& request, auto& response, const auto& reader) {
        answer(request, response, &reader);
      };
  server.Get(".*", plain);
  server.Options(".*", plain);
  server.Post(".*", with_body);
  server.Put(".*", with_body);
  server.Patch(".*", with_body);
  server.Delete(".*", with_body);
  server.set_error_handler(httplib::Server::Handler(
      [this](const auto& request, auto& response) { answer_unreadable(request, response); }));
  server.set_exception_handler([](const auto&, auto& response, std::exception_ptr) {
    put(error_reply(500, "internal", "the request could not be answered"), response);
  });
}

void Server::Listener::answer(const httplib::Request& request, httplib::Response& response,
                              const httplib::ContentReader* reader) {
  const base::Stopwatch watch;
  bool unread = reader != nullptr && has_body(request);
  const base::Deadline until = base::Deadline::in(std::chrono::seconds(options.body_s_max));
  Asked asked = asked_by(request);
  asked.read_body = [&](std::string& body, std::size_t max) {
    if (!std::exchange(unread, false)) return BodyEnd::kComplete;
    return read_body(*reader, body, max, until);
  };
  const Reply reply = routes.answer(asked);
  if (unread) {
    std::string unwanted;
    static_cast<void>(read_body(*reader, unwanted, 0, until));
  }
  put(reply, response);
  telemetry.record(telemetry::HttpRequest{.route = Routes::route_of(request.path),
                                          .status = reply.status, .seconds = watch.seconds()});
}

/// The library itself refuses what is no HTTP; give that an answer in our form too.
void Server::Listener::answer_unreadable(const httplib::Request&, httplib::Response& response) {
  if (!response.body.empty()) return;
  put(error_reply(response.status, "unreadable", "the request is not one this service can read"),
      response);
  telemetry.record(telemetry::HttpRequest{.route = "other", .status = response.status});
}

Server::Server(std::unique_ptr<Listener> listener) : listener_(std::move(listener)) {}

base::Result<std::unique_ptr<Server>> Server::start(Options options, Calls calls,
                                                    telemetry::Telemetry& telemetry) {
  WIREMILL_ASSERT(calls.metrics && calls.health && calls.ready && calls.ingest && calls.page &&
                  calls.recent && calls.state);
  auto listener = std::make_unique<Listener>(std::move(options), std::move(calls), telemetry);
  listener->set_limits();
  listener->set_routes();
  const Options& wanted = listener->options;
  errno = 0;
  int port = wanted.port;
  if (port == 0) {
    port = listener->server.bind_to_any_port(wanted.address);
  } else if (!listener->server.bind_to_port(wanted.address, port)) {
    port = -1;
  }
  if (port <= 0) {
    const char* why = errno != 0 ? std::strerror(errno) : "it is not an address of this machine";
    return base::rejected(fmt::format("cannot listen on http.address {} http.port {}: {}",
                                      wanted.address, wanted.port, why));
  }
  listener->port = static_cast<std::uint16_t>(port);
  // The library lets five clients wait; the sixth would try again only after a second.
  listen(listener->socket, kWaitingMax);
  listener->thread = std::thread([on = listener.get()] {
    on->server.listen_after_bind();
    on->ended = true;
  });
  // stop() does nothing to a server that does not run yet, so wait until it does.
  while (!listener->server.is_running() && !listener->ended) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return std::unique_ptr<Server>(new Server(std::move(listener)));
}

Server::~Server() {
  listener_->server.stop();
  listener_->thread.join();
}

std::uint16_t Server::port() const { return listener_->port; }

std::string Server::url() const {
  const std::string& address = listener_->options.address;
  const bool six = address.find(':') != std::string::npos;
  return fmt::format("http://{}{}{}:{}", six ? "[" : "", address, six ? "]" : "", port());
}

}  // namespace wiremill::http
