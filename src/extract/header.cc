#include "extract/header.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/digest.h"
#include "text/lead.h"
#include "text/utf8.h"

namespace wiremill::extract {
namespace {

using model::Form;

constexpr std::size_t kShownHeadline = 300;
constexpr std::size_t kLeadLetters = 300;
constexpr std::size_t kAlertBytesMax = 200;
constexpr std::size_t kColumnBytesMin = 3000;
constexpr std::size_t kHeadForForm = 4000;
constexpr auto kAhead = std::chrono::minutes(5);

std::string trimmed_lower(std::string_view name) {
  std::string out = base::lower_ascii(name);
  const auto first = out.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return out.substr(first, out.find_last_not_of(' ') - first + 1);
}

std::string_view domain_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  return url.substr(0, url.find_first_of("/?#:"));
}

bool has_name(const catalog::Publisher& publisher, const std::string& name) {
  if (publisher.family == name || trimmed_lower(publisher.name) == name) return true;
  return std::any_of(publisher.names.begin(), publisher.names.end(), [&](const std::string& one) {
    const std::string known = trimmed_lower(one);
    // "Reuters Business" belongs to Reuters.
    return name == known || name.starts_with(known + " ");
  });
}

bool has_domain(const catalog::Publisher& publisher, std::string_view domain) {
  return std::any_of(publisher.domains.begin(), publisher.domains.end(),
                     [&](const std::string& known) {
                       return domain == known || domain.ends_with("." + known);
                     });
}

std::string family_of(const model::Event& event, const Lexis& lexis) {
  const auto& publishers = lexis.catalogue.reading.publishers;
  for (const std::string* const written : {&event.publisher, &event.source}) {
    const std::string name = trimmed_lower(*written);
    if (name.empty()) continue;
    for (const auto& publisher : publishers) {
      if (has_name(publisher, name)) return publisher.family;
    }
  }
  const std::string domain = base::lower_ascii(domain_of(event.url));
  if (!domain.empty()) {
    for (const auto& publisher : publishers) {
      if (has_domain(publisher, domain)) return publisher.family;
    }
  }
  for (const std::string* const written : {&event.publisher, &event.source}) {
    if (const std::string name = trimmed_lower(*written); !name.empty()) return name;
  }
  return domain.empty() ? "unknown" : domain;
}

/// "CORRECTED:", "[기재정정]", "UPDATE 2-": what the headline says about its version, and the
/// headline behind it.
struct Prefix {
  std::string_view name;
  std::string_view rest;
};

Prefix prefix_of(const FieldText& headline, const Lexis& lexis) {
  std::string_view rest = headline.text();
  std::string_view name;
  for (bool more = true; more;) {
    more = false;
    const auto at = static_cast<std::size_t>(rest.data() - headline.text().data());
    for (const Hit& hit : headline.hits_at(at)) {
      const auto found = Lexis::name_in(lexis.link_prefixes, hit);
      if (found.empty()) continue;
      if (name.empty()) name = found;
      rest = headline.text().substr(hit.end);
      const auto word = rest.find_first_not_of(" :-—]0123456789)");
      rest = word == std::string_view::npos ? std::string_view() : rest.substr(word);
      more = !rest.empty();
      break;
    }
  }
  return {name, rest};
}

std::string link_key(const std::string& family, std::string_view headline) {
  std::string letters;
  for (std::size_t at = 0; at < headline.size();) {
    const char32_t c = text::next_code_point(headline, at);
    if (text::is_hangul(c) || text::is_hanja(c)) text::append_utf8(c, letters);
    if (c >= 0x80 || !text::is_letter(static_cast<char>(c))) continue;
    letters.push_back(static_cast<char>(c | 0x20U));
  }
  return letters.empty() ? std::string() : base::short_digest(family + "\n" + letters);
}

Form guess_form(const model::Event& event, const Document& document, const Lexis& lexis) {
  if (event.filing) return Form::kFiling;
  const std::string_view body = document.body.text();
  if (body.empty() || body == document.headline.text()) return Form::kAlert;
  const ByteRange whole{0, body.size()};
  const ByteRange head{0, std::min(body.size(), kHeadForForm)};
  const ByteRange title{0, document.headline.text().size()};
  for (const auto& [words, name] : lexis.forms) {
    const auto form = model::parse_name<Form>(name);
    if (!form) continue;
    if (document.headline.has(words, title)) return *form;
    const bool column = *form == Form::kColumn;
    if (column && body.size() > kColumnBytesMin && document.body.has(words, whole)) return *form;
    if (!column && document.body.has(words, head)) return *form;
  }
  if (body.size() < kAlertBytesMax && document.headline.text().empty()) return Form::kAlert;
  return Form::kNews;
}

std::string lead_digest(const Document& document) {
  const std::string whole = document.headline.normal.text + "\n" +
                            std::string(text::without_dateline(document.body.text()));
  return base::short_digest(text::lead_letters(whole, kLeadLetters));
}

}  // namespace

model::Language language_of(const model::Event& event) {
  if (event.lang) return *event.lang;
  std::size_t hangul = 0;
  std::size_t latin = 0;
  for (const std::string* const field : {&event.headline, &event.body}) {
    const std::string_view text = text::head(*field, kHeadForForm);
    for (std::size_t at = 0; at < text.size();) {
      const char32_t c = text::next_code_point(text, at);
      hangul += text::is_hangul(c) ? 1 : 0;
      latin += c < 0x80 && text::is_letter(static_cast<char>(c)) ? 1 : 0;
    }
  }
  return hangul * 4 > latin ? model::Language::kKorean : model::Language::kEnglish;
}

model::EventHeader header_of(const model::Event& event, base::Instant received,
                             const Document& document, const Lexis& lexis) {
  model::EventHeader header;
  header.id = event.id;
  header.story_id = event.story_id;
  header.revision = event.revision;
  header.action = event.action;
  header.form = event.form ? *event.form : guess_form(event, document, lexis);
  header.source = event.source;
  header.publisher = event.publisher;
  header.family = family_of(event, lexis);
  header.lang = language_of(event);
  header.url = event.url;
  header.headline = std::string(text::code_point_range(event.headline, 0, kShownHeadline));
  header.published_at = event.published_at;
  header.received_at = event.received_at.value_or(received);
  header.scored_at = std::min(event.published_at, header.received_at + kAhead);
  if (event.embargo_until) header.scored_at = std::max(header.scored_at, *event.embargo_until);
  header.embargo_until = event.embargo_until;
  const Prefix prefix = prefix_of(document.headline, lexis);
  header.link_prefix = std::string(prefix.name);
  header.link_key = link_key(header.family, prefix.rest);
  header.lead_digest = lead_digest(document);
  header.synthetic = event.synthetic;
  header.traceparent = event.traceparent;
  return header;
}

}  // namespace wiremill::extract
