#include "extract/extract.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "base/digest.h"
#include "extract/companies.h"
#include "extract/disclosures.h"
#include "extract/document.h"
#include "extract/figures.h"
#include "extract/frames.h"
#include "extract/header.h"
#include "extract/holding.h"
#include "extract/lexis.h"
#include "extract/odds.h"
#include "extract/periods.h"
#include "extract/result_rows.h"
#include "extract/rule_tests.h"
#include "extract/rules.h"
#include "extract/siblings.h"
#include "extract/told_country.h"
#include "extract/tone.h"
#include "extract/trace_lines.h"

namespace wiremill::extract {
namespace {

constexpr std::size_t kNameBytesMax = 45;

double rounded(double value) {
  return static_cast<double>(static_cast<std::int64_t>(std::clamp(value, 0.0, 1.0) * 10000 + 0.5)) /
         10000;
}

/// Gives figures their ids, and turns places in one field's list into ids.
void name_figures(std::vector<PlacedFigure>& placed, std::size_t first) {
  const auto id = [&](const std::string& index) {
    return fmt::format("f{}", first + static_cast<std::size_t>(std::stoul(index)));
  };
  for (std::size_t i = 0; i < placed.size(); ++i) {
    model::Figure& figure = placed[i].figure;
    figure.id = fmt::format("f{}", first + i);
    if (!figure.same_as.empty()) figure.same_as = id(figure.same_as);
    if (!figure.converts.empty()) figure.converts = id(figure.converts);
    for (std::string& other : figure.alternatives) other = id(other);
  }
}

/// The issuer of a filing; the one company of the headline, or that of the only symbol when the
/// headline leaves it open.
std::optional<std::uint32_t> main_company(const Companies& companies, const Lexis& lexis,
                                          const model::Event& event) {
  if (companies.issuer) return companies.issuer;
  std::optional<std::uint32_t> only;
  for (const PlacedCompany& one : companies.headline) {
    if (only && *only != one.company) {
      only.reset();
      break;
    }
    only = one.company;
  }
  if (only || event.symbols.size() != 1 || companies.listed.empty()) return only;
  for (const model::CompanyInText& one : companies.listed) {
    const bool symbol = std::any_of(one.mentions.begin(), one.mentions.end(), [](const auto& m) {
      return m.by == model::MentionBy::kSymbolField;
    });
    if (!symbol) continue;
    const catalog::Company* const found = lexis.catalogue.company(one.id);
    if (found == nullptr) return only;
    return static_cast<std::uint32_t>(found - lexis.catalogue.companies.data());
  }
  return only;
}

/// "버티브, …": Korean headlines name the company in front of the first comma; newswire flashes
/// leave it to the symbol.
std::string unknown_company(const Document& document, const model::Event& event) {
  if (event.symbols.size() == 1) return event.symbols.front();
  const std::string_view headline = document.headline.text();
  std::string_view text = headline.empty() ? document.body.text() : headline;
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos) return {};
    text.remove_prefix(close + 1);
  }
  if (text.starts_with(' ')) text.remove_prefix(1);
  const FieldText& field = headline.empty() ? document.body : document.headline;
  const auto begin = static_cast<std::size_t>(text.data() - field.text().data());
  const std::string_view name = text.substr(0, text.find(", "));
  for (const Hit& hit : field.hits_at(begin)) {
    // An index, a country, some other word: no company.
    if (hit.term == Term::kInstrument || hit.end >= begin + name.size()) return {};
  }
  const bool one_word = name.size() < text.size() && name.size() <= kNameBytesMax &&
                        name.find_first_of(" \n.\"'(") == std::string_view::npos;
  const bool korean = !name.empty() && static_cast<unsigned char>(name.back()) >= 0x80;
  return one_word && korean ? std::string(name) : std::string();
}

/// The family of the outlet that the text quotes, when it is not its own.
std::string quoted_outlet(const Document& document, const Lexis& lexis,
                          const std::string& family) {
  for (const FieldText* const field : {&document.headline, &document.body}) {
    for (const Hit& hit : field->hits) {
      if (hit.term != Term::kOutlet) continue;
      const std::string& quoted = lexis.catalogue.reading.publishers[hit.index].family;
      if (quoted != family) return quoted;
    }
  }
  return {};
}

class CatalogueExtractor final : public Extractor {
 public:
  CatalogueExtractor(std::shared_ptr<const catalog::Catalogue> catalogue, const Options& options)
      : catalogue_(std::move(catalogue)), options_(options), lexis_(*catalogue_),
        plausibility_(*catalogue_) {}

  base::Result<void> compile() {
    auto rules = compile_rules(lexis_, options_.pattern_memory_bytes);
    if (!rules) return base::fail(rules.error());
    rules_ = std::move(*rules);
    index_ = RuleIndex(rules_);
    return {};
  }

  model::FactsRecord extract(const model::Event& event, base::Instant received,
                             Trace* asked) const override {
    Trace unasked;
    unasked.explain = false;
    Trace& trace = asked != nullptr ? *asked : unasked;
    const Document document = read_document(event, lexis_.vocabulary, options_, trace.work);
    model::FactsRecord record;
    record.event = header_of(event, received, document, lexis_);
    record.catalog = catalogue_->stamp;
    if (document.truncated) record.flags.emplace_back("truncated");
    if (event.action != model::Action::kWithdraw) read(event, document, record, trace);
    return record;
  }

