#pragma once
// Nouns and files that several suites of this folder read and write.

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "model/facts_record.h"
#include "model/signal.h"
#include "model/state.h"

namespace wiremill::wire::samples {

inline base::Instant at(std::string_view text) { return *base::parse_rfc3339(text); }

inline std::chrono::year_month_day day(int year, unsigned month, unsigned number) {
  return {std::chrono::year(year), std::chrono::month(month), std::chrono::day(number)};
}

/// A file of schemas/, empty when there is none.
inline std::string schema_file(const std::string& name) {
  const std::ifstream file(std::string(WIREMILL_SOURCE_DIR) + "/schemas/" + name);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  return text.str();
}

/// The document without the white space between its values.
inline std::string compact(std::string_view json) {
  std::string text;
  bool quoted = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (quoted && json[i] == '\\') {
      text += json[i++];
    } else if (json[i] == '"') {
      quoted = !quoted;
    }
    if (quoted || (json[i] != ' ' && json[i] != '\n')) text += json[i];
  }
  return text;
}

inline model::Event full_event() {
  model::Event event;
  event.id = "e1";
  event.story_id = "s1";
  event.revision = 3;
  event.action = model::Action::kCorrect;
  event.form = model::Form::kFiling;
  event.source = "filings-kr";
  event.publisher = "삼성전자";
  event.published_at = at("2026-02-06T00:10:00Z");
  event.received_at = at("2026-02-06T00:10:00.000123Z");
  event.embargo_until = at("2026-02-06T01:00:00Z");
  event.lang = model::Language::kKorean;
  event.body_format = model::BodyFormat::kHtml;
  event.url = "https://news.example/1?a=\"b\"";
  event.symbols = {"005930", "AMZN"};
  event.headline = "단일판매ㆍ공급계약체결";
  event.body = "<p>line one\nline \\two\t</p> \xF0\x9F\x9A\x80";
  event.filing = model::Filing{"단일판매ㆍ공급계약체결", {"1.01", "9.01"},    "삼성전자", "005930",
                               at("2026-02-05T23:58:00Z"), "2026년 1분기"};
  event.synthetic = true;
  event.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  return event;
}

inline model::Fact full_fact() {
  model::Fact fact;
  fact.id = "9d2b64c1a07e5f38";
  fact.kind = model::FactKind::kStatedProbability;
  fact.subject = {model::SubjectType::kProject, "stargate", "Stargate"};
  fact.role = model::Role::kLessee;
  fact.parties = {{"ORCL", "Oracle", model::Role::kLessor, base::Decimal::parse("12.5")},
                  {"", "a lender", model::Role::kLender, std::nullopt}};
  fact.metric = "tcv";
  fact.qualifier = {"gaap", "AWS", "Indiana", "Trainium3", "MSA-1", "expansion", "group"};
  fact.figure = "f1";
  fact.measures = {{"capacity", "f2"}, {"term", "f3"}};
  fact.comparator = model::Comparator{model::Comparison::kConsensus, "f4",
                                      model::Period{"Q1", day(2026, 1, 1), day(2026, 3, 31),
                                                    model::Basis::kQuarter, true, ""}};
  fact.period = model::Period{"2026년", day(2026, 1, 1), std::nullopt, model::Basis::kRunRate,
                              true, "month"};
  fact.status = model::Status::kExpired;
  fact.modality = model::Modality::kRecommendation;
  fact.newness = model::Newness::kBackground;
  fact.direction = model::Direction::kFlat;
  fact.surprise = model::Surprise::kInLine;
  fact.stance = model::Stance::kLooser;
  fact.polarity = model::Polarity::kNegated;
  fact.claimant = {model::ClaimantType::kUnnamedSource, "src", "sources", "bloomberg"};
  fact.confidence = 0.9312;
  fact.held = true;
  fact.flags = {"magnitude_slip"};
  fact.rule = "contract.signed";
  fact.quotes = {{model::Field::kHeadline, 2, 7, "계약 체결"}};
  return fact;
}

