// The laws of belief over random histories: whatever the order, the copies, the cuts and the
// restarts, the same records give the same state and the same belief to the last bit.
#include "score/scorer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <sstream>

#include "laws/history.h"
#include "wire/state.h"

namespace wiremill::laws {
namespace {

using model::FactsRecord;
using score::Export;
using score::Options;
using score::Scorer;

/// More of them: WIREMILL_SEEDS=1000 in the environment. One alone: WIREMILL_SEED=17.
constexpr std::uint64_t kSeeds = 60;
constexpr std::size_t kStories = 70;
/// Arrivals may be this late; less than Options::lateness, so that the laws hold.
constexpr std::chrono::hours kDelayMax{6 * 24};

const std::shared_ptr<const score::Program>& program() {
  static const auto compiled = invented::program();
  return compiled;
}

/// Everything that two runs must agree on, in lines: the export in bytes, and of each scope the
/// values, the changes and the evidence to the last bit.
using Belief = std::vector<std::string>;

void add_values(const std::string& name, const model::Values& values, Belief& belief) {
  for (const auto& [key, value] : values) {
    belief.push_back(fmt::format("{} {} {}", name, key,
                                 value ? fmt::format("{:a}", *value) : std::string("null")));
  }
}

void add_scopes(const Scorer& scorer, base::Instant t, Belief& belief) {
  for (const std::string& name : scorer.scopes(t)) {
    const auto signal = scorer.signal(name, t);
    add_values(name, signal->values, belief);
    add_values(name + " over 1 h", signal->change_1h, belief);
    add_values(name + " over 24 h", signal->change_24h, belief);
    for (const auto* side : {&signal->because, &signal->against}) {
      for (const auto& because : *side) {
        belief.push_back(fmt::format("{} because {} {} {:a}", name, because.fact, because.rule,
                                     because.contribution));
      }
    }
  }
}

void add_export(const Export& state, Belief& belief) {
  wire::StateExport noun{state.header, state.stories, {}};
  for (const auto& core : state.cores) noun.scopes.push_back({core.scope, core.core, 0, {}});
  std::istringstream bytes(wire::encode_export(wire::canonical(std::move(noun))));
  for (std::string line; std::getline(bytes, line);) belief.push_back(line);
}

Belief belief_of(const Scorer& scorer, base::Instant t) {
  Belief belief;
  add_export(scorer.export_state(t), belief);
  add_scopes(scorer, t, belief);
  return belief;
}

/// The first lines in which two beliefs differ; empty when they are equal.
std::string difference(const Belief& ours, const Belief& expected) {
  const auto [a, b] = std::mismatch(ours.begin(), ours.end(), expected.begin(), expected.end());
  if (a == ours.end() && b == expected.end()) return {};
  return fmt::format("believed: {}\nexpected: {}", a == ours.end() ? "nothing more" : *a,
                     b == expected.end() ? "nothing more" : *b);
}

/// One lane with what it has written, as the pipeline runs it.
class LaneRun {
 public:
  explicit LaneRun(Options options = {}) : options_(options) { restart(); }

  void apply(const FactsRecord& record) { scorer_->apply(record); }
  void advance(base::Instant now) { scorer_->advance(now); }
  void commit() {
    const score::Effects effects = scorer_->settle();
    for (const auto& change : effects.stories) {
      if (change.state) {
        stories_[change.story_id] = wire::encode_story(*change.state);
      } else {
        stories_.erase(change.story_id);
        ++happened["story forgotten"];
      }
    }
    for (const auto& change : effects.scopes) {
      scopes_[change.scope] = wire::encode_scope(*change.state);
    }
    if (effects.header) header_ = wire::encode_header(*effects.header);
    scorer_->keep();
  }
  void abort() {
    static_cast<void>(scorer_->settle());
    scorer_->drop();
    ++happened["commit dropped"];
  }
  void restart() {
    ++happened["lane restarted"];
    scorer_ = std::make_unique<Scorer>(program(), options_);
    for (const auto& [id, bytes] : stories_) scorer_->load(*wire::decode_story(bytes));
    for (const auto& [id, bytes] : scopes_) scorer_->load(*wire::decode_scope(bytes));
    if (!header_.empty()) scorer_->load(*wire::decode_header(header_));
  }
  const Scorer& scorer() const { return *scorer_; }

  /// What befell all lanes of this process.
  static inline Covered happened;

