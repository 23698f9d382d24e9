#pragma once
// Words that count only right beside something: " acquisition of " in front of a name says that it
// is bought. They are compared at that one place, to the letter and with their blanks, and never
// searched in the text, for most of them stand in every sentence.
//
//   if (lexis.beside.bought.end(before)) …      // beside.bought: [" acquisition of ", " buys "]
//
// They are the catalogue's classes under "beside.". One that it lacks matches nothing.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/reading.h"

namespace wiremill::extract {

/// One class. Threads: immutable once built. Cost: linear in its words.
class BesideWords {
 public:
  BesideWords() = default;
  explicit BesideWords(std::vector<std::string> words) : words_(std::move(words)) {}

  /// The text begins with one of them.
  bool begin(std::string_view text) const { return begun(text) > 0; }
  /// Bytes of the longest of them that the text begins with, 0 for none.
  std::size_t begun(std::string_view text) const;
  /// The text ends with one of them.
  bool end(std::string_view text) const { return ended(text) > 0; }
  /// Bytes of the longest of them that the text ends with, 0 for none.
  std::size_t ended(std::string_view text) const;
  /// The text is one of them.
  bool are(std::string_view text) const;
  /// One of them stands somewhere in the text. Requires: the text is short.
  bool stand_in(std::string_view text) const;

 private:
  std::vector<std::string> words_;
};

/// Whether a class of words belongs here and not to the words that are searched.
bool is_beside(std::string_view class_id);

/// All of them. What is compared without case is written in lower case in the catalogue.
struct Beside {
  explicit Beside(const catalog::Reading& reading);

  // ----- who acts: words in front of a name, or behind it
  BesideWords subject_behind;     ///< "은 ", "'s ": the one who acts
  BesideWords object_behind;      ///< "을 ", "에게": not the one
  BesideWords object_before;      ///< "from ", "citing "
  BesideWords touched_before;     ///< "including ": named in passing
  BesideWords partner_before;     ///< "lead manager ": never the one who acts
  BesideWords bought_before;      ///< "acquisition of "
  BesideWords bought_behind;      ///< "purchase" …
  BesideWords buyer_behind;       ///< … unless it is "purchase of"
  BesideWords aside_opens;        ///< ", which" behind a name: said of it in passing
  BesideWords one_of_behind;      ///< "한 곳" behind a group: one of it, unnamed
  BesideWords goal_before;        ///< of a country: where the goods go
  BesideWords goal_behind;
  BesideWords speaker_before;     ///< "upgraded by ": who speaks, not who is spoken of
  BesideWords speaker_behind;
  BesideWords forecaster_behind;  ///< "estimates that": forecasts for others
  BesideWords rated_by;           ///< behind a verb of rating: the speaker is named there
  BesideWords quoted_before;      ///< "said ": who is quoted is a person
  BesideWords receiver_behind;    ///< "에게 ": gets what another sells, lends or spends
  BesideWords source_behind;      ///< "에 따르면": the exception

  // ----- figures and periods, and what they are compared with
  BesideWords than_behind;        ///< "보다" behind a figure: compared with
  BesideWords leads_away;         ///< between a comparator and a figure: not its value
  BesideWords hedge_between;      ///< between a comparator and its figure: "at least"
  BesideWords noun_between;       ///< the same, with an "of": "a profit of"
  BesideWords aside_before;       ///< "plus or minus" before a figure
  BesideWords expected_behind;    ///< "expected" behind a percentage
  BesideWords beats_behind;       ///< "로 " behind a figure: it beats what follows
  BesideWords list_joint;         ///< "과 " between members of a list
  BesideWords list_each;          ///< "각각" between a list and its figures
  BesideWords sum_begins;         ///< "금액은 " of what the sentence in front told
  BesideWords former_behind;      ///< "이었던" behind a figure
  BesideWords origin_behind;      ///< "에서" behind a figure: where the next one starts from
  BesideWords own_year_behind;    ///< "last year" behind a figure
  BesideWords guided_in;          ///< in front of a figure with "보다": earlier guidance
  BesideWords joined_by;          ///< between two figures that are said together: "and"
  BesideWords row_joined;         ///< between two of a row: ", and"
  BesideWords period_link;        ///< between a figure and its period: "in"
  BesideWords taken_back_behind;  ///< "아님" behind a figure
  BesideWords taken_back_to;      ///< "으로", with one of the next class behind it
  BesideWords taken_back_verb;    ///< "잘못"
  BesideWords milestone_before;   ///< "처음으로" before a figure
  BesideWords ruled_out_before;   ///< "instead of" before a figure
  BesideWords ruled_out_behind;   ///< "이 아니" behind a figure
  BesideWords start_before;       ///< "compared with" before a figure
  BesideWords not_time_before;    ///< "since", "due" before a period
  BesideWords own_time_gap;       ///< between a period and the figure that is its own
  BesideWords compared_behind;    ///< "대비" behind a period
  BesideWords odds_before;        ///< "to", "at", "is" before a percentage
  BesideWords change_up_before;   ///< "up" before a percentage
  BesideWords change_down_before;

  // ----- how shares moved
  BesideWords move_hedge;          ///< between an English verb and its percentage
  BesideWords move_not_price;      ///< behind the percentage: "of its staff", "stake"
  BesideWords move_lower;          ///< behind the percentage of a closing price
  BesideWords move_higher;
  BesideWords move_shares;         ///< between a name and its verb
  BesideWords move_its_shares;     ///< in front of the verb, when the sentence names nobody
  BesideWords move_place_before;   ///< "orders at" before a name: something else moved
  BesideWords move_shares_before;  ///< "shares of" before a name: the exception
  BesideWords move_open;           ///< behind a Korean verb: nothing has moved
  BesideWords move_listed;         ///< between two figures that share a verb
  BesideWords move_case_behind;    ///< "에서 " behind a name: not the one that moved
  BesideWords move_own_behind;     ///< "의 주가": the exception
  BesideWords move_subject_behind; ///< "은 " behind a name: the one that moved …
  BesideWords move_share;          ///< … or its share, "주가"
  BesideWords move_other_subject;  ///< … unless another subject follows

  /// Classes under "beside." that nothing asks for, with their places: slips of the pen.
  std::vector<std::pair<std::string, std::string>> unasked;
  /// Classes that the catalogue has no words for.
  std::vector<std::string> empty;
};

}  // namespace wiremill::extract
