#include "fuzzed_connection.hpp"

#include <algorithm>
#include <cstring>

namespace geomatch::fuzz {

using net::ReadResult;

class Client::ServerEnd final : public net::Connection {
 public:
  explicit ServerEnd(Client& client) noexcept : client_(client) {}

  void start_read(boost::asio::mutable_buffer into, std::shared_ptr<net::ConnectionEvents> events) override {
    client_.into_ = into;
    client_.reader_ = std::move(events);
  }
  void cancel_read() noexcept override { client_.unsent_ = {}; }  // what isn't there by now is late
  [[nodiscard]] boost::system::result<std::size_t> send(std::string_view bytes) noexcept override {
    const std::size_t taken = std::min(bytes.size(), client_.room_);
    client_.received_.append(bytes.substr(0, taken));
    client_.room_ -= taken;
    return taken;
  }
  void await_writable(std::shared_ptr<net::ConnectionEvents> events) override {
    client_.writer_ = std::move(events);
  }
  [[nodiscard]] std::size_t available() const noexcept override { return client_.unsent_.size(); }
  bool finish_sending() noexcept override { return true; }
  void close() noexcept override {}

 private:
  Client& client_;
};

std::unique_ptr<net::Connection> Client::connect() {
  return std::make_unique<ServerEnd>(*this);
}

bool Client::step() {
  if (writer_) {
    room_ = gulp_bytes_;
    std::exchange(writer_, nullptr)->on_writable();
    return true;
  }
  if (!reader_) return false;
  const auto reader = std::exchange(reader_, nullptr);
  const std::size_t size = std::min({piece_bytes_, into_.size(), unsent_.size()});
  if (size == 0) {
    reader->on_read(ReadResult::end, 0);
    return true;
  }
  std::memcpy(into_.data(), unsent_.data(), size);
  unsent_.remove_prefix(size);
  reader->on_read(ReadResult::data, size);
  return true;
}

bool Client::hang_up() {
  if (writer_) return std::exchange(writer_, nullptr)->on_writable(), true;
  if (reader_) return std::exchange(reader_, nullptr)->on_read(ReadResult::failed, 0), true;
  return false;
}

}  // namespace geomatch::fuzz
