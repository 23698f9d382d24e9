#pragma once
// The shipped catalogue, compiled once for all tests of this suite, and short ways to ask.
//
//   const Figure figure = only_figure("capex of $70-90bn");
//   const FactsRecord record = read("아마존은 …", "headline");

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "catalog/catalogue.h"
#include "extract/extract.h"
#include "text/utf8.h"

namespace wiremill::extract {

inline const std::shared_ptr<const catalog::Catalogue>& shipped_catalogue() {
  static const auto catalogue = [] {
    auto loaded = catalog::load({.folder = WIREMILL_SOURCE_DIR "/deploy/catalog"});
    EXPECT_TRUE(loaded) << loaded.error().text;
    return *loaded;
  }();
  return catalogue;
}

inline const Extractor& shipped_extractor() {
  static const auto extractor = [] {
    auto compiled = compile(shipped_catalogue(), {});
    EXPECT_TRUE(compiled) << compiled.error().text;
    return *compiled;
  }();
  return *extractor;
}

inline model::Event event_of(const std::string& body, const std::string& headline = "") {
  model::Event event;
  event.id = event.story_id = "story-1";
  event.published_at = *base::parse_rfc3339("2026-02-20T09:00:00Z");
  event.headline = headline;
  event.body = body;
  return event;
}

inline model::FactsRecord read(const model::Event& event) {
  return shipped_extractor().extract(event, event.published_at);
}
inline model::FactsRecord read(const std::string& body, const std::string& headline = "") {
  return read(event_of(body, headline));
}

/// "3450000000000 KRW", "70000000000…90000000000 USD", "≥10 percent"; vague: "? USD".
inline std::string shown(const model::Figure& figure) {
  std::string number = "?";
  if (figure.low && figure.high) {
    number = figure.low->text();
    if (*figure.low != *figure.high) number += "…" + figure.high->text();
  } else if (figure.low) {
    number = "≥" + figure.low->text();
  } else if (figure.high) {
    number = "≤" + figure.high->text();
  }
  std::string unit = figure.currency;
  if (unit.empty()) unit = figure.unit;
  if (unit.empty()) unit = model::name_of(figure.kind);
  return number + " " + unit + (figure.per.empty() ? "" : "/" + figure.per);
}

/// All figures of a text, in order.
inline std::vector<std::string> figures_of(const std::string& text) {
  std::vector<std::string> all;
  for (const model::Figure& figure : read(text).figures) all.push_back(shown(figure));
  return all;
}

inline model::Figure only_figure(const std::string& text) {
  const model::FactsRecord record = read(text);
  EXPECT_EQ(record.figures.size(), 1U) << text;
  return record.figures.empty() ? model::Figure{} : record.figures.front();
}

/// Ids of the companies, sorted.
inline std::vector<std::string> companies_of(const model::FactsRecord& record) {
  std::vector<std::string> ids;
  for (const model::CompanyInText& company : record.companies) ids.push_back(company.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}
inline std::vector<std::string> companies_of(const std::string& text) {
  return companies_of(read(text));
}

inline std::vector<model::Fact> facts_of(const model::FactsRecord& record, model::FactKind kind) {
  std::vector<model::Fact> facts;
  for (const model::Fact& fact : record.facts) {
    if (fact.kind == kind) facts.push_back(fact);
  }
  return facts;
}

/// The one fact of a kind; a failure when there is none or more.
inline model::Fact only_fact(const model::FactsRecord& record, model::FactKind kind) {
  const auto facts = facts_of(record, kind);
  EXPECT_EQ(facts.size(), 1U) << record.facts.size() << " facts in all";
  return facts.empty() ? model::Fact{} : facts.front();
}

inline std::string value_of(const model::FactsRecord& record, const model::Fact& fact) {
  const model::Figure* const figure = record.figure(fact.figure);
  return figure == nullptr ? "" : shown(*figure);
}

inline std::string column_text(const std::string& name) {
  std::ifstream in(WIREMILL_SOURCE_DIR "/tests/columns/" + name, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  EXPECT_FALSE(text.str().empty()) << name;
  return text.str();
}

inline model::Event column_event(const std::string& name, const std::string& published) {
  model::Event event = event_of(column_text(name));
  event.id = event.story_id = name;
  event.published_at = *base::parse_rfc3339(published);
  event.form = model::Form::kColumn;
  return event;
}

}  // namespace wiremill::extract
