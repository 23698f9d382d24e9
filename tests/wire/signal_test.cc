#include "wire/signal.h"

#include <gtest/gtest.h>

#include "samples.h"

namespace wiremill::wire {
namespace {

TEST(Signal, EveryFieldSurvivesEncodingAndDecoding) {
  const model::Signal signal = samples::full_signal();
  const auto decoded = decode_signal(encode_signal(signal));
  ASSERT_TRUE(decoded) << decoded.error().text;
  EXPECT_EQ(*decoded, signal);
}

TEST(Signal, ASignalOfASectorHasNoScenario) {
  model::Signal signal = samples::full_signal();
  signal.scenario.reset();
  signal.supersedes = 0;
  const std::string text = encode_signal(signal);
  EXPECT_NE(text.find(R"("scenario":null)"), std::string::npos);
  EXPECT_NE(text.find(R"("supersedes":null)"), std::string::npos);
  EXPECT_EQ(*decode_signal(text), signal);
}

TEST(Signal, SettlingMakesEncodingExact) {
  model::Signal signal = samples::full_signal();
  signal.values["mass"] = 1.0 / 3;
  signal.scenario->weights = {1.0 / 3, 2.0 / 3};
  signal.because[0].factors["novelty"] = 1e-9;
  const std::string text = encode_signal(signal);
  EXPECT_NE(*decode_signal(text), signal);
  settle(signal);
  EXPECT_EQ(signal.values["mass"], 0.333333);
  EXPECT_EQ(signal.scenario->weights[1], 0.666667);
  EXPECT_EQ(*decode_signal(text), signal);
}

TEST(Signal, NumbersHaveNoExponentAndNoMinusZero) {
  model::Signal signal;
  signal.values = {{"a", 6e11}, {"b", -1e-7}, {"c", 1e-6}, {"d", -0.0}, {"e", 1e21}};
  EXPECT_NE(encode_signal(signal).find(
                R"("values":{"a":600000000000,"b":0,"c":0.000001,"d":0,)"
                R"("e":1000000000000000000000.0})"),
            std::string::npos)
      << encode_signal(signal);
}

TEST(Signal, AMissingPartNamesItsPath) {
  std::string text = encode_signal(samples::full_signal());
  const std::string_view count = R"("count":1,)";
  text.replace(text.find(count), count.size(), "");
  EXPECT_EQ(decode_signal(text).error().text, "held.count: is missing");
}

}  // namespace
}  // namespace wiremill::wire
