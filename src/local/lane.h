#pragma once
// A lane over the embedded log: a hold, the positions read so far, and the committed ones.

#include <memory>
#include <string>
#include <vector>

#include "local/log.h"
#include "stream/stream.h"

namespace wiremill::local {

/// See stream::Lane. Memory: one batch.
class LocalLane final : public stream::Lane {
 public:
  /// Borrows: the clock until destroyed.
  LocalLane(std::shared_ptr<Log> log, Hold hold, stream::Stage stage, const base::Clock& clock,
            stream::StreamEvents events);
  ~LocalLane() override;

  std::string_view name() const override { return name_; }
  std::int32_t index() const override { return hold_.lane; }
  std::int32_t count() const override { return count_; }
  [[nodiscard]] base::Result<stream::Positions> restore(const Each& each) override;
  [[nodiscard]] base::Result<stream::Batch> poll(const stream::Limit& limit,
                                                 base::Deadline until) override;
  [[nodiscard]] base::Result<stream::Outcome> commit(const stream::Unit& unit) override;
  std::vector<stream::Lag> lag() const override;

 private:
  /// The sources of this lane as the topics are now, each with the offset to read next.
  stream::Positions sources(const stream::Positions& known) const;
  void counted(std::string_view what) const;

  std::shared_ptr<Log> log_;
  Hold hold_;
  stream::Stage stage_;
  const base::Clock& clock_;
  stream::StreamEvents events_;
  std::int32_t count_;
  std::string name_;
  stream::Positions committed_;
  stream::Positions reading_;
  std::size_t turn_ = 0;
};

}  // namespace wiremill::local