/// A record with every field set to something that is not its default.
inline model::FactsRecord full_facts() {
  model::FactsRecord record;
  record.event = {"e1",
                  "s1",
                  4,
                  model::Action::kWithdraw,
                  model::Form::kMarketWrap,
                  "feed",
                  "예시경제",
                  "example-economy",
                  model::Language::kKorean,
                  "https://news.example/1",
                  "머리\"기사\"",
                  at("2026-02-06T00:10:00Z"),
                  at("2026-02-06T00:10:00.250Z"),
                  at("2026-02-06T00:10:01Z"),
                  at("2026-02-06T00:09:00Z"),
                  "k1",
                  "corrected",
                  "d1",
                  true,
                  "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"};
  record.catalog = {"2026.02.1", "sha256:00"};
  model::Figure figure;
  figure.id = "f1";
  figure.span = {model::Field::kHeadline, 3, 9, "2천억 달러"};
  figure.kind = model::FigureKind::kPower;
  figure.unit = "GW";
  figure.low = base::Decimal::parse("-0.25");
  figure.high = base::Decimal::parse("200000000000");
  figure.bound = model::Bound::kRange;
  figure.currency = "USD";
  figure.currency_basis = model::CurrencyBasis::kInferred;
  figure.currency_candidates = {"CAD"};
  figure.per = "GW";
  figure.role = model::FigureRole::kDifference;
  figure.same_as = "f2";
  figure.converts = "f3";
  figure.alternatives = {"f4"};
  figure.flags = {"inconsistent_figure"};
  record.figures = {figure, model::Figure{}};
  record.figures[1].id = "f2";
  record.companies = {{"AMZN", "AMZN", "NASDAQ", 0.95,
                       {{{model::Field::kBody, 0, 3, "아마존"}, model::MentionBy::kCashtag}},
                       {model::ToneLabel::kNegative, -0.4101, 0.7}, {"ticker_conflict"}}};
  record.tone = {model::ToneLabel::kPositive, 0.3333, 1};
  record.facts = {full_fact()};
  record.flags = {"derived"};
  return record;
}

inline model::Because full_because() {
  return {"f",   "claim", "capex",     {model::SubjectType::kCompany, "AMZN", "아마존"},
          "200000000000 USD", "131000000000 USD", "planned", "company/AMZN",
          "demand", "capex_up/memory", -0.5, 0.217, {{"novelty", 1}, {"status", 0.6}},
          {model::Field::kBody, 0, 3, "아마존"}, "s1", 2, "headline", "https://news.example/1",
          3, 41, at("2026-02-06T00:10:00Z")};
}

/// A signal with every field set to something that is not its default.
inline model::Signal full_signal() {
  model::Signal signal;
  signal.type = model::ScopeType::kScenario;
  signal.scope = "scenario/capex-shock-2026";
  signal.values = {{"mass", 0.412}, {"pressure", std::nullopt}, {"total", 600000000000.0}};
  signal.change_1h = {{"mass", -0.000001}};
  signal.change_24h = {{"mass", std::nullopt}};
  model::ScenarioView view;
  view.set = "capex-shock-2026";
  view.names = {"settles", "sell_off"};
  view.weights = {0.442, 0.558};
  view.prior = {0.4, 0.6};
  view.moved_points = {4.2, -4.2};
  view.prior_basis = "published";
  view.opens = at("2026-02-14T00:00:00Z");
  view.closes = at("2026-03-13T23:59:59Z");
  view.state = "open";
  view.triggers = {{"cpi", "on", "softer", "-0.1", 0.75, true}};
  view.capped = true;
  signal.scenario = view;
  signal.ledger = {{"AMZN", "capex", "cash", "FY2026", "1", "2", "range", "USD", "planned",
                    "company/AMZN", "f", at("2026-02-06T00:10:00Z"), {"guided 1 USD"}, {"AMZN"},
                    false}};
  signal.because = {full_because()};
  signal.against = {full_because()};
  signal.held_count = 1;
  signal.held_reasons = {"fx_off"};
  signal.coverage = 43;
  signal.saturated = true;
  signal.cause = model::Cause::kResolution;
  signal.mode = model::Mode::kBackfill;
  signal.as_of = at("2026-02-06T00:11:00Z");
  signal.known_until = at("2026-02-06T00:10:00Z");
  signal.valid_until = at("2026-06-06T00:10:00Z");
  signal.half_life_days = {{"capex_up/memory", 20}};
  signal.sequence = 118;
  signal.supersedes = 117;
  signal.catalog = {"2026.02.1", "sha256:00"};
  signal.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  return signal;
}

}  // namespace wiremill::wire::samples
