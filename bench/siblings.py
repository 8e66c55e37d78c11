#!/usr/bin/env python3
"""How soon a post to one instance is matched by another on the same topic.

    bench/siblings.py HOST:PORT [POSTS]     a Kafka broker; how many posts, one after the other (1000)

Starts two servers of build/release on a topic of their own. Each post is a new entity at a place of its own; from
its 200 on, the other server is asked for the place until it finds it.
"""

from __future__ import annotations

import json
import sys
import time

from comparison.peers.geomatch import running_geomatch
from connection import Connection


class Phone:
    def __init__(self, port: int) -> None:
        self.connection = Connection(port)

    def request(self, head: str, body: str = "") -> dict:
        lines = [f"{head} HTTP/1.1", "Host: g", "Content-Type: application/json", f"Content-Length: {len(body)}"]
        return json.loads(self.connection.request(("\r\n".join(lines) + "\r\n\r\n" + body).encode()))


def measure(one: Phone, other: Phone, posts: int) -> tuple[list[float], list[float]]:
    answered, seen = [], []
    for number in range(posts):
        lat, lon = -60 + (number % 1000) * 0.1, -170 + (number // 1000) * 0.1
        began = time.perf_counter()
        one.request("POST /match", f'{{"id":"p{number}","lat":{lat:.4f},"lon":{lon:.4f},"limit":0}}')
        acknowledged = time.perf_counter()
        while not other.request(f"GET /nearby?lat={lat:.4f}&lon={lon:.4f}&radius_m=10")["matches"]:
            pass
        answered.append((acknowledged - began) * 1000)
        seen.append((time.perf_counter() - acknowledged) * 1000)
    return answered, seen


def tell(what: str, times_ms: list[float]) -> None:
    times_ms.sort()
    p50, p99 = times_ms[len(times_ms) // 2], times_ms[len(times_ms) * 99 // 100]
    print(f"{what}: p50 {p50:.1f} ms, p99 {p99:.1f} ms, max {times_ms[-1]:.1f} ms")


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    flags = ["--threads", "1", "--log-level", "off", "--publish", f"kafka:{sys.argv[1]}/siblings-{time.time_ns()}"]
    with running_geomatch(*flags) as one, running_geomatch(*flags) as other:
        answered, seen = measure(Phone(one.port), Phone(other.port), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
    tell("answered by the one", answered)
    tell("then matched by the other after", seen)


if __name__ == "__main__":
    main()
