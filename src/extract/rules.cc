#include "extract/rules.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

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
    for (const std::string& tag : rule.tags) {
      if (std::find(std::begin(kTags), std::end(kTags), tag) == std::end(kTags)) {
        complain(rule, fmt::format("tag \"{}\" is unknown", tag));
      }
    }
    if (!rule.pattern.empty()) read_pattern(rule, out);
    return out;
  }

  void check(const Beside& beside) {
    for (const auto& [id, place] : beside.unasked) {
      mistakes_ += fmt::format("\n  {}: words \"{}\": nothing asks for this class", place, id);
    }
  }

  const std::string& mistakes() const { return mistakes_; }

 private:
  void complain(const catalog::Rule& rule, std::string_view what) {
    mistakes_ += fmt::format("\n  {}: rule \"{}\": {}", rule.place, rule.id, what);
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
      if (!kind) complain(rule, fmt::format("figure kind \"{}\" is unknown", name));
    }
    if (rule.least.empty()) return;
    out.least = base::Decimal::parse(rule.least);
    if (!out.least) complain(rule, fmt::format("least \"{}\" is not a number", rule.least));
  }

  void read_pattern(const catalog::Rule& rule, CompiledRule& out) {
    auto pattern = std::make_shared<const Pattern>(rule.pattern, memory_);
    if (!pattern->is_good()) {
      complain(rule, fmt::format("pattern \"{}\": {}", rule.pattern, pattern->error()));
    }
    out.pattern = std::move(pattern);
  }

  const Lexis& lexis_;
  std::int64_t memory_;
  std::string mistakes_;
};

}  // namespace

base::Result<std::vector<CompiledRule>> compile_rules(const Lexis& lexis,
                                                      std::int64_t pattern_memory_bytes) {
  Compiler compiler(lexis, pattern_memory_bytes);
  compiler.check(lexis.beside);
  std::vector<CompiledRule> rules;
  for (const catalog::Rule& rule : lexis.catalogue.reading.rules) {
    rules.push_back(compiler.compile(rule));
  }
  if (!compiler.mistakes().empty()) return base::rejected("rules:" + compiler.mistakes());
  return rules;
}

}  // namespace wiremill::extract
