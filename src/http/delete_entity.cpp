#include "delete_entity.hpp"

#include <geomatch/http/problems.hpp>
#include <geomatch/match/matcher.hpp>
#include <geomatch/model/clock.hpp>

#include "entity_id.hpp"
#include "logged_operation.hpp"
#include "ready_gate.hpp"

namespace geomatch::http {
namespace {

class DeleteOperation final : public LoggedOperation {
 public:
  // `reservation` is for the entity: the log's tombstone finds room for its mark.
  DeleteOperation(const Services& services, std::string id, match::Reservation reservation,
                  publish::CompletionQueue& completions)
      : LoggedOperation(services, completions), reservation_(std::move(reservation)) {
    record = {.key = std::move(id), .value = std::nullopt, .received_at = services.clock.now()};
  }

 private:
  void apply() noexcept override { services().matcher.erase(record.key, record.received_at); }
  [[nodiscard]] const Reply& answer(bool /*duplicate*/) override {
    static const Reply gone{.status = boost::beast::http::status::no_content, .content_type = {}, .body = {}};
    return gone;
  }

  const match::Reservation reservation_;
};

}  // namespace

void DeleteEntity::handle(const Request& /*request*/, std::string_view argument, Responder respond,
                          publish::CompletionQueue& completions) {
  auto id = decode_entity_id(argument);
  if (!id) return respond(problems::bad_request("The path does not end in an id."));
  if (auto refusal = refusal_unless_ready(services_.readiness)) return respond(*refusal);
  auto reservation = services_.matcher.reserve(*id);
  if (!reservation) {
    return respond(
        problems::unavailable("The map is full (--max-entities): the deletion of an entity that isn't on it "
                              "couldn't be remembered."));
  }
  LoggedOperation::start(
      std::make_unique<DeleteOperation>(services_, std::move(*id), std::move(*reservation), completions),
      std::move(respond));
}

}  // namespace geomatch::http
