"""One step of the load: open loops, each between two closed ones that say what the machine has just then."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

from .measurement import SATURATED, Measurement

SHARES = (0.5, 0.8)  # of the capacity: of the closed loops' requests/s
REPEATS = 2  # of an open loop that the machine disturbed
LEEWAY = 0.1  # by which an open loop's share of the capacity may come out too large
SUSTAINED = 0.98  # of the requests/s that were due; below, it fell behind


@dataclasses.dataclass(frozen=True)
class Loop:
    share: float  # of the capacity that was known; 0 is a closed loop
    rate: float  # requests/s that were due; 0 is a closed loop
    measurement: Measurement
    capacity_before: float = 0  # requests/s of the closed loop right before an open one
    capacity_after: float = 0
    disturbed: str = ""  # why it tells of the machine rather than of the server; empty if it doesn't


def loops(load: Callable[[float], Measurement], threads: int) -> Iterator[Loop]:
    """`load` runs an open loop of so many requests/s, or with 0 a closed one. All that was run is told; an open loop
    that was disturbed is followed by another of its share, at most REPEATS times."""
    closed = [load(0)]
    yield Loop(0, 0, closed[-1])
    for share in SHARES:
        for _ in range(1 + REPEATS):
            rate = share * min(one.requests_per_s for one in closed[-2:])
            one = load(rate)
            closed.append(load(0))
            before, after = (loop.requests_per_s for loop in closed[-2:])
            disturbed = disturbance(one, share, rate, after, threads)
            yield Loop(share, rate, one, before, after, disturbed)
            yield Loop(0, 0, closed[-1])
            if not disturbed:
                break


def disturbance(one: Measurement, share: float, rate: float, capacity_after: float, threads: int) -> str:
    """Why the machine couldn't sustain an open loop. One that fell behind with its cores exhausted, while the capacity
    stayed what it was, isn't disturbed: that is the server's own."""
    if rate > (share + LEEWAY) * capacity_after:
        return f"the capacity fell to {capacity_after:,.0f} requests/s, and {rate:,.0f} were due"
    if one.requests_per_s < SUSTAINED * rate and one.server_busy < SATURATED * threads:
        return f"{one.requests_per_s:,.0f} of {rate:,.0f} requests/s, and the server's core had time left"
    return ""
