#include "extract/fitting.h"

#include "extract_world.h"

namespace wiremill::extract {
namespace {

using model::FactKind;

std::vector<std::string> capex_values(const std::string& text) {
  const auto record = read(text);
  std::vector<std::string> all;
  for (const model::Fact& fact : facts_of(record, FactKind::kCapex)) {
    all.push_back(value_of(record, fact));
  }
  return all;
}

TEST(Fitting, APartOfAFigureIsNoFigureOfItsOwn) {
  EXPECT_EQ(capex_values("삼성전자는 지난해 시설투자로 50조원을 집행했고 이 중 메모리에 40조원을 썼다."),
            (std::vector<std::string>{"50000000000000 KRW"}));
}

TEST(Fitting, AValueThatIsTakenBackIsNone) {
  EXPECT_EQ(capex_values("메타의 올해 설비투자는 1,300억 달러가 아니라 1,200억 달러다."),
            (std::vector<std::string>{"120000000000 USD"}));
  EXPECT_EQ(capex_values("SK하이닉스의 올해 설비투자는 30조원이 아니라 25조원이다."),
            (std::vector<std::string>{"25000000000000 KRW"}));
}

TEST(Fitting, AChangeOrAComparedValueIsNoLevel) {
  EXPECT_EQ(capex_values("오라클은 올해 설비투자를 400억 달러로 늘렸는데, 봄에 제시한 300억 달러보다 많다."),
            (std::vector<std::string>{"40000000000 USD"}));
}

}  // namespace
}  // namespace wiremill::extract
