"""The table of what bystanders cost."""

from __future__ import annotations

import statistics
from collections.abc import Callable

from .bars import cpu, rate
from .beside import ALONE, TITLES
from .markdown import about, count, milliseconds, table
from .measurement import Measurement, medians, ratios
from .results import Results

HEAD = ["requests/s", "CPU µs/request", "P50 ms", "P99 ms", "requests/s, of alone's",
        "CPU, of alone's", "P99, of alone's"]


def p99(one: Measurement) -> float:
    return one.p99_us


def bystanders_table(results: Results) -> str:
    """Medians, and what each round's figure was of the one alone in that round."""
    setup = results.setup
    lines = [[f"{results.connections[0]} busy connections", *HEAD],
             *(line(results, key) for key in TITLES if results.of(key))]
    notes = [f"Medians of {count(setup.rounds, 'round')} of {setup.seconds:g} s, closed loop, "
             f"{count(setup.threads, 'server thread')}, 10 nearest of 100,000 entities, no log. One server a round; "
             "each begins with another row. Ratios: the median, and each round's.",
             "Bystanders run on the load generator's core where no other is left: what they take of it is in the "
             "figures. The CPU is all that the server ran, for the bystanders too, by the busy ones' requests.",
             *(f"{name.capitalize()}: {fact}." for name, fact in setup.facts.items() if fact)]
    failed = max(one.measurement.failed for one in results.samples)
    if failed:
        notes.append(f"**Up to {failed:.0f} requests of one load weren't answered with success.**")
    return "\n".join([table(lines, texts=1), "", *(f"- {note}" for note in notes)])


def line(results: Results, key: str) -> list[str]:
    middle = medians(results.of(key))
    return [TITLES[key], about(middle.requests_per_s), about(middle.server_cpu_us), milliseconds(middle.p50_us),
            milliseconds(middle.p99_us), *(of_alone(results, key, value) for value in (rate, cpu, p99))]


def of_alone(results: Results, key: str, value: Callable[[Measurement], float]) -> str:
    if key == ALONE:
        return ""
    by_round = ratios(results.of(key), results.of(ALONE), value)
    middle = statistics.median(by_round)
    return f"{middle:.2f}: {' '.join(f'{one:.2f}' for one in by_round)}"
