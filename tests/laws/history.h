#pragma once
// Random histories of news, each from one seed: everything that the laws must survive, and a count
// of what was in them, so that a law cannot pass because nothing happened.

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "invented/invented_news.h"

namespace wiremill::laws {

/// SplitMix64: the same numbers everywhere, which the distributions of the library are not.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
  bool chance(std::size_t one_in) { return below(one_in) == 0; }
  template <class T>
  const T& of(const std::vector<T>& all) {
    return all[below(all.size())];
  }

 private:
  std::uint64_t state_;
};

/// What histories contain; each must occur.
using Covered = std::map<std::string, int>;

inline const std::vector<std::string>& kinds_to_cover() {
  static const std::vector<std::string> kinds{
      "tie in time",   "third version",     "correction",      "withdrawal",
      "withdrawal of a publication",        "rival version",   "copy received earlier",
      "several families", "reprint",        "ladder step",     "new value",
      "denial",        "linked correction", "linked withdrawal", "embargo",
      "held fact",     "background fact",   "column",          "synthetic event",
      "reading",       "guidance",          "long pause"};
  return kinds;
}

struct History {
  std::vector<model::FactsRecord> records;  ///< in order of scored time
  base::Instant end;                        ///< a tick after all of it
};

class Author {
 public:
  Author(std::uint64_t seed, Covered& covered) : random_(seed), covered_(covered) {}

  History write(std::size_t stories) {
    time_ = invented::at("2026-02-10T06:00:00Z");
    for (std::size_t i = 0; i < stories; ++i) {
      pass_time();
      write_story("s" + std::to_string(i));
    }
    auto& records = history_.records;
    std::stable_sort(records.begin(), records.end(), [](const auto& a, const auto& b) {
      return a.event.scored_at < b.event.scored_at;
    });
    history_.end = base::floor_to(time_, std::chrono::minutes(1)) + std::chrono::hours(30);
    return std::move(history_);
  }

 private:
  void cover(const std::string& kind) { ++covered_[kind]; }

  void pass_time() {
    if (random_.chance(4)) {
      cover("tie in time");
    } else if (random_.chance(25)) {
      cover("long pause");
      time_ += std::chrono::hours(24 * (4 + random_.below(9)));
    } else {
      time_ += std::chrono::seconds(random_.below(4 * 3600));
    }
  }

  invented::Told some_fact() {
    static const std::vector<std::string> kSpenders{"AMZN", "MSFT", "META"};
    using model::Status;
    static const std::vector<Status> kRungs{Status::kRumoured, Status::kPlanned, Status::kGuided};
    static const std::vector<double> kAmounts{100, 101, 103, 200, 203, 260};
    invented::Told told;
    switch (random_.below(8)) {
      case 0: told = invented::core_cpi(random_.chance(2) ? "2.4" : "2.7", "2.5"); break;
      case 1: told = invented::ten_year(random_.chance(2) ? "4.10" : "4.25"); break;
      case 2:
        told = invented::guidance(random_.chance(2) ? "AMZN" : "NVDA",
                                  random_.chance(2) ? model::Direction::kUp
                                                    : model::Direction::kDown);
        break;
      case 3: told = invented::contract("NVDA", random_.of(kAmounts)); break;
      case 4:
        told = invented::told(model::FactKind::kPriceMove, random_.of(kSpenders), "price",
                              Status::kActual);
        break;
      default:
        told = invented::capex(random_.of(kSpenders), random_.of(kAmounts),
                               random_.chance(4) ? 2025 : 2026, random_.of(kRungs));
    }
    if (told.fact.kind == model::FactKind::kReading) cover("reading");
    if (told.fact.kind == model::FactKind::kGuidance) cover("guidance");
    return vary(told);
  }

  invented::Told vary(invented::Told told) {
    if (random_.chance(9)) {
      cover("denial");
      told = invented::denied(told);
    }
    if (random_.chance(12)) {
      cover("held fact");
      told.fact.held = true;
      told.fact.flags = {"magnitude_slip"};
    } else if (random_.chance(12)) {
      cover("background fact");
      told.fact.newness = model::Newness::kBackground;
    }
    return told;
  }

