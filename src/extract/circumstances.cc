#include "extract/circumstances.h"

#include <fmt/format.h>

#include <array>

namespace wiremill::extract {
namespace {

using model::ClaimantType;
using model::Modality;
using model::Newness;
using model::Polarity;
using model::Status;

/// What a rung says outranks what a lower one says, wherever it stands in the clause: a rumour of a
/// contract is a rumour.
constexpr std::array kDecisive{Status::kRumoured,     Status::kCancelled,  Status::kDeferred,
                               Status::kRenegotiated, Status::kNonBinding, Status::kInTalks,
                               Status::kConsidered};
constexpr std::size_t kNegationReachBytes = 60;
constexpr std::size_t kDoubtReachBytes = 60;

class Reader {
 public:
  Reader(const Scene& scene, std::size_t sentence, const ByteRange& clause,
         const ByteRange& anchor, model::Form form)
      : scene_(scene), lexis_(scene.lexis), sentence_(scene.sentences()[sentence].span),
        clause_(clause), anchor_(anchor), label_(scene.label(sentence)), form_(form) {}

  Circumstances read() {
    read_status();
    read_modality();
    read_newness();
    read_polarity();
    read_claimant();
    return std::move(out_);
  }

 private:
  void note(const Hit* hit, std::string_view what) {
    if (hit == nullptr) return;
    out_.why += fmt::format("{}{} by \"{}\"", out_.why.empty() ? "" : ", ", what,
                            scene_.field.cut({hit->begin, hit->end}));
  }

  const Hit* named(const Named& all, std::string_view name, const ByteRange& range) const {
    return scene_.find_named(all, name, range);
  }

  void read_status() {
    for (const Status status : kDecisive) {
      const Hit* const hit = named(lexis_.statuses, model::name_of(status), clause_);
      if (hit == nullptr) continue;
      note(hit, model::name_of(status));
      out_.status = status;
      return;
    }
    auto [hit, name] = scene_.nearest_named(lexis_.statuses, clause_, anchor_);
    if (hit == nullptr) {
      hit = scene_.field.first(lexis_.past, clause_);
      name = model::name_of(Status::kActual);
    }
    if (hit == nullptr) {
      std::tie(hit, name) = scene_.nearest_named(lexis_.statuses, sentence_, anchor_);
      if (hit != nullptr && is_cut_off(*hit)) hit = nullptr;
    }
    if (hit == nullptr) return;
    note(hit, name);
    out_.status = model::parse_name<Status>(name);
  }

  /// "수주잔고 150억달러…올해 매출 전망": dots of omission part two pieces of news.
  bool is_cut_off(const Hit& hit) const {
    const ByteRange gap{std::min<std::size_t>(hit.end, anchor_.end),
                        std::max<std::size_t>(hit.begin, anchor_.begin)};
    return gap.begin < gap.end && scene_.field.cut(gap).find("...") != std::string_view::npos;
  }

  void set(Modality modality, const Hit* hit) {
    out_.modality = modality;
    note(hit, model::name_of(modality));
  }

  void read_modality() {
    const std::string_view words = scene_.field.cut(sentence_);
    if (words.ends_with('?') || words.ends_with("?\"") || words.ends_with("?'")) {
      return set(Modality::kQuestion, nullptr);
    }
    if (label_.recommendation) return set(Modality::kRecommendation, nullptr);
    if (label_.hypothetical) return set(Modality::kHypothetical, nullptr);
    for (const auto& [name, modality] :
         {std::pair{"recommendation", Modality::kRecommendation},
          std::pair{"conditional", Modality::kConditional},
          std::pair{"question", Modality::kQuestion}}) {
      const Hit* const hit = named(lexis_.modalities, name, sentence_);
      if (hit != nullptr && !is_figure_of_speech(*hit)) return set(modality, hit);
    }
    const Hit* const doubt = named(lexis_.modalities, "hypothetical", clause_);
    if (doubt != nullptr && distance({doubt->begin, doubt->end}, anchor_) < kDoubtReachBytes) {
      return set(Modality::kHypothetical, doubt);
    }
    if (const Hit* const hit = possible()) return set(Modality::kConditional, hit);
    if (const Hit* const hit = named(lexis_.modalities, "opinion", sentence_)) {
      return set(Modality::kOpinion, hit);
    }
    if (label_.view && form_ == model::Form::kColumn) set(Modality::kOpinion, nullptr);
  }

