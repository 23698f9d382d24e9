#include "broker/broker.h"

#include <stdlib.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace wiremill::tests {

namespace {

const std::string kScripts = WIREMILL_SOURCE_DIR "/tests/broker/";

void run(const std::string& command) {
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

}  // namespace

Broker& Broker::shared() {
  const char* running = std::getenv("WIREMILL_BROKER");
  if (running != nullptr) {
    static Broker theirs{std::string(running)};
    return theirs;
  }
  static Broker ours;
  return ours;
}

Broker::Broker(int via) : via_(via) {
  std::string pattern = (std::filesystem::temp_directory_path() / "wiremill-broker-XXXXXX");
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make " + pattern);
  folder_ = pattern;
  start();
}

Broker::~Broker() {
  if (folder_.empty()) return;
  kill();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void Broker::start() {
  const std::string via = via_ == 0 ? "" : "WIREMILL_BROKER_VIA=" + std::to_string(via_) + " ";
  run(via + kScripts + "start " + folder_ + " " + std::to_string(getpid()) + " >" + folder_ +
      "/start.log");
  std::ifstream(folder_ + "/address") >> address_;
  if (via_ != 0) std::ifstream(folder_ + "/behind") >> behind_;
}

void Broker::kill() { run(kScripts + "stop " + folder_ + " --kill"); }

void Broker::pause() { run("kill -STOP $(cat " + folder_ + "/pid)"); }

void Broker::resume() { run("kill -CONT $(cat " + folder_ + "/pid)"); }

}  // namespace wiremill::tests