 private:
  Options options_;
  std::unique_ptr<Scorer> scorer_;
  std::map<std::string, std::string> stories_;
  std::map<std::string, std::string> scopes_;
  std::string header_;
};

/// In the order of the events, one commit for each.
Belief plain(const std::vector<FactsRecord>& records, base::Instant end, Options options = {}) {
  LaneRun run(options);
  for (const FactsRecord& record : records) {
    run.advance(record.event.received_at);
    run.apply(record);
    run.commit();
  }
  run.advance(end);
  run.commit();
  return belief_of(run.scorer(), end);
}

/// As they may arrive: each with a delay of its own, some of them again and again.
std::vector<FactsRecord> arrival(const std::vector<FactsRecord>& records, Random& random,
                                 bool with_copies) {
  std::vector<std::pair<base::Instant, FactsRecord>> timed;
  const auto delay = [&] {
    const auto minutes = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::minutes>(kDelayMax).count());
    return std::chrono::minutes(random.chance(2) ? random.below(30) : random.below(minutes));
  };
  for (const FactsRecord& record : records) {
    // What is under embargo is read before its time.
    const base::Instant known = std::min(record.event.scored_at, record.event.received_at);
    timed.emplace_back(known + delay(), record);
    while (with_copies && random.chance(4)) timed.emplace_back(known + delay(), record);
  }
  for (std::size_t i = timed.size(); i > 1; --i) std::swap(timed[i - 1], timed[random.below(i)]);
  std::stable_sort(timed.begin(), timed.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<FactsRecord> order;
  for (auto& [at, record] : timed) order.push_back(std::move(record));
  return order;
}

/// Cut into commits by chance; some fail and are done again; the lane is restarted now and then.
void rough(LaneRun& run, const std::vector<FactsRecord>& records, base::Instant end,
           Random& random) {
  std::size_t done = 0;
  while (done < records.size()) {
    const std::size_t count = std::min(records.size() - done, 1 + random.below(12));
    const bool fails = random.chance(4);
    for (int attempt = fails ? 0 : 1; attempt < 2; ++attempt) {
      for (std::size_t i = done; i < done + count; ++i) {
        if (random.chance(2)) run.advance(records[i].event.received_at);
        run.apply(records[i]);
      }
      attempt == 0 ? run.abort() : run.commit();
    }
    done += count;
    if (random.chance(8)) run.restart();
  }
  run.advance(end);
  run.commit();
  // The laws speak of arrivals within the lateness; one beyond it would prove nothing.
  EXPECT_EQ(run.scorer().header().too_late, 0);
}

std::uint64_t seeds() {
  const char* const more = std::getenv("WIREMILL_SEEDS");
  return more == nullptr ? kSeeds : std::stoull(more);
}

template <class Law>
void for_each_history(Law law) {
  const char* const only = std::getenv("WIREMILL_SEED");
  Covered ignored;
  for (std::uint64_t seed = 1; seed <= seeds(); ++seed) {
    if (only != nullptr && std::to_string(seed) != only) continue;
    SCOPED_TRACE("WIREMILL_SEED=" + std::to_string(seed));
    Random random(seed * 7919 + 1);
    law(Author(seed, ignored).write(kStories), random);
    if (testing::Test::HasFailure()) return;  // the first is enough to look at
  }
}

TEST(Histories, ContainEverythingThatTheLawsMustSurvive) {
  Covered covered;
  std::size_t records = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    records += Author(seed, covered).write(kStories).records.size();
  }
  std::cout << kSeeds << " histories, " << records << " records:\n";
  for (const auto& [kind, count] : covered) std::cout << "  " << count << " × " << kind << "\n";
  for (const std::string& kind : kinds_to_cover()) {
    EXPECT_GT(covered[kind], 0) << "no history contains: " << kind;
  }
}

TEST(Laws, ShuffledCopiedCutAbortedAndRestartedInputGivesTheSameBytes) {
  for_each_history([](const History& history, Random& random) {
    const Belief expected = plain(history.records, history.end);
    EXPECT_GT(expected.size(), 100U);
    LaneRun run;
    rough(run, arrival(history.records, random, true), history.end, random);
    EXPECT_EQ(difference(belief_of(run.scorer(), history.end), expected), "");
  });
  for (const char* const kind : {"story forgotten", "commit dropped", "lane restarted"}) {
    std::cout << "  " << LaneRun::happened[kind] << " × " << kind << "\n";
    EXPECT_GT(LaneRun::happened[kind], 0) << "no run contained: " << kind;
  }
}

TEST(Laws, ShardsBelieveTogetherWhatOneLaneBelieves) {
  for_each_history([](const History& history, Random& random) {
    const Belief expected = plain(history.records, history.end);
    Belief values;
    std::map<std::string, std::string> cores;
    Export merged;
    for (std::uint32_t shard = 0; shard < 3; ++shard) {
      Options options;
      options.shards = 3;
      options.shard = shard;
      LaneRun run(options);
      rough(run, arrival(history.records, random, false), history.end, random);
      const Export part = run.scorer().export_state(history.end);
      if (shard > 0) {
        EXPECT_TRUE(part.stories == merged.stories) << "every lane keeps all stories";
      }
      merged.stories = part.stories;
      merged.header = part.header;
      for (const auto& core : part.cores) {
        EXPECT_TRUE(cores.emplace(core.scope, core.core).second) << core.scope << " has two owners";
      }
      add_scopes(run.scorer(), history.end, values);
    }
    for (const auto& [scope, core] : cores) merged.cores.push_back({scope, core});
    Belief together;
    add_export(merged, together);
    together.insert(together.end(), values.begin(), values.end());
    std::sort(together.begin(), together.end());
    Belief sorted = expected;
    std::sort(sorted.begin(), sorted.end());
    EXPECT_EQ(difference(together, sorted), "");
  });
}

TEST(Laws, AWithdrawalLeavesWhatWouldBeThereWithoutTheStory) {
  for_each_history([](const History& history, Random& random) {
    const std::string story = random.of(history.records).event.story_id;
    const base::Instant last = history.records.back().event.scored_at;
    const FactsRecord clock = invented::News("clock").at(last).synthetic();
    const FactsRecord withdrawal =
        invented::News("w").at(last).story(story, 99, model::Action::kWithdraw);
    std::vector<FactsRecord> with = history.records;
    with.push_back(clock);
    with.push_back(withdrawal);
    std::vector<FactsRecord> without;
    for (const FactsRecord& record : history.records) {
      if (record.event.story_id != story) without.push_back(record);
    }
    without.push_back(clock);
    // Apart from the story's own headers, and from how far time has come through its records.
    const auto stripped = [&](const std::vector<FactsRecord>& records) {
      LaneRun run;
      rough(run, arrival(records, random, false), history.end, random);
      Export state = run.scorer().export_state(history.end);
      std::erase_if(state.stories, [&](const auto& each) { return each.story_id == story; });
      state.header = {};
      Belief belief;
      add_export(state, belief);
      add_scopes(run.scorer(), history.end, belief);
      return belief;
    };
    EXPECT_EQ(difference(stripped(with), stripped(without)), "") << "story " << story;
  });
}

TEST(Laws, AReprintMovesNothing) {
  for_each_history([](const History& history, Random& random) {
    // Of a story with one version that nothing corrects and no embargo holds back.
    std::map<std::string, int> versions;
    for (const FactsRecord& record : history.records) ++versions[record.event.story_id];
    std::vector<FactsRecord> fit;
    for (const FactsRecord& record : history.records) {
      const auto& e = record.event;
      if (versions[e.story_id] == 1 && e.link_key.empty() && !e.embargo_until && !e.synthetic &&
          !record.facts.empty()) {
        fit.push_back(record);
      }
    }
    if (fit.empty()) return;
    FactsRecord reprint = random.of(fit);
    const std::string original = reprint.event.id;
    reprint.event.id = reprint.event.story_id = "reprint";
    reprint.event.family = reprint.event.publisher = "outlet";
    reprint.event.scored_at += std::chrono::microseconds(1);
    for (model::Fact& fact : reprint.facts) fact.id = "reprint of " + fact.id;
    std::vector<FactsRecord> with = history.records;
    with.push_back(reprint);
    LaneRun run;
    rough(run, arrival(with, random, false), history.end, random);
    Belief belief;
    add_scopes(run.scorer(), history.end, belief);
    LaneRun without;
    rough(without, arrival(history.records, random, false), history.end, random);
    Belief expected;
    add_scopes(without.scorer(), history.end, expected);
    EXPECT_EQ(difference(belief, expected), "") << "a reprint of " << original;
  });
}

TEST(Laws, WeightsOfAScenarioSumToOneAndStayInside) {
  for_each_history([](const History& history, Random&) {
    LaneRun run;
    for (const FactsRecord& record : history.records) {
      run.advance(record.event.received_at);
      run.apply(record);
      run.commit();
      const auto signal = run.scorer().signal("scenario/shock", run.scorer().now());
      if (!signal) continue;
      double sum = 0;
      for (const double weight : signal->scenario->weights) {
        EXPECT_GT(weight, 0);
        EXPECT_LT(weight, 1);
        sum += weight;
      }
      EXPECT_NEAR(sum, 1, 1e-12);
    }
  });
}

TEST(Laws, ADroppedCommitLeavesNoTrace) {
  for_each_history([](const History& history, Random&) {
    LaneRun run;
    const std::size_t half = history.records.size() / 2;
    for (std::size_t i = 0; i < half; ++i) {
      run.advance(history.records[i].event.received_at);
      run.apply(history.records[i]);
      run.commit();
    }
    const base::Instant now = run.scorer().now();
    const Belief before = belief_of(run.scorer(), now);
    for (std::size_t i = half; i < history.records.size(); ++i) run.apply(history.records[i]);
    run.advance(history.end);
    run.abort();
    EXPECT_EQ(difference(belief_of(run.scorer(), now), before), "");
  });
}

}  // namespace
}  // namespace wiremill::laws
