#pragma once
// The text of a company list: bytes to UTF-8, CSV to rows, a flat JSON object to rows. Every row
// knows its line; a broken one says why and the next is read.
//
//   for (const TextRow& row : csv_rows(text)) row.fields;      // or row.error, not empty

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wiremill::catalog {

struct TextRow {
  int line = 0;                     ///< where it begins, from 1
  std::vector<std::string> fields;  ///< of CSV; trimmed of blanks
  std::vector<std::pair<std::string, std::string>> named;  ///< of JSON: key and value as text
  std::string error;                ///< empty for a good row
};

/// UTF-8 as it is, without its byte order mark; else read as EUC-KR with the extensions of code
/// page 949. nullopt: neither.
std::optional<std::string> to_utf8(std::string_view bytes);

/// RFC 4180: quotes, doubled quotes, line breaks inside quotes. Blank lines give no row. A quote
/// that does not close within 64 KiB is an error of its first line, and reading goes on behind it.
std::vector<TextRow> csv_rows(std::string_view text);

/// {"0": {"cik_str": 1, "ticker": "A", …}, …}: a row for each inner object. Anything else is one
/// row with an error, and reading ends.
std::vector<TextRow> json_rows(std::string_view text);

}  // namespace wiremill::catalog
