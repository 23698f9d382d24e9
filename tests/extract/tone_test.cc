#include "extract/tone.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using model::ToneLabel;

ToneLabel tone(const std::string& text) { return read(text).tone.label; }

model::Tone tone_of(const std::string& text, const std::string& id) {
  for (const model::CompanyInText& company : read(text).companies) {
    if (company.id == id) return company.tone;
  }
  ADD_FAILURE() << id << " is not in: " << text;
  return {};
}

TEST(Tone, FollowsTheWords) {
  EXPECT_EQ(tone("Shares surged after record profit."), ToneLabel::kPositive);
  EXPECT_EQ(tone("실적 부진에 주가가 급락했다."), ToneLabel::kNegative);
  EXPECT_EQ(tone("The meeting takes place on Tuesday."), ToneLabel::kNeutral);
}

TEST(Tone, TurnsWithNegation) {
  EXPECT_EQ(tone("Profit did not improve."), ToneLabel::kNegative);
  EXPECT_EQ(tone("실적은 개선되지 않았다."), ToneLabel::kNegative);
}

TEST(Tone, KnowsWhenLessIsBetter) {
  EXPECT_EQ(tone("The maker reported a narrower loss."), ToneLabel::kPositive);
  EXPECT_EQ(tone("적자 축소"), ToneLabel::kPositive);
  EXPECT_EQ(tone("상승폭 반납"), ToneLabel::kNegative);
}

TEST(Tone, OfEachCompanyIsItsOwn) {
  const std::string text = "Nvidia soared, while Amazon plunged.";
  EXPECT_EQ(tone_of(text, "NVDA").label, ToneLabel::kPositive);
  EXPECT_EQ(tone_of(text, "AMZN").label, ToneLabel::kNegative);
  const std::string korean = "엔비디아는 급등했지만 아마존은 급락했다.";
  EXPECT_EQ(tone_of(korean, "NVDA").label, ToneLabel::kPositive);
  EXPECT_EQ(tone_of(korean, "AMZN").label, ToneLabel::kNegative);
}

TEST(Tone, StaysInItsBounds) {
  const model::Tone tone = read(std::string("Shares surged. ") + std::string(4000, ' ') +
                                "Shares soared, jumped, rallied and surged.").tone;
  EXPECT_GT(tone.score, 0.5);
  EXPECT_LE(tone.score, 1);
  EXPECT_LE(tone.confidence, 1);
}

}  // namespace
}  // namespace wiremill::extract
