#pragma once

#include <librdkafka/rdkafka.h>

namespace geomatch::publish {

/// Whether waiting doesn't change it: somebody has to do something.
[[nodiscard]] constexpr bool is_final(rd_kafka_resp_err_t error) noexcept {
  return error == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED ||
         error == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED ||
         error == RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED ||
         error == RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION || error == RD_KAFKA_RESP_ERR__AUTHENTICATION ||
         error == RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED || error == RD_KAFKA_RESP_ERR__FATAL;
}

}  // namespace geomatch::publish
