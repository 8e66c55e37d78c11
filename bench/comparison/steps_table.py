"""The table of the step load."""

from __future__ import annotations

import itertools

from .article import GO_LATENCY_MS
from .bars import times_lower
from .loops import LEEWAY, REPEATS, SHARES
from .markdown import about, count, milliseconds, table
from .measurement import medians
from .results import DISTURBED, Results
from .rows import ROWS

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
             *of_capacity(results), *disturbances(results),
             "The article's: P50/P95/P99 of its Go service on its own machine; times lower: each of the three.",
             *(f"{name.capitalize()}: {fact}." for name, fact in setup.facts.items() if fact)]
    failed = max(one.measurement.failed for one in results.samples)
    if failed:
        notes.append(f"**Up to {failed:.0f} requests of one load weren't answered with success.**")
    return "\n".join([table(lines, texts=2), "", *(f"- {note}" for note in notes)])


def line(results: Results, row: str, share: float, connections: int) -> list[str]:
    one = medians(results.of(row, connections, share))
    article = GO_LATENCY_MS.get(connections)
    mark = f" {DISTURBED}" if results.is_disturbed(row, connections, share) else ""
    return [ROWS[row].title, load(share) + mark, f"{connections:,}", about(one.requests_per_s),
            milliseconds(one.p50_us), milliseconds(one.p95_us), milliseconds(one.p99_us), milliseconds(one.p999_us),
            "/".join(map(str, article)) if article else "",
            "/".join(map(about, times_lower(article, one))) if article else ""]


def of_capacity(results: Results) -> list[str]:
    """What the open loops' shares really were."""
    notes = []
    for share in SHARES:
        real = [one.rate / capacity for one in results.samples if one.share == share and not one.disturbed
                for capacity in (one.capacity_before, one.capacity_after) if capacity]
        if real:
            notes.append(f"{share:.0%} of capacity came out as {min(real):.0%} to {max(real):.0%} of what the closed "
                         "loops right before and after reached.")
    return notes


def disturbances(results: Results) -> list[str]:
    notes, cells = [], []
    for row, share, connections in itertools.product(results.rows, SHARES, results.connections):
        runs = results.runs(row, connections, share)
        times = sum(bool(one.disturbed) for one in runs)
        if times:
            mark = DISTURBED if results.is_disturbed(row, connections, share) else ""
            cells.append(f"{ROWS[row].title} {share:.0%} at {connections:,}{mark}: {times} of {len(runs)}")
    if cells:
        notes.append("Runs that the machine disturbed (the capacity fell, so that the share came out over "
                     f"{100 * LEEWAY:.0f} points larger; or it fell behind with core time left) were repeated, up to "
                     f"{count(REPEATS, 'time')} a round, and are left out where others are: {'; '.join(cells)}.")
    if any(DISTURBED in cell for cell in cells):
        notes.append(f"**{DISTURBED} Only disturbed runs: of the machine rather than of the server.**")
    return notes


def load(share: float) -> str:
    return f"open loop, {share:.0%} of capacity" if share else "closed loop"
