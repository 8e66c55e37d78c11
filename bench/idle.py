#!/usr/bin/env python3
"""What open connections cost the server in memory, and how evenly they are spread over its threads.

    bench/idle.py [CONNECTIONS]     how many (10000)

Starts a server of build/release. Each connection posts once, then stays open and idle. Memory is what the server's
process has more of than before (VmRSS); the kernel's own is not in it. Beside it: what SO_REUSEPORT, where the kernel
picks a listener for each connection by a hash, would have made of as many connections.
"""

from __future__ import annotations

import selectors
import socket
import sys
from collections import Counter
from pathlib import Path

from comparison.limits import raise_descriptors
from comparison.peers.geomatch import running_geomatch
from connection import Connection

THREADS = 4


def resident_bytes(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) * 1024


def post(number: int) -> bytes:
    body = f'{{"id":"phone-{number % 100}","lat":31.2,"lon":121.4,"role":"driver","seek":"rider"}}'
    return (f"POST /match HTTP/1.1\r\nHost: g\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}").encode()


def open_and_use(port: int, first: int, count: int) -> list[Connection]:
    connections = [Connection(port) for _ in range(count)]
    for number, connection in enumerate(connections, first):
        connection.request(post(number))
    return connections


def measure_memory(count: int) -> None:
    with running_geomatch("--publish", "none", "--threads", str(THREADS), "--log-level", "off",
                          "--max-connections", str(count + 200)) as server:
        pid = server.process.pid
        connections = open_and_use(server.port, 0, 100)  # what the first ones bring into memory is no connection's
        before = resident_bytes(pid)
        connections += open_and_use(server.port, 100, count)
        after = resident_bytes(pid)
        print(f"{count} idle connections: {(after - before) / count:.0f} bytes each")


def spread_by_reuseport(count: int, listeners: int) -> list[int]:
    selector = selectors.DefaultSelector()
    port = 0
    for number in range(listeners):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind(("127.0.0.1", port))
        port = listener.getsockname()[1]
        listener.listen(4096)
        selector.register(listener, selectors.EVENT_READ, number)
    connections = [Connection(port) for _ in range(count)]
    taken: Counter[int] = Counter()
    while taken.total() < len(connections):
        for key, _ in selector.select(timeout=10):
            key.fileobj.accept()[0].close()  # type: ignore[union-attr]
            taken[key.data] += 1
    return sorted((taken[number] for number in range(listeners)), reverse=True)


def show_spread() -> None:
    print("connections a thread; in turn, as geomatch hands them out | by SO_REUSEPORT, three times")
    for count, listeners in ((64, 2), (64, 4), (1000, 4)):
        even = [count // listeners] * listeners
        draws = "; ".join(str(spread_by_reuseport(count, listeners)) for _ in range(3))
        print(f"{count} over {listeners}: {even} | {draws}")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    raise_descriptors(count + 2000)
    measure_memory(count)
    show_spread()


if __name__ == "__main__":
    main()
