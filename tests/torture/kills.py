"""kill -9 and SIGTERM for the servers, at random moments."""

from __future__ import annotations

import asyncio
import random
from collections import Counter

from .phones import Phones
from .server import Server


class Kills:
    def __init__(self, servers: list[Server], phones: Phones, seed: int, longest_pause_s: float,
                 wants_servers: asyncio.Lock) -> None:
        self.done: Counter[str] = Counter()
        self.owed = 0  # requests that SIGTERMs had to answer
        self._servers = servers
        self._phones = phones
        self._rng = random.Random(seed)
        self._longest_pause_s = longest_pause_s
        self._wants_servers = wants_servers  # held by a fault that is of no use without them

    @property
    def kills(self) -> int:
        return self.done["kill -9"] + self.done["kill -9 while starting"]

    async def run(self, stopping: asyncio.Event) -> None:
        turn = 0
        while True:
            await asyncio.sleep(self._rng.uniform(0.1, self._longest_pause_s))
            if stopping.is_set():
                return
            turn += 1
            victims = [self._rng.randrange(len(self._servers))]
            if len(self._servers) > 1 and self._rng.random() < 0.2:
                victims = list(range(len(self._servers)))
            terminate = turn % 4 == 2
            async with self._wants_servers:
                await asyncio.gather(*(self._end(victim, terminate) for victim in victims))

    async def _end(self, number: int, terminate: bool) -> None:
        server = self._servers[number]
        if terminate:
            await server.terminate(lambda: self._note_owed(number))
            self.done["SIGTERM"] += 1
        else:
            await server.kill()
            self.done["kill -9"] += 1
            if self._rng.random() < 0.2:
                await server.kill_while_starting(self._rng.uniform(0.005, 0.3))
                self.done["kill -9 while starting"] += 1
        await server.start()

    def _note_owed(self, number: int) -> None:
        self.owed += self._phones.count_owed(number)
