"""The step load: more and more connections, each as a closed loop and as open loops below what that can do."""

from __future__ import annotations

from .cores import Cores
from .measuring import Measuring
from .options import Options, say
from .results import Sample
from .rows import ROWS, Row

SHARES = (0.5, 0.8)  # of the closed loop's requests/s


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
    """One server's: the open loops find it as the closed one left it."""
    samples = []
    with measuring.started(row) as (server, folder):
        capacity = 0.0
        for share in (0.0, *SHARES):
            rate = share * capacity
            one = measuring.load(row, server, folder, connections=connections, rate=rate)
            capacity = capacity or one.requests_per_s
            samples.append(Sample(row.key, turn, connections, share, rate, one))
            say(f"step {turn + 1}/{measuring.options.rounds}: {row.key}, {connections} connections, "
                f"{f'{share:.0%} of capacity' if share else 'closed loop'}: {one.requests_per_s:,.0f} requests/s, "
                f"p50 {one.p50_us / 1000:.2f} ms, p99 {one.p99_us / 1000:.2f} ms")
    return samples
