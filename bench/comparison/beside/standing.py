"""Whether connections stand."""

from __future__ import annotations

import select
import socket
from collections.abc import Sequence


def is_open(connection: socket.socket) -> bool:
    """As far as can be seen on this side. What was received stays where it is."""
    events = select.poll()
    events.register(connection, select.POLLIN)
    if not events.poll(0):
        return True
    try:
        return connection.recv(1, socket.MSG_PEEK) != b""
    except OSError:
        return False


def expect_open(connections: Sequence[socket.socket], who: str) -> None:
    """Raises RuntimeError if the server has closed one of them."""
    closed = sum(not is_open(one) for one in connections)
    if closed:
        raise RuntimeError(f"the server closed {closed} of {len(connections)} {who}")
