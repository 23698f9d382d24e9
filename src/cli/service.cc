#include "cli/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "cli/board_json.h"
#include "cli/board_page.h"
#include "cli/lines.h"
#include "cli/logs.h"
#include "kafka/kafka.h"

namespace wiremill::cli {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr milliseconds kLookEvery{100};

}  // namespace

Service::Service(Config config, const base::Clock& clock)
    : config_(std::move(config)), clock_(clock) {}

Service::~Service() = default;

base::Result<std::unique_ptr<Service>> Service::open(const Config& config,
                                                     const base::Clock& clock) {
  std::unique_ptr<Service> service(new Service(config, clock));
  if (const auto built = service->build(); !built) return base::fail(built.error());
  return service;
}

base::Result<void> Service::build() {
  if (!config_.ingest_token_file.empty()) {
    auto token = read_all(config_.ingest_token_file);
    if (!token) return base::fail(token.error());
    while (token->ends_with('\n')) token->pop_back();
    config_.http.ingest_token = std::move(*token);
  }
  auto knowledge = load_knowledge(config_);
  if (!knowledge) return base::fail(knowledge.error());
  knowledge_ = std::move(*knowledge);
  telemetry_ = std::make_unique<telemetry::Telemetry>(
      telemetry_options(config_, *knowledge_.catalogue), clock_);
  const model::CatalogStamp& stamp = knowledge_.catalogue->stamp;
  telemetry_->record(telemetry::CatalogLoaded{.version = stamp.version, .digest = stamp.digest});
  auto log = open_log(config_, clock_, *telemetry_);
  if (!log) return base::fail(log.error());
  log_ = std::move(*log);
  add_stages();
  return config_.http_on ? serve_http() : base::Result<void>();
}

void Service::add_stages() {
  const auto add = [&](stream::Stage stage, StageRunner::MakeWork make) {
    stages_.push_back(std::make_unique<StageRunner>(*log_, std::move(stage), std::move(make),
                                                    *telemetry_, clock_, config_.loop));
  };
  if (config_.stages != Stages::kScore) {
    add(pipeline::extract_stage(config_.topics),
        [this](const stream::Lane&) { return extract_work(); });
  }
  if (config_.stages != Stages::kExtract) {
    add(pipeline::score_stage(config_.topics),
        [this](const stream::Lane& lane) { return score_work(lane); });
  }
}

std::unique_ptr<pipeline::Work> Service::extract_work() const {
  return std::make_unique<pipeline::ExtractWork>(knowledge_.extractor, config_.topics, *telemetry_,
                                                 config_.extract);
}

std::unique_ptr<pipeline::Work> Service::score_work(const stream::Lane& lane) {
  const bool live = config_.time == TimeSource::kWall;
  score::Options options = config_.score;
  options.shards = static_cast<std::uint32_t>(lane.count());
  options.shard = static_cast<std::uint32_t>(lane.index());
  options.mode = live ? model::Mode::kLive : model::Mode::kBackfill;
  return std::make_unique<pipeline::ScoreWork>(
      std::make_unique<score::Scorer>(knowledge_.program, options), config_.topics,
      live ? pipeline::Ticking::kWallClock : pipeline::Ticking::kReceived,
      std::string(lane.name()), *telemetry_, board_.lane(std::string(lane.name())));
}

base::Result<void> Service::serve_http() {
  http::Calls calls;
  calls.metrics = [this] { return telemetry_->exposition(); };
  calls.health = [] { return http::Condition{}; };
  calls.ready = [this] { return readiness(); };
  calls.ingest = [this](const http::Ingest& asked) { return accept(asked); };
  calls.page = [this] { return board_page(board_.view(), *knowledge_.catalogue); };
  calls.recent = [this](const http::Recent& asked) {
    return recent_json(board_.view(), asked.limit, asked.kind);
  };
  calls.state = [this](std::string_view scope) { return state_json(board_.view(), scope); };
  auto server = http::Server::start(config_.http, std::move(calls), *telemetry_);
  if (!server) return base::fail(server.error());
  server_ = std::move(*server);
  return {};
}

