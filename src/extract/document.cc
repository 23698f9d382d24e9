#include "extract/document.h"

#include <algorithm>
#include <numeric>

#include "text/html.h"
#include "text/utf8.h"

namespace wiremill::extract {
namespace {

constexpr std::size_t kMarkEvery = 64;
/// Bytes that a text may grow by when it is normalised, beyond half its length: real text hardly
/// grows, and a field of U+FDFA grows elevenfold.
constexpr std::size_t kGrowthFree = 4096;

}  // namespace

std::span<const Hit> FieldText::hits_in(const ByteRange& range) const {
  const auto before = [](const Hit& hit, std::size_t at) { return hit.begin < at; };
  const auto find = [&](std::size_t at) {
    const auto [from, to] = begins_at.around(at);
    return std::lower_bound(hits.data() + from, hits.data() + to, at, before);
  };
  const Hit* const first = find(range.begin);
  return {first, std::max(first, find(range.end))};
}

std::vector<std::uint32_t>::const_iterator FieldText::first_ending(std::size_t end) const {
  const auto [from, to] = ends_at.around(end);
  return std::lower_bound(by_end.begin() + static_cast<std::ptrdiff_t>(from),
                          by_end.begin() + static_cast<std::ptrdiff_t>(to), end,
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
    if (static_cast<unsigned char>(original[at]) < 0x80) {
      ++at;
    } else {
      text::next_code_point(original, at);
    }
    if (++count % kMarkEvery == 0) marks.push_back(static_cast<std::uint32_t>(at));
  }
  return marks;
}

/// Indices of the hits by end, then by begin: counted into place, as ends are small numbers. Hits
/// come by begin, so that equal ends stay in that order.
std::vector<std::uint32_t> order_by_end(const std::vector<Hit>& hits, std::size_t text_bytes) {
  std::vector<std::uint32_t> next(text_bytes + 2, 0);
  for (const Hit& hit : hits) ++next[hit.end + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<std::uint32_t> order(hits.size());
  for (std::uint32_t i = 0; i < hits.size(); ++i) order[next[hits[i].end]++] = i;
  return order;
}

/// Only as much of the text as the limits allow: all of it, but for texts made to be costly.
void normalise_and_lay_out(FieldText& out, bool html, const Options& options) {
  const std::size_t bytes_max = kGrowthFree + out.original.size() / 2 * 3;
  out.normal = html ? text::normalise(text::pieces_of_html(out.original), bytes_max)
                    : text::normalise(out.original, bytes_max);
  out.sentences = text::lay_out(out.normal.text, options.sentences_max + 1);
  if (out.sentences.size() <= options.sentences_max) return;
  out.sentences.resize(options.sentences_max);
  text::cut(out.normal, out.sentences.back().span.end);
}

FieldText read_field(model::Field field, std::string_view original, bool html,
                     const Vocabulary& vocabulary, const Options& options, Work& work) {
  FieldText out;
  out.field = field;
  out.original = original;
  out.marks = mark_code_points(original);
  normalise_and_lay_out(out, html, options);
  out.hits = vocabulary.hits(out.normal, work.steps);
  out.by_end = order_by_end(out.hits, out.normal.text.size());
  const std::size_t bytes = out.normal.text.size();
  out.begins_at = {out.hits.size(), bytes, [&](std::size_t i) { return out.hits[i].begin; }};
  out.ends_at = {out.by_end.size(), bytes,
                 [&](std::size_t i) { return out.hits[out.by_end[i]].end; }};
  return out;
}

}  // namespace

Document read_document(const model::Event& event, const Vocabulary& vocabulary,
                       const Options& options, Work& work) {
  Document document;
  const auto headline = text::head(event.headline, options.field_bytes_max);
  const auto body = text::head(event.body, options.field_bytes_max);
  bool whole = headline.size() == event.headline.size() && body.size() == event.body.size();
  document.headline = read_field(model::Field::kHeadline, headline, false, vocabulary, options,
                                 work);
  const bool html = event.body_format == model::BodyFormat::kHtml;
  document.body = read_field(model::Field::kBody, body, html, vocabulary, options, work);
  whole = whole && document.headline.normal.whole && document.body.normal.whole;
  document.truncated = !whole;
  return document;
}

}  // namespace wiremill::extract
