// Every example of schemas/examples/ is decoded by the room that reads it, and what is encoded
// again is the example, byte for byte.

#include "wire/facts.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <map>

#include "samples.h"
#include "wire/dead_letter.h"
#include "wire/event.h"
#include "wire/signal.h"
#include "wire/state.h"

namespace wiremill::wire {
namespace {

template <class T, class Encode>
std::string again(const base::Result<T>& decoded, Encode encode) {
  return decoded ? encode(*decoded) : decoded.error().text;
}

std::string again_event(std::string_view bytes) {
  return again(decode_event(bytes), [](const DecodedEvent& decoded) {
    EXPECT_EQ(decoded.unknown_fields, 0);
    return encode_event(decoded.event);
  });
}

std::string again_facts(std::string_view bytes) {
  return again(decode_facts(bytes), encode_facts);
}

std::string again_signal(std::string_view bytes) {
  return again(decode_signal(bytes), encode_signal);
}

std::string again_header(std::string_view bytes) {
  return again(decode_header(bytes), encode_header);
}

std::string again_story(std::string_view bytes) {
  return again(decode_story(bytes), encode_story);
}

std::string again_scope(std::string_view bytes) {
  return again(decode_scope(bytes), encode_scope);
}

std::string again_guard(std::string_view bytes) {
  return again(decode_lane_guard(bytes), encode_lane_guard);
}

std::string again_dead_letter(std::string_view bytes) {
  return again(decode_dead_letter(bytes), [](const DecodedDeadLetter& decoded) {
    EXPECT_FALSE(decoded.truncated);
    return encode_dead_letter(decoded.letter);
  });
}

/// Only written here, never read.
std::string again_dead_line(std::string_view bytes) {
  EXPECT_EQ(decode_dead_letter(bytes).error().reason, "missing_field");
  return encode_dead_line(3, decode_event(R"({"id":1,"published_at":"어제"})").error());
}

/// Written and read by the lanes, which know no JSON library.
std::string again_position(std::string_view bytes) { return std::string(bytes); }

using Again = std::function<std::string(std::string_view)>;

/// The longest of these that a file's name begins with says how it is read.
const std::map<std::string, Again>& readers() {
  static const std::map<std::string, Again> by_name{
      {"news-event-", again_event},     {"filing-event-", again_event},
      {"facts-", again_facts},          {"signal-", again_signal},
      {"state-header", again_header},   {"state-story-", again_story},
      {"state-scope", again_scope},     {"state-guard", again_guard},
      {"dead-letter-", again_dead_letter}, {"dead-letter-line", again_dead_line},
      {"position", again_position},
      {"lane", again_position}};
  return by_name;
}

const Again* reader_of(const std::string& file) {
  const Again* found = nullptr;
  for (const auto& [prefix, again_as] : readers()) {
    if (file.starts_with(prefix)) found = &again_as;  // sorted: a longer prefix comes later
  }
  return found;
}

TEST(Examples, AreEncodedAgainByteForByte) {
  int count = 0;
  const std::string folder = std::string(WIREMILL_SOURCE_DIR) + "/schemas/examples";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string file = entry.path().filename();
    const Again* const reader = reader_of(file);
    ASSERT_NE(reader, nullptr) << file;
    std::string text = samples::compact(samples::schema_file("examples/" + file));
    EXPECT_EQ((*reader)(text), text) << file;
    ++count;
  }
  EXPECT_GE(count, 20);
}

}  // namespace
}  // namespace wiremill::wire