  /// "요약하면", "even if": conditional in form only.
  bool is_figure_of_speech(const Hit& hit) const {
    const std::size_t from = hit.begin > kNegationReachBytes ? hit.begin - kNegationReachBytes : 0;
    for (const Hit& other : scene_.field.hits_in({from, hit.end})) {
      const bool speech = other.term == Term::kWord && other.index == lexis_.not_conditional;
      // The form "…하면 " takes its blank along.
      if (speech && other.begin < hit.end && other.end + 1 >= hit.end) return true;
    }
    return false;
  }

  /// "could", "수 있다": only a possibility, unless someone's plan or forecast is being reported.
  const Hit* possible() const {
    const Hit* const hit = named(lexis_.modalities, "possible", clause_);
    if (hit == nullptr) return nullptr;
    if (scene_.field.has(lexis_.forecast_of_possible, sentence_)) return nullptr;
    // "Denied it would cut" is a denial, not a possibility.
    if (named(lexis_.polarity, "denial", sentence_) != nullptr) return nullptr;
    const bool reported =
        scene_.field.has(lexis_.reported, {sentence_.begin, hit->begin}) &&
        scene_.field.cut({hit->begin, hit->end}).starts_with("would");
    return reported ? nullptr : hit;
  }

  void read_newness() {
    // "Higher than previously forecast" speaks of the comparison: in English the word stands first.
    const Hit* const hit = named(lexis_.newness, "background", clause_);
    const bool behind = hit != nullptr && hit->begin > anchor_.end &&
                        static_cast<unsigned char>(scene_.field.text()[hit->begin]) < 0x80;
    if (hit != nullptr && !behind) {
      out_.newness = Newness::kBackground;
      note(hit, "background");
    } else if (const Hit* const again = named(lexis_.newness, "reiterated", clause_)) {
      out_.newness = Newness::kReiterated;
      note(again, "reiterated");
    }
  }

  void read_polarity() {
    const Hit* hit = named(lexis_.polarity, "denial", sentence_);
    if (hit == nullptr) hit = negation();
    if (hit == nullptr) return;
    note(hit, "negated");
    out_.polarity = Polarity::kNegated;
    out_.status = Status::kDenied;
  }

  const Hit* negation() const {
    const Hit* const hit = named(lexis_.polarity, "negation", clause_);
    if (hit == nullptr) return nullptr;
    const ByteRange span{hit->begin, hit->end};
    if (distance(span, anchor_) > kNegationReachBytes) return nullptr;
    const Hit* const exempt = named(lexis_.polarity, "not_negation", clause_);
    const bool same = exempt != nullptr && exempt->begin <= hit->begin + 6 &&
                      hit->begin <= exempt->end;
    return same ? nullptr : hit;
  }

  void read_claimant() {
    for (const ByteRange& range : {clause_, sentence_}) {
      for (const std::string_view name : {"unnamed_source", "analyst", "regulator", "policymaker",
                                          "press", "company"}) {
        const Hit* const hit = named(lexis_.claimants, name, range);
        if (hit == nullptr) continue;
        out_.claimant = model::parse_name<ClaimantType>(name);
        out_.claimant_text = scene_.field.cut({hit->begin, hit->end});
        return;
      }
    }
  }

  const Scene& scene_;
  const Lexis& lexis_;
  ByteRange sentence_;
  ByteRange clause_;
  ByteRange anchor_;
  Label label_;
  model::Form form_;
  Circumstances out_;
};

}  // namespace

Circumstances read_circumstances(const Scene& scene, std::size_t sentence, const ByteRange& clause,
                                 const ByteRange& anchor, model::Form form) {
  return Reader(scene, sentence, clause, anchor, form).read();
}

}  // namespace wiremill::extract
