#pragma once
// Facts: typed statements built from mentions, each with its status, its modality and the words it
// came from. The values follow the published record (schemas/facts.schema.json).

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/figure.h"
#include "model/names.h"

namespace wiremill::model {

enum class FactKind {
  kCapex, kContract, kOrder, kBacklog, kRevenue, kRunRate, kGuidance, kEarnings, kCash, kDeal,
  kFunding, kProduct, kSupply, kUtilisation, kLease, kPower, kCredit, kRegulation, kExportControl,
  kLegal, kAnalystView, kPriceMove, kReading, kCentralBank, kRateProbability, kIndexMove,
  kIndexOutlook, kOptionsExpiry, kFlows, kPositioning, kGeopolitics, kMarketSize,
  kStatedProbability
};
template <>
struct NameTable<FactKind> {
  static constexpr std::array<std::string_view, 33> kNames{
      "capex", "contract", "order", "backlog", "revenue", "run_rate", "guidance", "earnings",
      "cash", "deal", "funding", "product", "supply", "utilisation", "lease", "power", "credit",
      "regulation", "export_control", "legal", "analyst_view", "price_move", "reading",
      "central_bank", "rate_probability", "index_move", "index_outlook", "options_expiry", "flows",
      "positioning", "geopolitics", "market_size", "stated_probability"};
};

enum class SubjectType {
  kCompany, kGroup, kProject, kSector, kIndex, kInstrument, kInstitution, kPerson, kProduct,
  kCountry, kUnknown
};
template <>
struct NameTable<SubjectType> {
  static constexpr std::array<std::string_view, 11> kNames{
      "company", "group", "project", "sector", "index", "instrument", "institution", "person",
      "product", "country", "unknown"};
};

enum class Role {
  kSpender, kSupplier, kCustomer, kLessor, kLessee, kInvestor, kInvestee, kAcquirer, kTarget,
  kLicensor, kLicensee, kLender, kBorrower, kGuarantor, kRegulator, kSpeaker, kMember
};
template <>
struct NameTable<Role> {
  static constexpr std::array<std::string_view, 17> kNames{
      "spender", "supplier", "customer", "lessor", "lessee", "investor", "investee", "acquirer",
      "target", "licensor", "licensee", "lender", "borrower", "guarantor", "regulator", "speaker",
      "member"};
};

/// The ladder of commitment, then what is off the ladder.
enum class Status {
  kRumoured, kConsidered, kInTalks, kNonBinding, kPlanned, kGuided, kEstimated, kContracted,
  kOrdered, kDelivered, kActual, kDeferred, kRenegotiated, kDenied, kCancelled, kExpired
};
template <>
struct NameTable<Status> {
  static constexpr std::array<std::string_view, 16> kNames{
      "rumoured", "considered", "in_talks", "non_binding", "planned", "guided", "estimated",
      "contracted", "ordered", "delivered", "actual", "deferred", "renegotiated", "denied",
      "cancelled", "expired"};
};

enum class Modality {
  kAsserted, kConditional, kHypothetical, kQuestion, kOpinion, kRecommendation
};
template <>
struct NameTable<Modality> {
  static constexpr std::array<std::string_view, 6> kNames{
      "asserted", "conditional", "hypothetical", "question", "opinion", "recommendation"};
};

enum class Newness { kNew, kReiterated, kBackground };
template <>
struct NameTable<Newness> {
  static constexpr std::array<std::string_view, 3> kNames{"new", "reiterated", "background"};
};

enum class Direction { kUp, kDown, kFlat };
template <>
struct NameTable<Direction> {
  static constexpr std::array<std::string_view, 3> kNames{"up", "down", "flat"};
};

enum class Surprise { kAbove, kBelow, kInLine };
template <>
struct NameTable<Surprise> {
  static constexpr std::array<std::string_view, 3> kNames{"above", "below", "in_line"};
};

enum class Stance { kHawkish, kDovish, kHold, kTighter, kLooser };
template <>
struct NameTable<Stance> {
  static constexpr std::array<std::string_view, 5> kNames{"hawkish", "dovish", "hold", "tighter",
                                                          "looser"};
};

enum class Polarity { kAffirmed, kNegated };
template <>
struct NameTable<Polarity> {
  static constexpr std::array<std::string_view, 2> kNames{"affirmed", "negated"};
};

enum class ClaimantType {
  kCompany, kAnalyst, kPress, kPolicymaker, kRegulator, kUnnamedSource, kUnknown
};
template <>
struct NameTable<ClaimantType> {
  static constexpr std::array<std::string_view, 7> kNames{
      "company", "analyst", "press", "policymaker", "regulator", "unnamed_source", "unknown"};
};

enum class Comparison {
  kPriorYear, kPriorQuarter, kPreviousGuidance, kPreviousTotal, kConsensus, kOwnTarget, kPeer,
  kBaseline, kPriorPrint
};
template <>
struct NameTable<Comparison> {
  static constexpr std::array<std::string_view, 9> kNames{
      "prior_year", "prior_quarter", "previous_guidance", "previous_total", "consensus",
      "own_target", "peer", "baseline", "prior_print"};
};

enum class Basis {
  kAnnual, kHalf, kQuarter, kMonth, kYtd, kCumulative, kContractTerm, kByDate, kTrailing,
  kNext12m, kForwardWindow, kRunRate, kPoint, kUnknown
};
template <>
struct NameTable<Basis> {
  static constexpr std::array<std::string_view, 14> kNames{
      "annual", "half", "quarter", "month", "ytd", "cumulative", "contract_term", "by_date",
      "trailing", "next_12m", "forward_window", "run_rate", "point", "unknown"};
};

enum class ToneLabel { kPositive, kNeutral, kNegative };
template <>
struct NameTable<ToneLabel> {
  static constexpr std::array<std::string_view, 3> kNames{"positive", "neutral", "negative"};
};

/// Who or what a fact is about. `id` is the catalogue's, empty when the text names it alone.
struct Subject {
  SubjectType type = SubjectType::kUnknown;
  std::string id;
  std::string text;
  bool operator==(const Subject&) const = default;
};

struct Party {
  std::string id;
  std::string text;
  Role role = Role::kMember;
  std::optional<base::Decimal> share;  ///< percent of the whole, when said
  bool operator==(const Party&) const = default;
};

/// What narrows the metric: same metric with another qualifier is another claim.
struct Qualifier {
  std::string variant;    ///< "gaap", "incl_finance_leases", …
  std::string segment;    ///< "AWS"
  std::string location;   ///< "Indiana": a site
  std::string product;    ///< "Trainium3"
  std::string agreement;  ///< id of the agreement
  std::string relation;   ///< new, expansion, amendment, option, extension
  std::string part_of;
  bool operator==(const Qualifier&) const = default;
};

struct Measure {
  std::string name;    ///< change, capacity, units, term, share_of_sales, realisation
  std::string figure;  ///< figure id
  bool operator==(const Measure&) const = default;
};

struct Period {
  std::string text;
  std::optional<std::chrono::year_month_day> start;
  std::optional<std::chrono::year_month_day> end;  ///< last day, inclusive
  Basis basis = Basis::kUnknown;
  bool fiscal = false;
  std::string annualised_from;  ///< for run_rate: "month", "quarter"
  bool operator==(const Period&) const = default;
};

struct Comparator {
  Comparison relation = Comparison::kPriorYear;
  std::string figure;  ///< figure id
  std::optional<Period> period;
  bool operator==(const Comparator&) const = default;
};

struct Claimant {
  ClaimantType type = ClaimantType::kUnknown;
  std::string id;
  std::string text;
  std::string via;  ///< the outlet that is quoted: its family is the origin
  bool operator==(const Claimant&) const = default;
};

struct Tone {
  ToneLabel label = ToneLabel::kNeutral;
  double score = 0;       ///< -1…1
  double confidence = 0;  ///< 0…1
  bool operator==(const Tone&) const = default;
};

struct Fact {
  std::string id;  ///< unique over all stories and versions, stable for the same input
  FactKind kind = FactKind::kCapex;
  Subject subject;
  std::optional<Role> role;  ///< of the subject
  std::vector<Party> parties;
  std::string metric;  ///< a name of the catalogue
  Qualifier qualifier;
  std::string figure;  ///< figure id, empty when the fact has no figure
  std::vector<Measure> measures;
  std::optional<Comparator> comparator;
  std::optional<Period> period;
  Status status = Status::kEstimated;
  Modality modality = Modality::kAsserted;
  Newness newness = Newness::kNew;
  std::optional<Direction> direction;
  std::optional<Surprise> surprise;
  std::optional<Stance> stance;
  Polarity polarity = Polarity::kAffirmed;
  Claimant claimant;
  double confidence = 0;  ///< 0…1
  bool held = false;      ///< a held fact never becomes evidence
  std::vector<std::string> flags;
  std::string rule;  ///< the rule that fired
  std::vector<Span> quotes;

  /// Only what is asserted, new and not held may become evidence.
  bool is_evidence() const {
    return modality == Modality::kAsserted && newness == Newness::kNew && !held;
  }
  bool operator==(const Fact&) const = default;
};

}  // namespace wiremill::model
