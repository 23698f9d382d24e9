#pragma once
// The catalogue as it ships with one change, in a folder of its own that is gone with the test.
//
//   ChangedCatalogue wrong("weights.yaml", "denial: 0.3", "denail: 0.3");
//   EXPECT_NE(wrong.mistakes().find("denail"), std::string::npos);
//   ChangedCatalogue more("companies:\n  - {id: AAA, name: Aaa Works}\n");   // as extra.yaml

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "catalog/catalogue.h"

namespace wiremill::catalog {

class ChangedCatalogue {
 public:
  /// The first place of the old text in the file is the new text.
  ChangedCatalogue(const std::string& file, const std::string& old_text,
                   const std::string& new_text)
      : ChangedCatalogue() {
    std::ifstream in(folder_ / file);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    const auto at = text.find(old_text);
    EXPECT_NE(at, std::string::npos) << file << " has no " << old_text;
    if (at != std::string::npos) text.replace(at, old_text.size(), new_text);
    std::ofstream(folder_ / file) << text;
  }
  /// One more file.
  explicit ChangedCatalogue(const std::string& yaml) : ChangedCatalogue() {
    std::ofstream(folder_ / "extra.yaml") << yaml;
  }
  ~ChangedCatalogue() { std::filesystem::remove_all(folder_); }
  ChangedCatalogue(const ChangedCatalogue&) = delete;  // it owns a folder
  ChangedCatalogue& operator=(const ChangedCatalogue&) = delete;

  auto load() const { return catalog::load({.folder = folder_.string()}); }

  /// What loading says is wrong; empty when nothing is.
  std::string mistakes() const {
    const auto loaded = load();
    return loaded ? std::string() : loaded.error().text;
  }

 private:
  ChangedCatalogue() : folder_(std::filesystem::path(testing::TempDir()) / name()) {
    std::filesystem::remove_all(folder_);
    std::filesystem::copy(WIREMILL_SOURCE_DIR "/deploy/catalog", folder_,
                          std::filesystem::copy_options::recursive);
  }
  static std::string name() {
    const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
    return std::string("wiremill-") + test->test_suite_name() + "-" + test->name();
  }

  std::filesystem::path folder_;
};

inline void expect_mistake(const ChangedCatalogue& catalogue, const std::string& words) {
  const std::string mistakes = catalogue.mistakes();
  EXPECT_NE(mistakes.find(words), std::string::npos) << words << "\nin\n" << mistakes;
}

}  // namespace wiremill::catalog
