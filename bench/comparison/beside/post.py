"""What every bystander posts: one phone of the load generator's city, so that the map stays as it is."""

from __future__ import annotations

import contextlib
import socket

from connection import Connection

MATCHES = 10

_BODY = f'{{"id":"bystander","lat":31.225,"lon":121.2625,"role":"rider","seek":"driver","limit":{MATCHES}}}'
POST = (f"POST /match HTTP/1.1\r\nHost: g\r\nContent-Type: application/json\r\nContent-Length: {len(_BODY)}\r\n\r\n"
        f"{_BODY}").encode()


def connect_and_post(port: int) -> Connection:
    """Once. Raises RuntimeError unless the answer has all its matches: without them it is a small one."""
    connection = Connection(port)
    try:
        matches = connection.request(POST).count(b'"distance_m"')
        if matches != MATCHES:
            raise RuntimeError(f"a bystander was given {matches} matches instead of {MATCHES}: has the map its phones?")
    except BaseException:
        connection.socket.close()
        raise
    return connection


def connect_all(port: int, connections: int, closing: contextlib.ExitStack) -> list[socket.socket]:
    """So many of them; `closing` closes them."""
    return [closing.enter_context(connect_and_post(port).socket) for _ in range(connections)]
