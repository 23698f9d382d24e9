#include "http/routes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/ascii.h"
#include "telemetry/escape.h"

namespace wiremill::http {
namespace {

constexpr std::string_view kEvents = "/v1/events";
constexpr std::string_view kRecent = "/api/v1/signals/recent";
constexpr std::string_view kState = "/api/v1/state";
constexpr std::array<std::string_view, 7> kPaths{"/",      "/metrics", "/healthz", "/readyz",
                                                 kEvents, kRecent,    kState};
constexpr std::size_t kRefusedShown = 100;

std::string quoted(std::string_view text) {
  return fmt::format("\"{}\"", telemetry::escaped(text));
}

Reply condition_reply(std::string_view name, const Condition& condition) {
  std::string reasons;
  for (const std::string& reason : condition.reasons) {
    reasons += (reasons.empty() ? "" : ",") + quoted(reason);
  }
  return {.status = condition.met ? 200 : 503,
          .body = fmt::format("{{\"{}\":{},\"reasons\":[{}]}}\n", name, condition.met, reasons)};
}

/// "Application/JSON; charset=utf-8" → "application/json".
std::string media_type(std::string_view content_type) {
  std::string_view type = content_type.substr(0, content_type.find(';'));
  while (!type.empty() && type.back() == ' ') type.remove_suffix(1);
  return base::lower_ascii(type);
}

/// "localhost:8321" → "localhost", "[::1]:8321" → "::1".
std::string host_name(std::string_view host) {
  if (host.starts_with('[')) return base::lower_ascii(host.substr(1, host.find(']') - 1));
  return base::lower_ascii(host.substr(0, host.find(':')));
}

bool is_loopback(std::string_view address) {
  return address == "localhost" || address == "::1" || address.starts_with("127.");
}

/// Takes the same time wherever the first difference is.
bool equal_in_constant_time(std::string_view a, std::string_view b) {
  unsigned difference = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  }
  return difference == 0;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::vector<Document> lines_of(std::string_view body) {
  std::vector<Document> documents;
  for (std::size_t line = 1; !body.empty(); ++line) {
    const std::size_t end = std::min(body.find('\n'), body.size());
    const std::string_view text = body.substr(0, end);
    if (!is_blank(text)) documents.push_back({line, text});
    body.remove_prefix(std::min(end + 1, body.size()));
  }
  return documents;
}

Reply refusal(const std::vector<RefusedLine>& refused) {
  std::string lines;
  for (std::size_t i = 0; i < std::min(refused.size(), kRefusedShown); ++i) {
    lines += fmt::format("{}{{\"line\":{},\"reason\":{},\"detail\":{}}}", i == 0 ? "" : ",",
                         refused[i].line, quoted(refused[i].reason), quoted(refused[i].detail));
  }
  return {.status = 400,
          .body = fmt::format("{{\"error\":{{\"code\":\"bad_events\",\"text\":\"{} events were "
                              "refused and nothing was taken in\",\"refused_count\":{},"
                              "\"refused\":[{}]}}}}\n",
                              refused.size(), refused.size(), lines)};
}

Reply failure(const base::Error& error) {
  switch (error.kind) {
    case base::ErrorKind::kMalformed:
    case base::ErrorKind::kRejected:
      return error_reply(400, error.reason.empty() ? "rejected" : error.reason, error.text);
    case base::ErrorKind::kTransient: {
      Reply reply = error_reply(503, "not_writable", error.text);
      reply.headers.emplace_back("Retry-After", "1");
      return reply;
    }
    case base::ErrorKind::kFatal: break;
  }
  return error_reply(500, "internal", error.text);
}

}  // namespace

Reply error_reply(int status, std::string_view code, std::string_view text) {
  return {.status = status,
          .body = fmt::format("{{\"error\":{{\"code\":{},\"text\":{}}}}}\n", quoted(code),
                              quoted(text))};
}

Routes::Routes(Options options, Calls calls)
    : options_(std::move(options)), calls_(std::move(calls)) {}

std::string_view Routes::route_of(std::string_view path) {
  if (path.starts_with(kState) && path.substr(kState.size()).starts_with('/')) return kState;
  const auto* found = std::find(kPaths.begin(), kPaths.end(), path);
  return found == kPaths.end() ? "other" : *found;
}

Reply Routes::answer(const Asked& asked) const {
  if (asked.header_count > options_.headers_max) {
    return error_reply(431, "too_many_headers",
                       fmt::format("{} header lines; the limit is {}", asked.header_count,
                                   options_.headers_max));
  }
  if (!is_known_host(asked.host)) {
    return error_reply(403, "unknown_host",
                       fmt::format("Host {} is not a name of this service; add it to http.hosts",
                                   asked.host));
  }
  if (route_of(asked.path) == "other") {
    return error_reply(404, "not_found", fmt::format("there is no {}; there are {}", asked.path,
                                                       fmt::join(kPaths, ", ")));
  }
  const bool reads = asked.method == "GET" || asked.method == "HEAD";
  const bool events = asked.path == kEvents;
  if (events ? asked.method != "POST" : !reads) {
    const char* allowed = events ? "POST" : "GET, HEAD";
    Reply reply = error_reply(405, "method_not_allowed",
                              fmt::format("{} takes {}, not {}", asked.path, allowed,
                                          asked.method));
    reply.headers.emplace_back("Allow", allowed);
    return reply;
  }
  return events ? post_events(asked) : get(asked);
}

/// A page of another site that points its name at 127.0.0.1 carries that name in Host. Whoever
/// binds another address has decided who may reach it; then names are checked only if listed.
bool Routes::is_known_host(std::string_view host) const {
  if (!is_loopback(options_.address) && options_.hosts.empty()) return true;
  const std::string name = host_name(host);
  return is_loopback(name) || name == options_.address ||
         std::find(options_.hosts.begin(), options_.hosts.end(), name) != options_.hosts.end();
}

Reply Routes::get(const Asked& asked) const {
  const std::string_view path = asked.path;
  if (path == "/metrics") {
    return {.content_type = "text/plain; version=0.0.4; charset=utf-8", .body = calls_.metrics()};
  }
  if (path == "/healthz") return condition_reply("ok", calls_.health());
  if (path == "/readyz") return condition_reply("ready", calls_.ready());
  if (path == kRecent) return recent(asked);
  if (route_of(path) == kState) return state(path.substr(std::min(kState.size() + 1, path.size())));
  Page page = calls_.page();
  Reply reply{.content_type = "text/html; charset=utf-8", .body = std::move(page.html)};
  reply.headers.emplace_back("Content-Security-Policy", policy_of(page));
  reply.headers.emplace_back("Referrer-Policy", "no-referrer");
  return reply;
}

Reply Routes::recent(const Asked& asked) const {
  Recent wanted{options_.recent_default, asked.kind};
  if (!asked.limit.empty()) {
    const char* const end = asked.limit.data() + asked.limit.size();
    const auto read = std::from_chars(asked.limit.data(), end, wanted.limit);
    const bool whole = read.ec == std::errc() && read.ptr == end;
    if (!whole || wanted.limit == 0 || wanted.limit > options_.recent_max) {
      return error_reply(400, "bad_limit",
                         fmt::format("limit is \"{}\"; it is a whole number from 1 to {}",
                                     asked.limit, options_.recent_max));
    }
  }
  base::Result<std::string> answer = calls_.recent(wanted);
  return answer ? Reply{.body = std::move(*answer)} : failure(answer.error());
}

Reply Routes::state(std::string_view scope) const {
  base::Result<std::string> answer = calls_.state(scope);
  if (answer) return {.body = std::move(*answer)};
  Reply reply = failure(answer.error());
  if (answer.error().kind == base::ErrorKind::kRejected) reply.status = 404;
  return reply;
}

Reply Routes::post_events(const Asked& asked) const {
  if (!options_.ingest_token.empty() &&
      !equal_in_constant_time(asked.authorization, "Bearer " + options_.ingest_token)) {
    Reply reply = error_reply(401, "unauthorized", "POST needs the bearer token of this service");
    reply.headers.emplace_back("WWW-Authenticate", "Bearer");
    return reply;
  }
  const std::string type = media_type(asked.content_type);
  const bool lines = type == "application/x-ndjson" || type == "application/jsonl";
  if (!lines && type != "application/json") {
    return error_reply(415, "unsupported_type",
                       fmt::format("content type \"{}\"; send application/json for one event or "
                                   "application/x-ndjson for one on each line", type));
  }
  std::string body;
  switch (asked.read_body(body, options_.body_bytes_max)) {
    case BodyEnd::kComplete: return ingest(asked.topic, body, lines);
    case BodyEnd::kBroken: break;
    case BodyEnd::kTooSlow:
      return error_reply(408, "too_slow", fmt::format("the body took longer than {} s",
                                                      options_.body_s_max));
    case BodyEnd::kTooLarge:
      return error_reply(413, "too_large", fmt::format("the body is larger than {} bytes",
                                                       options_.body_bytes_max));
  }
  return error_reply(400, "broken_body", "the body ended early or could not be decompressed");
}

Reply Routes::ingest(std::string_view topic, std::string_view body, bool lines) const {
  if (is_blank(body)) return error_reply(400, "empty", "the body holds no event");
  const Ingest wanted{topic, lines ? lines_of(body) : std::vector<Document>{{1, body}}};
  if (wanted.documents.size() > options_.lines_max) {
    return error_reply(413, "too_many_events",
                       fmt::format("{} events; the limit of one request is {}",
                                   wanted.documents.size(), options_.lines_max));
  }
  const base::Result<IngestAnswer> answer = calls_.ingest(wanted);
  if (!answer) return failure(answer.error());
  if (!answer->refused.empty()) return refusal(answer->refused);
  return {.status = 202, .body = fmt::format("{{\"accepted\":{}}}\n", answer->accepted)};
}

}  // namespace wiremill::http
