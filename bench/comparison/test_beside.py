"""Bystanders are what they are said to be, or it is told; on a server that is none, but answers as one."""

import contextlib
import os
import socket
import threading
import time
import unittest
from collections.abc import Callable

from .beside import BYSTANDERS, TITLES
from .beside.idle import Idle
from .beside.post import MATCHES, POST
from .beside.slow_reader import SlowReader
from .beside.trickle import Trickle

PATIENCE_S = 20.0
CORES = sorted(os.sched_getaffinity(0))


def answer(matches: int) -> bytes:
    body = b",".join([b'{"distance_m":1}'] * matches)
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


class Standin:
    """Answers what each connection posts first; then `then` has its socket."""

    def __init__(self, then: Callable[[socket.socket], None], matches: int = MATCHES) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.port = self._listener.getsockname()[1]
        self._then = then
        self._answer = answer(matches)
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self._serve, args=(self._listener.accept()[0],), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            got = b""
            while len(got) < len(POST):
                got += connection.recv(len(POST) - len(got))
            connection.sendall(self._answer)
            self._then(connection)


def keep(connection: socket.socket) -> None:
    threading.Event().wait(PATIENCE_S)


def swallow(connection: socket.socket) -> None:
    while connection.recv(1 << 20):
        pass


class Beside(unittest.TestCase):
    def serve(self, then: Callable[[socket.socket], None], matches: int = MATCHES) -> int:
        standin = Standin(then, matches)
        self.addCleanup(standin.close)
        return standin.port

    def wait_until(self, holds: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE_S
        while not holds():
            self.assertLess(time.monotonic(), until)
            time.sleep(0.01)

    def wait_for_error(self, call: Callable[[], None], said: str) -> None:
        def raises() -> bool:
            try:
                call()
            except RuntimeError as error:
                self.assertRegex(str(error), said)
                return True
            return False

        self.wait_until(raises)

    def test_each_has_a_title(self) -> None:
        self.assertEqual(list(BYSTANDERS), list(TITLES))

    def test_one_that_isnt_given_its_matches_refuses(self) -> None:
        with self.assertRaisesRegex(RuntimeError, "9 matches instead of 10"), Idle(self.serve(keep, matches=9), CORES):
            pass

    def test_idle_ones_stay(self) -> None:
        with Idle(self.serve(keep), CORES, connections=20) as idle:
            idle.expect_still_there()

    def test_idle_ones_that_are_closed_are_noticed(self) -> None:
        with Idle(self.serve(socket.socket.close), CORES, connections=20) as idle:
            self.wait_for_error(idle.expect_still_there, r"closed \d+ of 20 idle")

    def test_a_slow_reader_comes_to_be_held_back(self) -> None:
        with SlowReader(self.serve(keep), CORES) as reader:
            reader.expect_still_there()

    def test_a_slow_reader_that_isnt_held_back_is_no_slow_reader(self) -> None:
        with self.assertRaisesRegex(RuntimeError, "isn't held back"):
            # A machine that stands still for a moment isn't taken for a server that holds back.
            with SlowReader(self.serve(swallow), CORES, patience_s=3.0, held_back_s=2.5):
                pass

    def test_a_slow_reader_that_is_read_from_again_is_noticed(self) -> None:
        resumes = threading.Event()

        def read_later(connection: socket.socket) -> None:
            resumes.wait(PATIENCE_S)
            swallow(connection)

        with SlowReader(self.serve(read_later), CORES) as reader:
            resumes.set()
            self.wait_for_error(reader.expect_still_there, "bytes more were taken")

    def test_a_slow_reader_that_is_closed_is_noticed(self) -> None:
        closes = threading.Event()

        def close_later(connection: socket.socket) -> None:
            closes.wait(PATIENCE_S)
            connection.close()

        with SlowReader(self.serve(close_later), CORES) as reader:
            closes.set()
            self.wait_for_error(reader.expect_still_there, "interrupted")

    def test_a_trickle_is_one_post_after_the_other_a_byte_at_a_time(self) -> None:
        taken: list[bytes] = []

        def take(connection: socket.socket) -> None:
            connection.settimeout(PATIENCE_S)
            for _ in range(2):
                whole = b""
                while len(whole) < len(POST):
                    whole += connection.recv(len(POST) - len(whole))
                connection.sendall(answer(MATCHES))
                taken.append(whole)
            keep(connection)

        with Trickle(self.serve(take), CORES, connections=3, byte_every_s=0.001) as trickle:
            self.wait_until(lambda: len(taken) == 6)
            trickle.expect_still_there()
        self.assertEqual(taken, [POST] * 6)

    def test_a_trickling_sender_that_is_closed_is_noticed(self) -> None:
        with Trickle(self.serve(socket.socket.close), CORES, connections=3, byte_every_s=0.05) as trickle:
            self.wait_for_error(trickle.expect_still_there, "closed|interrupted")


if __name__ == "__main__":
    unittest.main()
