// What the kernel's edges become for a session.
#include "tcp_connection.hpp"

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "loopback_pair.hpp"

namespace geomatch::net {
namespace {

// A session that notes what it is told.
struct Noted final : ConnectionEvents {
  void on_read(ReadResult result, std::size_t bytes) override {
    results.push_back(result);
    got.append(into.data(), bytes);
    if (then) then();
  }
  void on_writable() override { ++writable; }

  std::array<char, 8> into{};
  std::vector<ReadResult> results;
  std::string got;
  int writable = 0;
  std::function<void()> then;
};

class TcpConnectionTest : public testing::Test {
 protected:
  struct End {
    explicit End(Reactor& reactor) : connection(reactor, pair.take_server()) {
      EXPECT_FALSE(connection.open());
    }
    void read() { connection.start_read(boost::asio::buffer(session->into), session); }

    LoopbackPair pair;
    TcpConnection connection;
    std::shared_ptr<Noted> session = std::make_shared<Noted>();
  };

  void run_once(std::chrono::milliseconds most = std::chrono::seconds{30}) {
    reactor_.wait(most);
    reactor_.dispatch();
  }
  // Goes on until then, or until nothing has happened for long.
  template <class Condition>
  void run_until(Condition condition) {
    for (int rounds = 0; !condition(); ++rounds) {
      if (rounds == 25) return void(ADD_FAILURE() << "it doesn't happen");
      run_once(std::chrono::milliseconds{200});
    }
  }
  ReadResult next(End& end) {
    const std::size_t before = end.session->results.size();
    end.read();
    run_until([&] { return end.session->results.size() != before; });
    return end.session->results.empty() ? ReadResult::failed : end.session->results.back();
  }

