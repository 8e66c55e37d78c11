"""The comparison: all rows, interleaved."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TypeVar

from .cores import Cores
from .kafka import broker
from .measuring import Measuring
from .options import Options, say
from .results import Sample
from .rows import ROWS, Row


T = TypeVar("T")


def in_order(rows: Sequence[T], turn: int) -> list[T]:
    """Begins with another one each round, so that no row always follows the same pause."""
    start = turn % len(rows)
    return [*rows[start:], *rows[:start]]


def groups(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.group, []).append(row)
    return found


def compare(options: Options, cores: Cores) -> list[Sample]:
    samples = []
    for group, rows in groups([ROWS[key] for key in options.rows]).items():
        needs_kafka = any(row.log == "kafka" for row in rows)
        with broker(options.scratch / "kafka", cores) if needs_kafka else contextlib.nullcontext() as kafka:
            samples += measure_group(options, group, rows, Measuring(options, cores, kafka))
    return samples


def measure_group(options: Options, group: str, rows: list[Row], measuring: Measuring) -> list[Sample]:
    for key in sorted({row.reply_of for row in rows} - {""}):
        say(f"a reply of {key} has {measuring.learn_reply_bytes(ROWS[key])} bytes")
    samples = []
    for turn in range(options.rounds):
        for row in in_order(rows, turn):
            one = measuring.closed_loop(row, options.connections[0])
            samples.append(Sample(row.key, turn, options.connections[0], 0, 0, one))
            say(f"{group} {turn + 1}/{options.rounds}: {row.key}: {one.requests_per_s:,.0f} requests/s, "
                f"{one.server_cpu_us:.2f} us of CPU each, p99 {one.p99_us:,.0f} us")
    return samples
