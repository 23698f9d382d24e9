#pragma once
// Reads the page of metrics as a scraper does.
//
//   value_on(telemetry, R"(wiremill_lanes{stage="score"})")      // "1"; "absent" without a series

#include <string>

#include "telemetry/telemetry.h"

namespace wiremill::pipeline {

inline std::string value_on(const telemetry::Telemetry& telemetry, const std::string& series) {
  const std::string page = "\n" + telemetry.exposition();
  const std::size_t at = page.find("\n" + series + " ");
  if (at == std::string::npos) return "absent";
  const std::size_t begin = at + series.size() + 2;
  return page.substr(begin, page.find('\n', begin) - begin);
}

}  // namespace wiremill::pipeline
