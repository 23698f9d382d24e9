#include "extract/document.h"

#include <algorithm>
#include <numeric>

#include "text/html.h"
#include "text/utf8.h"

namespace wiremill::extract {
namespace {

constexpr std::size_t kMarkEvery = 64;

}  // namespace

std::span<const Hit> FieldText::hits_in(const ByteRange& range) const {
  const auto before = [](const Hit& hit, std::size_t at) { return hit.begin < at; };
  const auto first = std::lower_bound(hits.begin(), hits.end(), range.begin, before);
  const auto last = std::lower_bound(first, hits.end(), range.end, before);
  return {first, last};
}

std::vector<std::uint32_t>::const_iterator FieldText::first_ending(std::size_t end) const {
  return std::lower_bound(by_end.begin(), by_end.end(), end,
                          [&](std::uint32_t hit, std::size_t at) { return hits[hit].end < at; });
}

const Hit* FieldText::first(ClassId words, const ByteRange& range) const {
  if (words == kNoClass) return nullptr;
  for (const Hit& hit : hits_in(range)) {
    if (hit.term == Term::kWord && hit.index == words && hit.end <= range.end) return &hit;
  }
  return nullptr;
}

bool FieldText::begins(ClassId words, std::size_t begin) const {
  const auto at = hits_at(begin);
  return words != kNoClass && std::any_of(at.begin(), at.end(), [&](const Hit& hit) {
           return hit.term == Term::kWord && hit.index == words;
         });
}

model::Span FieldText::span(const ByteRange& range) const {
  const auto [start, end] = normal.origin(range.begin, range.end);
  const std::size_t mark = std::min<std::size_t>(start / kMarkEvery, marks.size() - 1);
  const std::string_view rest = original.substr(marks[mark]);
  const std::size_t skipped = mark * kMarkEvery;
  return {field, start, end,
          std::string(text::code_point_range(rest, start - skipped, end - skipped))};
}

namespace {

std::vector<std::uint32_t> mark_code_points(std::string_view original) {
  std::vector<std::uint32_t> marks{0};
  std::size_t count = 0;
  for (std::size_t at = 0; at < original.size();) {
    text::next_code_point(original, at);
    if (++count % kMarkEvery == 0) marks.push_back(static_cast<std::uint32_t>(at));
  }
  return marks;
}

FieldText read_field(model::Field field, std::string_view original, bool html,
                     const Vocabulary& vocabulary, Work& work) {
  FieldText out;
  out.field = field;
  out.original = original;
  out.marks = mark_code_points(original);
  out.normal = html ? text::normalise(text::pieces_of_html(original)) : text::normalise(original);
  out.sentences = text::lay_out(out.normal.text);
  out.hits = vocabulary.hits(out.normal, work.steps);
  out.by_end.resize(out.hits.size());
  std::iota(out.by_end.begin(), out.by_end.end(), 0U);
  std::stable_sort(out.by_end.begin(), out.by_end.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Hit& one = out.hits[a];
    const Hit& two = out.hits[b];
    return one.end != two.end ? one.end < two.end : one.begin < two.begin;
  });
  return out;
}

}  // namespace

Document read_document(const model::Event& event, const Vocabulary& vocabulary,
                       const Options& options, Work& work) {
  Document document;
  const auto headline = text::head(event.headline, options.field_bytes_max);
  const auto body = text::head(event.body, options.field_bytes_max);
  document.truncated = headline.size() < event.headline.size() || body.size() < event.body.size();
  document.headline = read_field(model::Field::kHeadline, headline, false, vocabulary, work);
  const bool html = event.body_format == model::BodyFormat::kHtml;
  document.body = read_field(model::Field::kBody, body, html, vocabulary, work);
  return document;
}

}  // namespace wiremill::extract
