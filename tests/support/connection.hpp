#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace geomatch::test {

/// An answer as a client sees it. Field names are in lower case.
struct Answer {
  int status = 0;  ///< 0: the connection was closed instead
  std::map<std::string, std::string> fields;
  std::string body;
};

/// A client's TCP connection to a server on loopback, blocking and by hand, so that tests can send anything.
/// Throws std::runtime_error when it can't connect. No answer within ten seconds counts as a failure of the
/// test: it throws.
class Connection {
 public:
  explicit Connection(std::uint16_t port);
  ~Connection();

  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// False if the peer has closed.
  bool send(std::string_view bytes);
  void finish_sending();  ///< half-closes

  /// The next answer; `head_only` if the request was HEAD.
  Answer receive(bool head_only = false);

  /// Sends a request with the right length and receives its answer.
  Answer request(std::string_view method, std::string_view target, std::string_view body = {});
  Answer post(std::string_view body) { return request("POST", "/match", body); }

  /// Everything until the peer closes.
  std::string receive_all();

 private:
  bool fill();

  int socket_;
  std::string buffer_;
};

/// A request's bytes.
std::string request_bytes(std::string_view method, std::string_view target, std::string_view body = {});

}  // namespace geomatch::test
