#include "extract/rows.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using Texts = std::vector<std::string>;

Texts spenders(const std::string& text) {
  const auto record = read(text);
  Texts all;
  for (const model::Fact& fact : facts_of(record, model::FactKind::kCapex)) {
    all.push_back(fact.subject.id + " " + value_of(record, fact));
  }
  return all;
}

TEST(Rows, OfNamesAndFiguresGoTogetherInTheirOrder) {
  EXPECT_EQ(spenders("Amazon, Alphabet and Meta plan capital expenditures of $200 billion, $180 "
                     "billion and $125 billion."),
            (Texts{"AMZN 200000000000 USD", "GOOGL 180000000000 USD", "META 125000000000 USD"}));
}

TEST(Rows, OfAnotherLengthSayNothing) {
  const Texts all = spenders("Amazon and Meta plan capital expenditures of $200 billion.");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_NE(all[0].find("200000000000"), std::string::npos);
}

}  // namespace
}  // namespace wiremill::extract
