"""Whether connections stand."""

from __future__ import annotations

import select
import socket
from collections.abc import Sequence


def is_open(connection: socket.socket) -> bool:
    """As far as can be seen on this side. Nothing is received: that is another thread's, which may be at it."""
    ended = select.POLLRDHUP | select.POLLHUP | select.POLLERR
    events = select.poll()
    events.register(connection, ended)
    return not events.poll(0)


def expect_open(connections: Sequence[socket.socket], who: str) -> None:
    """Raises RuntimeError if the server has closed one of them."""
    closed = sum(not is_open(one) for one in connections)
    if closed:
        raise RuntimeError(f"the server closed {closed} of {len(connections)} {who}")
