"""Phones that move, always the same way."""

from __future__ import annotations

import random

SEED = 1
COUNT = 4000
SIDE_M = 10_000  # of their square: as dense as bench/load's 100,000 in 50 x 50 km
DEGREES_PER_M = 1 / 111_195
SOUTH, WEST = 31.0, 121.0


class Phones:
    """Half drivers, half riders who seek one another within 1 km."""

    def __init__(self) -> None:
        self.random = random.Random(SEED)
        self.places = [
            (self.random.uniform(0, SIDE_M), self.random.uniform(0, SIDE_M)) for _ in range(COUNT)
        ]
        self.next = 0

    def post(self, limit: int) -> bytes:
        """The next phone's request, after a step of 5 to 50 m."""
        number = self.next
        self.next = (number + 1) % COUNT
        east, north = (
            min(max(at + self.random.choice((-1, 1)) * self.random.uniform(3.5, 35), 0), SIDE_M)
            for at in self.places[number]
        )
        self.places[number] = (east, north)
        role, seek = ("driver", "rider") if number % 2 == 0 else ("rider", "driver")
        body = (
            f'{{"id":"{role}-{number + 1}","lat":{SOUTH + north * DEGREES_PER_M:.7f},'
            f'"lon":{WEST + east * DEGREES_PER_M * 1.166:.7f},"role":"{role}","seek":"{seek}",'
            f'"accuracy":5,"limit":{limit}}}'
        )
        return (
            "POST /match HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()
