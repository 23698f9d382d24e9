#include "extract/tone.h"

#include <fstream>

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

TEST(Tone, OfAMoveIsThatOfItsMeasure) {
  EXPECT_EQ(tone("Costs fell."), ToneLabel::kPositive);
  EXPECT_EQ(tone("Costs rose."), ToneLabel::kNegative);
  EXPECT_EQ(tone("비용이 감소했다."), ToneLabel::kPositive);
  EXPECT_EQ(tone("매출이 감소했다."), ToneLabel::kNegative);
  EXPECT_EQ(tone("Operating loss of EUR 2 mn; up 12%."), ToneLabel::kNegative);
}

TEST(Tone, TurnsAtLessThanFeared) {
  EXPECT_EQ(tone("Profit fell sharply."), ToneLabel::kNegative);
  EXPECT_EQ(tone("Profit fell less than feared."), ToneLabel::kPositive);
  EXPECT_EQ(tone("Profit rose less than expected."), ToneLabel::kNegative);
}

TEST(Tone, ComparesFiguresWhenNoVerbDoes) {
  EXPECT_EQ(tone("Operating profit was EUR 12 mn, compared with EUR 9 mn."), ToneLabel::kPositive);
  EXPECT_EQ(tone("Operating profit was EUR 9 mn, compared with EUR 12 mn."), ToneLabel::kNegative);
  EXPECT_EQ(tone("Operating profit was EUR 9 mn, compared with EUR 9 mn."), ToneLabel::kNeutral);
  EXPECT_EQ(tone("순이익은 작년 80억원에 비해 올해 35억원이었다."), ToneLabel::kNegative);
}

TEST(Tone, OfAReasonIsLessThanOfWhatHappens) {
  EXPECT_EQ(tone("화재에도 주가 상승"), ToneLabel::kPositive);
  EXPECT_EQ(tone("호실적에도 주가 하락"), ToneLabel::kNegative);
  EXPECT_EQ(tone("Shares fall despite strong results"), ToneLabel::kNegative);
}

TEST(Tone, OfAFearIsThatOfTheFearAlone) {
  EXPECT_EQ(tone("실적 둔화 우려 해소"), ToneLabel::kPositive);
  EXPECT_EQ(tone("하락 우려"), ToneLabel::kNegative);
  EXPECT_EQ(tone("금리 인하 기대 후퇴"), ToneLabel::kNegative);
  EXPECT_EQ(tone("Recession fears ease."), ToneLabel::kPositive);
  EXPECT_EQ(tone("Fears of a slowdown ease."), ToneLabel::kPositive);
}

TEST(Tone, HearsLossesThatShrinkAsRelief) {
  EXPECT_EQ(tone("영업손실 42억원…적자폭 감소"), ToneLabel::kPositive);
  EXPECT_EQ(tone("영업손실 42억원…적자폭 확대"), ToneLabel::kNegative);
}

TEST(Tone, OfWhatIsCalledOffIsThatOfItsLoss) {
  EXPECT_EQ(tone("공급계약 해지"), ToneLabel::kNegative);
  EXPECT_EQ(tone("추가 관세 철회"), ToneLabel::kPositive);
}

TEST(Tone, BesideWhatIsFlatIsNeutral) {
  EXPECT_EQ(tone("다우 오르고 나스닥 내려…혼조 마감"), ToneLabel::kNeutral);
  EXPECT_EQ(tone("Shares end mixed after gains in early trade"), ToneLabel::kNeutral);
}

TEST(Tone, OfAQuestionIsNeutral) {
  EXPECT_EQ(tone("Will shares rise?"), ToneLabel::kNeutral);
  EXPECT_EQ(tone("주가 더 오를까?"), ToneLabel::kNeutral);
}

TEST(Tone, KnowsWhoIsMeant) {
  const std::string rivals = "Nvidia overtakes Intel.";
  EXPECT_EQ(tone_of(rivals, "NVDA").label, ToneLabel::kPositive);
  EXPECT_EQ(tone_of(rivals, "INTC").label, ToneLabel::kNegative);
  const std::string rated = "Morgan Stanley upgrades to buy Nvidia.";
  EXPECT_EQ(tone_of(rated, "NVDA").label, ToneLabel::kPositive);
  const std::string sued = "Intel sues Nvidia.";
  EXPECT_EQ(tone_of(sued, "NVDA").label, ToneLabel::kNegative);
  EXPECT_EQ(tone_of(sued, "INTC").label, ToneLabel::kNeutral);
  const std::string passive = "Nvidia downgraded by Morgan Stanley.";
  EXPECT_EQ(tone_of(passive, "NVDA").label, ToneLabel::kNegative);
  const std::string target = "Goldman Sachs raises price target on Micron.";
  EXPECT_EQ(tone_of(target, "MU").label, ToneLabel::kPositive);
  EXPECT_EQ(tone_of(target, "GS").label, ToneLabel::kNeutral);
  const std::string pushed = "삼성전자, TSMC에 밀려 점유율 하락";
  EXPECT_EQ(tone_of(pushed, "005930").label, ToneLabel::kNegative);
  EXPECT_EQ(tone_of(pushed, "TSM").label, ToneLabel::kNeutral);
  const std::string listed = "Nvidia, Intel and Amazon fall.";
  EXPECT_EQ(tone_of(listed, "NVDA").label, ToneLabel::kNegative);
  EXPECT_EQ(tone_of(listed, "AMZN").label, ToneLabel::kNegative);
}

/// Every name and ticker of the catalogue, alone and beside numbers, says nothing.
TEST(Tone, OfNamesAndNumbersAloneIsNeutral) {
  for (const catalog::Company& company : shipped_catalogue()->companies) {
    for (const std::string& name : company.aliases) {
      const model::Tone found = read(name).tone;
      EXPECT_EQ(found.label, ToneLabel::kNeutral) << name << ": " << found.score;
    }
  }
  for (const char* const numbers : {"12.5%", "$4.2bn", "1조 2000억원", "2026-03-01", "$7-9bn",
                                    "3,412.40", "10 GW", "0.25%p", "1,400원"}) {
    EXPECT_EQ(tone(numbers), ToneLabel::kNeutral) << numbers;
    EXPECT_EQ(tone(std::string("Nvidia ") + numbers), ToneLabel::kNeutral) << numbers;
  }
}

TEST(Tone, OfInventedNewsIsWhatAReaderSays) {
  std::ifstream cases(WIREMILL_SOURCE_DIR "/tests/golden/tone/cases.txt");
  std::string line;
  int count = 0;
  while (std::getline(cases, line)) {
    const std::size_t bar = line.find(" | ");
    if (line.starts_with('#') || bar == std::string::npos) continue;
    ++count;
    EXPECT_EQ(model::name_of(tone(line.substr(bar + 3))), line.substr(0, bar)) << line;
  }
  EXPECT_GE(count, 120);
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
