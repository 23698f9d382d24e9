#include "kafka/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <utility>

#include "kafka/reader.h"
#include "stream/position.h"

namespace wiremill::kafka {

std::string mark_value(const Mark& mark) {
  return fmt::format(
      R"({{"schema":"wiremill.lane","version":1,"lanes":{},"holder":"{}","unit":{}}})", mark.lanes,
      mark.holder, mark.unit);
}

std::int32_t lanes_in(std::string_view mark) {
  return static_cast<std::int32_t>(stream::number_in(mark, "lanes").value_or(0));
}

std::string new_holder() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

base::Result<Ledger> read_ledger(const Shared& shared, const std::string& stage,
                                 const stream::Source& state, std::int64_t from) {
  // The high watermark, not the last stable offset: what lies between is decided, but its markers
  // may not have arrived, and stopping short of them would lose the last unit for good.
  auto ends = shared.topics->ends(state);
  if (!ends) return base::fail(ends.error());
  Ledger ledger;
  if (ends->next <= std::max(from, ends->first)) return ledger;
  auto reader = Reader::open(shared.options, stage, Reach::kToTheEnd, shared.voices);
  if (!reader) return base::fail(reader.error());
  auto assigned = reader->assign({{state, std::max(from, ends->first)}});
  if (!assigned) return base::fail(assigned.error());
  const auto take = [&](stream::Record record) -> base::Result<void> {
    if (record.key == kMarkKey) {
      ledger.mark = record.value.value_or("");
      ledger.mark_offset = record.offset;
    } else if (const auto source = stream::source_in(record.key)) {
      const auto next =
          record.value ? stream::number_in(*record.value, "next") : std::nullopt;
      if (next) {
        ledger.positions[*source] = *next;
      } else {
        ledger.positions.erase(*source);
      }
    } else if (record.value) {
      ledger.entries[record.key] = *std::move(record.value);
    } else {
      ledger.entries.erase(record.key);
    }
    return {};
  };
  auto read = reader->read_until({{state, ends->next}}, shared.patience(), take);
  if (!read) return base::fail(read.error());
  if (!read->empty()) {
    return base::transient(fmt::format(
        "{} partition {} cannot be read up to offset {}: nothing came for {} ms (is a transaction "
        "left open there?)",
        state.topic, state.partition, ends->next, shared.patience().count()));
  }
  return ledger;
}

}  // namespace wiremill::kafka
