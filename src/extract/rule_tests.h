#pragma once
// Runs the tests that stand inside the rule files: each gives a text and what of its facts must be
// so. `wiremill check` and the test suite ask the same question.
//
//   for (const std::string& failure : run_rule_tests(*extractor, *catalogue)) print(failure);

#include <string>
#include <vector>

#include "catalog/catalogue.h"
#include "extract/extract.h"

namespace wiremill::extract {

/// One line for each expectation that is not met, with file and line; empty when all is well. A
/// test without facts demands that the rule's kind gives no asserted, affirmed, new fact.
/// The texts are read as if published on 13 February 2026.
std::vector<std::string> run_rule_tests(const Extractor& extractor,
                                        const catalog::Catalogue& catalogue);

}  // namespace wiremill::extract