  Reactor reactor_;
};

TEST_F(TcpConnectionTest, ReadsWhatComes) {
  End end{reactor_};
  end.pair.send("hello");
  EXPECT_EQ(next(end), ReadResult::data);
  EXPECT_EQ(end.session->got, "hello");
  end.pair.send(" you");
  EXPECT_EQ(next(end), ReadResult::data);
  EXPECT_EQ(end.session->got, "hello you");
}

TEST_F(TcpConnectionTest, AsksNoMoreOnceLessCameThanThereWasRoomFor) {
  End end{reactor_};
  end.pair.send("hello");
  EXPECT_EQ(next(end), ReadResult::data);
  end.read();
  EXPECT_FALSE(reactor_.has_deferred());
}

TEST_F(TcpConnectionTest, GoesOnWithWhatDidNotFit) {
  End end{reactor_};
  end.pair.send("more than eight bytes");
  while (!HasFailure() && end.session->got.size() < 21) ASSERT_EQ(next(end), ReadResult::data);
  EXPECT_EQ(end.session->got, "more than eight bytes");
  EXPECT_EQ(end.session->results.size(), 3u);
}

TEST_F(TcpConnectionTest, WhatCameWhileNobodyReadIsReadLater) {
  End end{reactor_};
  end.pair.send("early");
  run_once();
  EXPECT_EQ(next(end), ReadResult::data);
  EXPECT_EQ(end.session->got, "early");
}

// One edge tells of both.
TEST_F(TcpConnectionTest, TheEndIsFoundBehindTheLastBytes) {
  End end{reactor_};
  end.pair.send("bye");
  end.pair.finish();
  EXPECT_EQ(next(end), ReadResult::data);
  EXPECT_EQ(end.session->got, "bye");
  EXPECT_EQ(next(end), ReadResult::end);
  EXPECT_EQ(next(end), ReadResult::end) << "and again";
}

// A receive stops in front of an urgent byte, and that is dropped.
TEST_F(TcpConnectionTest, UrgentDataHidesNothing) {
  End end{reactor_};
  end.pair.send("one");
  end.pair.send_urgent('!');
  end.pair.send("two");
  while (!HasFailure() && end.session->got.size() < 6) ASSERT_EQ(next(end), ReadResult::data);
  EXPECT_EQ(end.session->got, "onetwo");
}

TEST_F(TcpConnectionTest, AReadThatIsCalledOffEnds) {
  End end{reactor_};
  end.read();
  end.connection.cancel_read();
  run_once();
  EXPECT_EQ(end.session->results, std::vector{ReadResult::cancelled});
  end.pair.send("late");
  EXPECT_EQ(next(end), ReadResult::data);
  EXPECT_EQ(end.session->got, "late");
}

TEST_F(TcpConnectionTest, AReadThatIsCalledOffBringsWhatHasCome) {
  End end{reactor_};
  end.read();
  end.pair.send("just");
  while (end.connection.available() != 4) std::this_thread::yield();
  end.connection.cancel_read();
  run_once();
  EXPECT_EQ(end.session->results, std::vector{ReadResult::data});
  EXPECT_EQ(end.session->got, "just");
}

TEST_F(TcpConnectionTest, AResetIsAFailure) {
  End end{reactor_};
  end.read();
  end.pair.client().set_option(boost::asio::socket_base::linger{true, 0});
  end.pair.client().close();
  run_until([&] { return !end.session->results.empty(); });
  EXPECT_EQ(end.session->results, std::vector{ReadResult::failed});
  EXPECT_TRUE(end.connection.send("x").has_error());
}

TEST_F(TcpConnectionTest, ClosingEndsWhatIsUnderWay) {
  End end{reactor_};
  run_once();  // it can be written to
  end.read();
  end.connection.await_writable(end.session);
  end.connection.close();
  EXPECT_TRUE(end.session->results.empty()) << "never from within a call";
  run_once();
  EXPECT_EQ(end.session->results, std::vector{ReadResult::failed});
  EXPECT_EQ(end.session->writable, 1);
}

TEST_F(TcpConnectionTest, WhoIsClosedInTheSameRoundReadsNothing) {
  End one{reactor_};
  End other{reactor_};
  run_once(std::chrono::seconds{0});
  one.read();
  other.read();
  one.pair.send("1");
  other.pair.send("2");
  one.session->then = [&] { other.connection.close(); };
  other.session->then = [&] { one.connection.close(); };
  run_until([&] { return !one.session->results.empty() && !other.session->results.empty(); });
  EXPECT_EQ(one.session->got.size() + other.session->got.size(), 1u);
}

TEST_F(TcpConnectionTest, LivesUntilItsReadHasEnded) {
  struct Owner final : ConnectionEvents {
    void on_read(ReadResult /*result*/, std::size_t /*bytes*/) override {}
    void on_writable() override {}
    std::unique_ptr<TcpConnection> connection;
    std::array<char, 8> into{};
  };
  LoopbackPair pair;
  auto owner = std::make_shared<Owner>();
  owner->connection = std::make_unique<TcpConnection>(reactor_, pair.take_server());
  ASSERT_FALSE(owner->connection->open());
  owner->connection->start_read(boost::asio::buffer(owner->into), owner);
  const std::weak_ptr<Owner> watched = owner;
  owner->connection->close();
  owner.reset();
  EXPECT_FALSE(watched.expired());
  run_once();
  EXPECT_TRUE(watched.expired());
}

TEST_F(TcpConnectionTest, WaitsForAPeerThatDoesNotRead) {
  End end{reactor_};
  run_once();  // it can be written to
  const std::string bytes(1 << 20, 'x');
  std::size_t sent = 0;
  for (;;) {
    const auto count = end.connection.send(bytes);
    ASSERT_TRUE(count);
    sent += *count;
    if (*count < bytes.size()) break;
  }
  end.connection.await_writable(end.session);
  run_once(std::chrono::seconds{0});
  EXPECT_EQ(end.session->writable, 0);
  end.pair.receive(sent);
  run_until([&] { return end.session->writable != 0; });
  const auto more = end.connection.send("x");
  ASSERT_TRUE(more);
  EXPECT_EQ(*more, 1u);
}

}  // namespace
}  // namespace geomatch::net
