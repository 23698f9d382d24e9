#include <fmt/format.h>

#include <map>

#include "catalog/names.h"
#include "catalog/reading.h"
#include "catalog/sections.h"

namespace wiremill::catalog {
namespace {

using settings::Mistakes;
using settings::Node;
using settings::Reader;

/// Adds every form of every phrase as an entry like `like`.
void add_phrases(Reader& reader, const Node& item, LexiconEntry like, Catalogue& catalogue,
                 Mistakes& mistakes) {
  like.place = settings::to_text(item.place());
  const auto phrases = reader.texts("phrases", {});
  if (phrases.empty()) mistakes.add(item.place(), "\"phrases\": none");
  for (const std::string& phrase : phrases) {
    for (std::string& form : expand_forms(phrase)) {
      if (form.empty()) mistakes.add(item.place(), fmt::format("\"{}\": an empty form", phrase));
      like.phrase = std::move(form);
      catalogue.reading.lexicon.push_back(like);
    }
  }
  reader.finish();
}

ToneAim read_aim(Reader& reader) {
  const std::string aim = reader.one_of("aim", "subject", {"subject", "object", "all", "rival"});
  if (aim == "object") return ToneAim::kObject;
  if (aim == "rival") return ToneAim::kRival;
  return aim == "all" ? ToneAim::kAll : ToneAim::kSubject;
}

/// One of the three lists: `read` takes from an entry what its phrases have in common.
template <class Read>
void read_list(const Node& node, std::string_view what, ToneRole role, Catalogue& catalogue,
               Mistakes& mistakes, Read&& read) {
  for (const Node& item : node.items()) {
    Reader reader(item, std::string(what), mistakes);
    LexiconEntry like;
    like.role = role;
    read(reader, like);
    add_phrases(reader, item, like, catalogue, mistakes);
  }
}

}  // namespace

std::vector<std::string> expand_forms(std::string_view word) {
  const std::size_t open = word.find('{');
  const std::size_t close = word.find('}', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos) {
    return {std::string(word)};
  }
  const std::vector<std::string> rests = expand_forms(word.substr(close + 1));
  std::vector<std::string> forms;
  for (std::size_t at = open + 1; at <= close;) {
    const std::size_t comma = std::min(word.find(',', at), close);
    const std::string begin = std::string(word.substr(0, open)) +
                              std::string(word.substr(at, comma - at));
    for (const std::string& rest : rests) forms.push_back(begin + rest);
    at = comma + 1;
  }
  return forms;
}

void read_tone_phrases(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  const auto read = [](Reader& reader, LexiconEntry& like) {
    like.score = reader.number("score", {-1, 1});
    like.aim = read_aim(reader);
  };
  read_list(node, "lexicon entry", ToneRole::kPhrase, catalogue, mistakes, read);
}

void read_tone_measures(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  const auto read = [](Reader& reader, LexiconEntry& like) {
    like.score = reader.number("rise", {-1, 1});
    like.alone = reader.number("alone", 0, {0, 1});
    like.about = reader.flag("about", false);
    like.aim = read_aim(reader);
  };
  read_list(node, "tone measure", ToneRole::kMeasure, catalogue, mistakes, read);
}

void read_tone_moves(const Node& node, Catalogue& catalogue, Mistakes& mistakes) {
  const auto read = [](Reader& reader, LexiconEntry& like) {
    like.score = reader.number("score", {-1, 1});
    like.alone = reader.number("alone", 1, {-1, 1});
    like.aim = read_aim(reader);
  };
  read_list(node, "tone move", ToneRole::kMove, catalogue, mistakes, read);
}

void cross_check_tone(const Reading& reading, Names& names) {
  std::map<std::string_view, const LexiconEntry*> seen;
  for (const LexiconEntry& entry : reading.lexicon) {
    const auto [at, is_new] = seen.try_emplace(entry.phrase, &entry);
    if (is_new) continue;
    names.mistake(entry.place,
                  fmt::format("tone phrase \"{}\" stands in {} already; keep one of them",
                              entry.phrase, at->second->place));
  }
}

}  // namespace wiremill::catalog
