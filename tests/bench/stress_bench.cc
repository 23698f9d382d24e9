// What the worst texts cost: decode and extract of one event of a megabyte, for shapes that make
// careless readers slow, and how time and record grow with the length of ordinary articles.
//
//   stress_bench [--bytes 1000000] [--limit-ms 50] [--runs 3] [--only "name"]
//
// Times are of the processor, the best of the runs; a shape above the limit fails. An answer is
// checked too: a record that is cut says so, and no list of it is over its limit.

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "extract/extract.h"
#include "wire/event.h"
#include "wire/facts.h"

namespace {

using namespace wiremill;

struct Arguments {
  std::size_t bytes = 1'000'000;
  double limit_ms = 50;
  int runs = 3;
  std::string only;
};

const extract::Extractor& extractor() {
  static const auto made = [] {
    const auto catalogue = catalog::load({.folder = WIREMILL_SOURCE_DIR "/deploy/catalog"});
    if (!catalogue) std::abort();
    const auto compiled = extract::compile(*catalogue, {});
    if (!compiled) std::abort();
    return *compiled;
  }();
  return *made;
}

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string out;
  out.reserve(bytes + piece.size());
  while (out.size() + piece.size() <= bytes) out += piece;
  return out;
}

/// The same piece with another number each time: nothing repeats literally.
std::string numbered(std::string_view before, std::string_view after, std::size_t bytes) {
  std::string out;
  for (std::size_t n = 1; out.size() < bytes; ++n) {
    out += before;
    out += std::to_string(n);
    out += after;
  }
  out.resize(bytes);
  while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0x80U) != 0) out.pop_back();
  return out;
}

std::string nested(std::string_view open, std::string_view close, std::size_t bytes) {
  const std::size_t deep = bytes / (open.size() + close.size());
  return repeated(open, deep * open.size()) + repeated(close, deep * close.size());
}

struct Shape {
  std::string_view name;
  std::function<std::string(std::size_t bytes)> text;
  model::BodyFormat format = model::BodyFormat::kText;
};

Shape again(std::string_view name, std::string_view piece,
            model::BodyFormat format = model::BodyFormat::kText) {
  return {name, [piece](std::size_t bytes) { return repeated(piece, bytes); }, format};
}

Shape counted(std::string_view name, std::string_view before, std::string_view after) {
  return {name, [=](std::size_t bytes) { return numbered(before, after, bytes); }};
}

