from __future__ import annotations

import contextlib
import socket
from collections.abc import Sequence

from .post import connect_all
from .standing import expect_open

CONNECTIONS = 1000


class Idle:
    """Connections that have each posted once, and are kept."""

    def __init__(self, port: int, cores: Sequence[int], connections: int = CONNECTIONS) -> None:
        self._port = port
        self._connections = connections
        self._sockets: list[socket.socket] = []
        self._closing = contextlib.ExitStack()

    def __enter__(self) -> Idle:
        with self._closing:
            self._sockets = connect_all(self._port, self._connections, self._closing)
            self._closing = self._closing.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def expect_still_there(self) -> None:
        expect_open(self._sockets, "idle connections")
