// The columns and some invented news, read whole and kept as text: a change of words or rules shows
// as a difference that a person can read. WIREMILL_REWRITE_GOLDEN=1 writes the files anew.
#include "extract/extract.h"

#include <fmt/format.h>

#include <cstdlib>

#include "extract_world.h"

namespace wiremill::extract {
namespace {

template <class Enum>
std::string name(const std::optional<Enum>& value) {
  return value ? std::string(model::name_of(*value)) : "-";
}

std::string period_text(const std::optional<model::Period>& period) {
  if (!period) return "-";
  std::string text = fmt::format("{} ({}", period->text, model::name_of(period->basis));
  for (const auto& day : {period->start, period->end}) {
    if (!day) continue;
    text += fmt::format(" {:04}-{:02}-{:02}", static_cast<int>(day->year()),
                        static_cast<unsigned>(day->month()), static_cast<unsigned>(day->day()));
  }
  return text + ")";
}

std::string fact_text(const model::FactsRecord& record, const model::Fact& fact) {
  std::string text = fmt::format(
      "{} {} of {}: {}\n  {}, {}, {}, {}; direction {}, surprise {}, stance {}\n  period {}; said "
      "by {} {}",
      fact.rule, fact.metric.empty() ? model::name_of(fact.kind) : std::string_view(fact.metric),
      fact.subject.id.empty() ? fact.subject.text : fact.subject.id,
      fact.figure.empty() ? "no figure" : value_of(record, fact), model::name_of(fact.status),
      model::name_of(fact.modality), model::name_of(fact.newness), model::name_of(fact.polarity),
      name(fact.direction), name(fact.surprise), name(fact.stance), period_text(fact.period),
      model::name_of(fact.claimant.type), fact.claimant.via);
  if (fact.comparator) {
    text += fmt::format("\n  against {} {}", model::name_of(fact.comparator->relation),
                        shown(*record.figure(fact.comparator->figure)));
  }
  for (const model::Party& party : fact.parties) {
    text += fmt::format("\n  {} {}", model::name_of(party.role), party.id);
  }
  for (const std::string& flag : fact.flags) text += "\n  held: " + flag;
  return text + "\n";
}

std::string record_text(const model::FactsRecord& record) {
  std::string text;
  for (const model::CompanyInText& company : record.companies) {
    text += fmt::format("company {} {} {}\n", company.id, company.relevance,
                        model::name_of(company.tone.label));
  }
  for (const model::Figure& figure : record.figures) {
    text += fmt::format("figure {} = {} ({})\n", figure.span.text, shown(figure),
                        model::name_of(figure.bound));
  }
  for (const model::Fact& fact : record.facts) text += fact_text(record, fact);
  return text;
}

void expect_golden(const std::string& file, const std::string& actual) {
  const std::string path = WIREMILL_SOURCE_DIR "/tests/golden/extract/" + file;
  if (std::getenv("WIREMILL_REWRITE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << actual;
  }
  std::ifstream in(path, std::ios::binary);
  std::ostringstream expected;
  expected << in.rdbuf();
  EXPECT_EQ(expected.str(), actual) << path;
}

TEST(Golden, ColumnsReadAsBefore) {
  for (const auto& [column, published] :
       {std::pair{"2026-02-capex", "2026-02-13T00:00:00Z"},
        std::pair{"2025-12-trainium", "2025-12-22T00:00:00Z"},
        std::pair{"2025-12-infrastructure-year", "2025-12-20T00:00:00Z"}}) {
    const auto event = column_event(std::string(column) + ".txt", published);
    expect_golden(std::string(column) + ".facts.txt", record_text(read(event)));
  }
}

TEST(Golden, InventedNewsReadsAsBefore) {
  std::ifstream in(WIREMILL_SOURCE_DIR "/tests/golden/extract/invented.news.txt");
  std::string all;
  int count = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    ++count;
    all += "> " + line + "\n" + record_text(read(line)) + "\n";
  }
  EXPECT_EQ(count, 9);
  expect_golden("invented.facts.txt", all);
}

}  // namespace
}  // namespace wiremill::extract
