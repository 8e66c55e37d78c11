"""What happens to a journal: an operator's shell that holds it, a full disk, readers."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from collections import Counter
from pathlib import Path

from .disk import Disk
from .turns import turns


def _hold(journal: Path, seconds: float) -> None:
    connection = sqlite3.connect(journal, timeout=10, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        time.sleep(seconds)
        connection.execute("ROLLBACK")
    finally:
        connection.close()


def _count(journal: Path) -> None:
    connection = sqlite3.connect(f"file:{journal}?mode=ro", timeout=10, uri=True)
    try:
        connection.execute("SELECT count(*) FROM records").fetchone()
    finally:
        connection.close()


class SqliteFaults:
    """Faults one after another; each kind comes once before any comes again."""

    def __init__(self, journal: Path, disk: Disk, seed: int, short: bool) -> None:
        self.done: Counter[str] = Counter()
        self.notes: Counter[str] = Counter()
        self.wants_servers = asyncio.Lock()
        self._journal = journal
        self._disk = disk
        self._rng = random.Random(seed)
        self._longest_pause_s = 1.5 if short else 4.0
        self._kinds = {"journal held by a shell": self._lock, "journal read": self._read}
        if disk.is_mounted:
            self._kinds["disk full"] = self._full

    @property
    def kinds(self) -> list[str]:
        return list(self._kinds)

    async def run(self, stopping: asyncio.Event) -> None:
        async for kind in turns(self.kinds, self._rng, self._longest_pause_s, stopping):
            self._disk.keep_room()
            try:
                await self._kinds[kind]()
                self.done[kind] += 1
            except sqlite3.OperationalError:
                pass  # busy, or no room for the reader's own files: not a fault that was done

    async def _lock(self) -> None:
        await asyncio.to_thread(_hold, self._journal, self._rng.uniform(0.5, 3))

    async def _read(self) -> None:
        await asyncio.to_thread(_count, self._journal)

    async def _full(self) -> None:
        try:
            await asyncio.to_thread(self._disk.fill)
            await asyncio.sleep(self._rng.uniform(1, 3))
        finally:
            self._disk.free()
