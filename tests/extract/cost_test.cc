#include "extract/extract.h"

#include <functional>

#include "extract_world.h"

namespace wiremill::extract {
namespace {

std::string repeated(const std::string& piece, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += piece;
  return out;
}

std::int64_t steps_of(const std::string& body) {
  Trace trace;
  trace.explain = false;
  const model::Event event = event_of(body);
  shipped_extractor().extract(event, event.published_at, &trace);
  return trace.work.steps;
}

TEST(Cost, GrowsWithTheLengthOfTheTextAndNoFaster) {
  for (const char* piece :
       {"아마존은 올해 자본지출로 2000억 달러를 쓸 계획이라고 밝혔다. ",
        "Nvidia raised its first-quarter revenue guidance to $65bn from $60bn. ",
        "설비투자설비투자설비투자", "$$$$$$$$", "1,1,1,1,1,1", "조조조조", "((((((((",
        "12345678901234567890", "| a | b ", "사상 최대 사상 최대 실"}) {
    const std::int64_t small = steps_of(repeated(piece, 20'000));
    const std::int64_t large = steps_of(repeated(piece, 200'000));
    EXPECT_LT(large, 12 * small) << piece;
    EXPECT_LT(small, 60 * 20'000) << piece;
  }
}

TEST(Cost, IsBoundedByTheFieldLimit) {
  Options options;
  options.field_bytes_max = 4096;
  const auto extractor = compile(shipped_catalogue(), options);
  ASSERT_TRUE(extractor);
  const model::Event event = event_of(repeated("아마존은 ", 100'000));
  const auto record = (*extractor)->extract(event, event.published_at);
  EXPECT_EQ(record.flags, std::vector<std::string>{"truncated"});
  EXPECT_LE(record.companies.at(0).mentions.size(), Options{}.mentions_max);
}

TEST(Cost, IsBoundedByTheNumberOfSentences) {
  Options options;
  options.sentences_max = 100;
  const auto extractor = compile(shipped_catalogue(), options);
  ASSERT_TRUE(extractor);
  const std::string lead = "Amazon plans capex of $200 billion.\n";
  const model::Event whole = event_of(lead + repeated("Up.\n", 4 * 99));
  EXPECT_TRUE((*extractor)->extract(whole, whole.published_at).flags.empty());
  const model::Event longer = event_of(lead + repeated("Up.\n", 4 * 101) + "Meta spends $3 bn.");
  const auto record = (*extractor)->extract(longer, longer.published_at);
  EXPECT_EQ(record.flags, std::vector<std::string>{"truncated"});
  EXPECT_EQ(record.figures.size(), 1U) << "what stands behind the last sentence is not read";
  EXPECT_EQ(record.companies.size(), 1U);
}

TEST(Cost, IsBoundedWhereSignsGrow) {
  const model::Event event =
      event_of("Amazon plans capex of $200 billion. " + repeated("\uFDFA", 100'000) + " Meta");
  Trace trace;
  const auto record = shipped_extractor().extract(event, event.published_at, &trace);
  EXPECT_EQ(record.flags, std::vector<std::string>{"truncated"});
  EXPECT_EQ(record.figures.size(), 1U);
  EXPECT_LT(trace.work.steps, 10 * 100'000);
}

TEST(Cost, KeepsTheListsOfARecordBounded) {
  const model::Event event =
      event_of(repeated("Amazon plans capex of $200 billion. ", 40'000));
  Trace trace;
  const auto record = shipped_extractor().extract(event, event.published_at, &trace);
  EXPECT_EQ(record.facts.size(), Options{}.facts_max);
  EXPECT_GT(trace.work.dropped_facts, 0);
  EXPECT_EQ(record.flags, std::vector<std::string>{"facts_cut"});
}

}  // namespace
}  // namespace wiremill::extract
