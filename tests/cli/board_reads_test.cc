#include "cli/board_reads.h"

#include <gtest/gtest.h>

namespace wiremill::cli {
namespace {

model::Because because(std::string kind, model::Subject subject, std::string value) {
  model::Because because;
  because.kind = std::move(kind);
  because.subject = std::move(subject);
  because.value = std::move(value);
  because.aspect = "core_cpi";
  return because;
}

TEST(MoverWords, SayWhatMovedAndFromWhere) {
  model::Because guidance = because("guidance", {model::SubjectType::kCompany, "MSFT", "Microsoft"},
                                    "78000000000 USD");
  EXPECT_EQ(mover_words(guidance), " guidance: 78 bn USD");
  guidance.previous = "80500000000 USD";
  EXPECT_EQ(mover_words(guidance), " guidance: 78 bn USD after 80.5 bn USD");
  guidance.status = "denied";
  EXPECT_EQ(mover_words(guidance), " guidance: 78 bn USD after 80.5 bn USD, denied");
}

TEST(MoverWords, AReadingIsNamedByItsInstrumentOrItsTrigger) {
  EXPECT_EQ(mover_words(because("reading", {model::SubjectType::kInstrument, "UST10Y", ""},
                                "4.29 percent")),
            ": 4.29 %");
  EXPECT_EQ(mover_words(because("reading", {model::SubjectType::kCountry, "US", ""},
                                "0.2 percent")),
            " core cpi: 0.2 %");
}

class Silence : public testing::Test {
 protected:
  Silence() {
    catalog::Pack pack;
    pack.id = "set";
    pack.evidence_from = *base::parse_rfc3339("2026-01-01T00:00:00Z");
    pack.closes = *base::parse_rfc3339("2026-01-20T00:00:00Z");
    pack.silence = catalog::Silence{"customer", {0.8, 0.1}, 14};
    catalog::Trigger trigger;
    trigger.id = "customer";
    trigger.name = "A named customer";
    pack.triggers.push_back(trigger);
    catalogue_.weighing.packs.push_back(pack);
    signal_.scenario = model::ScenarioView{};
    signal_.scenario->set = "set";
    signal_.scenario->triggers.push_back({"customer", "off", "", "", 0, false});
    signal_.as_of = *base::parse_rfc3339("2026-01-09T12:00:00Z");
  }
  catalog::Catalogue catalogue_;
  model::Signal signal_;
};

TEST_F(Silence, IsSaidWithItsDays) {
  EXPECT_EQ(silence_words(signal_, catalogue_), "8 days: no news of “A named customer”");
  signal_.as_of = *base::parse_rfc3339("2026-01-02T12:00:00Z");
  EXPECT_EQ(silence_words(signal_, catalogue_), "1 day: no news of “A named customer”");
}

TEST_F(Silence, EndsWithThePack) {
  signal_.as_of = *base::parse_rfc3339("2026-02-09T12:00:00Z");
  EXPECT_EQ(silence_words(signal_, catalogue_), "19 days: no news of “A named customer”");
}

TEST_F(Silence, IsNothingWhereItIsBrokenOrNotAskedFor) {
  signal_.scenario->triggers[0].state = "on";
  EXPECT_EQ(silence_words(signal_, catalogue_), "");
  signal_.scenario->triggers[0].state = "off";
  catalogue_.weighing.packs[0].silence.reset();
  EXPECT_EQ(silence_words(signal_, catalogue_), "");
  signal_.as_of = *base::parse_rfc3339("2026-01-01T12:00:00Z");
  EXPECT_EQ(silence_words(signal_, catalogue_), "");
}

}  // namespace
}  // namespace wiremill::cli
