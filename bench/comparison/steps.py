"""The step load: more and more connections, each as closed loops and as open loops below what those can do."""

from __future__ import annotations

from .cores import Cores
from .loops import Loop, loops
from .measuring import Measuring
from .options import Options, say
from .results import Sample
from .rows import ROWS, Row


def steps(options: Options, cores: Cores) -> list[Sample]:
    measuring = Measuring(options, cores, None)
    rows = [ROWS[key] for key in options.rows]
    samples = []
    for turn in range(options.rounds):
        for connections in options.connections:
            for row in rows if turn % 2 == 0 else reversed(rows):
                samples += step(measuring, row, turn, connections)
    return samples


def step(measuring: Measuring, row: Row, turn: int, connections: int) -> list[Sample]:
    """One server's: each loop finds it as the one before left it."""
    options = measuring.options
    samples = []
    with measuring.started(row) as (server, folder):
        for loop in loops(lambda rate: measuring.load(row, server, folder, connections=connections, rate=rate),
                          options.threads):
            samples.append(Sample(row.key, turn, connections, loop.share, loop.rate, loop.measurement,
                                  loop.capacity_before, loop.capacity_after, loop.disturbed))
            say(f"step {turn + 1}/{options.rounds}: {row.key}, {connections} connections, {told(loop)}")
    return samples


def told(loop: Loop) -> str:
    one = loop.measurement
    kind = f"{loop.share:.0%} of capacity" if loop.share else "closed loop"
    return (f"{kind}: {one.requests_per_s:,.0f} requests/s, p50 {one.p50_us / 1000:.2f} ms, p99 {one.p99_us / 1000:.2f} ms"
            + (f"; DISTURBED: {loop.disturbed}" if loop.disturbed else ""))
