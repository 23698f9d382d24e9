#pragma once
// Writes one compact JSON document front to back, without a tree. Private to this room; the JSON
// library is known to json_writer.cc alone.
//
//   JsonWriter out(kFactsDecimals);
//   out.begin_object(); out.key("version"); out.whole(1); out.end_object();
//   std::string bytes = out.take();
//
// Text that is not UTF-8 is mended (U+FFFD), so that what we write is always JSON.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace wiremill::wire {

/// Requires: calls in the order of the grammar; asserted by the library in debug builds.
class JsonWriter {
 public:
  /// Doubles are rounded to `decimals` decimals.
  explicit JsonWriter(int decimals);
  ~JsonWriter();

  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  void key(std::string_view name);

  void text(std::string_view value);
  void whole(std::int64_t value);
  void real(double value);
  void boolean(bool value);
  void null();

  /// The document; the writer is used up.
  std::string take();

 private:
  struct Sink;
  std::unique_ptr<Sink> sink_;
  int decimals_;
};

}  // namespace wiremill::wire