base::Result<http::IngestAnswer> Service::accept(const http::Ingest& asked) {
  const auto& topics = config_.topics;
  if (!asked.topic.empty() && asked.topic != topics.news && asked.topic != topics.filings) {
    return base::rejected(fmt::format("topic \"{}\" is not an input; inputs are {} and {}",
                                      asked.topic, topics.news, topics.filings));
  }
  std::vector<pipeline::Line> lines;
  for (const http::Document& document : asked.documents) {
    lines.push_back({static_cast<std::int64_t>(document.line), document.bytes});
  }
  const auto done = pipeline::ingest(*log_, topics, lines, pipeline::BadLine::kRefuse);
  if (!done) return base::fail(done.error());
  http::IngestAnswer answer;
  answer.accepted = static_cast<std::uint64_t>(done->accepted);
  for (const pipeline::Refused& refused : done->refused) {
    answer.refused.push_back(
        {static_cast<std::size_t>(refused.line), refused.reason, refused.detail});
  }
  return answer;
}

http::Condition Service::readiness() const {
  http::Condition condition;
  const auto not_met = [&](std::string why) {
    condition.met = false;
    condition.reasons.push_back(std::move(why));
  };
  for (const auto& stage : stages_) {
    const StageHealth health = stage->health();
    if (!health.asked) not_met(fmt::format("{}: the log has not answered yet", health.stage));
    if (health.restoring > 0) {
      not_met(fmt::format("{}: {} lanes are being restored", health.stage, health.restoring));
    }
    if (!health.trouble.empty()) not_met(fmt::format("{}: {}", health.stage, health.trouble));
  }
  return condition;
}

base::Result<void> Service::run(const std::atomic<bool>& stop) {
  for (const auto& stage : stages_) stage->start();
  const std::string librdkafka = kafka::library_version();
  telemetry_->record(telemetry::ServiceStarted{
      .stage = config_.stages == Stages::kAll       ? "all"
               : config_.stages == Stages::kExtract ? "extract"
                                                    : "score",
      .log = config_.kafka.brokers.empty() ? "local" : "kafka",
      .librdkafka = librdkafka,
      .address = server_ ? server_->url() : ""});
  base::Result<void> read;
  std::thread reader;
  std::atomic<bool> input_ended{!config_.stdin_events};
  if (config_.stdin_events) {
    reader = std::thread([&] {
      read = take_in("-", stop);
      input_ended = true;
    });
  }
  bool drained = false;
  while (!stop && !drained) {
    std::this_thread::sleep_for(kLookEvery);
    watch_folder(stop);
    drained = config_.until_drained && input_ended && is_drained();
  }
  if (reader.joinable()) reader.join();
  telemetry_->record(telemetry::ServiceStopping{.cause = stop ? "signal" : "input_ended"});
  const base::Stopwatch watch;
  server_.reset();
  for (const auto& stage : stages_) stage->ask_to_stop();
  for (const auto& stage : stages_) stage->join();
  telemetry_->record(telemetry::ServiceStopped{.clean = true, .seconds = watch.seconds()});
  return read;
}

void Service::watch_folder(const std::atomic<bool>& stop) {
  if (config_.watch_folder.empty()) return;
  std::error_code error;
  const fs::path folder(config_.watch_folder);
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".ndjson") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    const auto taken = take_in(file.string(), stop);
    if (!taken) {
      telemetry_->record(telemetry::StageFailed{.stage = "input", .kind = taken.error().kind,
                                                .text = taken.error().text});
      return;
    }
    fs::create_directories(folder / "done", error);
    fs::rename(file, folder / "done" / file.filename(), error);
  }
}

base::Result<void> Service::take_in(const std::string& path, const std::atomic<bool>& stop) {
  return for_each_lines(path, stop, [&](const Lines& texts) -> base::Result<void> {
    std::vector<pipeline::Line> lines;
    for (const std::string_view text : texts) {
      if (text.find_first_not_of(" \t\r") != std::string_view::npos) lines.push_back({1, text});
    }
    const auto done = pipeline::ingest(*log_, config_.topics, lines, pipeline::BadLine::kAppend);
    return done ? base::Result<void>() : base::fail(done.error());
  });
}

bool Service::is_drained() {
  std::uint64_t turns = 0;
  bool caught_up = true;
  for (const auto& stage : stages_) {
    const StageHealth health = stage->health();
    turns += health.turns;
    const bool looked = stage->looked_again();
    caught_up = caught_up && looked && health.lanes > 0 && health.restoring == 0 &&
                health.caught_up;
  }
  const bool quiet = turns == turns_seen_;
  turns_seen_ = turns;
  return caught_up && quiet;
}

}  // namespace wiremill::cli
