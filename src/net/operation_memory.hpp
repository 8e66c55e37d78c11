#pragma once

#include <atomic>
#include <cstddef>
#include <new>

namespace geomatch::net {

/// Room for one asynchronous operation of Asio's, so that starting it allocates nothing. What doesn't fit, or
/// comes while the room is taken, gets memory of its own. Outlives the operations.
class OperationMemory {
 public:
  OperationMemory() = default;
  OperationMemory(const OperationMemory&) = delete;
  OperationMemory& operator=(const OperationMemory&) = delete;

  /// For boost::asio::bind_allocator.
  template <class T>
  class Allocator {
   public:
    using value_type = T;

    explicit Allocator(OperationMemory& memory) noexcept : memory_(&memory) {}
    template <class U>
    Allocator(const Allocator<U>& other) noexcept : memory_(other.memory_) {}

    [[nodiscard]] T* allocate(std::size_t count) { return static_cast<T*>(memory_->take(count * sizeof(T))); }
    void deallocate(T* at, std::size_t /*count*/) noexcept { memory_->give_back(at); }

    template <class U>
    bool operator==(const Allocator<U>& other) const noexcept {
      return memory_ == other.memory_;
    }

   private:
    template <class>
    friend class Allocator;

    OperationMemory* memory_;
  };

  [[nodiscard]] Allocator<std::byte> allocator() noexcept { return Allocator<std::byte>{*this}; }

 private:
  static constexpr std::size_t room_bytes = 192;

  // Taken on one thread and given back on another: the acquire here pairs with the release in give_back, so
  // that the room's last use is over before the next begins.
  void* take(std::size_t bytes) {
    if (bytes <= room_bytes && !taken_.exchange(true, std::memory_order_acquire)) return room_;
    return ::operator new(bytes);
  }

  void give_back(void* at) noexcept {
    if (at != room_) return ::operator delete(at);
    taken_.store(false, std::memory_order_release);
  }

  alignas(std::max_align_t) std::byte room_[room_bytes];
  std::atomic<bool> taken_{false};
};

}  // namespace geomatch::net
