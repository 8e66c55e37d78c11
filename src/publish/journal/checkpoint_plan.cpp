#include "checkpoint_plan.hpp"

namespace geomatch::publish {

CheckpointPlan::Step CheckpointPlan::after_commit(int frames) noexcept {
  if (frames < frames_) {  // it began anew
    copied_ = 0;
    next_ = sizes_.begin;
  }
  frames_ = frames;
  if (under_way_ || frames < next_ || frames <= copied_) return Step::none;
  under_way_ = true;
  by_writer_ = copied_ > 0 && (frames - copied_ <= sizes_.rest || frames >= sizes_.too_many);
  return by_writer_ ? Step::writer : Step::background;
}

void CheckpointPlan::done(const CheckpointPass& pass) noexcept {
  under_way_ = false;
  if (!pass.complete()) {  // a reader is in the way, or the disk: not again at each commit
    copied_ = 0;
    next_ = frames_ + sizes_.begin;
    return;
  }
  copied_ = pass.copied;
  // After the writer's the next commit begins it anew, unless a reader is in the way; then not again so soon.
  next_ = by_writer_ ? frames_ + sizes_.rest : 0;
}

}  // namespace geomatch::publish
