"""The floor answers every request, however its bytes arrive. Skipped where it isn't built."""

import socket
import subprocess
import time
import unittest
from pathlib import Path

from .peers.peer import BINARIES

FLOOR = BINARIES / "floor"
REPLY_BYTES = 200
REQUEST = b"POST /match HTTP/1.1\r\nHost: g\r\nContent-Length: 2\r\n\r\n{}"


@unittest.skipUnless(FLOOR.exists(), "bench_floor isn't built")
class Floor(unittest.TestCase):
    def start(self, trigger: str) -> None:
        process = subprocess.Popen([FLOOR, "--reply-bytes", str(REPLY_BYTES), "--trigger", trigger],
                                   stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.communicate)
        self.addCleanup(process.terminate)
        assert process.stdout is not None
        port = int(process.stdout.readline().rpartition(":")[2])
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.addCleanup(self.connection.close)

    def expect_replies(self, count: int) -> None:
        got = b""
        while len(got) < count * REPLY_BYTES:
            got += self.connection.recv(65536)
        self.assertEqual(got, got[:REPLY_BYTES] * count)
        self.assertTrue(got.startswith(b"HTTP/1.1 200 OK\r\n"))

    def wait_until_received(self) -> None:
        """What was sent has left the kernel's queue of the floor's end."""
        ends = " ".join(f"0100007F:{end[1]:04X}" for end in (self.connection.getpeername(), self.connection.getsockname()))
        until = time.monotonic() + 20
        while True:
            # While others open and close theirs, a socket may be listed twice, or not at all: the last is the latest.
            lines = [line for line in Path("/proc/net/tcp").read_text().splitlines() if ends in line]
            if lines and lines[-1].split()[4].endswith(":00000000"):
                return
            self.assertLess(time.monotonic(), until)

    def test_answers_all_of_a_pipeline(self) -> None:
        for trigger in ("level", "edge"):
            self.start(trigger)
            self.connection.sendall(REQUEST * 500)  # more than a recv takes
            self.expect_replies(500)

    def test_answers_a_request_in_pieces_once(self) -> None:
        self.start("level")
        for cut in range(1, len(REQUEST)):
            self.connection.sendall(REQUEST[:cut])
            self.wait_until_received()
            self.connection.sendall(REQUEST[cut:])
            self.expect_replies(1)

    def test_refuses_a_size_that_no_head_fits_into(self) -> None:
        done = subprocess.run([FLOOR, "--reply-bytes", "10"], capture_output=True, text=True, timeout=20)
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, r"^floor: --reply-bytes takes \d+ to 1048576\n$")


if __name__ == "__main__":
    unittest.main()
