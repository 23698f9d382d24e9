#pragma once
// Everything extracted from one event version: the value of the facts topic, complete enough to
// score from.

#include <string>
#include <vector>

#include "model/event.h"
#include "model/fact.h"

namespace wiremill::model {

enum class MentionBy { kAlias, kCashtag, kExchangePrefix, kTicker, kCode, kSymbolField };
template <>
struct NameTable<MentionBy> {
  static constexpr std::array<std::string_view, 6> kNames{
      "alias", "cashtag", "exchange_prefix", "ticker", "code", "symbol_field"};
};

struct CompanyMention {
  Span span;
  MentionBy by = MentionBy::kAlias;
  bool operator==(const CompanyMention&) const = default;
};

/// A company as one document speaks of it.
struct CompanyInText {
  std::string id;  ///< the catalogue's; empty for a ticker that the catalogue does not know
  std::string ticker;
  std::string exchange;
  double relevance = 0;  ///< 0…1, by place and count
  std::vector<CompanyMention> mentions;
  Tone tone;
  std::vector<std::string> flags;  ///< ticker_conflict, listing_conflict
  bool operator==(const CompanyInText&) const = default;
};

/// Version and digest of the knowledge that a record was made with.
struct CatalogStamp {
  std::string version;
  std::string digest;  ///< "sha256:" and 64 hex digits
  bool operator==(const CatalogStamp&) const = default;
};

/// The event as the facts record repeats it: Event without its text, and what extract settled.
struct EventHeader {
  std::string id;
  std::string story_id;
  std::int64_t revision = 1;
  Action action = Action::kPublish;
  Form form = Form::kNews;
  std::string source;
  std::string publisher;
  std::string family;  ///< publisher family: the unit of independent confirmation
  Language lang = Language::kEnglish;
  std::string url;
  std::string headline;  ///< first 300 code points, for people who read a signal
  base::Instant published_at;
  base::Instant received_at;
  base::Instant scored_at;  ///< min(published, received + 5 min), never before the embargo's end
  std::optional<base::Instant> embargo_until;
  std::string link_key;     ///< family + headline without prefix and figures; see DESIGN of linking
  std::string link_prefix;  ///< "corrected", "withdrawn", "update", "refile", or empty
  std::string lead_digest;  ///< fingerprint of the normalised lead: the same wire, the same digest
  bool synthetic = false;
  std::string traceparent;
  bool operator==(const EventHeader&) const = default;
};

struct FactsRecord {
  EventHeader event;
  CatalogStamp catalog;
  std::vector<Figure> figures;
  std::vector<CompanyInText> companies;
  Tone tone;
  std::vector<Fact> facts;
  std::vector<std::string> flags;

  /// The figure with this id, nullptr when there is none. Borrows: until the record changes.
  const Figure* figure(std::string_view id) const;
  bool operator==(const FactsRecord&) const = default;
};

}  // namespace wiremill::model
