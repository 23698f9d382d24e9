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

/// The word that opens the reason in which a mark stands.
struct Opening {
  std::size_t end = 0;
  TonePlace place = TonePlace::kEvent;
};

/// Reads the hits of a clause in one pass.
class ClauseReader {
 public:
  ClauseReader(const Scene& scene, const ByteRange& clause, const ToneWords& words)
      : scene_(scene), clause_(clause), words_(words) {}

  ToneClause read(const std::vector<Actor>& actors) {
    std::size_t name = 0;
    for (const Hit& hit : scene_.field.hits_in(clause_)) {
      if (hit.end > clause_.end) continue;
      if (hit.term == Term::kWord) add_word(hit);
      if (hit.term != Term::kLexicon || hit.begin < covered_) continue;
      while (name < actors.size() && actors[name].span.end <= hit.begin) ++name;
      const bool in_name = name < actors.size() && actors[name].span.begin < hit.end &&
                           actors[name].type == model::SubjectType::kCompany;
      if (!in_name) add_mark(hit);
    }
    return std::move(out_);
  }

 private:
  void add_word(const Hit& hit) {
    const ByteRange span{hit.begin, hit.end};
    if (hit.index == words_.negation_before) out_.negations_before.push_back(span);
    if (hit.index == words_.negation_after) out_.negations_behind.push_back(span);
    if (hit.index == words_.less) out_.lessened.push_back(span);
    if (hit.index == words_.spite) opening_ = {hit.end, TonePlace::kInSpite};
    const bool opens = happened_ || hit.begin == clause_.begin;
    if (hit.index == words_.reason && opens) opening_ = {hit.end, TonePlace::kReason};
  }

  /// "Shares fall on weak demand": what stands behind "on" says why. Only behind something that
  /// happens, or at the head of the clause: "The bank on Friday raised its outlook".
  void add_mark(const Hit& hit) {
    covered_ = hit.end;
    ToneMark mark{{hit.begin, hit.end}, &scene_.lexis.catalogue.reading.lexicon[hit.index]};
    mark.latin = text::is_word(scene_.field.text()[hit.begin]);
    if (mark.latin) {
      const bool near = opening_.end > 0 && opening_.end <= hit.begin &&
                        hit.begin - opening_.end <= kReasonBytes &&
                        scene_.field.cut({opening_.end, hit.begin}).find(',') ==
                            std::string_view::npos;
      if (near) mark.place = opening_.place;
      happened_ = happened_ || mark.entry->role != ToneRole::kMeasure;
    }
    out_.marks.push_back(mark);
  }

  const Scene& scene_;
  const ByteRange& clause_;
  const ToneWords& words_;
  ToneClause out_;
  Opening opening_;
  std::size_t covered_ = 0;  ///< marks reach up to there
  bool happened_ = false;    ///< a mark that is no measure stands in front
};

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

ToneClause tone_clause(const Scene& scene, const ByteRange& clause,
                       const std::vector<Actor>& actors, const ToneWords& words) {
  ToneClause found = ClauseReader(scene, clause, words).read(actors);
  drop_amounts(found.marks);
  drop_feared(scene, found.marks);
  place_korean(scene.field.text(), found.marks);
  return found;
}

}  // namespace wiremill::extract
