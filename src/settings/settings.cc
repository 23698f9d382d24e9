#include "settings/settings.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
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

Place place_of(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  int line = 0;
  if (colon == std::string_view::npos) return {std::string(text), 0};
  const auto [stop, error] =
      std::from_chars(text.data() + colon + 1, text.data() + text.size(), line);
  if (error != std::errc() || stop != text.data() + text.size()) return {std::string(text), 0};
  return {std::string(text.substr(0, colon)), line};
}

void Mistakes::add(const Place& place, std::string text) { found_.emplace(place, std::move(text)); }

std::vector<std::string> Mistakes::lines() const {
  std::vector<std::string> lines;
  for (const auto& [place, text] : found_) {
    lines.push_back(fmt::format("{}: {}", to_text(place), text));
  }
  return lines;
}

base::Error Mistakes::error(std::string_view what) const {
  std::string text = fmt::format("{}: {} mistake{}", what, size(), size() == 1 ? "" : "s");
  std::size_t shown = 0;
  for (const std::string& line : lines()) {
    if (++shown > kMistakesShown) {
      text += fmt::format("\n  … and {} more", size() - kMistakesShown);
      break;
    }
    text += "\n  " + line;
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
  Mistakes mistakes;
  auto root = parse(text, file, mistakes);
  if (!mistakes.empty()) return base::fail(mistakes.error(file));
  return *root;
}

std::optional<Node> parse(std::string_view text, std::string file, Mistakes& mistakes) {
  const auto name = std::make_shared<const std::string>(std::move(file));
  try {
    Node root;
    root.impl_ = std::make_shared<const Node::Impl>(
        Node::Impl{YAML::Load(std::string(text)), name});
    check_shape(root.impl_->node, *name, 1, mistakes);
    return root;
  } catch (const YAML::Exception& error) {
    mistakes.add({*name, error.mark.line + 1}, "not YAML: " + error.msg);
    return std::nullopt;
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

}  // namespace wiremill::settings
