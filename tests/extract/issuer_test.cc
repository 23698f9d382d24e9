#include "extract/issuer.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

std::vector<std::string> companies_filed_by(const std::string& issuer, const std::string& code) {
  model::Event event = event_of("The quarterly report was furnished.");
  event.form = model::Form::kFiling;
  event.filing = model::Filing{};
  event.filing->issuer = issuer;
  event.filing->issuer_code = code;
  return companies_of(read(event));
}

TEST(Issuer, IsKnownByCodeOrName) {
  EXPECT_EQ(companies_filed_by("", "000660"), std::vector<std::string>{"000660"});
  EXPECT_EQ(companies_filed_by("Vertiv Holdings Co", ""), std::vector<std::string>{"VRT"});
  EXPECT_EQ(companies_filed_by("효성중공업", ""), std::vector<std::string>{"298040"});
}

TEST(Issuer, ThatNobodyKnowsIsNone) {
  EXPECT_TRUE(companies_filed_by("Nowhere Tooling Works", "999999").empty());
}

}  // namespace
}  // namespace wiremill::extract
