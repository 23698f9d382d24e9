#pragma once
// One version of one news item or filing, as received. Decoded once in `wire`; nothing here is
// normalised: offsets everywhere count code points of `headline` and `body` as they stand here.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/names.h"

namespace wiremill::model {

enum class Action { kPublish, kCorrect, kWithdraw };
template <>
struct NameTable<Action> {
  static constexpr std::array<std::string_view, 3> kNames{"publish", "correct", "withdraw"};
};

enum class Form {
  kAlert, kNews, kColumn, kAnalystNote, kPressRelease, kFiling, kTranscript, kRoundup, kMarketWrap
};
template <>
struct NameTable<Form> {
  static constexpr std::array<std::string_view, 9> kNames{
      "alert", "news", "column", "analyst_note", "press_release",
      "filing", "transcript", "roundup", "market_wrap"};
};

enum class Language { kKorean, kEnglish };
template <>
struct NameTable<Language> {
  static constexpr std::array<std::string_view, 2> kNames{"ko", "en"};
};

enum class BodyFormat { kText, kHtml };
template <>
struct NameTable<BodyFormat> {
  static constexpr std::array<std::string_view, 2> kNames{"text", "html"};
};

/// What only filings have.
struct Filing {
  std::string filing_form;         ///< "8-K", "단일판매ㆍ공급계약체결"; empty when not said
  std::vector<std::string> items;  ///< "1.01", …
  std::string issuer;              ///< name
  std::string issuer_code;         ///< CIK or stock code
  std::optional<base::Instant> filed_at;
  std::string period;
  bool operator==(const Filing&) const = default;
};

/// Invariants (kept by wire::decode_event): id and story_id not empty; published_at set; headline
/// or body not empty unless the action is withdraw; revision >= 1.
struct Event {
  std::string id;
  std::string story_id;
  std::int64_t revision = 1;
  Action action = Action::kPublish;
  std::optional<Form> form;  ///< absent: guessed by extract
  std::string source;
  std::string publisher;
  base::Instant published_at;
  std::optional<base::Instant> received_at;  ///< absent: when the log took it in
  std::optional<base::Instant> embargo_until;
  std::optional<Language> lang;  ///< absent: detected by extract
  BodyFormat body_format = BodyFormat::kText;
  std::string url;
  std::vector<std::string> symbols;
  std::string headline;
  std::string body;
  std::optional<Filing> filing;
  bool synthetic = false;   ///< heartbeat or test: travels the whole line, moves no belief
  std::string traceparent;  ///< W3C trace context of the input record, empty when absent
  bool operator==(const Event&) const = default;
};

}  // namespace wiremill::model
