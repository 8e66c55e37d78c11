#pragma once

#include <string>
#include <utility>

#include <geomatch/publish/publication.hpp>

#include "publication_recorder.hpp"

namespace geomatch::publish {

/// A publication that tells a recorder what becomes of it. The test keeps it alive until then.
class RecordedPublication final : public Publication {
 public:
  RecordedPublication(PublicationRecorder& recorder, Record what, std::string its_uuid = {})
      : Publication(recorder.home()), recorder_(recorder) {
    record = std::move(what);
    uuid = std::move(its_uuid);
  }

  /// How often each was called. Read them on the home's thread, once it is completed.
  [[nodiscard]] int times_published() const noexcept { return times_published_; }
  [[nodiscard]] int times_completed() const noexcept { return times_completed_; }

 private:
  void on_published() noexcept override {
    ++times_published_;
    recorder_.note_published(record);
  }
  void complete() noexcept override {
    ++times_completed_;
    recorder_.note_completed(record, outcome());
  }

  PublicationRecorder& recorder_;
  int times_published_ = 0;
  int times_completed_ = 0;
};

}  // namespace geomatch::publish
