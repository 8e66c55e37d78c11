from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Sequence

from .activity import Activity
from .post import POST, connect_all
from .standing import expect_open

CONNECTIONS = 50
BYTE_EVERY_S = 0.1  # of each


class Trickle:
    """Connections that send a post a byte at a time. They take turns, so that no burst of theirs hits the core that
    they share with the load generator."""

    def __init__(self, port: int, cores: Sequence[int], connections: int = CONNECTIONS,
                 byte_every_s: float = BYTE_EVERY_S) -> None:
        self._port = port
        self._connections = connections
        self._pause_s = byte_every_s / connections
        self._sockets: list[socket.socket] = []
        self._closing = contextlib.ExitStack()
        self._activity = Activity(self._send_next, cores)
        self.sent_bytes = 0
        self._due = 0.0

    def __enter__(self) -> Trickle:
        with self._closing:
            self._sockets = connect_all(self._port, self._connections, self._closing)
            self._due = time.monotonic()
            self._closing.enter_context(self._activity)
            self._closing = self._closing.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def expect_still_there(self) -> None:
        self._activity.expect_unbroken()
        expect_open(self._sockets, "trickling senders")

    def _send_next(self) -> None:
        self._due += self._pause_s
        time.sleep(max(0.0, self._due - time.monotonic()))
        turn, which = divmod(self.sent_bytes, self._connections)
        at = turn % len(POST)
        one = self._sockets[which]
        if at == 0 and turn > 0 and not one.recv(65536):
            raise RuntimeError("the server closed a trickling sender")
        one.send(POST[at:at + 1])
        self.sent_bytes += 1
