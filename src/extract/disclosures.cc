#include "extract/disclosures.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "text/utf8.h"

namespace wiremill::extract {
namespace {

using model::Fact;
using model::FactKind;

constexpr std::size_t kValueBytesMax = 200;
/// The title stands at the front of the body when the headline does not have it.
constexpr std::size_t kTitleReachBytes = 200;
constexpr double kConfidence = 0.95;

/// Two to four digits at `at`, which moves behind them.
std::optional<int> read_number(std::string_view text, std::size_t& at) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), value);
  const auto length = static_cast<std::size_t>(end - text.data()) - at;
  if (error != std::errc() || length > 4) return std::nullopt;
  at += length;
  return value;
}

/// "2026-02-20", "2026.02.20", "2026년 2월 20일".
std::optional<std::chrono::year_month_day> read_date(std::string_view text) {
  std::size_t at = 0;
  int parts[3] = {};
  for (int& part : parts) {
    while (at < text.size() && !text::is_digit(text[at]) && &part != &parts[0]) ++at;
    if (at >= text.size()) return std::nullopt;
    const auto number = read_number(text, at);
    if (!number) return std::nullopt;
    part = *number;
  }
  const std::chrono::year_month_day date{std::chrono::year{parts[0]},
                                         std::chrono::month{static_cast<unsigned>(parts[1])},
                                         std::chrono::day{static_cast<unsigned>(parts[2])}};
  return date.ok() ? std::optional(date) : std::nullopt;
}

class Form {
 public:
  explicit Form(const Scene& scene) : scene_(scene) {
    for (const Hit& hit : scene.field.hits) {
      const std::string_view name = Lexis::name_in(scene.lexis.disclosure_labels, hit);
      if (name.empty() || hit.begin < covered_) continue;
      covered_ = hit.end;
      const ByteRange value = value_behind(hit.end);
      if (!value.empty() && !is_replaced(hit.begin)) note(name, hit, value);
    }
  }

  /// One of its amounts, an earlier one of a corrected form among them.
  bool has_amount(const std::string& figure) const {
    return std::find(amounts_.begin(), amounts_.end(), figure) != amounts_.end();
  }
  bool any() const { return amount_ || !party_.empty() || start_ || end_ || share_; }

  void fill(Fact& fact) const {
    if (amount_) fact.figure = scene_.figures[*amount_].figure.id;
    if (share_) fact.measures.push_back({"share_of_sales", scene_.figures[*share_].figure.id});
    if (!party_.empty()) add_party(fact);
    if (!product_.empty()) fact.qualifier.product = scene_.field.span(product_).text;
    if (start_ || end_) fact.period = term();
    const bool withheld =
        scene_.field.has(scene_.lexis.withheld, {0, scene_.field.text().size()});
    if (withheld && !amount_) fact.flags.emplace_back("amount_withheld");
    if (withheld && party_.empty()) fact.flags.emplace_back("party_withheld");
    fact.quotes.push_back(scene_.field.span(quote_));
  }

  ByteRange anchor() const { return quote_; }

 private:
  /// The rest of the row behind the label, its unit in brackets and the mark between.
  ByteRange value_behind(std::size_t at) const {
    const std::string_view text = scene_.field.text();
    const std::size_t line = std::min(text.find('\n', at), text.size());
    const std::size_t open = text.find_first_not_of(' ', at);
    if (open < line && text[open] == '(') {
      const std::size_t close = text.find(')', open);
      if (close < line) at = close + 1;
    }
    std::size_t begin = text.find_first_not_of(" :|\t", at);
    if (begin >= line || begin == at) return {};  // "계약금액은 …": no label
    // "정정 전 … 정정 후 …" in one row: what it is now.
    const Named& versions = scene_.lexis.disclosure_versions;
    if (const Hit* const now = scene_.find_named(versions, "after", {begin, line})) {
      begin = text.find_first_not_of(" :|\t", now->end);
      if (begin >= line) return {};
    }
    std::size_t end = std::min({text.find('|', begin), line, begin + kValueBytesMax});
    while (end > begin && text[end - 1] == ' ') --end;
    const std::string_view value = text.substr(begin, end - begin);
    return value == "-" ? ByteRange{} : ByteRange{begin, end};
  }

  /// "정정 전: 계약금액 …", "당초 계약금액": what the form said before.
  bool is_replaced(std::size_t at) const {
    const std::size_t line = at == 0 ? std::string_view::npos
                                     : scene_.field.text().rfind('\n', at - 1);
    const ByteRange front{line == std::string_view::npos ? 0 : line + 1, at};
    const auto said = scene_.nearest_named(scene_.lexis.disclosure_versions, front, {at, at});
    return said.second == "before";
  }

  void note(std::string_view name, const Hit& hit, const ByteRange& value) {
    const std::string_view words = scene_.field.cut(value);
    if (name == "amount" || name == "ended_amount") {
      std::optional<std::size_t> figure;
      if (!take_figure(model::FigureKind::kMoney, value, figure)) return;
      amounts_.push_back(scene_.figures[*figure].figure.id);
      // Of an ended contract the part that ended counts.
      if (name == "amount" && ended_) return;
      ended_ = name == "ended_amount";
      amount_ = figure;
      quote_ = {hit.begin, scene_.figures[*figure].span.end};
    } else if (name == "share_of_sales") {
      take_figure(model::FigureKind::kPercent, value, share_);
    } else if (name == "party") {
      party_ = value;
    } else if (name == "product") {
      product_ = value;
    } else if (const auto date = read_date(words)) {
      (name == "start" ? start_ : end_) = date;
    }
    if (quote_.empty()) quote_ = {hit.begin, value.end};
  }