  invented::News item(const std::string& id) {
    static const std::vector<std::string> kFamilies{"reuters", "bloomberg", "yonhap", "daily",
                                                    "aggregator"};
    static const std::vector<std::string> kCompanies{"AMZN", "MSFT", "NVDA", "MU"};
    invented::News news(id);
    news.at(time_).from(random_.of(kFamilies));
    const std::size_t facts = random_.below(3);
    for (std::size_t i = 0; i < facts; ++i) news.fact(some_fact());
    if (random_.chance(2)) {
      // Tones as the wire writes them, so that a restart reads the same number.
      news.tone(random_.of(kCompanies), (static_cast<double>(random_.below(21)) - 10) / 10,
                static_cast<double>(1 + random_.below(10)) / 10);
    }
    if (random_.chance(10)) {
      cover("column");
      news.form(model::Form::kColumn);
    }
    return news;
  }

  void add(const model::FactsRecord& record) { history_.records.push_back(record); }

  void write_story(const std::string& id) {
    switch (random_.below(9)) {
      case 0: return write_versions(id);
      case 1: return write_rivals(id);
      case 2: return write_copies(id);
      case 3: return write_linked(id);
      case 4: return write_embargoed(id);
      case 5: return write_followed(id);
      default: break;
    }
    if (random_.chance(15)) {
      cover("synthetic event");
      add(item(id).synthetic());
      return;
    }
    add(item(id));
  }

  void write_versions(const std::string& id) {
    const std::size_t count = 2 + random_.below(3);
    for (std::size_t revision = 1; revision <= count; ++revision) {
      const bool withdraw = random_.chance(4);
      const auto action = withdraw        ? model::Action::kWithdraw
                          : revision == 1 ? model::Action::kPublish
                                          : model::Action::kCorrect;
      if (revision == 3) cover("third version");
      if (withdraw) cover("withdrawal");
      if (action == model::Action::kCorrect) cover("correction");
      invented::News news = withdraw ? invented::News(id) : item(id);
      if (random_.chance(3)) time_ += std::chrono::seconds(random_.below(7200));
      add(news.at(time_).story(id, static_cast<std::int64_t>(revision), action));
      if (withdraw && revision == 1) {
        cover("withdrawal of a publication");
        add(item(id).story(id, 1));
      }
    }
  }

  void write_rivals(const std::string& id) {
    cover("rival version");
    add(item(id + "-x").story(id).received(time_ + std::chrono::minutes(random_.below(30))));
    invented::News second = item(id + "-y");
    second.story(id).received(time_ + std::chrono::minutes(10));
    add(second);
    if (!random_.chance(2)) return;
    cover("copy received earlier");
    model::FactsRecord copy = second;
    copy.event.received_at = time_ - std::chrono::minutes(1);
    add(copy);
  }

  void write_copies(const std::string& id) {
    cover("several families");
    const invented::Told fact = some_fact();
    static const std::vector<std::string> kOrder{"daily", "reuters", "yonhap", "bloomberg"};
    for (std::size_t i = 0; i < kOrder.size(); ++i) {
      invented::News news(id + "-f" + std::to_string(i));
      if (random_.chance(3)) {
        cover("reprint");
        news.lead("wire of " + id);
      }
      add(news.at(time_).from(kOrder[i]).fact(fact));
      time_ += std::chrono::seconds(random_.below(600));
    }
  }

  void write_linked(const std::string& id) {
    const std::string key = "key" + std::to_string(random_.below(6));
    add(item(id + "-a").link(key));
    time_ += std::chrono::minutes(random_.below(600));
    const bool withdrawn = random_.chance(3);
    cover(withdrawn ? "linked withdrawal" : "linked correction");
    add(item(id + "-b").link(key, withdrawn ? "withdrawn" : "corrected"));
  }

  void write_embargoed(const std::string& id) {
    cover("embargo");
    const base::Instant until = time_ + std::chrono::minutes(random_.below(3000));
    add(item(id).embargo(base::to_rfc3339(until)));
  }

  void write_followed(const std::string& id) {
    using model::Status;
    cover("ladder step");
    add(invented::News(id + "-1").at(time_).fact(
        invented::capex("META", 150, 2026, Status::kRumoured)));
    time_ += std::chrono::minutes(random_.below(300));
    add(invented::News(id + "-2").at(time_).from("daily").fact(
        invented::capex("META", 150, 2026, Status::kPlanned)));
    cover("new value");
    time_ += std::chrono::minutes(random_.below(300));
    add(invented::News(id + "-3").at(time_).from("yonhap").fact(
        invented::capex("META", 180, 2026, Status::kPlanned)));
  }

  Random random_;
  Covered& covered_;
  History history_;
  base::Instant time_{};
};

}  // namespace wiremill::laws