std::vector<Shape> plain_shapes() {
  return {
      again("digits", "7"),
      again("digits and commas", "1,234,567,"),
      again("digits and points", "1.5."),
      again("$5 billion", "$5 billion "),
      counted("numbered amounts", "$", " billion "),
      counted("numbered 억원", "", "억원 "),
      again("1조2345억원", "1조2345억원"),
      again("조억만", "조억만천백십"),
      again("일이삼", "일이삼사오육칠팔구십백천만억조"),
      again("one", "one "),
      again("one and", "one and "),
      again("half a", "half a quarter of a "),
      again("parts of a Korean number", "1경 2조 3억 4만 5천 6백 7십 8 "),
      again("parts of a Korean number, counted", "1경 2조 3억 4만 5천 6백 7십 8개 "),
      again("parts of a Korean number, broken", "1경 2조 3억 4만 5천 6백 7십 8.1.2 "),
      again("powers alone", "1조 1조 1억 1만 "),
      again("fractions", "5 1/2 3-3/4 "),
      again("minus", "-5 -$5 - $6 +7 "),
      again("scale headers", "(in millions of dollars) 1,234 "),
      again("scale header lines", "(in millions of dollars)\n1,234 5,678\n"),
      again("scale headers, Korean", "(단위: 백만원) 1,234 "),
      again("per share", "$5 per share (in millions, except per share) "),
      again("exchange rates", "원·달러 환율 1,350원 "),
      again("vague amounts", "tens of billions of dollars 수십억 달러 "),
      again("brackets of amounts", "$125 billion ($12 billion) "),
      again("links", "http://a.b/c?d=5%20&"),
      again("number words", "twenty-one hundred thousand million "),
      again("ranges", "$5-$6 billion to $7~8 bn - "),
      again("amounts or amounts", "$5 billion or "),
      again("conversions", "$125 billion (125 billion) (180조원) "),
      again("percent", "12.5% 3 percentage points 50bp "),
      again("companies", "Nvidia Microsoft Amazon Meta Alphabet "),
      again("companies, Korean", "엔비디아가 삼성전자는 SK하이닉스의 아마존에 "),
      again("company and amount", "Amazon $200 billion "),
      again("tickers", "(NASDAQ: NVDA) $AMD 005930 "),
      again("unbroken letters", "a"),
      again("unbroken Korean", "가나다라마바사"),
      again("unbroken words", "설비투자확대계획발표"),
      again("unbroken words, Latin", "capexguidancerevenue"),
      {"nested parentheses", [](std::size_t b) { return nested("(", ")", b); }},
      {"nested brackets", [](std::size_t b) { return nested("($1 billion [", "])", b); }},
      again("open parentheses", "("),
      again("table pipes", "|"),
      again("table cells", "| 1 | 2 | 3 |\n"),
      again("wide table", "| $5 billion "),
      again("tabs", "1\t2\t3\n"),
      again("conditionals", "if unless could would may might "),
      again("conditionals, Korean", "만약 라면 경우 수도 있다 전망이다 "),
      again("negations", "not never no denied without "),
      again("quotes", "\""),
      again("quoted words", "\"we\" said “they” "),
      again("combining marks", "\xCC\x81"),
      again("combined letters", "e\xCC\x81\xCC\x80"),
      again("Jamo", "\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8"),
      again("zero width", "\xE2\x80\x8B\xE2\x80\x8D\xEF\xBB\xBF"),
      again("full width", "\xEF\xBC\x91\xEF\xBC\x92"),
      again("ligature ﷺ", "\xEF\xB7\xBA"),
      again("newlines", "\n"),
      again("newlines and words", "capex\n"),
      again("full stops", "."),
      again("short sentences", "Up 5%. "),
      again("spaces", " "),
      again("years", "2024 2025 fiscal 2026 Q1 first quarter "),
      again("vs", "vs $5 from $4 to $3 "),
  };
}

std::vector<Shape> stories() {
  return {
      again("guidance phrases",
            "Nvidia raised its first-quarter revenue guidance to $65bn from $60bn "),
      again("guidance sentences",
            "Nvidia raised its first-quarter revenue guidance to $65bn from $60bn. "),
      counted("guidance sentences, numbered", "Nvidia raised its revenue guidance to $", "bn. "),
      again("guidance sentences, Korean", "아마존은 올해 자본지출로 2000억 달러를 쓸 계획이다. "),
      again("guidance, Korean, no end", "아마존은 올해 자본지출로 2000억 달러를 쓸 계획이고 "),
      again("contracts", "Vertiv won a $5 billion contract from Oracle and "),
      again("companies and guidance", "Nvidia, Dell, Meta, Amazon raised guidance and capex "),
      again("triggers without figures", "capex guidance contract order revenue outlook raise "),
      again("figures before triggers", "$5 billion $6 billion $7 billion capex "),
      again("tone words", "surge plunge soar beat miss record loss growth "),
      again("tone words, Korean", "급등 급락 상회 하회 적자전환 흑자전환 수혜 "),
      again("but", "but however although while "),
      again("lists",
            "Amazon 200, Alphabet 175-185, Meta 115-135, more than 600 together billion, "),
  };
}

