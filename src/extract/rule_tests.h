#pragma once
// Runs the tests that stand inside the rule files: each gives a text and what of its facts must be
// so. `wiremill check` and the test suite ask the same question.
//
//   for (const std::string& failure : run_rule_tests(*extractor, *catalogue)) print(failure);
//
// It judges rules one text at a time; what a change does to a whole corpus, `tests/golden` says.

#include <string>
#include <vector>

#include "catalog/catalogue.h"
#include "extract/extract.h"

namespace wiremill::extract {

/// Keys and kinds in expectations that no fact can have, with the nearest known one.
std::vector<catalog::Mistake> mistakes_in_rule_tests(const std::vector<catalog::Rule>& rules);

/// One text of a few lines for each expectation that is not met: file and line, the text, what was
/// expected and what came out instead; empty when all is well. A test without facts demands that
/// the rule's kind gives no asserted, affirmed, new fact.
/// The texts are read as if published on 13 February 2026.
std::vector<std::string> run_rule_tests(const Extractor& extractor,
                                        const catalog::Catalogue& catalogue);

}  // namespace wiremill::extract
