#pragma once

#include <concepts>

#include <geomatch/model/match_view.hpp>

namespace geomatch::model {

/// A function that is shown matches, one a call. It refers to that function, which has to outlive it.
class MatchVisitor {
 public:
  template <std::invocable<const MatchView&> Visit>
  requires(!std::same_as<Visit, MatchVisitor>) MatchVisitor(const Visit& visit)
  noexcept  // NOLINT(*-explicit-*): a function is one
      : visit_(&visit), call_([](const void* function, const MatchView& match) {
          (*static_cast<const Visit*>(function))(match);
        }) {}

  /// `match` and what it refers to need last no longer than the call.
  void operator()(const MatchView& match) const { call_(visit_, match); }

 private:
  const void* visit_;
  void (*call_)(const void* visit, const MatchView& match);
};

}  // namespace geomatch::model
