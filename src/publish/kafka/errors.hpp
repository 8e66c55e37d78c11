#pragma once

#include <librdkafka/rdkafka.h>

namespace geomatch::publish {

/// Whether waiting doesn't change it: the settings have to.
[[nodiscard]] constexpr bool is_final(rd_kafka_resp_err_t error) noexcept {
  return error == RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION || error == RD_KAFKA_RESP_ERR__FATAL;
}

/// Whether the brokers' operators forbid it, until they allow it.
[[nodiscard]] constexpr bool is_denied(rd_kafka_resp_err_t error) noexcept {
  return error == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED ||
         error == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED ||
         error == RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED ||
         error == RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED ||
         error == RD_KAFKA_RESP_ERR_POLICY_VIOLATION;
}

}  // namespace geomatch::publish
