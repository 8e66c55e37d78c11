#pragma once

#include <geomatch/http/handler.hpp>
#include <geomatch/http/services.hpp>

namespace geomatch::http {

/// `DELETE /entities/{}`: a tombstone in the log, then off the map, which remembers it for a while.
class DeleteEntity final : public Handler {
 public:
  explicit DeleteEntity(const Services& services) noexcept : services_(services) {}

  void handle(const Request& request, std::string_view argument, Responder respond,
              publish::CompletionQueue& completions) override;

 private:
  const Services& services_;
};

}  // namespace geomatch::http
