"""What happens to brokers."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter

from .kafka_cluster import KafkaCluster
from .options import say
from .turns import turns


class KafkaFaults:
    """Faults one after another; each kind comes once before any comes again."""

    def __init__(self, cluster: KafkaCluster, seed: int, short: bool) -> None:
        self.wants_servers = asyncio.Lock()
        self.done: Counter[str] = Counter()
        self.notes: Counter[str] = Counter()
        self._cluster = cluster
        self._rng = random.Random(seed)
        self._longest_pause_s, self._longest_freeze_s = (1, 5) if short else (3, 12)
        self._kinds = {
            "broker killed": self._kill,
            "broker frozen": self._freeze,
            "two of three brokers stopped": self._stop_two,
            "leaders moved": self._move_leaders,
        }

    @property
    def kinds(self) -> list[str]:
        return list(self._kinds)

    async def run(self, stopping: asyncio.Event) -> None:
        async for kind in turns(self.kinds, self._rng, self._longest_pause_s, stopping):
            say(f"kafka: {kind}")
            if await self._kinds[kind]():
                self.done[kind] += 1

    async def _kill(self) -> bool:
        victim = self._rng.choice(self._cluster.running())
        await self._cluster.signal(victim, signal.SIGKILL, until_gone_s=5)
        await asyncio.sleep(self._rng.uniform(0.5, 4))
        await self._cluster.bring_back()
        return True

    async def _freeze(self) -> bool:
        victim = self._rng.choice(self._cluster.running())
        try:
            await self._cluster.signal(victim, signal.SIGSTOP)
            await asyncio.sleep(self._rng.uniform(1, self._longest_freeze_s))
        finally:
            await self._cluster.signal(victim, signal.SIGCONT)
        return True

    async def _stop_two(self) -> bool:
        """One after the other, and each in peace: it leaves the in-sync replicas, so that of each partition one is
        left, which may then take no record. Killed at once they would take the controllers' quorum with them, and
        nobody would be there to notice. Meanwhile no server is killed: it couldn't recover, and would post nothing."""
        async with self.wants_servers:
            await self._stop_two_until_refused()
        await self._cluster.bring_back()
        return True

    async def _stop_two_until_refused(self) -> None:
        left, *victims = self._rng.sample(self._cluster.running(), 3)
        before = self._cluster.refusals_logged(left)
        for victim in victims:
            if not await self._cluster.signal(victim, signal.SIGTERM, until_gone_s=20):
                await self._cluster.signal(victim, signal.SIGKILL, until_gone_s=5)
        await asyncio.sleep(self._rng.uniform(2, 5))
        for _ in range(10):
            if self._cluster.refusals_logged(left) > before:
                break
            await asyncio.sleep(0.5)
        self.notes["NOT_ENOUGH_REPLICAS in a broker's log"] += self._cluster.refusals_logged(left) - before

    async def _move_leaders(self) -> bool:
        moved, tries = 0, 0
        while not moved and tries < 5:  # after another fault the leaders may be all that is in sync
            moved, tries = await self._cluster.move_leaders(), tries + 1
        self.notes["leaders moved to another broker"] += moved
        return moved > 0
