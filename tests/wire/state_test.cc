#include "wire/state.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "samples.h"

namespace wiremill::wire {
namespace {

model::LaneHeader header() {
  return {2, samples::at("2026-02-06T00:10:00Z"), samples::at("2026-02-06T00:11:00Z"), "sha256:00",
          5};
}

model::StoryState story(std::string id) {
  return {std::move(id),
          {{2, model::Action::kCorrect, "e2", samples::at("2026-02-06T00:10:00Z"),
            samples::at("2026-02-06T00:11:00Z"), "d2"}},
          samples::full_facts(),
          {model::FactsRecord{}, samples::full_facts()}};
}

model::ScopeState scope(std::string name) {
  return {std::move(name), "tone=0.3", 118, samples::at("2026-02-06T00:11:00Z")};
}

TEST(State, EveryKindSurvivesEncodingAndDecoding) {
  EXPECT_EQ(*decode_header(encode_header(header())), header());
  EXPECT_EQ(*decode_story(encode_story(story("s1"))), story("s1"));
  EXPECT_EQ(*decode_scope(encode_scope(scope("sector/memory"))), scope("sector/memory"));
  const model::LaneGuard guard{true, 2, "news/0=17", "news/0/17", 1};
  EXPECT_EQ(*decode_lane_guard(encode_lane_guard(guard)), guard);
}

TEST(State, AWithdrawnStoryHasNoLiveFacts) {
  model::StoryState withdrawn = story("s1");
  withdrawn.live.reset();
  EXPECT_EQ(*decode_story(encode_story(withdrawn)), withdrawn);
}

TEST(State, TheKindOfARecordIsReadFromItsBytes) {
  EXPECT_EQ(std::get<model::LaneHeader>(*decode_state(encode_header(header()))), header());
  EXPECT_EQ(std::get<model::StoryState>(*decode_state(encode_story(story("s")))), story("s"));
  EXPECT_EQ(std::get<model::ScopeState>(*decode_state(encode_scope(scope("a/b")))), scope("a/b"));
  EXPECT_EQ(decode_story(encode_header(header())).error().text,
            "kind: is \"header\", want \"story\"");
  EXPECT_EQ(decode_state(R"({"schema":"wiremill.state","version":1,"kind":"x"})").error().text,
            "kind: is \"x\", want one of header, story, scope, guard");
}

TEST(State, AnExportIsSortedAndReadsBack) {
  const StateExport state{header(), {story("b"), story("a")}, {scope("z/z"), scope("a/a")}};
  const std::string text = encode_export(state);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 5);
  EXPECT_EQ(text.back(), '\n');
  const StateExport sorted{header(), {story("a"), story("b")}, {scope("a/a"), scope("z/z")}};
  EXPECT_EQ(*decode_export(text), sorted);
  EXPECT_EQ(encode_export(sorted), text);
}

TEST(State, TheCanonicalExportForgetsWhatDependsOnArrival) {
  StateExport one{header(), {story("a")}, {scope("a/a")}};
  StateExport other = one;
  other.header.too_late = 0;
  other.scopes[0].sequence = 4;
  other.scopes[0].as_of = samples::at("2026-02-07T00:00:00Z");
  EXPECT_NE(encode_export(one), encode_export(other));
  const std::string text = encode_export(canonical(one));
  EXPECT_EQ(text, encode_export(canonical(other)));
  EXPECT_EQ(text.find("sequence"), std::string::npos);
  EXPECT_EQ(text.find("too_late"), std::string::npos);
  EXPECT_EQ(*decode_export(text), canonical(one));
}

TEST(State, AnExportThatIsBrokenNamesItsLine) {
  const std::string good = encode_export({header(), {story("a")}, {}});
  EXPECT_EQ(decode_export("").error().text, "the export is empty, want a header line");
  EXPECT_EQ(decode_export(good + "{}\n").error().text, "line 3: kind: is missing");
  EXPECT_EQ(decode_export(good + good).error().text,
            "line 3: want the header on line 1 and nowhere else");
  EXPECT_EQ(decode_export(encode_story(story("a"))).error().text,
            "line 1: want the header on line 1 and nowhere else");
}

}  // namespace
}  // namespace wiremill::wire
