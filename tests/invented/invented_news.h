#pragma once
// Invented news for the tests of belief: a small catalogue with round numbers and a builder of
// facts records.
//
//   News("a").at("2026-02-20T09:00:00Z").from("reuters").fact(capex("AMZN", 200, 2026)).record()

#include <memory>
#include <string>
#include <vector>

#include "catalog/catalogue.h"
#include "model/facts_record.h"
#include "score/scorer.h"

namespace wiremill::invented {

inline base::Instant at(const std::string& text) {
  const auto instant = base::parse_rfc3339(text);
  return *instant;
}

inline base::Decimal billions(double amount) {
  return *base::Decimal::of(static_cast<std::int64_t>(amount * 1000)).shifted(6);
}

// ---- The catalogue ----

inline catalog::Weights weights() {
  catalog::Weights w;
  w.credibility = {{"filing", 1},     {"company", 0.95},   {"wire", 0.85}, {"daily", 0.7},
                   {"aggregator", 0.5}, {"column", 0.2}, {"unknown", 0.5}};
  w.status = {0.15, 0.25, 0.3, 0.35, 0.6, 0.8, 0.35, 0.85, 0.9, 1, 1, 0.6, 0.5, 0, 0.9, 0};
  w.denial = 0.3;
  w.novelty = {1, 0.25, 0.12, 0.06};
  w.tolerance.assign(model::NameTable<model::FactKind>::kNames.size(), 0.02);
  w.tolerance[static_cast<std::size_t>(model::FactKind::kReading)] = 0;
  w.keep_days.assign(model::NameTable<model::FactKind>::kNames.size(), 60);
  w.keep_days[static_cast<std::size_t>(model::FactKind::kPriceMove)] = 5;
  w.keep_days[static_cast<std::size_t>(model::FactKind::kCapex)] = 400;
  w.tone_keep_days = 7;
  w.story_days = 7;
  w.correction_window_days = 7;
  w.tone_half_life_days = 1;
  w.company_kappa = 0;
  w.sector_kappa = 1;
  w.facts_share = 0.7;
  w.relevance_default = 0.8;
  w.aspects = {{"demand", 1}, {"free_cash_flow", 1}, {"growth", 1}};
  w.magnitude_low = 0.25;
  w.magnitude_high = 2;
  w.magnitude_unknown = 0.5;
  w.revision_unit = 0.1;
  w.contract_unit = 0.1;
  w.bonds_unit = 10;
  w.inflation_unit = 0.1;
  w.surprise_word = 0.1;
  w.claim_spread = 2;
  w.official_spread = 3;
  w.family_spread = 4;
  w.diminishing = 0.5;
  using model::FactKind;
  w.ledger_kinds = {FactKind::kCapex, FactKind::kBacklog, FactKind::kContract,
                    FactKind::kGuidance};
  w.prior_period_kinds = {FactKind::kCapex, FactKind::kBacklog};
  w.total_metrics = {"capex", "capex_cash"};
  return w;
}

inline catalog::Impact impact(std::string id, catalog::Magnitude magnitude, double half_life,
                              catalog::Condition when, std::vector<catalog::Strength> strengths) {
  return {std::move(id), std::move(when), magnitude, half_life, std::move(strengths), {}};
}

inline std::vector<catalog::Impact> impacts() {
  using catalog::Magnitude;
  using model::Direction;
  using model::FactKind;
  catalog::Condition up;
  up.kinds = {FactKind::kCapex};
  up.groups = {"hyperscalers"};
  up.directions = {Direction::kUp};
  up.revision_at_least = 0.05;
  catalog::Condition down = up;
  down.directions = {Direction::kDown};
  down.revision_at_least.reset();
  catalog::Condition won;
  won.kinds = {FactKind::kContract};
  won.statuses = {model::Status::kContracted, model::Status::kActual};
  auto contract = impact("contract_won", Magnitude::kContract, 15, won,
                         {{"cloud", "growth", 0.3}, {"memory", "demand", 0.25}});
  contract.own = catalog::Strength{"", "demand", 0.6};
  return {impact("capex_up", Magnitude::kRevision, 20, up,
                 {{"cloud", "free_cash_flow", -0.5},
                  {"cloud", "growth", 0.2},
                  {"gpu", "demand", 0.6},
                  {"memory", "demand", 0.5}}),
          impact("capex_cut", Magnitude::kRevision, 20, down,
                 {{"cloud", "free_cash_flow", 0.4}, {"gpu", "demand", -0.7}}),
          contract};
}

inline catalog::Trigger trigger(std::string id, std::string family, catalog::TriggerType type,
                                std::vector<catalog::TriggerRow> rows) {
  catalog::Trigger out;
  out.id = std::move(id);
  out.family = std::move(family);
  out.type = type;
  out.half_life_days = 10;
  out.rows = std::move(rows);
  return out;
}

/// A pack of four scenarios from 14 February to 13 March 2026.
inline catalog::Pack pack() {
  using catalog::TriggerType;
  using model::Direction;
  using model::FactKind;
  catalog::Pack p;
  p.id = "shock";
  p.opens = p.evidence_from = at("2026-02-14T00:00:00Z");
  p.closes = at("2026-03-13T00:00:00Z");
  p.prior_basis = "published";
  p.scenarios = {{"settles", "Settles", "안정화", 0.4},
                 {"selloff", "Sell-off", "급락", 0.25},
                 {"rally", "Rally", "랠리", 0.25},
                 {"macro", "Macro", "충격", 0.1}};
  p.forms_excluded = {model::Form::kColumn};
  catalog::Condition soft;
  soft.kinds = {FactKind::kReading};
  soft.metrics = {"core_cpi"};
  soft.surprise_at_most = -0.1;
  catalog::Condition hot = soft;
  hot.surprise_at_most.reset();
  hot.surprise_at_least = 0.1;
  catalog::Trigger cpi = trigger("core_cpi", "cpi", TriggerType::kState,
                                 {{"below", soft, {1.5, 0.7, 1.2, 0.7}},
                                  {"above", hot, {0.7, 1.4, 0.8, 1.5}}});
  cpi.official = true;
  catalog::Condition up10;
  up10.kinds = {FactKind::kReading};
  up10.metrics = {"bond_yield"};
  up10.baseline_at_least = 10;
  catalog::Condition weak;
  weak.kinds = {FactKind::kGuidance};
  weak.subjects = {"AMZN", "MSFT", "GOOGL", "META"};
  weak.directions = {Direction::kDown};
  weak.surprises = {model::Surprise::kBelow};
  weak.direction_or_surprise = true;
  catalog::Condition again;
  again.kinds = {FactKind::kCapex};
  again.groups = {"hyperscalers"};
  again.directions = {Direction::kUp};
  again.same_period = true;
  again.revision_at_least = 0.05;
  catalog::Condition raised = weak;
  raised.subjects = {"NVDA", "AVGO"};
  raised.directions = {Direction::kUp};
  raised.surprises = {model::Surprise::kAbove};
  p.triggers = {
      cpi,
      trigger("ten_year", "rates", TriggerType::kState,
              {{"up_10", up10, {0.8, 1.4, 0.85, 1.3}}}),
      trigger("spender_guidance", "spenders", TriggerType::kEvent,
              {{"weak", weak, {0.6, 2.0, 0.8, 1}}}),
      trigger("spender_capex", "spenders", TriggerType::kEvent,
              {{"raised_again", again, {0.8, 1.4, 1.4, 1}}}),
      trigger("supplier_guidance", "suppliers", TriggerType::kEvent,
              {{"raised", raised, {1.1, 0.65, 2.0, 0.9}}})};
  return p;
}

inline catalog::Company company(std::string id, std::string sector) {
  catalog::Company c;
  c.id = c.ticker = c.name = std::move(id);
  c.sectors = {std::move(sector)};
  return c;
}

inline catalog::Publisher publisher(std::string family, std::string tier) {
  catalog::Publisher p;
  p.family = p.name = std::move(family);
  p.tier = std::move(tier);
  return p;
}

/// To be changed by a test before it is compiled.
inline std::shared_ptr<catalog::Catalogue> catalogue() {
  auto c = std::make_shared<catalog::Catalogue>();
  c->stamp = {"test.1", "sha256:test1"};
  c->companies = {company("AMZN", "cloud"), company("AVGO", "gpu"), company("GOOGL", "cloud"),
                  company("META", "cloud"), company("MSFT", "cloud"), company("MU", "memory"),
                  company("NVDA", "gpu")};
  catalog::Group group;
  group.id = "hyperscalers";
  group.members = {"AMZN", "MSFT", "GOOGL", "META"};
  c->groups = {group};
  for (const char* id : {"cloud", "gpu", "memory"}) c->sectors.push_back({id, id, id});
  c->reading.publishers = {publisher("reuters", "wire"), publisher("bloomberg", "wire"),
                           publisher("yonhap", "wire"), publisher("daily", "daily"),
                           publisher("aggregator", "aggregator")};
  c->weighing.weights = weights();
  c->weighing.impacts = impacts();
  c->weighing.packs = {pack()};
  c->weighing.references = {{"AMZN", {"capex"}, "FY2025", billions(131), "USD",
                             at("2026-02-05T00:00:00Z"), "test"},
                            {"MSFT", {"capex"}, "FY2025", billions(80), "USD",
                             at("2025-07-29T00:00:00Z"), "test"},
                            {"NVDA", {"revenue"}, "trailing", billions(100), "USD",
                             at("2025-02-26T00:00:00Z"), "test"}};
  return c;
}

inline std::shared_ptr<const score::Program> program(
    std::shared_ptr<const catalog::Catalogue> from = catalogue()) {
  return *score::compile(std::move(from));
}

// ---- Facts ----

/// A fact together with the figures that it names.
struct Told {
  model::Fact fact;
  std::optional<base::Decimal> value;
  std::optional<base::Decimal> compared;
  model::FigureKind kind = model::FigureKind::kMoney;
  std::string currency = "USD";  ///< of an amount of money
};

inline model::Period year(int y) {
  using namespace std::chrono;
  model::Period period;
  period.text = std::to_string(y);
  period.start = std::chrono::year(y) / January / 1;
  period.end = std::chrono::year(y) / December / 31;
  period.basis = model::Basis::kAnnual;
  period.fiscal = true;
  return period;
}

inline Told told(model::FactKind kind, const std::string& subject, std::string metric,
                 model::Status status) {
  Told t;
  t.fact.kind = kind;
  t.fact.subject = {model::SubjectType::kCompany, subject, subject};
  t.fact.metric = std::move(metric);
  t.fact.status = status;
  t.fact.claimant.type = model::ClaimantType::kPress;
  t.fact.confidence = 0.9;
  return t;
}

inline Told capex(const std::string& subject, double amount_bn, int y = 2026,
                  model::Status status = model::Status::kPlanned) {
  Told t = told(model::FactKind::kCapex, subject, "capex", status);
  t.value = billions(amount_bn);
  t.fact.period = year(y);
  t.fact.direction = model::Direction::kUp;
  return t;
}

inline Told contract(const std::string& subject, double amount_bn,
                     model::Status status = model::Status::kContracted) {
  Told t = told(model::FactKind::kContract, subject, "contract_value", status);
  t.value = billions(amount_bn);
  t.fact.role = model::Role::kSupplier;
  return t;
}

inline Told guidance(const std::string& subject, model::Direction direction) {
  Told t = told(model::FactKind::kGuidance, subject, "revenue", model::Status::kGuided);
  t.fact.direction = direction;
  return t;
}

inline Told core_cpi(const char* value, const char* consensus) {
  Told t = told(model::FactKind::kReading, "US", "core_cpi", model::Status::kActual);
  t.fact.subject = {model::SubjectType::kCountry, "US", "US"};
  t.kind = model::FigureKind::kPercent;
  t.value = base::Decimal::parse(value);
  t.compared = base::Decimal::parse(consensus);
  t.fact.comparator = model::Comparator{model::Comparison::kConsensus, {}, {}};
  return t;
}

inline Told ten_year(const char* level) {
  Told t = told(model::FactKind::kReading, "UST10Y", "bond_yield", model::Status::kActual);
  t.fact.subject = {model::SubjectType::kInstrument, "UST10Y", "10-year"};
  t.kind = model::FigureKind::kPercent;
  t.value = base::Decimal::parse(level);
  return t;
}

inline Told denied(Told t) {
  t.fact.polarity = model::Polarity::kNegated;
  t.fact.status = model::Status::kDenied;
  return t;
}

// ---- Records ----

class News {
 public:
  explicit News(const std::string& id) {
    model::EventHeader& e = record_.event;
    e.id = e.story_id = id;
    e.headline = "headline of " + id;
    e.family = e.publisher = e.source = "reuters";
    e.lead_digest = "lead of " + id;
    record_.catalog = {"test.1", "sha256:test1"};
    at("2026-02-20T09:00:00Z");
  }

