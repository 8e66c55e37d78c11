"""Whether a connection stands."""

from __future__ import annotations

import select
import socket


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
