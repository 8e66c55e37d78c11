#include <cassert>

#include <geomatch/codec/problem.hpp>
#include <geomatch/http/problems.hpp>

namespace geomatch::http::problems {
namespace {

using boost::beast::http::status;

constexpr std::chrono::seconds retry_after{1};

Reply reply_of(status code, codec::Problem problem) {
  problem.status = static_cast<int>(code);
  if (problem.title.empty()) problem.title = boost::beast::http::obsolete_reason(code);
  return {.status = code, .content_type = "application/problem+json", .body = codec::encode_problem(problem)};
}

Reply retryable(status code, codec::Problem problem) {
  Reply reply = reply_of(code, problem);
  reply.retry_after = retry_after;
  return reply;
}

}  // namespace

Reply bad_request(std::string_view detail) {
  return reply_of(status::bad_request, {.detail = detail});
}

Reply bad_query(std::string_view detail, const std::vector<codec::MemberError>& parameters) {
  return reply_of(status::bad_request,
                  {.detail = detail, .errors = parameters, .errors_locator = "parameter"});
}

Reply bad_body(const codec::DecodeError& error) {
  const bool json = error.kind != codec::DecodeError::Kind::not_json;
  return reply_of(
      json ? status::unprocessable_entity : status::bad_request,
      {.title = json ? "Not a location" : "Not JSON", .detail = error.detail, .errors = error.members});
}

Reply not_found(std::string_view detail) {
  return reply_of(status::not_found, {.detail = detail});
}

Reply method_not_allowed(std::string_view allow) {
  Reply reply = reply_of(status::method_not_allowed, {.detail = "This path takes the methods in Allow."});
  reply.allow = allow;
  return reply;
}

Reply request_timeout() {
  return reply_of(status::request_timeout, {.detail = "The request did not arrive whole in time."});
}

Reply length_required() {
  return reply_of(status::length_required, {.detail = "Send a Content-Length, or the body in chunks."});
}

Reply body_too_large() {
  return reply_of(status::payload_too_large, {.detail = "The body is larger than this server takes."});
}

Reply unsupported_media_type(std::string_view detail) {
  return reply_of(status::unsupported_media_type, {.detail = detail});
}

Reply unsupported_encoding() {
  Reply reply =
      unsupported_media_type("Send the body as it is: the only Content-Encoding known here is identity.");
  reply.accept_encoding = "identity";
  return reply;
}

Reply header_too_large() {
  return reply_of(status::request_header_fields_too_large,
                  {.detail = "The header is larger than this server takes."});
}

Reply not_implemented(std::string_view detail) {
  return reply_of(status::not_implemented, {.detail = detail});
}

Reply unavailable(std::string_view detail) {
  return retryable(status::service_unavailable, {.detail = detail, .outcome = "not_published"});
}

Reply not_ready(std::string_view detail) {
  return retryable(status::service_unavailable, {.detail = detail});
}

Reply outcome_unknown() {
  return reply_of(
      status::gateway_timeout,
      {.title = "Outcome unknown",
       .detail =
           "The log did not say in time whether it has the record; a resend with the same uuid is safe.",
       .outcome = "unknown"});
}

Reply version_not_supported() {
  return reply_of(status::http_version_not_supported,
                  {.detail = "This server speaks HTTP/1.1 and HTTP/1.0."});
}

Reply not_logged(publish::Outcome outcome) {
  assert(outcome != publish::Outcome::published && outcome != publish::Outcome::duplicate);
  if (outcome == publish::Outcome::too_large) {
    return reply_of(
        status::payload_too_large,
        {.detail =
             "The record is larger than the log takes (Kafka's max.message.bytes); nothing was recorded."});
  }
  if (outcome == publish::Outcome::unknown) return outcome_unknown();
  return unavailable("The log does not take records at the moment; nothing was recorded.");
}

}  // namespace geomatch::http::problems
