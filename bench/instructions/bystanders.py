"""Who else is on the server while requests are counted: what they cost the others isn't lost in any noise here."""

from __future__ import annotations

import contextlib
import socket

from comparison.beside.standing import expect_open
from comparison.limits import raise_descriptors
from connection import Connection
from phones import Phones

IDLE = 1000
HELD_BACK_S = 2.0  # nothing more was taken for so long, of a server that callgrind slows down
MOST_POSTS = 100_000  # that one who reads nothing may be rid of


class Bystanders:
    """A thousand connections that have posted and idle, and one that has posted, reads no answer, and is held back."""

    def __init__(self, port: int, phones: Phones) -> None:
        raise_descriptors()
        self._closing = contextlib.ExitStack()
        self._sockets: list[socket.socket] = []
        with self._closing:
            for _ in range(IDLE):
                self._connect(port, phones)
            self._post_until_held_back(self._connect(port, phones), phones)
            self._closing = self._closing.pop_all()

    def __enter__(self) -> Bystanders:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def expect_still_there(self) -> None:
        """Raises RuntimeError if the server has closed one of them."""
        expect_open(self._sockets, "bystanders")

    def _connect(self, port: int, phones: Phones) -> socket.socket:
        connection = Connection(port)
        self._sockets.append(self._closing.enter_context(connection.socket))
        connection.request(phones.post(limit=0))
        return connection.socket

    @staticmethod
    def _post_until_held_back(slow_reader: socket.socket, phones: Phones) -> None:
        slow_reader.settimeout(HELD_BACK_S)
        try:
            for _ in range(MOST_POSTS):
                slow_reader.sendall(phones.post(limit=10))
        except TimeoutError:
            return
        raise RuntimeError(f"one who reads nothing was rid of {MOST_POSTS} posts: it isn't held back")
