#include "extract/rules.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "base/spelling.h"

namespace wiremill::extract {

/// Owns the compiled expression, so that RE2 stays out of the headers.
class Pattern {
 public:
  Pattern(const std::string& text, std::int64_t memory) : expression_(text, options(memory)) {}

  bool is_good() const { return expression_.ok(); }
  const std::string& error() const { return expression_.error(); }

  Match run(std::string_view text) const {
    const re2::StringPiece piece(text.data(), text.size());
    // Without captures RE2 answers from its DFA, and falls back to the slower engine when that
    // runs out of memory; an expression whose own program is broken never matches.
    if (!expression_.ok()) return Match::kOutOfMemory;
    return expression_.Match(piece, 0, piece.size(), RE2::UNANCHORED, nullptr, 0) ? Match::kYes
                                                                                  : Match::kNo;
  }

 private:
  static RE2::Options options(std::int64_t memory) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(memory);
    options.set_case_sensitive(false);
    return options;
  }
  RE2 expression_;
};

bool CompiledRule::is_tagged(std::string_view tag) const {
  return std::find(rule->tags.begin(), rule->tags.end(), tag) != rule->tags.end();
}

bool CompiledRule::reads_prints() const {
  constexpr std::string_view kOwnFrame[] = {"print", "yield", "index", "fx", "move", "flow"};
  return std::any_of(std::begin(kOwnFrame), std::end(kOwnFrame),
                     [&](std::string_view tag) { return is_tagged(tag); });
}

Match CompiledRule::matches(std::string_view sentence) const {
  return pattern == nullptr ? Match::kYes : pattern->run(sentence);
}

namespace {

/// What a rule may switch on in the frames; each is explained where the frames ask for it.
constexpr std::string_view kTags[] = {"print", "yield", "index", "site", "carry", "no_newness",
                                      "in_clause", "whole_clause", "with_party", "opens", "ahead",
                                      "over", "move", "verb_first", "flow", "fx", "with_figure",
                                      "about"};

catalog::Mistake mistake(const catalog::Rule& rule, std::string_view what) {
  return {rule.place, fmt::format("rule \"{}\": {}", rule.id, what)};
}

class Compiler {
 public:
  Compiler(const Lexis& lexis, std::int64_t memory) : lexis_(lexis), memory_(memory) {}

  CompiledRule compile(const catalog::Rule& rule) {
    CompiledRule out;
    out.rule = &rule;
    out.kind = model::parse_name<model::FactKind>(rule.kind).value_or(model::FactKind::kCapex);
    for (const auto& any : rule.all) {
      auto& classes = out.all.emplace_back();
      for (const std::string& name : any) classes.push_back(word_class(rule, name));
    }
    if (out.all.empty()) complain(rule, "\"all\" is empty: nothing would trigger it");
    for (const std::string& name : rule.none) out.none.push_back(word_class(rule, name));
    for (const auto& [name, metric] : rule.metrics) {
      out.metrics.emplace_back(word_class(rule, name), metric);
    }
    read_figures(rule, out);
    out.role = model::parse_name<model::Role>(rule.role);
    out.status = model::parse_name<model::Status>(rule.status).value_or(out.status);
    out.direction = model::parse_name<model::Direction>(rule.direction);
    out.surprise = model::parse_name<model::Surprise>(rule.surprise);
    out.stance = model::parse_name<model::Stance>(rule.stance);
    if (!rule.pattern.empty()) out.pattern = std::make_shared<const Pattern>(rule.pattern, memory_);
    return out;
  }

  void check(const Beside& beside) {
    for (const auto& [id, place] : beside.unasked) {
      mistakes_.push_back({place, fmt::format("words \"{}\": nothing asks for this class", id)});
    }
  }

  const std::vector<catalog::Mistake>& mistakes() const { return mistakes_; }

 private:
  void complain(const catalog::Rule& rule, std::string_view what) {
    mistakes_.push_back(mistake(rule, what));
  }

  ClassId word_class(const catalog::Rule& rule, const std::string& name) {
    const ClassId id = lexis_.vocabulary.class_of(name);
    if (id == kNoClass) complain(rule, fmt::format("word class \"{}\" does not exist", name));
    return id;
  }

  void read_figures(const catalog::Rule& rule, CompiledRule& out) {
    for (const std::string& name : rule.figure_kinds) {
      const auto kind = model::parse_name<model::FigureKind>(name);
      if (kind) out.figure_kinds.push_back(*kind);
    }
    if (!rule.least.empty()) out.least = base::Decimal::parse(rule.least);
  }

  const Lexis& lexis_;
  std::int64_t memory_;
  std::vector<catalog::Mistake> mistakes_;
};

}  // namespace

std::vector<catalog::Mistake> mistakes_in_rules(const std::vector<catalog::Rule>& rules,
                                                std::int64_t pattern_memory_bytes) {
  const base::Words tags(std::begin(kTags), std::end(kTags));
  std::vector<catalog::Mistake> mistakes;
  for (const catalog::Rule& rule : rules) {
    for (const std::string& tag : rule.tags) {
      if (tags.contains(tag)) continue;
      mistakes.push_back(mistake(rule, fmt::format("tag \"{}\" is unknown{}", tag,
                                                   base::did_you_mean(tag, tags))));
    }
    if (rule.pattern.empty()) continue;
    const Pattern pattern(rule.pattern, pattern_memory_bytes);
    if (!pattern.is_good()) {
      mistakes.push_back(
          mistake(rule, fmt::format("pattern \"{}\": {}", rule.pattern, pattern.error())));
    } else if (pattern.run("") == Match::kYes) {
      mistakes.push_back(mistake(rule, fmt::format("pattern \"{}\" matches an empty text, and so "
                                                   "every sentence", rule.pattern)));
    }
  }
  return mistakes;
}

base::Result<std::vector<CompiledRule>> compile_rules(const Lexis& lexis,
                                                      std::int64_t pattern_memory_bytes) {
  Compiler compiler(lexis, pattern_memory_bytes);
  compiler.check(lexis.beside);
  std::vector<CompiledRule> rules;
  for (const catalog::Rule& rule : lexis.catalogue.reading.rules) {
    rules.push_back(compiler.compile(rule));
  }
  auto mistakes = mistakes_in_rules(lexis.catalogue.reading.rules, pattern_memory_bytes);
  mistakes.insert(mistakes.end(), compiler.mistakes().begin(), compiler.mistakes().end());
  if (mistakes.empty()) return rules;
  std::string text = "rules:";
  for (const catalog::Mistake& one : mistakes) {
    text += fmt::format("\n  {}: {}", one.place, one.text);
  }
  return base::rejected(std::move(text));
}

}  // namespace wiremill::extract
