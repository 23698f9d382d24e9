#pragma once
// What the service answers over HTTP, as a function from what was asked to a reply; no sockets.
//
//   Routes routes(options, calls);
//   routes.answer({.method = "GET", .path = "/readyz", .host = "localhost"}).status     // 503
//
//   GET  /            the page for people     GET  /metrics   Prometheus text
//   GET  /healthz     does it work            GET  /readyz    may it be given work, or why not
//   GET  /api/v1/signals/recent               newest signals first; ?limit=N&kind=sector
//   GET  /api/v1/state, /api/v1/state/SCOPE   all scopes; what is believed of one, and why
//   POST /v1/events   take in events: one JSON object (application/json) or one on each line
//                     (application/x-ndjson); ?topic=NAME names the topic. 202, or 400 with every
//                     bad line and nothing taken in.
//
// Errors are JSON: {"error":{"code":"too_large","text":"…"}}. There is no CORS: a page in a browser
// cannot post here. What this does not do: it knows no stage and decodes no event.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "http/html.h"

namespace wiremill::http {

struct Options {
  std::string address = "127.0.0.1";   ///< loopback unless an operator says otherwise
  std::uint16_t port = 8321;           ///< 0: any free one
  std::size_t body_bytes_max = 8U << 20U;  ///< of one POST, after decompression
  std::size_t lines_max = 10'000;      ///< events in one POST
  std::size_t recent_default = 50;     ///< signals that /api/v1/signals/recent gives unasked
  std::size_t recent_max = 500;        ///< … and at most; more cannot be asked for
  std::size_t headers_max = 100;       ///< header lines of one request
  std::size_t threads = 4;             ///< requests worked on at once; further ones wait
  std::int64_t patience_s = 5;         ///< longest wait for a client that does not read or write
  std::int64_t body_s_max = 30;        ///< longest time that one body may take
  std::string ingest_token = {};       ///< POST needs "Authorization: Bearer <token>" when set
  std::vector<std::string> hosts = {};  ///< further names that a Host header may carry
};

/// Is it well (or ready), and if not, why.
struct Condition {
  bool met = true;
  std::vector<std::string> reasons = {};
};

/// One event as it was sent. Borrows: the body, for the call.
struct Document {
  std::size_t line = 1;  ///< in the body, from 1
  std::string_view bytes;
};
struct Ingest {
  std::string_view topic;  ///< as asked for; empty: the caller's default
  std::vector<Document> documents;
};
struct RefusedLine {
  std::size_t line = 1;
  std::string reason;  ///< one word
  std::string detail;
};
struct IngestAnswer {
  std::uint64_t accepted = 0;  ///< 0 when any line is refused: all are taken in, or none
  std::vector<RefusedLine> refused = {};
};

struct Recent {
  std::size_t limit = 0;
  std::string_view kind;  ///< as asked for; empty: every kind
};

/// What the service is asked. Threads: called from any of the server's threads, several at once.
struct Calls {
  std::function<std::string()> metrics;
  std::function<Condition()> health;
  std::function<Condition()> ready;
  /// Returns when the events are durable. Errors: rejected or malformed (the whole request cannot
  /// be taken, such as an unknown topic) → 400, transient → 503, fatal → 500.
  std::function<base::Result<IngestAnswer>(const Ingest&)> ingest;
  std::function<Page()> page;
  /// A JSON array. Errors: rejected (no such kind) → 400.
  std::function<base::Result<std::string>(const Recent&)> recent;
  /// A JSON object: of one scope, of all when it is empty. Errors: rejected (no such scope) → 404.
  std::function<base::Result<std::string>(std::string_view scope)> state;
};

/// How reading a body ended.
enum class BodyEnd { kComplete, kTooLarge, kTooSlow, kBroken };

struct Asked {
  std::string method = "GET";
  std::string path = "/";
  std::string topic = {};
  std::string limit = {};
  std::string kind = {};
  std::string host = {};
  std::string authorization = {};
  std::string content_type = {};
  std::size_t header_count = 0;
  /// Reads the body into the string, at most `max` bytes of it. Called at most once.
  std::function<BodyEnd(std::string& body, std::size_t max)> read_body = {};
};

struct Reply {
  int status = 200;
  std::string content_type = "application/json";
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
};

/// {"error":{"code":…,"text":…}}
Reply error_reply(int status, std::string_view code, std::string_view text);

/// Threads: any, several at once.
class Routes {
 public:
  Routes(Options options, Calls calls);
  Reply answer(const Asked& asked) const;
  /// The path if it is one of ours (without the scope behind it), else "other": fit for a label.
  static std::string_view route_of(std::string_view path);

 private:
  bool is_known_host(std::string_view host) const;
  Reply get(const Asked& asked) const;
  Reply recent(const Asked& asked) const;
  Reply state(std::string_view scope) const;
  Reply post_events(const Asked& asked) const;
  Reply ingest(std::string_view topic, std::string_view body, bool lines) const;

  Options options_;
  Calls calls_;
};

}  // namespace wiremill::http
