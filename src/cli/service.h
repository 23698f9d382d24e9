#pragma once
// The service: both stages (or one) on a log, the HTTP port, and the inputs of the embedded log.
// Makes the threads and joins them.
//
//   Result<std::unique_ptr<Service>> service = Service::open(config, clock);
//   (*service)->run(stop);                       // returns when asked to stop or drained

#include <atomic>
#include <memory>
#include <optional>

#include "cli/board.h"
#include "cli/config.h"
#include "cli/knowledge.h"
#include "cli/stage_runner.h"
#include "http/server.h"
#include "pipeline/ingest.h"

namespace wiremill::cli {

/// Threads: open and run from one. Borrows: the clock.
class Service {
 public:
  /// Errors: rejected (catalogue, port), transient (no broker), fatal.
  [[nodiscard]] static base::Result<std::unique_ptr<Service>> open(const Config& config,
                                                                   const base::Clock& clock);
  ~Service();
  Service(const Service&) = delete;  // owns threads and the log
  Service& operator=(const Service&) = delete;

  /// Works until `stop` becomes true, or with Config::until_drained until all input is worked on.
  /// Errors: rejected when the input cannot be read.
  [[nodiscard]] base::Result<void> run(const std::atomic<bool>& stop);

  /// Whether everything in the log is worked on: nothing happened since it was asked before. Ask
  /// from one thread, some 100 ms apart, and not while run() asks (Config::until_drained).
  bool is_drained();
  BoardView board() const { return board_.view(); }
  const catalog::Catalogue& catalogue() const { return *knowledge_.catalogue; }
  stream::Stream& log() { return *log_; }
  /// Where HTTP listens, empty when it does not.
  std::string url() const { return server_ ? server_->url() : ""; }

 private:
  Service(Config config, const base::Clock& clock);
  [[nodiscard]] base::Result<void> build();
  [[nodiscard]] base::Result<void> serve_http();
  void add_stages();
  std::unique_ptr<pipeline::Work> extract_work() const;
  std::unique_ptr<pipeline::Work> score_work(const stream::Lane& lane);
  [[nodiscard]] base::Result<void> take_in(const std::string& path, const std::atomic<bool>& stop);
  void watch_folder(const std::atomic<bool>& stop);
  [[nodiscard]] base::Result<http::IngestAnswer> accept(const http::Ingest& asked);
  http::Condition readiness() const;

  Config config_;
  const base::Clock& clock_;
  Knowledge knowledge_;
  std::unique_ptr<telemetry::Telemetry> telemetry_;
  std::unique_ptr<stream::Stream> log_;
  Board board_;
  std::vector<std::unique_ptr<StageRunner>> stages_;
  std::unique_ptr<http::Server> server_;
  std::optional<std::uint64_t> turns_seen_;  ///< when is_drained() was asked last
};

}  // namespace wiremill::cli