 private:
  std::vector<PlacedFigure> figures(const FieldText& field, const model::FactsRecord& record,
                                    std::size_t first, Trace& trace) const {
    const std::size_t room = options_.figures_max - std::min(options_.figures_max, first - 1);
    auto placed = find_figures(field, lexis_, record.event.lang, room, trace.work);
    name_figures(placed, first);
    return placed;
  }

  void read(const model::Event& event, const Document& document, model::FactsRecord& record,
            Trace& trace) const {
    const Companies companies = find_companies(document, event, lexis_, options_, trace.work);
    record.companies = companies.listed;
    if (companies.ambiguous) record.flags.emplace_back("ambiguous_company");
    const auto in_headline = figures(document.headline, record, 1, trace);
    const auto in_body = figures(document.body, record, in_headline.size() + 1, trace);
    const Scene headline(document.headline, in_headline, companies.headline, lexis_);
    const Scene body(document.body, in_body, companies.body, lexis_);
    const Setting setting{event, record.event, lexis_, index_, periods_,
                          plausibility_,
                          main_company(companies, lexis_, event),
                          unknown_company(document, event),
                          options_.facts_max,
                          quoted_outlet(document, lexis_, record.event.family)};
    for (const auto* const list : {&in_headline, &in_body}) {
      for (const PlacedFigure& one : *list) record.figures.push_back(one.figure);
    }
    if (record.figures.size() >= options_.figures_max) record.flags.emplace_back("figures_cut");
    std::vector<PlacedFact> facts;
    build_facts(headline, setting, trace, facts);
    build_facts(body, setting, trace, facts);
    settle_countries(headline, body, facts);
    read_disclosure(headline, body, setting, facts);
    read_result_rows(body, setting, facts);
    share_particulars(record, facts);
    hold_implausible(setting, record, facts);
    read_tone(headline, body, record);
    if (trace.explain) explain_mentions(record, {&in_headline, &in_body}, companies, trace);
    keep(std::move(facts), record, trace);
  }

  void read_tone(const Scene& headline, const Scene& body, model::FactsRecord& record) const {
    ToneReader reader(lexis_);
    reader.add(headline);
    reader.add(body);
    record.tone = reader.document();
    for (model::CompanyInText& company : record.companies) {
      const catalog::Company* const known = catalogue_->company(company.id);
      if (known == nullptr) continue;
      company.tone =
          reader.company(static_cast<std::uint32_t>(known - catalogue_->companies.data()));
    }
  }

  /// Ids, limits and counts; equal facts of one document are kept once.
  void keep(std::vector<PlacedFact> facts, model::FactsRecord& record, Trace& trace) const {
    std::map<std::string, int> seen;
    for (PlacedFact& placed : facts) {
      if (record.facts.size() >= options_.facts_max) {
        ++trace.work.dropped_facts;
        continue;
      }
      model::Fact& fact = placed.fact;
      fact.confidence = rounded(fact.confidence);
      const std::string key = identity(record, fact);
      const int again = seen[key]++;
      fact.id = base::short_digest(again == 0 ? key : fmt::format("{}\n{}", key, again));
      trace.work.held_facts += fact.held ? 1 : 0;
      if (trace.explain) explain_fact(record, placed, trace);
      record.facts.push_back(std::move(fact));
    }
    if (trace.work.dropped_facts > 0) record.flags.emplace_back("facts_cut");
  }

  static std::string identity(const model::FactsRecord& record, const model::Fact& fact) {
    const model::Figure* const figure = record.figure(fact.figure);
    const model::Span& quote = fact.quotes.front();
    return fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}", record.event.story_id,
                       record.event.revision, record.event.id, model::name_of(fact.kind),
                       fact.subject.id, fact.subject.text, fact.metric, fact.rule,
                       fact.period ? fact.period->text : "",
                       figure != nullptr ? figure->span.text : "",
                       fmt::format("{}:{}", model::name_of(quote.field),
                                   figure != nullptr ? figure->span.start : quote.start));
  }

  std::shared_ptr<const catalog::Catalogue> catalogue_;
  Options options_;
  Lexis lexis_;
  PeriodReader periods_;
  Plausibility plausibility_;
  std::vector<CompiledRule> rules_;
  RuleIndex index_;
};

}  // namespace

std::vector<catalog::Mistake> mistakes_in(const catalog::Catalogue& catalogue,
                                          const Options& options) {
  auto mistakes = mistakes_in_rules(catalogue.reading.rules, options.pattern_memory_bytes);
  auto in_tests = mistakes_in_rule_tests(catalogue.reading.rules);
  mistakes.insert(mistakes.end(), std::make_move_iterator(in_tests.begin()),
                  std::make_move_iterator(in_tests.end()));
  return mistakes;
}

base::Result<std::shared_ptr<const Extractor>> compile(
    std::shared_ptr<const catalog::Catalogue> catalogue, const Options& options) {
  auto extractor = std::make_shared<CatalogueExtractor>(std::move(catalogue), options);
  if (auto compiled = extractor->compile(); !compiled) return base::fail(compiled.error());
  return extractor;
}

std::vector<std::string> rule_ids(const catalog::Catalogue& catalogue) {
  std::vector<std::string> ids;
  for (const std::string_view own : {kOddsInText, kOddsInTable, kContractDisclosure,
                                     kContractEndDisclosure, kFacilityDisclosure, kResultRow}) {
    ids.emplace_back(own);
  }
  for (const catalog::Rule& rule : catalogue.reading.rules) ids.push_back(rule.id);
  return ids;
}

}  // namespace wiremill::extract
