"""What the ratios were to be, and what they are."""

from __future__ import annotations

import dataclasses
import statistics
from collections.abc import Callable

from .article import FLASK_REQUESTS_PER_S, GO_LATENCY_MS
from .markdown import about, table
from .measurement import Measurement, Ratio, medians, ratio
from .results import DISTURBED, Results


@dataclasses.dataclass(frozen=True)
class Bar:
    what: str
    of: str  # a row's key
    to: str
    value: Callable[[Measurement], float]
    at_most: bool  # or at least
    required: float
    aim: float


@dataclasses.dataclass(frozen=True)
class Verdict:
    what: str
    ratio: Ratio
    at_most: bool
    required: float
    aim: float
    is_disturbed: bool = False  # it was the machine rather than the server

    def holds(self, wanted: float) -> bool:
        return self.ratio.median <= wanted if self.at_most else self.ratio.median >= wanted

    @property
    def says(self) -> str:
        if not self.holds(self.required):
            verdict = "NOT MET"
        else:
            verdict = "met" if not self.holds(self.aim) or self.aim == self.required else "met, and the aim"
        return f"{verdict} {DISTURBED}" if self.is_disturbed else verdict


def cpu(one: Measurement) -> float:
    return one.server_cpu_us


def rate(one: Measurement) -> float:
    return one.requests_per_s


BARS = [
    Bar("server CPU a request, of the floor's", "geomatch-10", "floor-10", cpu, True, 1.4, 1.25),
    Bar("server CPU a request with limit 0, of the floor's", "geomatch-0", "floor-0", cpu, True, 1.25, 1.12),
    Bar("requests/s, of the floor's", "geomatch-10", "floor-10", rate, False, 0.8, 0.9),
    Bar("server CPU a request, of the Go service's", "geomatch-10", "go", cpu, True, 1 / 3, 1 / 4),
    Bar("requests/s, of nginx's return 200", "geomatch-10", "nginx", rate, False, 1.0, 1.2),
    Bar("requests/s, of Flask's (gunicorn sync)", "geomatch-10", "flask-sync", rate, False, 60, 60),
    Bar("update and match/s on 1 M points, of Redis's", "geomatch-million", "redis-million", rate, False, 20, 50),
]


def verdicts(results: Results) -> list[Verdict]:
    found = []
    for bar in BARS:
        of, to = results.of(bar.of), results.of(bar.to)
        if of and to:
            found.append(Verdict(bar.what, ratio(of, to, bar.value), bar.at_most, bar.required, bar.aim))
    times = sorted(rate(one) / FLASK_REQUESTS_PER_S for one in results.of("geomatch-10"))
    if times:
        found.append(Verdict(f"requests/s, of the {FLASK_REQUESTS_PER_S} that the article reports of Flask",
                             Ratio(statistics.median(times), times[0], times[-1]), False, 60, 60))
    return found


# The share of the capacity, and how many times lower each percentile at each of the article's steps has to be.
STEP_BARS = {0.5: ("open loop at 50% of capacity", 40.0), 0.0: ("closed loop, saturated", 5.0)}


def step_verdicts(results: Results) -> list[Verdict]:
    """The least of P50, P95 and P99 counts."""
    found = []
    for share, (what, required) in STEP_BARS.items():
        for connections, article_ms in GO_LATENCY_MS.items():
            ours = results.of("geomatch-10", connections, share)
            if ours:
                least = [least_times_lower(article_ms, one) for one in ours]
                middle = least_times_lower(article_ms, medians(ours))
                found.append(Verdict(f"times below the article's at {connections:,} connections, {what}",
                                     Ratio(middle, min(least), max(least)), False, required, required,
                                     results.is_disturbed("geomatch-10", connections, share)))
    return found


def times_lower(article_ms: tuple[float, float, float], ours: Measurement) -> list[float]:
    return [1000 * theirs / own for theirs, own in zip(article_ms, (ours.p50_us, ours.p95_us, ours.p99_us))]


def least_times_lower(article_ms: tuple[float, float, float], ours: Measurement) -> float:
    return min(times_lower(article_ms, ours))


def verdict_table(found: list[Verdict]) -> str:
    lines = [["geomatch's", "measured", "rounds", "required", "aim", ""]]
    for one in found:
        sign = "≤" if one.at_most else "≥"
        lines.append([one.what, about(one.ratio.median), f"{about(one.ratio.lowest)}–{about(one.ratio.highest)}",
                      f"{sign} {about(one.required)}", f"{sign} {about(one.aim)}", one.says])
    return table(lines, texts=1)
