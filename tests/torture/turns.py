"""In what order faults come, and when."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Sequence


async def turns(kinds: Sequence[str], rng: random.Random, longest_pause_s: float,
                stopping: asyncio.Event) -> AsyncIterator[str]:
    """Each kind once before any comes again, a pause before each, until `stopping` is set."""
    while True:
        shuffled = list(kinds)
        rng.shuffle(shuffled)
        for kind in shuffled:
            await asyncio.sleep(rng.uniform(0.3, longest_pause_s))
            if stopping.is_set():
                return
            yield kind
