#pragma once

#include <memory>
#include <optional>

#include <geomatch/http/responder.hpp>
#include <geomatch/http/services.hpp>
#include <geomatch/publish/publication.hpp>

namespace geomatch::http {

/// A request whose record goes into the log: applied to the map when the log has it, then answered. With
/// `--ack enqueued` both happen as soon as the publisher has it.
class LoggedOperation : public publish::Publication {
 public:
  LoggedOperation(const Services& services, publish::CompletionQueue& completions) noexcept
      : Publication(completions), services_(&services) {}

  /// Publishes the operation's record, and prepares its answer while the log works. The operation owns itself
  /// from here on, until its publication is complete.
  static void start(std::unique_ptr<LoggedOperation> operation, Responder respond);

 protected:
  [[nodiscard]] const Services& services() const noexcept { return *services_; }

  /// As if it had been made with these again.
  void renew(const Services& services, publish::CompletionQueue& completions) noexcept {
    Publication::renew(completions);
    services_ = &services;
    acknowledged_ = false;
  }

 private:
  /// Brings the map up to date. On any thread, while `prepare` may run on the I/O thread.
  virtual void apply() noexcept = 0;

  /// Finds out what `apply` would have, where a reader of the log has brought the map up to date before.
  virtual void judge() noexcept {}

  /// Does what the answer needs and the record doesn't change.
  virtual void prepare() {}

  /// The answer once the record is in the log. `duplicate`: it already was.
  [[nodiscard]] virtual const Reply& answer(bool duplicate) = 0;

  /// The end of it: destroys it, or keeps it for another request.
  virtual void dispose() noexcept { delete this; }

  void on_published() noexcept final;
  void on_applied() noexcept final;
  void complete() noexcept final;
  void tell();
  void acknowledge(bool duplicate);

  const Services* services_;
  std::optional<Responder> respond_;
  bool acknowledged_ = false;  // answered, when it was handed to the publisher
};

}  // namespace geomatch::http