  News& at(const std::string& time) { return at(invented::at(time)); }
  News& at(base::Instant time) {
    record_.event.published_at = record_.event.received_at = record_.event.scored_at = time;
    return *this;
  }
  News& received(base::Instant time) {
    record_.event.received_at = time;
    return *this;
  }
  News& story(const std::string& id, std::int64_t revision = 1,
              model::Action action = model::Action::kPublish) {
    record_.event.story_id = id;
    record_.event.revision = revision;
    record_.event.action = action;
    return *this;
  }
  News& from(const std::string& family) {
    record_.event.family = record_.event.publisher = family;
    return *this;
  }
  News& form(model::Form form) {
    record_.event.form = form;
    return *this;
  }
  News& lead(const std::string& digest) {
    record_.event.lead_digest = digest;
    return *this;
  }
  News& link(const std::string& key, const std::string& prefix = "") {
    record_.event.link_key = key;
    record_.event.link_prefix = prefix;
    return *this;
  }
  News& embargo(const std::string& until) {
    record_.event.embargo_until = record_.event.scored_at = invented::at(until);
    return *this;
  }
  News& synthetic() {
    record_.event.synthetic = true;
    return *this;
  }
  News& tone(const std::string& id, double score, double relevance = 1) {
    model::CompanyInText c;
    c.id = c.ticker = id;
    c.relevance = relevance;
    c.tone = {score < 0 ? model::ToneLabel::kNegative : model::ToneLabel::kPositive, score, 1};
    record_.companies.push_back(c);
    return *this;
  }
  News& fact(Told t) {
    model::Fact fact = t.fact;
    fact.id = record_.event.id + "/" + std::to_string(record_.facts.size() + 1) + "/" +
              std::to_string(record_.event.revision);
    fact.rule = "test";
    if (t.value) fact.figure = add_figure(*t.value, t);
    if (t.compared && fact.comparator) fact.comparator->figure = add_figure(*t.compared, t);
    record_.facts.push_back(fact);
    return *this;
  }
  const model::FactsRecord& record() const { return record_; }
  operator const model::FactsRecord&() const { return record_; }  // NOLINT: reads as a record

 private:
  std::string add_figure(const base::Decimal& value, const Told& t) {
    model::Figure figure;
    figure.id = "f" + std::to_string(record_.figures.size() + 1);
    figure.kind = t.kind;
    figure.low = figure.high = value;
    if (t.kind == model::FigureKind::kMoney) {
      figure.currency = t.currency;
      figure.currency_basis = model::CurrencyBasis::kStated;
    }
    record_.figures.push_back(figure);
    return figure.id;
  }

  model::FactsRecord record_;
};

/// Applies, settles and keeps, as a commit of one record does.
inline score::Effects commit(score::Scorer& scorer, const model::FactsRecord& record) {
  scorer.apply(record);
  score::Effects effects = scorer.settle();
  scorer.keep();
  return effects;
}

}  // namespace wiremill::invented
