"""Free ports, for servers that can't pick one themselves."""

from __future__ import annotations

import random
import socket


def free_port() -> int:
    """Below the ports that clients are given, so that none of ours takes it meanwhile."""
    while True:
        port = random.randrange(20000, 32000)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
