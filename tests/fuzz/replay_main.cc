// Runs a fuzz target without a fuzzer: over every file of the folders and files named, and over
// mutations of each (bytes changed, dropped, doubled, cut, spliced) drawn from a seed. With clang
// the targets link libFuzzer instead of this file.
//
//   decode_fuzz corpus/decode --mutations 200 --seed 1
//
// The seed and the input are printed before they are run when --verbose is given, so that a crash
// names what crashed.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

struct Arguments {
  std::vector<std::string> paths;
  std::size_t mutations = 0;
  std::uint64_t seed = 1;
  bool verbose = false;
};

Arguments arguments_of(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--verbose") {
      arguments.verbose = true;
    } else if (word == "--mutations" && i + 1 < argc) {
      arguments.mutations = std::strtoull(argv[++i], nullptr, 10);
    } else if (word == "--seed" && i + 1 < argc) {
      arguments.seed = std::strtoull(argv[++i], nullptr, 10);
    } else {
      arguments.paths.emplace_back(word);
    }
  }
  return arguments;
}

std::string read_file(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::vector<std::string> corpus_of(const std::vector<std::string>& paths) {
  std::vector<std::filesystem::path> files;
  for (const std::string& path : paths) {
    if (!std::filesystem::is_directory(path)) {
      files.emplace_back(path);
      continue;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> inputs;
  for (const auto& file : files) inputs.push_back(read_file(file));
  return inputs;
}

class Mutator {
 public:
  Mutator(const std::vector<std::string>& corpus, std::uint64_t seed)
      : corpus_(corpus), random_(seed) {}

  std::string mutated(std::string input) {
    for (std::size_t steps = 1 + below(4); steps > 0; --steps) step(input);
    return input;
  }

 private:
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  void step(std::string& input) {
    using namespace std::string_view_literals;
    static constexpr std::string_view kTelling = "{}[]\",:\\0-.eE+u\x00\x80\xFF \n"sv;
    const std::size_t at = below(input.size());
    const std::size_t length = below(input.size() - at) % 64;
    switch (below(7)) {
      case 0:
        if (!input.empty()) input[at] = static_cast<char>(random_());
        return;
      case 1:
        if (!input.empty()) input[at] = kTelling[below(kTelling.size())];
        return;
      case 2: input.erase(at, length); return;
      case 3: input.insert(at, input.substr(at, length)); return;
      case 4: input.resize(at); return;
      case 5: input.insert(at, 1, kTelling[below(kTelling.size())]); return;
      default: {
        const std::string& other = corpus_[below(corpus_.size())];
        const std::size_t from = below(other.size());
        input.replace(at, length, other.substr(from, below(other.size() - from) % 256));
      }
    }
  }

  const std::vector<std::string>& corpus_;
  std::mt19937_64 random_;
};

void run(const std::string& input, bool verbose) {
  if (verbose) {
    std::printf("%zu bytes: %.*s\n", input.size(), static_cast<int>(input.size()), input.data());
    std::fflush(stdout);
  }
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

}  // namespace

int main(int argc, char** argv) {
  const Arguments arguments = arguments_of(argc, argv);
  const std::vector<std::string> corpus = corpus_of(arguments.paths);
  if (corpus.empty()) {
    std::fprintf(stderr, "no input: name files or folders\n");
    return 2;
  }
  Mutator mutator(corpus, arguments.seed);
  std::size_t count = 0;
  for (const std::string& input : corpus) {
    run(input, arguments.verbose);
    for (std::size_t i = 0; i < arguments.mutations; ++i, ++count) {
      run(mutator.mutated(input), arguments.verbose);
    }
  }
  std::printf("%zu inputs, %zu mutations, seed %llu\n", corpus.size(), count,
              static_cast<unsigned long long>(arguments.seed));
  return 0;
}
