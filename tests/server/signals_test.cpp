// Signals that operators and supervisors send, and what a parent leaves of them to its child.
#include <csignal>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "server_process.hpp"
#include "support/connection.hpp"
#include "support/temporary_folder.hpp"

namespace geomatch {
namespace {

using test::Connection;
using test::Ended;
using test::ServerProcess;

TEST(Signals, HangUpIsLoggedAndNothingElse) {
  const test::TemporaryFolder folder;
  ServerProcess server{{"--publish=sqlite:" + (folder / "journal.db").string()}};
  Connection phone{server.port()};
  for (int i = 0; i < 5; ++i) {
    server.signal(SIGHUP);
    EXPECT_EQ(phone.post(test::some_post).status, 200);
  }
  while (server.err().find("SIGHUP") == std::string::npos) {
    ASSERT_EQ(phone.post(test::some_post).status, 200);
  }
  const Ended ended = server.terminate();
  EXPECT_EQ(ended.status, 0) << ended.err;
}

// At any moment of its life: while it starts, recovers, serves, and stops.
TEST(Signals, HangUpNeverEndsIt) {
  const test::TemporaryFolder folder;
  ServerProcess server{{"--publish=sqlite:" + (folder / "journal.db").string()}, [] {
                         sigset_t hang_up;
                         sigemptyset(&hang_up);
                         sigaddset(&hang_up, SIGHUP);
                         sigprocmask(SIG_BLOCK, &hang_up, nullptr);
                         raise(SIGHUP);  // waits for it to let signals in
                       }};
  EXPECT_EQ(Connection{server.port()}.post(test::some_post).status, 200);
  server.signal(SIGTERM);
  while (!server.ends_within(1)) server.signal(SIGHUP);
  EXPECT_EQ(server.wait().status, 0);
}

TEST(Signals, AnotherTermWhileItStopsChangesNothing) {
  const test::TemporaryFolder folder;
  ServerProcess server{{"--publish=sqlite:" + (folder / "journal.db").string()}};
  EXPECT_EQ(Connection{server.port()}.post(test::some_post).status, 200);
  while (!server.ends_within(1)) server.signal(SIGTERM);
  EXPECT_EQ(server.wait().status, 0);
}

TEST(Signals, WhatTheParentBlockedOrIgnoredIsTaken) {
  for (const bool blocked : {true, false}) {
    ServerProcess server{{"--publish=none"}, [blocked] {
                           sigset_t all;
                           sigfillset(&all);
                           if (blocked) sigprocmask(SIG_SETMASK, &all, nullptr);
                           for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGCHLD, SIGPIPE}) {
                             if (!blocked) std::signal(signal, SIG_IGN);
                           }
                         }};
    EXPECT_EQ(Connection{server.port()}.post(test::some_post).status, 200);
    server.signal(SIGHUP);
    server.signal(blocked ? SIGTERM : SIGINT);
    EXPECT_EQ(server.wait().status, 0) << blocked;
  }
}

}  // namespace
}  // namespace geomatch