std::vector<Shape> markup() {
  using model::BodyFormat;
  std::vector<Shape> shapes{
      again("HTML paragraphs", "<p>Amazon plans capex of $200 billion.</p>", BodyFormat::kHtml),
      again("HTML open tags", "<b>", BodyFormat::kHtml),
      again("HTML broken tags", "<a <b <", BodyFormat::kHtml),
      again("HTML less-than", "<", BodyFormat::kHtml),
      again("HTML ampersands", "&amp;&#x1f600;&", BodyFormat::kHtml),
      again("HTML cells", "<td>1</td>", BodyFormat::kHtml),
      again("HTML tables", "<table><tr><td>$5 billion", BodyFormat::kHtml),
      again("HTML misnested", "<b><i><p></b></i>", BodyFormat::kHtml),
      again("HTML anchors", "<a href=x>x<p>", BodyFormat::kHtml),
      again("HTML lists", "<ul><li>Capex of $5 billion", BodyFormat::kHtml),
      again("HTML comments", "<!-- x -->", BodyFormat::kHtml),
      {"HTML attributes",
       [](std::size_t b) { return "<p " + numbered("a", "=1 ", b - 8) + ">x</p>"; },
       BodyFormat::kHtml},
      {"HTML 10,000 deep",
       [](std::size_t b) {
         return repeated("<div>", 50'000) + repeated("capex $5 billion ", b - 110'000) +
                repeated("</div>", 60'000);
       },
       BodyFormat::kHtml},
      {"HTML all deep", [](std::size_t b) { return nested("<div>", "</div>", b); },
       BodyFormat::kHtml},
      {"HTML spans deep", [](std::size_t b) { return nested("<span>", "</span>", b); },
       BodyFormat::kHtml},
  };
  return shapes;
}

struct Cost {
  double decode_ms = 0;
  double extract_ms = 0;
  std::size_t record_bytes = 0;
  model::FactsRecord record;
  double total_ms() const { return decode_ms + extract_ms; }
};

/// Of this thread: what else the machine does meanwhile counts little.
double cpu_ms() {
  timespec used{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) / 1e6;
}

Cost cost_of(const std::string& json) {
  Cost cost;
  const double start_ms = cpu_ms();
  const auto decoded = wire::decode_event(json);
  const double decoded_ms = cpu_ms();
  cost.decode_ms = decoded_ms - start_ms;
  if (!decoded) {
    fmt::print(stderr, "wrong answer: {}\n", decoded.error().text);
    std::exit(1);
  }
  cost.record = extractor().extract(decoded->event, decoded->event.published_at);
  cost.extract_ms = cpu_ms() - decoded_ms;
  cost.record_bytes = wire::encode_facts(cost.record).size();
  return cost;
}

std::string json_of(const std::string& text, model::BodyFormat format) {
  model::Event event;
  event.id = event.story_id = "stress";
  event.published_at = *base::parse_rfc3339("2026-02-13T00:00:00Z");
  event.headline = "Amazon plans capex of $200 billion";
  event.body = text;
  event.body_format = format;
  return wire::encode_event(event);
}

Cost best_of(int runs, const std::string& json) {
  Cost best = cost_of(json);
  for (int i = 1; i < runs; ++i) {
    Cost cost = cost_of(json);
    if (cost.total_ms() < best.total_ms()) best = std::move(cost);
  }
  return best;
}

bool is_within_limits(const model::FactsRecord& record) {
  const extract::Options limits;
  const auto flagged = [&](std::string_view flag) {
    return std::find(record.flags.begin(), record.flags.end(), flag) != record.flags.end();
  };
  return record.facts.size() <= limits.facts_max && record.figures.size() <= limits.figures_max &&
         record.companies.size() <= limits.companies_max &&
         (record.figures.size() < limits.figures_max || flagged("figures_cut"));
}

bool stress(const Arguments& arguments) {
  std::vector<Shape> shapes = plain_shapes();
  for (const auto& more : {stories(), markup()}) {
    shapes.insert(shapes.end(), more.begin(), more.end());
  }
  bool all_well = true;
  fmt::print("{:<34} {:>9} {:>9} {:>7} {:>7} {:>9}  {}\n", "one event of a megabyte",
             "decode ms", "extract", "figures", "facts", "record KB", "flags");
  for (const Shape& shape : shapes) {
    if (!arguments.only.empty() && shape.name != arguments.only) continue;
    fmt::print("{:<34}", shape.name);
    std::fflush(stdout);
    const std::string json = json_of(shape.text(arguments.bytes), shape.format);
    const Cost cost = best_of(arguments.runs, json);
    const bool slow = cost.total_ms() > arguments.limit_ms;
    const bool wrong = !is_within_limits(cost.record);
    all_well = all_well && !slow && !wrong;
    std::string flags;
    for (const std::string& flag : cost.record.flags) flags += flag + " ";
    fmt::print(" {:>9.1f} {:>9.1f} {:>7} {:>7} {:>9.0f}  {}{}{}\n", cost.decode_ms,
               cost.extract_ms, cost.record.figures.size(), cost.record.facts.size(),
               static_cast<double>(cost.record_bytes) / 1000, flags,
               slow ? "TOO SLOW" : "", wrong ? "WRONG" : "");
  }
  return all_well;
}

/// An article like many: most sentences say nothing, every third holds a figure.
std::string article(std::size_t bytes, std::size_t number) {
  static const std::vector<std::string> names{"Nvidia", "Broadcom", "Vertiv", "Micron", "Oracle"};
  std::string text;
  for (std::size_t n = number; text.size() < bytes; ++n) {
    text += fmt::format("The site near plant {} is to take {} workers, officials said in the town, "
                        "and the roads around it are to be widened. ", n * 7 % 991, n * 13 % 4999);
    text += fmt::format("Analysts of the sector expected {}% more, one of them wrote. ", n % 70);
    text += fmt::format("{} said it will spend ${}.{} billion on data centers in 2026.\n",
                        names[n % names.size()], 1 + n % 89, n % 9);
  }
  text.resize(bytes);
  return text;
}

/// Prints cost by length. From 3 to 300 KB no byte may cost three times as much as another.
bool growth() {
  fmt::print("\n{:<34} {:>9} {:>9} {:>12}\n", "ordinary articles, KB", "ms", "ns/byte",
             "record B/byte");
  double least = 1e300;
  double most = 0;
  for (const std::size_t bytes : {300U, 3'000U, 30'000U, 300'000U}) {
    const std::size_t count = std::max<std::size_t>(5, 600'000 / bytes);
    double seconds = 0;
    std::size_t record_bytes = 0;
    for (std::size_t n = 0; n < count; ++n) {
      const Cost cost = cost_of(json_of(article(bytes, n * 17), model::BodyFormat::kText));
      seconds += cost.total_ms() / 1000;
      record_bytes += cost.record_bytes;
    }
    const double per_byte = seconds * 1e9 / static_cast<double>(bytes * count);
    fmt::print("{:<34} {:>9.3f} {:>9.1f} {:>12.1f}\n", static_cast<double>(bytes) / 1000,
               seconds * 1000 / static_cast<double>(count), per_byte,
               static_cast<double>(record_bytes) / static_cast<double>(bytes * count));
    if (bytes < 3'000) continue;
    least = std::min(least, per_byte);
    most = std::max(most, per_byte);
  }
  const bool linear = most < 3 * least;
  if (!linear) fmt::print("NOT LINEAR: a byte costs {:.1f} to {:.1f} ns\n", least, most);
  return linear;
}

Arguments arguments_of(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    if (name == "--bytes") arguments.bytes = std::strtoull(argv[i + 1], nullptr, 10);
    if (name == "--limit-ms") arguments.limit_ms = std::strtod(argv[i + 1], nullptr);
    if (name == "--runs") arguments.runs = std::atoi(argv[i + 1]);
    if (name == "--only") arguments.only = argv[i + 1];
  }
  return arguments;
}

}  // namespace

int main(int argc, char** argv) {
  const Arguments arguments = arguments_of(argc, argv);
  std::setvbuf(stdout, nullptr, _IOLBF, 0);  // a shape that kills the program leaves its name
  const bool fast = stress(arguments);
  const bool linear = !arguments.only.empty() || growth();
  return fast && linear ? 0 : 1;
}
