#include "http/routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace wiremill::http {
namespace {

using testing::HasSubstr;
using testing::Pair;
using testing::Contains;

class RoutesTest : public testing::Test {
 protected:
  Calls calls() {
    return {.metrics = [] { return std::string("up 1\n"); },
            .health = [this] { return health_; },
            .ready = [this] { return ready_; },
            .ingest = [this](const Ingest& ingest) -> base::Result<IngestAnswer> {
              topic_ = ingest.topic;
              taken_.clear();
              for (const Document& each : ingest.documents) {
                taken_.emplace_back(each.line, each.bytes);
              }
              if (error_.kind != base::ErrorKind::kFatal || !error_.text.empty()) {
                return base::fail(error_);
              }
              return refused_.empty() ? IngestAnswer{ingest.documents.size(), {}}
                                      : IngestAnswer{0, refused_};
            },
            .page = [] { return Page{"<!doctype html><p>page", "p{margin:0}"}; },
            .recent = [this](const Recent& recent) -> base::Result<std::string> {
              asked_ = {recent.limit, std::string(recent.kind)};
              if (recent.kind == "x") return base::rejected("kind is \"x\"");
              return "[]\n";
            },
            .state = [](std::string_view scope) -> base::Result<std::string> {
              if (scope == "sector/nowhere") {
                return base::fail({base::ErrorKind::kRejected, "no such scope", "unknown_scope"});
              }
              return std::string(scope.empty() ? "all" : scope);
            }};
  }
  Reply answer(const Asked& asked, Options options = {}) {
    return Routes(std::move(options), calls()).answer(asked);
  }
  Asked post(std::string body, std::string type = "application/x-ndjson") {
    Asked asked{.method = "POST", .path = "/v1/events", .host = "localhost:8321",
                .content_type = std::move(type)};
    asked.read_body = [this, body = std::move(body)](std::string& into, std::size_t max) {
      into = body.substr(0, max);
      if (end_ != BodyEnd::kComplete) return end_;
      return body.size() > max ? BodyEnd::kTooLarge : BodyEnd::kComplete;
    };
    return asked;
  }
  Asked get(std::string path) { return {.path = std::move(path), .host = "127.0.0.1"}; }

  Condition health_, ready_;
  BodyEnd end_ = BodyEnd::kComplete;
  base::Error error_;
  std::vector<RefusedLine> refused_;
  std::string topic_;
  std::pair<std::size_t, std::string> asked_;
  std::vector<std::pair<std::size_t, std::string>> taken_;
};

TEST_F(RoutesTest, GivesTheMetricsPageInItsOwnType) {
  const Reply reply = answer(get("/metrics"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "up 1\n");
  EXPECT_EQ(reply.content_type, "text/plain; version=0.0.4; charset=utf-8");
}

TEST_F(RoutesTest, SaysWhyItIsNotReady) {
  EXPECT_EQ(answer(get("/readyz")).body, "{\"ready\":true,\"reasons\":[]}\n");
  ready_ = {false, {"no lane yet", "catalogue \"x\" is loading"}};
  const Reply reply = answer(get("/readyz"));
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.body,
            "{\"ready\":false,\"reasons\":[\"no lane yet\",\"catalogue \\\"x\\\" is loading\"]}\n");
}

TEST_F(RoutesTest, HealthIsItsOwnQuestion) {
  ready_ = {false, {"no lane yet"}};
  EXPECT_EQ(answer(get("/healthz")).status, 200);
  health_ = {false, {"the loop stands still"}};
  const Reply reply = answer(get("/healthz"));
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.body, "{\"ok\":false,\"reasons\":[\"the loop stands still\"]}\n");
}

