#pragma once
// The configuration of a process: one YAML file, then the command line. Every key is optional; a
// wrong or unknown one is named with its file and line, all at once.
//
//   Result<Config> config = load_config("/etc/wiremill/wiremill.yaml");   // or defaults() alone

#include <string>
#include <vector>

#include "http/server.h"
#include "kafka/kafka.h"
#include "local/local.h"
#include "pipeline/extract_work.h"
#include "pipeline/lane_loop.h"
#include "pipeline/score_work.h"
#include "pipeline/topics.h"
#include "telemetry/log.h"

namespace wiremill::cli {

enum class Stages { kAll, kExtract, kScore };

/// What drives the ticks of the score stage.
enum class TimeSource {
  kWall,      ///< the machine's clock: a live service
  kReceived,  ///< the received time of what is read: feeding the past in
};

struct Config {
  Stages stages = Stages::kAll;
  TimeSource time = TimeSource::kWall;
  std::string catalog_folder;  ///< empty: looked for beside the program
  std::vector<std::string> company_files;
  std::string watch_folder;  ///< *.ndjson put here are taken in; empty: none
  bool stdin_events = false;
  bool until_drained = false;  ///< stop once the input has ended and all of it is worked on
  pipeline::Topics topics;
  pipeline::Layout layout;
  kafka::Options kafka;  ///< no brokers: the embedded log
  local::Options local{.folder = "wiremill-data"};
  http::Options http;
  bool http_on = true;
  std::string ingest_token_file;
  pipeline::LoopOptions loop;
  pipeline::ExtractOptions extract;
  score::Options score;
  telemetry::LogOptions log;
};

/// Errors: rejected, with every mistake at its file and line.
[[nodiscard]] base::Result<Config> load_config(const std::string& path);


}  // namespace wiremill::cli