  /// The figure that the value begins with; false when it does not begin with one of the kind.
  bool take_figure(model::FigureKind kind, const ByteRange& value, std::optional<std::size_t>& at) {
    for (const std::size_t index : scene_.figures_in(value)) {
      const PlacedFigure& placed = scene_.figures[index];
      if (placed.figure.kind != kind || placed.span.begin != value.begin) continue;
      at = index;
      return true;
    }
    return false;
  }

  void add_party(Fact& fact) const {
    model::Party party;
    party.text = scene_.field.span(party_).text;
    party.role = model::Role::kCustomer;
    for (const Actor& actor : scene_.actors_in(party_)) {
      if (actor.type != model::SubjectType::kCompany) continue;
      party.id = scene_.lexis.catalogue.companies[actor.index].id;
      break;
    }
    fact.parties.push_back(std::move(party));
  }

  model::Period term() const {
    model::Period period;
    const auto written = [](const std::optional<std::chrono::year_month_day>& date) {
      return date ? fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date->year()),
                                static_cast<unsigned>(date->month()),
                                static_cast<unsigned>(date->day()))
                  : std::string();
    };
    period.text = written(start_) + "~" + written(end_);
    period.start = start_;
    period.end = end_;
    period.basis = model::Basis::kContractTerm;
    return period;
  }

  const Scene& scene_;
  std::size_t covered_ = 0;
  std::optional<std::size_t> amount_;  ///< into the scene's figures
  std::vector<std::string> amounts_;
  bool ended_ = false;
  std::optional<std::size_t> share_;
  ByteRange party_;
  ByteRange product_;
  std::optional<std::chrono::year_month_day> start_;
  std::optional<std::chrono::year_month_day> end_;
  ByteRange quote_;
};

/// What a form of this title tells.
struct Title {
  FactKind kind = FactKind::kContract;
  model::Status status = model::Status::kContracted;
  std::string_view rule;
};

std::optional<Title> title_of(const Scene& scene, std::size_t reach) {
  const ByteRange range{0, std::min(scene.field.text().size(), reach)};
  const std::string_view name = scene.first_named(scene.lexis.disclosure_titles, range).second;
  if (name == "contract") {
    return Title{FactKind::kContract, model::Status::kContracted, kContractDisclosure};
  }
  if (name == "contract_ended") {
    return Title{FactKind::kContract, model::Status::kCancelled, kContractEndDisclosure};
  }
  if (name == "facility") {
    return Title{FactKind::kCapex, model::Status::kPlanned, kFacilityDisclosure};
  }
  return std::nullopt;
}

/// The headline of a filing that names no company is its title, and no statement.
void drop_titles(const Scene& headline, std::vector<PlacedFact>& facts) {
  if (!headline.actors_in({0, headline.field.text().size()}).empty()) return;
  std::erase_if(facts, [](const PlacedFact& one) {
    return one.fact.figure.empty() && one.fact.quotes.front().field == model::Field::kHeadline;
  });
}

/// Rules read the words of the form too: the title as a contract without an amount, a row as an
/// order, an amount that was replaced as another. The form is one fact.
bool is_of_form(const Fact& fact) {
  return fact.kind == FactKind::kContract || fact.kind == FactKind::kOrder ||
         fact.kind == FactKind::kCapex || fact.kind == FactKind::kSupply;
}

}  // namespace

model::Subject issuer_subject(const Setting& setting) {
  model::Subject subject{model::SubjectType::kCompany, "", ""};
  if (setting.event.filing) subject.text = setting.event.filing->issuer;
  if (!setting.main_company) return subject;
  const catalog::Company& company = setting.lexis.catalogue.companies[*setting.main_company];
  subject.id = company.id;
  if (subject.text.empty()) subject.text = company.name;
  return subject;
}

void read_disclosure(const Scene& headline, const Scene& body, const Setting& setting,
                     std::vector<PlacedFact>& facts) {
  if (setting.header.form != model::Form::kFiling) return;
  drop_titles(headline, facts);
  auto title = title_of(headline, headline.field.text().size());
  if (!title) title = title_of(body, kTitleReachBytes);
  const Form form(body);
  // What the amount of a form means is for its title to say.
  std::erase_if(facts, [&](const PlacedFact& one) { return form.has_amount(one.fact.figure); });
  if (!title || !form.any()) return;
  PlacedFact out;
  Fact& fact = out.fact;
  fact.kind = title->kind;
  fact.status = title->status;
  fact.rule = title->rule;
  fact.subject = issuer_subject(setting);
  if (fact.subject.id.empty() && fact.subject.text.empty()) return;
  const bool facility = fact.kind == FactKind::kCapex;
  fact.role = facility ? model::Role::kSpender : model::Role::kSupplier;
  fact.metric = facility ? "capex" : "contract_value";
  fact.claimant = {model::ClaimantType::kCompany, fact.subject.id, fact.subject.text, ""};
  if (setting.header.link_prefix == "corrected") fact.qualifier.relation = "amendment";
  fact.confidence = kConfidence;
  form.fill(fact);
  out.anchor = form.anchor();
  out.note = "form of a disclosure";
  std::erase_if(facts, [&](const PlacedFact& one) { return is_of_form(one.fact); });
  facts.push_back(std::move(out));
}

}  // namespace wiremill::extract
