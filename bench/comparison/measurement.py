"""What one run of the load generator says, and the medians of several."""

from __future__ import annotations

import dataclasses
import statistics
from collections.abc import Callable, Sequence

SATURATED = 0.93  # of a server's cores; below, requests/s is what the load generator could


@dataclasses.dataclass(frozen=True)
class Measurement:
    requests_per_s: float
    p50_us: float
    p95_us: float
    p99_us: float
    p999_us: float
    max_us: float
    server_cpu_us: float  # a request
    server_busy: float  # cores that it kept busy
    resident_mib: float
    reply_bytes: float  # mean of the whole reply
    matches: float  # mean, of those replies in which they were counted
    failed: float  # requests without a good answer
    generator_busy: float  # of its core


def medians(measurements: Sequence[Measurement]) -> Measurement:
    """Field by field; of failures the worst round's."""
    values = {field.name: statistics.median(getattr(one, field.name) for one in measurements)
              for field in dataclasses.fields(Measurement)}
    values["failed"] = max(one.failed for one in measurements)
    return Measurement(**values)


@dataclasses.dataclass(frozen=True)
class Ratio:
    median: float
    lowest: float
    highest: float


def ratios(of: Sequence[Measurement], to: Sequence[Measurement],
           value: Callable[[Measurement], float]) -> list[float]:
    """Round by round: what disturbs a round disturbs both of it."""
    return [value(one) / value(other) for one, other in zip(of, to, strict=True)]


def ratio(of: Sequence[Measurement], to: Sequence[Measurement], value: Callable[[Measurement], float]) -> Ratio:
    """The rounds' median, and how far they lie apart."""
    by_round = ratios(of, to, value)
    return Ratio(statistics.median(by_round), min(by_round), max(by_round))
