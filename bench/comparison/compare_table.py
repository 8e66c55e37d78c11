"""The table of the comparison."""

from __future__ import annotations

from .markdown import about, count, milliseconds, table
from .measurement import SATURATED, Measurement, medians
from .results import Results
from .rows import ROWS

HEAD = ["", "does for a request", "has the record when it answers", "requests/s", "CPU µs/request", "P50 ms", "P95 ms",
        "P99 ms", "memory MiB", "core busy"]


def compare_table(results: Results) -> str:
    """Medians of the rounds, and below what has to be known to read them."""
    middle = {key: medians(results.of(key)) for key in results.rows}
    lines = [HEAD, *(line(key, one, results.setup.threads) for key, one in middle.items())]
    return "\n".join([table(lines, texts=3), "", *notes(middle, results)])


def line(key: str, one: Measurement, threads: int) -> list[str]:
    row = ROWS[key]
    title = f"**{row.title}**" if row.peer == "geomatch" else row.title
    return [title, row.does, row.acknowledged_by, about(one.requests_per_s), about(one.server_cpu_us),
            milliseconds(one.p50_us), milliseconds(one.p95_us), milliseconds(one.p99_us), about(one.resident_mib),
            f"{one.server_busy / threads:.0%}"]


def notes(middle: dict[str, Measurement], results: Results) -> list[str]:
    setup = results.setup
    texts = [f"Medians of {count(setup.rounds, 'interleaved round')} of {setup.seconds:g} s, "
             f"{results.connections[0]} connections, closed loop, {count(setup.threads, 'server thread')}."]
    texts += [f"{name.capitalize()}: {fact}." for name, fact in setup.facts.items() if fact]
    texts += [matches(middle), idle(middle, setup.threads)]
    texts += [f"**{ROWS[key].title}: {one.failed:.0f} requests weren't answered with success in its worst round.**"
              for key, one in middle.items() if one.failed]
    return [f"- {text}" for text in texts if text]


def matches(middle: dict[str, Measurement]) -> str:
    found = [f"{ROWS[key].title} {one.matches:.1f}" for key, one in middle.items() if one.matches]
    return f"Matches in an answer: {'; '.join(found)}." if found else ""


def idle(middle: dict[str, Measurement], threads: int) -> str:
    """Whose requests/s isn't what it could do."""
    found = [f"{ROWS[key].title} ({one.generator_busy:.0%})" for key, one in middle.items()
             if one.server_busy / threads < SATURATED]
    return ("Held back by the load generator (so busy was its core), by a log or by other work on the machine, for "
            f"their core had time left: {'; '.join(found)}." if found else "")
