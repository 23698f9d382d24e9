#pragma once
// What stands beside a company's name: does it say that a company is meant, a person, or something
// else that only begins with the name?
//
//   NameCues cues(field, lexis);
//   cues.says_company({begin, end}, false);     // "대상, 1분기 …", "shares of Target"
//
// It sees one field and no catalogue entry; which company a name means is decided elsewhere.

#include "extract/document.h"
#include "extract/lexis.h"

namespace wiremill::extract {

/// Threads: any. Borrows: field and lexis.
class NameCues {
 public:
  NameCues(const FieldText& field, const Lexis& lexis);

  /// A second cue for a name that is a word as well. A `group`'s name needs a stronger one: its
  /// neighbours in a list may be groups too, and "LG unveils" may be any of its companies.
  bool says_company(const ByteRange& span, bool group) const;
  /// "Michael Dell", "… : Deepak Sharma", "says Prakash Rao".
  bool is_person(const ByteRange& span) const;
  /// "… Mutual Fund", 기아 타이거즈, the compound BP-101.
  bool is_other(const ByteRange& span) const;

 private:
  bool leads(const ByteRange& span, bool group) const;
  bool has_cue_behind(const ByteRange& span) const;
  bool has_cue_before(const ByteRange& span) const;
  bool has_listing_behind(const ByteRange& span) const;
  bool has_neighbour(const ByteRange& span) const;
  bool names_company(const Hit& hit) const;
  bool is_word_of(ClassId words, std::size_t begin) const;
  bool begins_clause(std::size_t begin) const;
  std::size_t behind_tags() const;
  std::string_view word_before(std::size_t end) const;
  std::string_view word_behind(std::size_t begin) const;

  const FieldText& field_;
  const Lexis& lexis_;
  ClassId behind_;
  ClassId before_;
  ClassId other_;
  std::size_t start_;  ///< of the headline, behind "[특징주] "
};

/// The name is one of `words`, whatever its case.
bool is_among(const catalog::NameWords::Words& words, std::string_view name);

}  // namespace wiremill::extract
