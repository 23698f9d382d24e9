#include "score/core.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/digest.h"
#include "score/arith.h"

namespace wiremill::score {
namespace {

std::string ledger_digest(const std::vector<std::shared_ptr<const LedgerLine>>& ledger) {
  if (ledger.empty()) return {};
  std::string text;
  for (const auto& line : ledger) text += line->text;
  return base::short_digest(text);
}

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t at = std::min(text.find(mark), text.size());
    parts.push_back(text.substr(0, at));
    text.remove_prefix(std::min(at + 1, text.size()));
  }
  return parts;
}

std::int64_t whole(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

std::string evidence_id(const Evidence& evidence) {
  const Mention& first = *evidence.statement->first;
  if (first.fact != nullptr) return first.fact->id;
  return fmt::format("tone:{}:{}", first.story(), first.company->id);
}

Core::Core(const Fold& fold) : ledger(ledger_digest(fold.ledger)), held(fold.held) {
  for (const auto& [name, value] : fold.values) {
    if (value) values[name] = thousandths(*value);
  }
  for (const Evidence& evidence : fold.evidence) {
    // The marks of the text are no part of an id.
    std::string id = evidence_id(evidence);
    for (char& c : id) c = c == '|' || c == ',' ? '_' : c;
    because.push_back(std::move(id));
  }
  std::sort(because.begin(), because.end());
  because.erase(std::unique(because.begin(), because.end()), because.end());
}

std::string Core::text() const {
  std::string out;
  for (const auto& [name, value] : values) {
    out += fmt::format("{}{}={}", out.empty() ? "" : ",", name, value);
  }
  return fmt::format("{}|{}|{}|{}", out, ledger, fmt::join(because, ","), held);
}

Core Core::parse(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t i = 0, start = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] != '|') continue;
    parts.push_back(text.substr(start, i - start));
    start = i + 1;
  }
  Core core;
  if (parts.size() != 4) return core;
  for (const std::string_view entry : split(parts[0], ',')) {
    const std::size_t equals = entry.find('=');
    if (equals == std::string_view::npos) return Core{};
    core.values[std::string(entry.substr(0, equals))] = whole(entry.substr(equals + 1));
  }
  core.ledger = parts[1];
  for (const std::string_view id : split(parts[2], ',')) core.because.emplace_back(id);
  core.held = whole(parts[3]);
  return core;
}

bool Core::gained_since(const Core& earlier) const {
  return ledger != earlier.ledger || !std::includes(earlier.because.begin(), earlier.because.end(),
                                                    because.begin(), because.end());
}

bool Core::moved_from(const Core& earlier, double amount) const {
  if (ledger != earlier.ledger || because != earlier.because || held != earlier.held) return true;
  if (values.size() != earlier.values.size()) return true;
  const std::int64_t limit = thousandths(amount);
  return std::any_of(values.begin(), values.end(), [&](const auto& named) {
    const auto before = earlier.values.find(named.first);
    if (before == earlier.values.end()) return true;
    const std::int64_t by = named.second - before->second;
    return by > limit || by < -limit;
  });
}

}  // namespace wiremill::score
