"""The table of the step load."""

from __future__ import annotations

from .article import GO_LATENCY_MS
from .bars import times_lower
from .markdown import about, count, milliseconds, table
from .measurement import medians
from .results import Results
from .rows import ROWS
from .steps import SHARES

HEAD = ["", "load", "connections", "requests/s", "P50 ms", "P95 ms", "P99 ms", "P99.9 ms", "the article's",
        "times lower"]


def steps_table(results: Results) -> str:
    lines = [HEAD]
    for row in results.rows:
        for share in (0.0, *SHARES):
            lines += [line(results, row, share, connections) for connections in results.connections]
    setup = results.setup
    notes = [f"Medians of {count(setup.rounds, 'round')} of {setup.seconds:g} s, "
             f"{count(setup.threads, 'server thread')}, 10 nearest of 100,000 entities, no log. "
             "An open loop's latencies count from when a request was due.",
             "The article's: P50/P95/P99 of its Go service on its own machine; times lower: each of the three.",
             *(f"{name.capitalize()}: {fact}." for name, fact in setup.facts.items() if fact)]
    failed = max(one.measurement.failed for one in results.samples)
    if failed:
        notes.append(f"**Up to {failed:.0f} requests of one load weren't answered with success.**")
    return "\n".join([table(lines, texts=2), "", *(f"- {note}" for note in notes)])


def line(results: Results, row: str, share: float, connections: int) -> list[str]:
    one = medians(results.of(row, connections, share))
    article = GO_LATENCY_MS.get(connections)
    return [ROWS[row].title, load(share), f"{connections:,}", about(one.requests_per_s), milliseconds(one.p50_us),
            milliseconds(one.p95_us), milliseconds(one.p99_us), milliseconds(one.p999_us),
            "/".join(map(str, article)) if article else "",
            "/".join(map(about, times_lower(article, one))) if article else ""]


def load(share: float) -> str:
    return f"open loop, {share:.0%} of capacity" if share else "closed loop"
