#include "extract/tone_marks.h"

#include <algorithm>
#include <array>

#include "text/utf8.h"

namespace wiremill::extract {
namespace {

using catalog::ToneRole;

/// How far, in bytes, a reason reaches behind the word that opens it, and what is feared behind
/// the fear.
constexpr std::size_t kReasonBytes = 64;
constexpr std::size_t kFearedBytes = 24;
constexpr std::size_t kAmountBytes = 12;
/// Between a Korean noun and the next: a space; a particle and a space.
constexpr std::size_t kSpaceBytes = 1;
constexpr std::size_t kParticleBytes = 4;

std::vector<ToneMark> find_marks(const Scene& scene, const ByteRange& clause,
                                 const std::vector<Actor>& actors) {
  std::vector<ToneMark> marks;
  std::size_t covered = 0;
  std::size_t name = 0;
  for (const Hit& hit : scene.field.hits_in(clause)) {
    if (hit.term != Term::kLexicon || hit.begin < covered || hit.end > clause.end) continue;
    while (name < actors.size() && actors[name].span.end <= hit.begin) ++name;
    const bool in_name = name < actors.size() && actors[name].span.begin < hit.end &&
                         actors[name].type == model::SubjectType::kCompany;
    if (in_name) continue;
    covered = hit.end;
    ToneMark mark{{hit.begin, hit.end}, &scene.lexis.catalogue.reading.lexicon[hit.index]};
    mark.latin = text::is_word(scene.field.text()[hit.begin]);
    marks.push_back(mark);
  }
  return marks;
}

/// "절반으로 감소": a Korean word that says only by how much leaves its measure to the verb.
void drop_amounts(std::vector<ToneMark>& marks) {
  for (std::size_t i = marks.size(); i-- > 1;) {
    const ToneMark& before = marks[i - 1];
    const bool amount = before.entry->role == ToneRole::kMove && before.entry->alone == 0;
    const bool verb = marks[i].entry->role == ToneRole::kMove &&
                      marks[i].span.begin - before.span.end <= kAmountBytes;
    if (!amount || !verb || before.latin) continue;
    marks.erase(marks.begin() + static_cast<std::ptrdiff_t>(i - 1));
  }
}

/// "하락 우려", "recession fears", "fears of a slump": the fear counts, not what it is about.
void drop_feared(const Scene& scene, std::vector<ToneMark>& marks) {
  std::vector<bool> dropped(marks.size());
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (!marks[i].entry->about || dropped[i]) continue;
    std::size_t gap = kSpaceBytes;
    for (std::size_t before = i; before-- > 0; gap = kParticleBytes) {
      if (marks[before + 1].span.begin - marks[before].span.end > gap) break;
      if (marks[before].entry->about && gap == kSpaceBytes) break;
      dropped[before] = true;
      if (gap == kParticleBytes) break;
    }
    if (!marks[i].latin || i + 1 == marks.size()) continue;
    const std::string_view behind =
        scene.field.cut({marks[i].span.end, marks[i + 1].span.begin});
    const bool is_about = behind.starts_with(" of ") || behind.starts_with(" over ") ||
                          behind.starts_with(" about ") || behind.starts_with(" that ");
    if (is_about && behind.size() <= kFearedBytes) dropped[i + 1] = true;
  }
  std::size_t at = 0;
  std::erase_if(marks, [&](const ToneMark&) { return dropped[at++]; });
}

TonePlace korean_place(std::string_view rest) {
  constexpr std::array<std::string_view, 8> kReasons{"에 ",  "에,", "에.", "로 ",
                                                     "속 ", "속에", "탓", "으로"};
  if (rest.starts_with("에도") || rest.starts_with("에서도")) return TonePlace::kInSpite;
  const bool reason = std::any_of(kReasons.begin(), kReasons.end(), [&](std::string_view one) {
    return rest.starts_with(one);
  });
  return reason ? TonePlace::kReason : TonePlace::kEvent;
}

/// The word that opens the reason in which a mark stands; none behind a comma or too far away.
struct Opening {
  std::size_t end = 0;
  TonePlace place = TonePlace::kEvent;
};

/// "Shares fall on weak demand": what stands behind "on" says why. Only behind something that
/// happens, or at the head of the clause: "The bank on Friday raised its outlook".
void place_latin(const Scene& scene, const ByteRange& clause, const ToneWords& words,
                 std::vector<ToneMark>& marks) {
  const auto hits = scene.field.hits_in(clause);
  auto hit = hits.begin();
  Opening opening;
  bool happened = false;
  for (ToneMark& mark : marks) {
    for (; hit != hits.end() && hit->end <= mark.span.begin; ++hit) {
      if (hit->term != Term::kWord) continue;
      const bool spite = hit->index == words.spite;
      const bool reason = hit->index == words.reason;
      if (spite) opening = {hit->end, TonePlace::kInSpite};
      if (reason && (happened || hit->begin == clause.begin)) {
        opening = {hit->end, TonePlace::kReason};
      }
    }
    if (!mark.latin) continue;
    const bool near = opening.end > 0 && mark.span.begin - opening.end <= kReasonBytes &&
                      scene.field.cut({opening.end, mark.span.begin}).find(',') ==
                          std::string_view::npos;
    if (near) mark.place = opening.place;
    happened = happened || mark.entry->role != ToneRole::kMeasure;
  }
}

/// A noun in front of another is in the place of the whole: "화재 피해에도".
void place_korean(std::string_view text, std::vector<ToneMark>& marks) {
  for (std::size_t i = marks.size(); i-- > 0;) {
    ToneMark& mark = marks[i];
    if (mark.latin) continue;
    mark.place = korean_place(text.substr(mark.span.end));
    const bool compound = i + 1 < marks.size() && !marks[i + 1].latin &&
                          marks[i + 1].span.begin - mark.span.end <= kSpaceBytes;
    if (compound && mark.place == TonePlace::kEvent) mark.place = marks[i + 1].place;
  }
}

}  // namespace

ToneWords::ToneWords(const Vocabulary& vocabulary)
    : contrast(vocabulary.class_of("tone.contrast")),
      negation_before(vocabulary.class_of("tone.negation_before")),
      negation_after(vocabulary.class_of("tone.negation_after")),
      less(vocabulary.class_of("tone.less")), doubt(vocabulary.class_of("tone.doubt")),
      listing(vocabulary.class_of("tone.listing")), flat(vocabulary.class_of("tone.flat")),
      against(vocabulary.class_of("tone.against")), until(vocabulary.class_of("tone.until")),
      reason(vocabulary.class_of("tone.reason")), spite(vocabulary.class_of("tone.spite")) {}

std::vector<ToneMark> tone_marks(const Scene& scene, const ByteRange& clause,
                                 const std::vector<Actor>& actors, const ToneWords& words) {
  std::vector<ToneMark> marks = find_marks(scene, clause, actors);
  drop_amounts(marks);
  drop_feared(scene, marks);
  place_latin(scene, clause, words, marks);
  place_korean(scene.field.text(), marks);
  return marks;
}

}  // namespace wiremill::extract
