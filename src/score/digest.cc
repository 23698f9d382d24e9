// The digest of a facts record: two records with the same digest say the same.

#include <fmt/format.h>

#include <iterator>

#include "base/digest.h"
#include "score/story.h"

namespace wiremill::score {
namespace {

/// Writes every field with a mark of its own, so that no two records can run together.
class Writer {
 public:
  void add(std::string_view text) {
    text_ += fmt::format_int(text.size()).c_str();
    text_ += ':';
    text_ += text;
  }
  void add(std::int64_t number) {
    text_ += 'i';
    text_ += fmt::format_int(number).c_str();
    text_ += ';';
  }
  void add(bool flag) { text_ += flag ? '+' : '-'; }
  void add(double number) { fmt::format_to(std::back_inserter(text_), "d{};", number); }
  void add(base::Instant at) { add(at.time_since_epoch().count()); }
  void add(const base::Decimal& value) { add(value.text()); }
  void add(const std::chrono::year_month_day& date) {
    text_ += fmt::format("y{}-{}-{};", static_cast<int>(date.year()),
                         static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  }
  template <class Enum>
    requires std::is_enum_v<Enum>
  void add(Enum value) {
    add(model::name_of(value));
  }
  template <class T>
  void add(const std::optional<T>& value) {
    add(value.has_value());
    if (value) add(*value);
  }
  template <class T>
  void add(const std::vector<T>& values) {
    add(static_cast<std::int64_t>(values.size()));
    for (const T& value : values) add(value);
  }
  template <class... Fields>
  void all(const Fields&... fields) {
    (add(fields), ...);
  }

  void add(const model::Span& s) { all(s.field, s.start, s.end, s.text); }
  void add(const model::Figure& f) {
    all(f.id, f.span, f.kind, f.unit, f.low, f.high, f.bound, f.currency, f.currency_basis,
        f.currency_candidates, f.per, f.role, f.same_as, f.converts, f.alternatives, f.flags);
  }
  void add(const model::Tone& t) { all(t.label, t.score, t.confidence); }
  void add(const model::CompanyMention& m) { all(m.span, m.by); }
  void add(const model::CompanyInText& c) {
    all(c.id, c.ticker, c.exchange, c.relevance, c.mentions, c.tone, c.flags);
  }
  void add(const model::Subject& s) { all(s.type, s.id, s.text); }
  void add(const model::Party& p) { all(p.id, p.text, p.role, p.share); }
  void add(const model::Qualifier& q) {
    all(q.variant, q.segment, q.location, q.product, q.agreement, q.relation, q.part_of);
  }
  void add(const model::Measure& m) { all(m.name, m.figure); }
  void add(const model::Period& p) {
    all(p.text, p.start, p.end, p.basis, p.fiscal, p.annualised_from);
  }
  void add(const model::Comparator& c) { all(c.relation, c.figure, c.period); }
  void add(const model::Claimant& c) { all(c.type, c.id, c.text, c.via); }
  void add(const model::Fact& f) {
    all(f.id, f.kind, f.subject, f.role, f.parties, f.metric, f.qualifier, f.figure, f.measures,
        f.comparator, f.period, f.status, f.modality, f.newness, f.direction, f.surprise, f.stance,
        f.polarity, f.claimant, f.confidence, f.held, f.flags, f.rule, f.quotes);
  }
  void add(const model::EventHeader& e) {
    all(e.id, e.story_id, e.revision, e.action, e.form, e.source, e.publisher, e.family, e.lang,
        e.url, e.headline, e.published_at, e.received_at, e.scored_at, e.embargo_until, e.link_key,
        e.link_prefix, e.lead_digest, e.synthetic, e.traceparent);
  }

  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace

std::string record_digest(const model::FactsRecord& record) {
  Writer writer;
  writer.all(record.event, record.catalog.version, record.catalog.digest, record.figures,
             record.companies, record.tone, record.facts, record.flags);
  return base::short_digest(writer.text());
}

}  // namespace wiremill::score
