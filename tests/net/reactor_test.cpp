#include "reactor.hpp"

#include <functional>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>
#include <sys/eventfd.h>

#include "waker.hpp"

namespace geomatch::net {
namespace {

constexpr std::chrono::seconds long_enough{30};
constexpr std::chrono::seconds no_time{0};

// Something that becomes ready when the test says so.
class Bell final : public Reactor::Handler {
 public:
  explicit Bell(Reactor& reactor) { EXPECT_FALSE(reactor.add(event_.number(), *this)); }

  void ring() { ::eventfd_write(event_.number(), 1); }

  int told = 0;
  std::uint32_t events = 0;
  std::function<void()> then = [] {};

 private:
  void on_ready(std::uint32_t ready) override {
    ++told;
    events = ready;
    then();
  }

  FileDescriptor event_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
};

void run_once(Reactor& reactor, std::chrono::seconds most = no_time) {
  reactor.wait(most);
  reactor.dispatch();
}

TEST(Reactor, TellsOfEachChangeOnce) {
  Reactor reactor;
  Bell bell{reactor};
  bell.ring();
  run_once(reactor, long_enough);
  EXPECT_EQ(bell.told, 1);
  EXPECT_TRUE(bell.events & EPOLLIN);
  run_once(reactor);
  EXPECT_EQ(bell.told, 1) << "it is still readable, and said so already";
  bell.ring();
  run_once(reactor, long_enough);
  EXPECT_EQ(bell.told, 2);
}

TEST(Reactor, TellsOfWhatWasThereBefore) {
  Reactor reactor;
  const FileDescriptor event{::eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK)};
  Bell bell{reactor};
  ASSERT_FALSE(reactor.add(event.number(), bell));
  run_once(reactor, long_enough);
  EXPECT_TRUE(bell.events & EPOLLIN);
}

TEST(Reactor, TellsWhoWasDeferredOnceWithoutWaiting) {
  Reactor reactor;
  Bell bell{reactor};
  run_once(reactor);  // it can be written to
  bell.told = 0;
  reactor.defer(bell);
  EXPECT_TRUE(reactor.has_deferred());
  run_once(reactor, long_enough);
  EXPECT_EQ(bell.told, 1);
  EXPECT_EQ(bell.events, 0u);
  EXPECT_FALSE(reactor.has_deferred());
  run_once(reactor);
  EXPECT_EQ(bell.told, 1);
}

TEST(Reactor, WhoDefersAgainWaitsForTheNextRound) {
  Reactor reactor;
  Bell bell{reactor};
  bell.then = [&] { reactor.defer(bell); };
  run_once(reactor);
  bell.told = 0;
  run_once(reactor, long_enough);
  EXPECT_EQ(bell.told, 1);
  EXPECT_TRUE(reactor.has_deferred());
}

TEST(Reactor, WhoIsForgottenMeanwhileIsNotTold) {
  Reactor reactor;
  Bell first{reactor};
  Bell second{reactor};
  first.then = [&] { reactor.forget(second); };
  second.then = [&] { reactor.forget(first); };
  run_once(reactor, long_enough);
  EXPECT_EQ(first.told + second.told, 1) << "both were ready";

  Bell third{reactor};
  Bell fourth{reactor};
  run_once(reactor);
  third.told = fourth.told = 0;
  third.then = [&] { reactor.forget(fourth); };
  reactor.defer(third);
  reactor.defer(fourth);
  run_once(reactor, long_enough);
  EXPECT_EQ(third.told, 1);
  EXPECT_EQ(fourth.told, 0);

  reactor.defer(third);
  reactor.forget(third);
  EXPECT_FALSE(reactor.has_deferred());
}

TEST(Waker, EndsTheWaitFromAnotherThread) {
  Reactor reactor;
  Waker waker{reactor};
  run_once(reactor);  // it can be written to
  static_cast<void>(waker.was_woken());
  for (int round = 1; round <= 100; ++round) {
    int handed_over = 0;
    std::thread other{[&] {
      handed_over = round;
      waker.wake();
      waker.wake();
    }};
    reactor.wait(long_enough);
    reactor.dispatch();
    ASSERT_TRUE(waker.was_woken());
    other.join();
    ASSERT_EQ(handed_over, round);
    reactor.wait(no_time);  // the second may have come after the round began
    reactor.dispatch();
    static_cast<void>(waker.was_woken());
  }
  run_once(reactor);
  EXPECT_FALSE(waker.was_woken());
}

TEST(Reactor, TellsTheOthersAfterOneThatThrew) {
  Reactor reactor;
  Bell first{reactor};
  Bell second{reactor};
  for (Bell* bell : {&first, &second}) {
    bell->then = [] { throw std::runtime_error("on purpose"); };
    bell->ring();
    reactor.defer(*bell);
  }
  reactor.wait(no_time);
  for (int told = 1; told <= 4; ++told) {  // each for its event, and each as it was deferred
    EXPECT_THROW(reactor.dispatch(), std::runtime_error);
    EXPECT_EQ(first.told + second.told, told);
  }
  reactor.dispatch();
  EXPECT_EQ(first.told, 2);
  EXPECT_EQ(second.told, 2);
  EXPECT_FALSE(reactor.has_deferred());
}

}  // namespace
}  // namespace geomatch::net
