#include "wire/field_writer.h"

#include <fmt/format.h>

namespace wiremill::wire {

void write(JsonWriter& out, const std::chrono::year_month_day& value) {
  out.text(fmt::format("{:04}-{:02}-{:02}", static_cast<int>(value.year()),
                       static_cast<unsigned>(value.month()), static_cast<unsigned>(value.day())));
}

}  // namespace wiremill::wire
