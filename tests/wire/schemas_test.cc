// The closed lists of schemas/ are those of the program, word for word and in order.

#include "wire/reasons.h"

#include <gtest/gtest.h>

#include "model/dead_letter.h"
#include "samples.h"
#include "wire/json_reader.h"

namespace wiremill::wire {
namespace {

const JsonValue* child(const JsonValue* json, std::string_view key) {
  if (json == nullptr) return nullptr;
  for (const JsonValue& field : *json) {
    if (field.key == key) return &field;
  }
  return nullptr;
}

/// The words of "$defs"/`name`/"enum" of a schema file.
std::vector<std::string> words_of(const std::string& file, std::string_view name) {
  const std::string text = samples::schema_file(file);
  const auto schema = parse_json(text, {});
  std::vector<std::string> words;
  if (!schema) return words;
  const JsonValue* const list = child(child(child(*schema, "$defs"), name), "enum");
  if (list == nullptr) return words;
  for (const JsonValue& word : *list) words.emplace_back(word.text);
  return words;
}

template <class Enum>
void expect_same(const std::string& file, std::string_view name) {
  const auto& names = model::NameTable<Enum>::kNames;
  EXPECT_EQ(words_of(file, name), std::vector<std::string>(names.begin(), names.end()))
      << file << " " << name;
}

TEST(Schemas, ListTheWordsOfEvents) {
  for (const std::string file : {"news-event.schema.json", "filing-event.schema.json"}) {
    expect_same<model::Action>(file, "action");
    expect_same<model::Language>(file, "lang");
    expect_same<model::BodyFormat>(file, "body_format");
  }
  expect_same<model::Form>("news-event.schema.json", "form");
}

TEST(Schemas, ListTheWordsOfFacts) {
  const std::string file = "facts.schema.json";
  expect_same<model::Action>(file, "action");
  expect_same<model::Form>(file, "form");
  expect_same<model::Language>(file, "lang");
  expect_same<model::Field>(file, "field");
  expect_same<model::FigureKind>(file, "figure_kind");
  expect_same<model::Bound>(file, "bound");
  expect_same<model::CurrencyBasis>(file, "currency_basis");
  expect_same<model::FigureRole>(file, "figure_role");
  expect_same<model::MentionBy>(file, "mention_by");
  expect_same<model::FactKind>(file, "fact_kind");
  expect_same<model::SubjectType>(file, "subject_type");
  expect_same<model::Role>(file, "role");
  expect_same<model::Status>(file, "status");
  expect_same<model::Modality>(file, "modality");
  expect_same<model::Newness>(file, "newness");
  expect_same<model::Direction>(file, "direction");
  expect_same<model::Surprise>(file, "surprise");
  expect_same<model::Stance>(file, "stance");
  expect_same<model::Polarity>(file, "polarity");
  expect_same<model::ClaimantType>(file, "claimant_type");
  expect_same<model::Comparison>(file, "comparison");
  expect_same<model::Basis>(file, "basis");
  expect_same<model::ToneLabel>(file, "tone_label");
}

TEST(Schemas, ListTheWordsOfSignals) {
  const std::string file = "signal.schema.json";
  expect_same<model::ScopeType>(file, "scope_type");
  expect_same<model::Cause>(file, "cause");
  expect_same<model::Mode>(file, "mode");
}

TEST(Schemas, ListTheReasonsOfDeadLetters) {
  std::vector<std::string> reasons(kDecodeReasons.begin(), kDecodeReasons.end());
  reasons.insert(reasons.end(), kOtherReasons.begin(), kOtherReasons.end());
  EXPECT_EQ(words_of("dead-letter.schema.json", "reason"), reasons);
}

}  // namespace
}  // namespace wiremill::wire
