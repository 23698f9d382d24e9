#include "settings/settings.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace wiremill::settings {
namespace {

constexpr int kDepthMax = 64;
constexpr std::uintmax_t kFileBytesMax = 64U << 20U;
constexpr std::size_t kMistakesShown = 50;

/// Duplicate keys and depth, which yaml-cpp accepts silently.
void check_shape(const YAML::Node& node, const std::string& file, int depth, Mistakes& mistakes) {
  const Place place{file, node.Mark().line + 1};
  if (depth > kDepthMax) {
    mistakes.add(place, fmt::format("nested deeper than {} levels", kDepthMax));
    return;
  }
  if (node.IsSequence()) {
    for (const auto& item : node) check_shape(item, file, depth + 1, mistakes);
  }
  if (!node.IsMap()) return;
  std::set<std::string> seen;
  for (const auto& entry : node) {
    const Place at{file, entry.first.Mark().line + 1};
    if (!entry.first.IsScalar()) {
      mistakes.add(at, "a key must be plain text");
    } else if (!seen.insert(entry.first.Scalar()).second) {
      mistakes.add(at, fmt::format("key \"{}\" stands twice in one map", entry.first.Scalar()));
    }
    check_shape(entry.second, file, depth + 1, mistakes);
  }
}

}  // namespace

std::string to_text(const Place& place) {
  return place.line > 0 ? fmt::format("{}:{}", place.file, place.line) : place.file;
}

void Mistakes::add(const Place& place, std::string text) { found_.emplace(place, std::move(text)); }

base::Error Mistakes::error(std::string_view what) const {
  std::string text = fmt::format("{}: {} mistake{}", what, size(), size() == 1 ? "" : "s");
  std::size_t shown = 0;
  for (const auto& [place, mistake] : found_) {
    if (++shown > kMistakesShown) {
      text += fmt::format("\n  … and {} more", size() - kMistakesShown);
      break;
    }
    text += fmt::format("\n  {}: {}", to_text(place), mistake);
  }
  return {base::ErrorKind::kRejected, std::move(text)};
}

struct Node::Impl {
  YAML::Node node;
  std::shared_ptr<const std::string> file;
};

bool Node::is_map() const { return impl_->node.IsMap(); }
bool Node::is_list() const { return impl_->node.IsSequence(); }
bool Node::is_text() const { return impl_->node.IsScalar(); }
Place Node::place() const { return {*impl_->file, impl_->node.Mark().line + 1}; }
std::string Node::text() const { return is_text() ? impl_->node.Scalar() : std::string(); }

std::vector<Node> Node::items() const {
  std::vector<Node> items;
  if (!is_list()) return items;
  for (const auto& item : impl_->node) {
    Node child;
    child.impl_ = std::make_shared<const Impl>(Impl{item, impl_->file});
    items.push_back(std::move(child));
  }
  return items;
}

std::vector<std::pair<std::string, Node>> Node::entries() const {
  std::vector<std::pair<std::string, Node>> entries;
  if (!is_map()) return entries;
  for (const auto& entry : impl_->node) {
    Node child;
    child.impl_ = std::make_shared<const Impl>(Impl{entry.second, impl_->file});
    entries.emplace_back(entry.first.Scalar(), std::move(child));
  }
  return entries;
}

std::optional<Node> Node::find(std::string_view key) const {
  for (auto& [name, value] : entries()) {
    if (name == key) return value;
  }
  return std::nullopt;
}

base::Result<Node> parse(std::string_view text, std::string file) {
  const auto name = std::make_shared<const std::string>(std::move(file));
  try {
    Node root;
    root.impl_ = std::make_shared<const Node::Impl>(
        Node::Impl{YAML::Load(std::string(text)), name});
    Mistakes mistakes;
    check_shape(root.impl_->node, *name, 1, mistakes);
    if (!mistakes.empty()) return base::fail(mistakes.error(*name));
    return root;
  } catch (const YAML::Exception& error) {
    return base::rejected(fmt::format("{}: not YAML: {}",
                                      to_text({*name, error.mark.line + 1}), error.msg));
  }
}

base::Result<Node> load(const std::string& path, std::string shown_as) {
  std::error_code error;
  const auto bytes = std::filesystem::file_size(path, error);
  if (error) return base::rejected(fmt::format("{}: {}", path, error.message()));
  if (bytes > kFileBytesMax) {
    return base::rejected(fmt::format("{}: {} bytes, more than {}", path, bytes, kFileBytesMax));
  }
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return base::rejected(fmt::format("{}: cannot be read", path));
  return parse(text.str(), std::move(shown_as));
}

std::optional<std::string> nearest(std::string_view word,
                                   const std::set<std::string, std::less<>>& known) {
  std::optional<std::string> best;
  std::size_t best_distance = word.size() / 3 + 2;
  for (const std::string& candidate : known) {
    std::vector<std::size_t> row(candidate.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= word.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i;
      for (std::size_t j = 1; j < row.size(); ++j) {
        const std::size_t changed = diagonal + (word[i - 1] == candidate[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
      }
    }
    if (row.back() < best_distance) {
      best_distance = row.back();
      best = candidate;
    }
  }
  return best;
}

}  // namespace wiremill::settings