TEST_F(RoutesTest, ThePageComesWithAPolicyThatAdmitsItsStyleAndNothingElse) {
  const Reply reply = answer(get("/"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.content_type, "text/html; charset=utf-8");
  EXPECT_EQ(reply.body, "<!doctype html><p>page");
  EXPECT_THAT(reply.headers,
              Contains(Pair("Content-Security-Policy",
                            "default-src 'none'; style-src "
                            "'sha256-QRQPRLGyxt3RJiKpYNjpkgHcmHU2PywsfL2e8oI0LQA='; "
                            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'")));
  EXPECT_THAT(reply.headers, Contains(Pair("Referrer-Policy", "no-referrer")));
}

TEST_F(RoutesTest, NewestSignalsAreAskedForByLimitAndKind) {
  Asked asked = get("/api/v1/signals/recent");
  EXPECT_EQ(answer(asked).body, "[]\n");
  EXPECT_EQ(asked_, std::pair(Options{}.recent_default, std::string()));
  asked.limit = "500";
  asked.kind = "sector";
  EXPECT_EQ(answer(asked).status, 200);
  EXPECT_EQ(asked_, std::pair(std::size_t{500}, std::string("sector")));
  asked.kind = "x";
  EXPECT_EQ(answer(asked).status, 400);
}

TEST_F(RoutesTest, ALimitThatIsNoSmallWholeNumberIsNamed) {
  for (const char* limit : {"0", "501", "-1", "ten", "10 ", "1e2", "99999999999999999999"}) {
    Asked asked = get("/api/v1/signals/recent");
    asked.limit = limit;
    const Reply reply = answer(asked);
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(reply.body, std::string("{\"error\":{\"code\":\"bad_limit\",\"text\":\"limit is "
                                      "\\\"") + limit + "\\\"; it is a whole number from 1 to "
                                      "500\"}}\n");
  }
}

TEST_F(RoutesTest, StateIsOfAllScopesOrOfTheOneBehindThePath) {
  EXPECT_EQ(answer(get("/api/v1/state")).body, "all");
  EXPECT_EQ(answer(get("/api/v1/state/")).body, "all");
  EXPECT_EQ(answer(get("/api/v1/state/sector/memory")).body, "sector/memory");
  EXPECT_EQ(Routes::route_of("/api/v1/state/sector/memory"), "/api/v1/state");
  EXPECT_EQ(Routes::route_of("/api/v1/states"), "other");
  const Reply unknown = answer(get("/api/v1/state/sector/nowhere"));
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(unknown.body,
            "{\"error\":{\"code\":\"unknown_scope\",\"text\":\"no such scope\"}}\n");
}

TEST_F(RoutesTest, NamesThePathThatDoesNotExist) {
  const Reply reply = answer(get("/metrics/x"));
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.body, "{\"error\":{\"code\":\"not_found\",\"text\":"
                        "\"there is no /metrics/x; there are /, /metrics, /healthz, /readyz, "
                        "/v1/events, /api/v1/signals/recent, /api/v1/state\"}}\n");
  EXPECT_EQ(Routes::route_of("/metrics/x"), "other");
}

TEST_F(RoutesTest, NamesTheMethodsThatAPathTakes) {
  const Reply get_events = answer(get("/v1/events"));
  EXPECT_EQ(get_events.status, 405);
  EXPECT_THAT(get_events.headers, Contains(Pair("Allow", "POST")));
  Asked asked = get("/metrics");
  asked.method = "OPTIONS";
  const Reply options = answer(asked);
  EXPECT_EQ(options.status, 405);
  EXPECT_THAT(options.headers, Contains(Pair("Allow", "GET, HEAD")));
}

TEST_F(RoutesTest, TakesOneEventFromJson) {
  Asked asked = post("{\n\"id\":\"a\"\n}\n", "Application/JSON; charset=utf-8");
  asked.topic = "filings";
  const Reply reply = answer(asked);
  EXPECT_EQ(reply.status, 202);
  EXPECT_EQ(reply.body, "{\"accepted\":1}\n");
  EXPECT_EQ(topic_, "filings");
  EXPECT_THAT(taken_, testing::ElementsAre(Pair(1, "{\n\"id\":\"a\"\n}\n")));
}

TEST_F(RoutesTest, TakesAnEventFromEachLineAndKeepsTheLineNumbers) {
  const Reply reply = answer(post("{1}\n\n  \r\n{4}\r\n{5}"));
  EXPECT_EQ(reply.body, "{\"accepted\":3}\n");
  EXPECT_THAT(taken_, testing::ElementsAre(Pair(1, "{1}"), Pair(4, "{4}\r"), Pair(5, "{5}")));
}

TEST_F(RoutesTest, NamesEveryBadLine) {
  refused_ = {{2, "bad_json", "line ends early"}, {7, "missing_field", "published_at\nis missing"}};
  const Reply reply = answer(post("{}\n{}\n"));
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.body,
            "{\"error\":{\"code\":\"bad_events\",\"text\":\"2 events were refused and nothing was "
            "taken in\",\"refused_count\":2,\"refused\":["
            "{\"line\":2,\"reason\":\"bad_json\",\"detail\":\"line ends early\"},"
            "{\"line\":7,\"reason\":\"missing_field\",\"detail\":\"published_at\\nis missing\"}"
            "]}}\n");
}

TEST_F(RoutesTest, ListsAtMostAHundredBadLinesButCountsAll) {
  for (std::size_t i = 1; i <= 150; ++i) refused_.push_back({i, "bad_json", "x"});
  const Reply reply = answer(post("{}\n"));
  EXPECT_THAT(reply.body, HasSubstr("\"refused_count\":150"));
  EXPECT_THAT(reply.body, HasSubstr("\"line\":100,"));
  EXPECT_THAT(reply.body, testing::Not(HasSubstr("\"line\":101,")));
}

TEST_F(RoutesTest, TellsAWrongRequestFromALogThatCannotBeWritten) {
  error_ = {base::ErrorKind::kRejected, "there is no topic \"nws\"", "unknown_topic"};
  EXPECT_EQ(answer(post("{}")).status, 400);
  EXPECT_THAT(answer(post("{}")).body, HasSubstr("\"code\":\"unknown_topic\""));
  error_ = {base::ErrorKind::kTransient, "no broker answers", ""};
  const Reply later = answer(post("{}"));
  EXPECT_EQ(later.status, 503);
  EXPECT_THAT(later.headers, Contains(Pair("Retry-After", "1")));
  error_ = {base::ErrorKind::kFatal, "the log is torn", ""};
  EXPECT_EQ(answer(post("{}")).status, 500);
}

TEST_F(RoutesTest, RefusesOtherTypesAndSaysWhichItTakes) {
  for (const char* type : {"", "text/plain", "application/x-www-form-urlencoded",
                           "application/jsonx"}) {
    const Reply reply = answer(post("{}", type));
    EXPECT_EQ(reply.status, 415) << type;
    EXPECT_THAT(reply.body, HasSubstr("application/x-ndjson"));
  }
  EXPECT_TRUE(taken_.empty());
}

TEST_F(RoutesTest, LimitsBodyAndLinesAndNamesTheLimit) {
  const Reply large = answer(post("{123456789}"), {.body_bytes_max = 10});
  EXPECT_EQ(large.status, 413);
  EXPECT_THAT(large.body, HasSubstr("10 bytes"));
  EXPECT_EQ(answer(post("{12345678}"), {.body_bytes_max = 10}).status, 202);
  const Reply many = answer(post("{}\n{}\n{}\n"), {.lines_max = 2});
  EXPECT_EQ(many.status, 413);
  EXPECT_THAT(many.body, HasSubstr("3 events; the limit of one request is 2"));
}

TEST_F(RoutesTest, TellsABodyThatWasSlowFromOneThatBroke) {
  end_ = BodyEnd::kTooSlow;
  EXPECT_EQ(answer(post("{}")).status, 408);
  end_ = BodyEnd::kBroken;
  EXPECT_EQ(answer(post("{}")).status, 400);
  end_ = BodyEnd::kComplete;
  EXPECT_EQ(answer(post(" \n\n")).status, 400) << "nothing but blanks";
  EXPECT_TRUE(taken_.empty());
}

TEST_F(RoutesTest, ReadsNoBodyWithoutTheToken) {
  const Options guarded{.ingest_token = "s3cret"};
  Asked asked = post("{}");
  for (const char* wrong : {"", "Bearer ", "Bearer s3cre", "Bearer s3cret2", "s3cret"}) {
    asked.authorization = wrong;
    const Reply reply = answer(asked, guarded);
    EXPECT_EQ(reply.status, 401) << wrong;
    EXPECT_THAT(reply.headers, Contains(Pair("WWW-Authenticate", "Bearer")));
  }
  EXPECT_TRUE(taken_.empty());
  asked.authorization = "Bearer s3cret";
  EXPECT_EQ(answer(asked, guarded).status, 202);
  EXPECT_EQ(answer(get("/metrics"), guarded).status, 200) << "the token guards POST alone";
}

TEST_F(RoutesTest, OnLoopbackAnswersToItsOwnNamesOnly) {
  Asked asked = get("/metrics");
  for (const char* host : {"localhost", "LOCALHOST:8321", "127.0.0.1:9", "[::1]:8321", "::1"}) {
    asked.host = host;
    // "::1" without brackets is no valid Host; its name is empty.
    EXPECT_EQ(answer(asked).status, host == std::string("::1") ? 403 : 200) << host;
  }
  for (const char* host : {"", "evil.example", "evil.example:8321", "localhost.evil.example"}) {
    asked.host = host;
    EXPECT_EQ(answer(asked).status, 403) << host;
  }
  asked.host = "news.desk:80";
  EXPECT_EQ(answer(asked, {.hosts = {"news.desk"}}).status, 200);
}

TEST_F(RoutesTest, AnOpenAddressAnswersToAnyNameUnlessNamesAreListed) {
  Asked asked = get("/metrics");
  asked.host = "anything.example";
  EXPECT_EQ(answer(asked, {.address = "0.0.0.0"}).status, 200);
  EXPECT_EQ(answer(asked, {.address = "0.0.0.0", .hosts = {"news.desk"}}).status, 403);
}

TEST_F(RoutesTest, LimitsTheNumberOfHeaders) {
  Asked asked = get("/");
  asked.header_count = 101;
  EXPECT_EQ(answer(asked).status, 431);
  asked.header_count = 100;
  EXPECT_EQ(answer(asked).status, 200);
}

}  // namespace
}  // namespace wiremill::http
