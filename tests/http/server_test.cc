#include "http/server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <string>
#include <thread>
#include <vector>

namespace wiremill::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// A client of one connection that sends what it is told, well formed or not.
class Connection {
 public:
  explicit Connection(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{20, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    connected_ = connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~Connection() { close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  bool is_connected() const { return connected_; }
  bool write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }
  /// Everything up to the end of the connection.
  std::string read_all() {
    std::string text;
    std::string part(65536, '\0');
    for (ssize_t count = 0; (count = recv(socket_, part.data(), part.size(), 0)) > 0;) {
      text.append(part, 0, static_cast<std::size_t>(count));
    }
    return text;
  }

 private:
  int socket_;
  bool connected_ = false;
};

class ServerTest : public testing::Test {
 protected:
  std::unique_ptr<Server> start(Options options = {}) {
    options.port = 0;
    base::Result<std::unique_ptr<Server>> server = Server::start(options, calls(), telemetry_);
    EXPECT_TRUE(server.has_value()) << server.error().text;
    return std::move(*server);
  }
  Calls calls() {
    return {.metrics = [this] { return telemetry_.exposition(); },
            .health = [] { return Condition{}; },
            .ready = [] { return Condition{false, {"no lane yet"}}; },
            .ingest = [this](const Ingest& ingest) -> base::Result<IngestAnswer> {
              if (before_ingest_) before_ingest_();
              for (const Document& each : ingest.documents) bytes_ += each.bytes.size();
              return IngestAnswer{ingest.documents.size(), {}};
            },
            .page = [] { return Page{"<!doctype html><p>page", ""}; },
            .recent = [](const Recent& recent) -> base::Result<std::string> {
              return std::to_string(recent.limit) + std::string(recent.kind);
            },
            .state = [](std::string_view scope) -> base::Result<std::string> {
              return std::string(scope);
            }};
  }
  static std::string ask(const Server& server, const std::string& request) {
    return ask(server.port(), request);
  }
  static std::string ask(std::uint16_t port, const std::string& request) {
    Connection connection(port);
    EXPECT_TRUE(connection.is_connected());
    EXPECT_TRUE(connection.write(request));
    return connection.read_all();
  }
  static std::string get(const Server& server, const std::string& path) {
    return ask(server, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  static std::string post_head(std::size_t bytes, const std::string& more = "") {
    return "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n" +
           more + "Content-Length: " + std::to_string(bytes) + "\r\n\r\n";
  }

  base::SystemClock clock_;
  telemetry::Telemetry telemetry_{{.topics = {"news"}, .log = {.sink = [](std::string_view) {}}},
                                  clock_};
  std::function<void()> before_ingest_;
  std::atomic<std::size_t> bytes_ = 0;
};

TEST_F(ServerTest, AnswersOnAnyFreePortOfLoopback) {
  const auto server = start();
  ASSERT_NE(server->port(), 0);
  EXPECT_EQ(server->url(), "http://127.0.0.1:" + std::to_string(server->port()));
  const std::string index = get(*server, "/");
  EXPECT_THAT(index, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(index, HasSubstr("<p>page"));
}

TEST_F(ServerTest, ReadsParametersAndScopesAsTheyWereMeant) {
  const auto server = start();
  EXPECT_THAT(get(*server, "/api/v1/signals/recent?kind=sec%74or&limit=7"),
              testing::EndsWith("\r\n\r\n7sector"));
  EXPECT_THAT(get(*server, "/api/v1/state/sector/%EB%A9%94%20x"),
              testing::EndsWith("\r\n\r\nsector/\xEB\xA9\x94 x"));
}

TEST_F(ServerTest, SendsTheHeadersThatKeepBrowsersOut) {
  const auto server = start();
  const std::string reply = get(*server, "/metrics");
  EXPECT_THAT(reply, HasSubstr("X-Content-Type-Options: nosniff\r\n"));
  EXPECT_THAT(reply, HasSubstr("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"));
  EXPECT_THAT(reply, testing::Not(HasSubstr("Access-Control-")));
  EXPECT_THAT(reply, HasSubstr("wiremill_build_info{"));
}

TEST_F(ServerTest, GivesReadinessAsJson) {
  const auto server = start();
  const std::string reply = get(*server, "/readyz");
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(reply, HasSubstr("Content-Type: application/json\r\n"));
  EXPECT_THAT(reply, HasSubstr("\r\n\r\n{\"ready\":false,\"reasons\":[\"no lane yet\"]}\n"));
  EXPECT_THAT(get(*server, "/healthz"), StartsWith("HTTP/1.1 200"));
}

TEST_F(ServerTest, TakesEventsIn) {
  const auto server = start();
  const std::string reply = ask(*server, post_head(6) + "{}\n{}\n");
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 202"));
  EXPECT_THAT(reply, HasSubstr("{\"accepted\":2}"));
  EXPECT_EQ(bytes_, 4U);
}

TEST_F(ServerTest, TakesEventsInChunks) {
  const auto server = start();
  const std::string reply = ask(
      *server, "POST /v1/events?topic=news HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
               "application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
               "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n");
  EXPECT_THAT(reply, HasSubstr("{\"accepted\":1}"));
  EXPECT_EQ(bytes_, 2U);
}

/// gzip of 200,000 blanks: 230 bytes, nearly all of them zero.
std::string bomb() {
  using namespace std::string_literals;
  return "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xed\xc1\x31\x01\x00\x00\x00\xc2\xa0"
         "\x2a\xeb\x9f\xd2\x0c\xfe\x40\x01"s +
         std::string(193, '\0') + "\xaf\x01\x31\x61\x62\x10\x40\x0d\x03\x00"s;
}

TEST_F(ServerTest, TakesACompressedBody) {
  using namespace std::string_literals;
  const std::string body =
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\xae\xe5\xaa\xae\xe5\x02\x00\xaf\xf1\x38\x9c"
      "\x06\x00\x00\x00"s;
  const auto server = start();
  const std::string reply =
      ask(*server, post_head(body.size(), "Content-Encoding: gzip\r\n") + body);
  EXPECT_THAT(reply, HasSubstr("{\"accepted\":2}"));
  EXPECT_EQ(bytes_, 4U);
}

TEST_F(ServerTest, TheLimitHoldsAfterDecompression) {
  const auto server = start({.body_bytes_max = 1000});
  const std::string reply =
      ask(*server, post_head(bomb().size(), "Content-Encoding: gzip\r\n") + bomb());
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 413"));
}

TEST_F(ServerTest, ReadsPastABodyThatIsTooLargeSoThatTheClientSeesWhy) {
  const auto server = start({.body_bytes_max = 1000});
  const std::string reply = ask(*server, post_head(2'000'000) + std::string(2'000'000, 'x'));
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(reply, HasSubstr("larger than 1000 bytes"));
  EXPECT_EQ(bytes_, 0U);
}

TEST_F(ServerTest, EndlessChunksAreCutOff) {
  const auto server = start({.body_bytes_max = 1000});
  Connection connection(server->port());
  ASSERT_TRUE(connection.write("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                               "application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"));
  const std::string chunk = "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
  std::size_t chunks = 0;
  while (chunks < 2000 && connection.write(chunk)) ++chunks;
  EXPECT_LT(chunks, 2000U) << "125 MB were read of a body that may have 1000 bytes";
  EXPECT_EQ(bytes_, 0U);
}

TEST_F(ServerTest, ABodyThatNeverComesEndsWithPatience) {
  const auto server = start({.patience_s = 1});
  const std::string reply = ask(*server, post_head(100) + "{}");
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(reply, HasSubstr("broken_body"));
  EXPECT_EQ(bytes_, 0U);
}

TEST_F(ServerTest, APostWithoutABodyIsAnsweredAtOnce) {
  const auto server = start();
  const std::string reply = ask(*server, "POST /v1/events HTTP/1.1\r\nHost: localhost\r\n"
                                         "Content-Type: application/json\r\n\r\n");
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(reply, HasSubstr("holds no event"));
}

TEST_F(ServerTest, RefusesInJsonWhateverTheMethod) {
  const auto server = start();
  for (const char* method : {"PUT", "PATCH", "DELETE", "OPTIONS", "POST"}) {
    const std::string reply = ask(*server, std::string(method) +
                                               " /metrics HTTP/1.1\r\nHost: localhost\r\n"
                                               "Content-Length: 3\r\n\r\nabc");
    EXPECT_THAT(reply, StartsWith("HTTP/1.1 405")) << method;
    EXPECT_THAT(reply, HasSubstr("\"code\":\"method_not_allowed\"")) << method;
  }
  EXPECT_THAT(get(*server, "/nothing"), StartsWith("HTTP/1.1 404"));
  EXPECT_THAT(ask(*server, "DELETE /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n"),
              StartsWith("HTTP/1.1 404"));
}

TEST_F(ServerTest, AnswersHeadWithoutABody) {
  const auto server = start();
  const std::string reply = ask(*server, "HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(reply, testing::EndsWith("\r\n\r\n"));
}

TEST_F(ServerTest, WhatIsNoHttpGetsAnErrorInOurForm) {
  const auto server = start();
  const std::string reply = ask(*server, "BREW /tea HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 4"));
  EXPECT_THAT(reply, HasSubstr("{\"error\":{\"code\":\"unreadable\""));
  EXPECT_THAT(get(*server, "/"), StartsWith("HTTP/1.1 200")) << "and it goes on";
}

TEST_F(ServerTest, RefusesTheNameOfAnotherSite) {
  const auto server = start();
  EXPECT_THAT(ask(*server, "GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
              StartsWith("HTTP/1.1 403"));
  EXPECT_THAT(ask(*server, "GET /metrics HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 403"));
}

TEST_F(ServerTest, CountsWhatItAnswers) {
  const auto server = start();
  get(*server, "/readyz");
  get(*server, "/invented");
  ask(*server, post_head(6) + "{}\n{}\n");
  const std::string page = get(*server, "/metrics");
  EXPECT_THAT(page, HasSubstr("wiremill_http_requests_total{code=\"5xx\",route=\"/readyz\"} 1\n"));
  EXPECT_THAT(page, HasSubstr("wiremill_http_requests_total{code=\"4xx\",route=\"other\"} 1\n"));
  EXPECT_THAT(page, HasSubstr("wiremill_ingest_records_total 2\n"));
}

TEST_F(ServerTest, ABusyPortIsNamed) {
  const auto first = start();
  const auto second =
      Server::start({.port = first->port()}, calls(), telemetry_);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().kind, base::ErrorKind::kRejected);
  EXPECT_EQ(second.error().text, "cannot listen on http.address 127.0.0.1 http.port " +
                                     std::to_string(first->port()) +
                                     ": Address already in use");
}

TEST_F(ServerTest, AnAddressOfAnotherMachineIsNamed) {
  const auto server = Server::start({.address = "192.0.2.1", .port = 0}, calls(), telemetry_);
  ASSERT_FALSE(server.has_value());
  EXPECT_EQ(server.error().kind, base::ErrorKind::kRejected);
  EXPECT_THAT(server.error().text, HasSubstr("192.0.2.1"));
}

TEST_F(ServerTest, ThePortIsFreeAgainAfterItStops) {
  auto server = start();
  const std::uint16_t port = server->port();
  get(*server, "/");
  server.reset();
  EXPECT_FALSE(Connection(port).is_connected());
  EXPECT_TRUE(Server::start({.port = port}, calls(), telemetry_).has_value());
}

TEST_F(ServerTest, ARequestThatRunsIsFinishedBeforeItStops) {
  std::promise<void> begun, go;
  before_ingest_ = [&] {
    begun.set_value();
    go.get_future().wait();
  };
  auto server = start();
  std::string reply;
  std::thread client([&, port = server->port()] { reply = ask(port, post_head(2) + "{}"); });
  begun.get_future().wait();
  std::thread stopper([&] { server.reset(); });
  go.set_value();
  stopper.join();
  client.join();
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 202"));
}

TEST_F(ServerTest, AnswersManyClientsAtOnce) {
  const auto server = start({.threads = 4});
  std::vector<std::thread> clients;
  std::atomic<int> good = 0;
  for (int c = 0; c < 8; ++c) {
    clients.emplace_back([&] {
      for (int i = 0; i < 25; ++i) {
        if (ask(*server, post_head(2) + "{}").starts_with("HTTP/1.1 202")) ++good;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(good, 200);
  EXPECT_EQ(bytes_, 400U);
}

}  // namespace
}  // namespace wiremill::http
