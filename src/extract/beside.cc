#include "extract/beside.h"

#include <algorithm>
#include <map>

namespace wiremill::extract {
namespace {

constexpr std::string_view kPrefix = "beside.";

struct Row {
  std::string_view name;
  BesideWords Beside::*words;
};

constexpr Row kRows[] = {
    {"subject_behind", &Beside::subject_behind},
    {"object_behind", &Beside::object_behind},
    {"object_before", &Beside::object_before},
    {"touched_before", &Beside::touched_before},
    {"partner_before", &Beside::partner_before},
    {"bought_before", &Beside::bought_before},
    {"bought_behind", &Beside::bought_behind},
    {"buyer_behind", &Beside::buyer_behind},
    {"aside_opens", &Beside::aside_opens},
    {"one_of_behind", &Beside::one_of_behind},
    {"goal_before", &Beside::goal_before},
    {"goal_behind", &Beside::goal_behind},
    {"speaker_before", &Beside::speaker_before},
    {"speaker_behind", &Beside::speaker_behind},
    {"forecaster_behind", &Beside::forecaster_behind},
    {"rated_by", &Beside::rated_by},
    {"quoted_before", &Beside::quoted_before},
    {"receiver_behind", &Beside::receiver_behind},
    {"source_behind", &Beside::source_behind},
    {"than_behind", &Beside::than_behind},
    {"leads_away", &Beside::leads_away},
    {"hedge_between", &Beside::hedge_between},
    {"noun_between", &Beside::noun_between},
    {"aside_before", &Beside::aside_before},
    {"expected_behind", &Beside::expected_behind},
    {"beats_behind", &Beside::beats_behind},
    {"list_joint", &Beside::list_joint},
    {"list_each", &Beside::list_each},
    {"sum_begins", &Beside::sum_begins},
    {"former_behind", &Beside::former_behind},
    {"origin_behind", &Beside::origin_behind},
    {"own_year_behind", &Beside::own_year_behind},
    {"guided_in", &Beside::guided_in},
    {"joined_by", &Beside::joined_by},
    {"row_joined", &Beside::row_joined},
    {"period_link", &Beside::period_link},
    {"taken_back_behind", &Beside::taken_back_behind},
    {"taken_back_to", &Beside::taken_back_to},
    {"taken_back_verb", &Beside::taken_back_verb},
    {"milestone_before", &Beside::milestone_before},
    {"ruled_out_before", &Beside::ruled_out_before},
    {"ruled_out_behind", &Beside::ruled_out_behind},
    {"start_before", &Beside::start_before},
    {"not_time_before", &Beside::not_time_before},
    {"own_time_gap", &Beside::own_time_gap},
    {"compared_behind", &Beside::compared_behind},
    {"odds_before", &Beside::odds_before},
    {"change_up_before", &Beside::change_up_before},
    {"change_down_before", &Beside::change_down_before},
    {"move_hedge", &Beside::move_hedge},
    {"move_not_price", &Beside::move_not_price},
    {"move_lower", &Beside::move_lower},
    {"move_higher", &Beside::move_higher},
    {"move_shares", &Beside::move_shares},
    {"move_its_shares", &Beside::move_its_shares},
    {"move_place_before", &Beside::move_place_before},
    {"move_shares_before", &Beside::move_shares_before},
    {"move_open", &Beside::move_open},
    {"move_listed", &Beside::move_listed},
    {"move_case_behind", &Beside::move_case_behind},
    {"move_own_behind", &Beside::move_own_behind},
    {"move_subject_behind", &Beside::move_subject_behind},
    {"move_share", &Beside::move_share},
    {"move_other_subject", &Beside::move_other_subject},
};

}  // namespace

std::size_t BesideWords::begun(std::string_view text) const {
  std::size_t longest = 0;
  for (const std::string& word : words_) {
    if (text.starts_with(word)) longest = std::max(longest, word.size());
  }
  return longest;
}

std::size_t BesideWords::ended(std::string_view text) const {
  std::size_t longest = 0;
  for (const std::string& word : words_) {
    if (text.ends_with(word)) longest = std::max(longest, word.size());
  }
  return longest;
}

bool BesideWords::are(std::string_view text) const {
  return std::find(words_.begin(), words_.end(), text) != words_.end();
}

bool BesideWords::stand_in(std::string_view text) const {
  return std::any_of(words_.begin(), words_.end(), [&](const std::string& word) {
    return text.find(word) != std::string_view::npos;
  });
}

bool is_beside(std::string_view class_id) { return class_id.starts_with(kPrefix); }

Beside::Beside(const catalog::Reading& reading) {
  std::map<std::string_view, std::vector<std::string>> found;
  for (const catalog::WordClass& one : reading.words) {
    if (!is_beside(one.id)) continue;
    const std::string_view name = std::string_view(one.id).substr(kPrefix.size());
    const bool asked = std::any_of(std::begin(kRows), std::end(kRows),
                                   [&](const Row& row) { return row.name == name; });
    if (!asked) unasked.emplace_back(one.id, one.place);
    for (const std::string& word : one.words) {
      for (std::string& form : catalog::expand_forms(word)) {
        found[name].push_back(std::move(form));
      }
    }
  }
  for (const Row& row : kRows) {
    std::vector<std::string>& words = found[row.name];
    if (words.empty()) empty.emplace_back(row.name);
    this->*row.words = BesideWords(std::move(words));
  }
}

}  // namespace wiremill::extract
