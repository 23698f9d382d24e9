// What a large list of companies costs: articles read with four hundred names, with twenty
// thousand, and what loading that list takes. The rounds of both go in turns, so that a slow minute
// of the machine meets both, and the median of their ratios counts. For the companies that both
// know, both must find the same.
//
//   names_bench             # prints a table; status 1 when an answer differs or a limit is passed

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "catalog/catalogue.h"
#include "extract/extract.h"

namespace {

using namespace wiremill;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kFew = 400;
constexpr std::size_t kMany = 20'000;
constexpr int kRounds = 15;
constexpr int kArticles = 60;
constexpr double kRatioMax = 1.25;
constexpr double kLoadSecondsMax = 1.0;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Invented names, half Latin, half Hangul, each its own.
std::string name_of(std::size_t number) {
  static const std::vector<std::string> latin{"bra", "kel", "dor", "vin",
                                              "tas", "mor", "zel", "pon"};
  static const std::vector<std::string> hangul{"가람", "누솔", "다온", "라벨",
                                               "마루", "바론", "사빛", "자운"};
  const bool korean = number % 2 == 1;
  std::string name;
  for (std::size_t rest = number, k = 0; k < 5; rest /= 8, ++k) {
    name += (korean ? hangul : latin)[(rest + k) % 8];
  }
  if (!korean) name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name + (korean ? "테크" : " Works");
}

std::string list_of(std::size_t names) {
  std::string csv = "id,ticker,exchange,name,aliases,country,valid_from,valid_to\n";
  for (std::size_t i = 0; i < names; ++i) {
    csv += fmt::format("LIST-{},,,{},,,,\n", i, name_of(i));
  }
  return csv;
}

struct Reader {
  std::shared_ptr<const extract::Extractor> extractor;
  double load_seconds = 0;
};

Reader reader_with(std::size_t names, const std::filesystem::path& folder) {
  const auto path = (folder / fmt::format("list-{}.csv", names)).string();
  std::ofstream(path) << list_of(names);
  Reader reader;
  const auto base = Clock::now();
  const auto without = catalog::load({.folder = WIREMILL_SOURCE_DIR "/deploy/catalog"});
  const double base_seconds = seconds_since(base);
  const auto begin = Clock::now();
  const auto catalogue = catalog::load(
      {.folder = WIREMILL_SOURCE_DIR "/deploy/catalog", .company_files = {path}});
  reader.load_seconds = seconds_since(begin) - base_seconds;
  if (!without || !catalogue) return reader;
  const auto compiled = extract::compile(*catalogue, {});
  if (compiled) reader.extractor = *compiled;
  return reader;
}

model::Event article(int round, int number) {
  const auto seed = static_cast<std::size_t>(round * 997 + number * 31);
  model::Event event;
  event.id = event.story_id = fmt::format("names-{}-{}", round, number);
  event.published_at = base::from_unix_ms(1'771'200'000'000);
  event.headline = fmt::format("{} and Nvidia open plant {}", name_of(seed % kFew), number);
  for (std::size_t line = 0; event.body.size() < 3000; ++line) {
    event.body += fmt::format("The maker {} met Micron in week {}; roads near site {} are closed. "
                              "{}는 삼성전자와 {}번째 설비를 둘러보고 다음 달 일정을 정했다. ",
                              name_of((seed + line * 7) % kFew), line + seed % 89, line * 13,
                              name_of((seed * 3 + line) % kFew | 1U), line);
  }
  return event;
}

/// What both lists can find: the shipped companies and the first names.
std::set<std::string> known_to_both(const model::FactsRecord& record) {
  std::set<std::string> ids;
  for (const model::CompanyInText& one : record.companies) {
    for (const model::CompanyMention& mention : one.mentions) {
      ids.insert(fmt::format("{} {} {}", one.id, mention.span.start, mention.span.text));
    }
  }
  return ids;
}

double round_seconds(const Reader& reader, const std::vector<model::Event>& events) {
  const auto begin = Clock::now();
  std::size_t companies = 0;
  for (const model::Event& event : events) {
    companies += reader.extractor->extract(event, event.published_at).companies.size();
  }
  return companies == 0 ? -1 : seconds_since(begin);
}

}  // namespace

int main() {
  const auto folder = std::filesystem::temp_directory_path() / "wiremill-names-bench";
  std::filesystem::create_directories(folder);
  const Reader few = reader_with(kFew, folder);
  const Reader many = reader_with(kMany, folder);
  std::filesystem::remove_all(folder);
  if (few.extractor == nullptr || many.extractor == nullptr) {
    fmt::print(stderr, "names_bench: the catalogue or a list does not load\n");
    return 1;
  }
  std::vector<double> ratios;
  std::vector<double> few_us;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<model::Event> events;
    for (int i = 0; i < kArticles; ++i) events.push_back(article(round, i));
    for (const model::Event& event : events) {
      const auto one = known_to_both(few.extractor->extract(event, event.published_at));
      const auto two = known_to_both(many.extractor->extract(event, event.published_at));
      if (one.size() > 10 && one == two) continue;
      fmt::print(stderr, "names_bench: {} is read differently ({} and {} mentions)\n", event.id,
                 one.size(), two.size());
      return 1;
    }
    const double first = round_seconds(few, events);
    const double second = round_seconds(many, events);
    ratios.push_back(second / first);
    few_us.push_back(first / kArticles * 1e6);
  }
  std::sort(ratios.begin(), ratios.end());
  std::sort(few_us.begin(), few_us.end());
  const double ratio = ratios[ratios.size() / 2];
  fmt::print("{:>8} names  {:8.1f} us an article\n{:>8} names  {:8.2f} times that (limit {})\n"
             "loading them {:6.2f} s (limit {})\n", kFew, few_us[few_us.size() / 2], kMany, ratio,
             kRatioMax, many.load_seconds, kLoadSecondsMax);
  const bool good = ratio <= kRatioMax && many.load_seconds <= kLoadSecondsMax;
  if (!good) fmt::print(stderr, "names_bench: a limit is passed\n");
  return good ? 0 : 1;
}
