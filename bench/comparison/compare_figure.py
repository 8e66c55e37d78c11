"""The comparison as dots: a row a server, a panel a figure. Logarithmic axes, for rows lie far apart; dots and not
bars, for a bar on such an axis has no honest length."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from math import log10

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from .markdown import about, count
from .measurement import Measurement
from .results import Results
from .rows import ROWS

OURS, FLOOR, PEER, GRID = "#0b6e99", "#8a8a8a", "#3c3c3c", "#e3e3e3"
GROUPS = {"answer": "100,000 entities, no log", "million": "1 million points, no log",
          "log": "100,000 entities, a log"}
ROW_IN, WIDTH_IN, ABOVE_IN, BELOW_IN = 0.33, 13.5, 1.15, 0.95
GROUP_GAP = 1.1  # rows, for the group's name
FEW_DECADES = 1.5


@dataclasses.dataclass(frozen=True)
class Panel:
    title: str
    value: Callable[[Measurement], float]


PANELS = [
    Panel("Requests/s\n(more is better)", lambda one: one.requests_per_s),
    Panel("Server CPU, µs a request\n(less is better)", lambda one: one.server_cpu_us),
    Panel("P99 latency, ms\n(less is better)", lambda one: one.p99_us / 1000),
    Panel("Resident memory, MiB\n(less is better)", lambda one: one.resident_mib),
]


def compare_figure(found: Results) -> Figure:
    places = places_of(found.rows)
    height = ROW_IN * (max(places.values()) + 1 + GROUP_GAP) + ABOVE_IN + BELOW_IN
    figure = Figure(figsize=(WIDTH_IN, height))
    axes = figure.subplots(1, len(PANELS), sharey=True)
    for panel, one in zip(PANELS, axes):
        draw_panel(one, panel, found, places)
    label_rows(axes[0], found.rows, places)
    setup = found.setup
    figure.suptitle(f"geomatch and its peers on {count(setup.threads, 'server core')}: "
                    f"{found.connections[0]} connections, each sends when it has its answer (closed loop)",
                    x=0.01, y=1 - 0.2 / height, ha="left", fontsize=13, fontweight="bold")
    figure.text(0.01, 0.1 / height, footer(found), fontsize=8, color="#555555", va="bottom")
    figure.subplots_adjust(left=0.21, right=0.985, top=1 - ABOVE_IN / height, bottom=BELOW_IN / height, wspace=0.09)
    return figure


def footer(found: Results) -> str:
    facts, setup = found.setup.facts, found.setup
    return (f"Medians of {count(setup.rounds, 'interleaved round')} of {setup.seconds:g} s, a line from the least to "
            f"the most; logarithmic axes. {facts.get('cores used', '').capitalize()}; {facts.get('processor', '')}, "
            f"{facts.get('cores', '')} cores.\nMeasured {facts.get('measured', '')}, commit {facts.get('commit', '')}. "
            "Only geomatch and Redis find the nearest; the floor and nginx send a fixed reply of geomatch's size, Go "
            "and Flask check and acknowledge.")


def places_of(rows: list[str]) -> dict[str, float]:
    """Where each row is, from the top, with a gap between groups."""
    places, at, group = {}, -1.0, ROWS[rows[0]].group
    for key in rows:
        at += 1 if ROWS[key].group == group else 1 + GROUP_GAP
        group = ROWS[key].group
        places[key] = at
    return places


def color_of(key: str) -> str:
    return {"geomatch": OURS, "floor": FLOOR}.get(ROWS[key].peer, PEER)


def draw_panel(axes: Axes, panel: Panel, found: Results, places: dict[str, float]) -> None:
    for key, at in places.items():
        values = sorted(panel.value(one) for one in found.of(key))
        middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
        ours = ROWS[key].peer == "geomatch"
        axes.plot([values[0], values[-1]], [at, at], color=color_of(key), linewidth=2, solid_capstyle="butt",
                  alpha=0.45)
        axes.plot(middle, at, "o", color=color_of(key), markersize=8 if ours else 6.5,
                  markerfacecolor="white" if ROWS[key].peer == "floor" else color_of(key))
        axes.annotate(about(middle), (values[-1], at), xytext=(8, 0), textcoords="offset points", va="center",
                      fontsize=9, color=color_of(key), fontweight="bold" if ours else "normal")
    axes.set_xscale("log")
    low, high = axes.get_xlim()
    axes.set_xlim(low / 1.3, high * (high / low) ** 0.22)  # room for the labels
    axes.set_title(panel.title, fontsize=10, loc="left")
    axes.xaxis.set_major_locator(LogLocator(10, subs=(1, 2, 5) if log10(high / low) < FEW_DECADES else (1,)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}" if value >= 1 else f"{value:g}"))
    axes.grid(axis="x", color=GRID)
    axes.set_axisbelow(True)
    axes.tick_params(axis="both", length=0)


def label_rows(axes: Axes, rows: list[str], places: dict[str, float]) -> None:
    axes.set_ylim(max(places.values()) + 0.6, -GROUP_GAP - 0.3)
    axes.set_yticks(list(places.values()), [ROWS[key].title for key in rows])
    for label, key in zip(axes.get_yticklabels(), rows):
        label.set_color(color_of(key))
        label.set_fontweight("bold" if ROWS[key].peer == "geomatch" else "normal")
    for group, text in GROUPS.items():
        own = [places[key] for key in rows if ROWS[key].group == group]
        if own:
            axes.annotate(text, (0, min(own) - 0.85), xycoords=("axes fraction", "data"), xytext=(-5, 0),
                          textcoords="offset points", va="center", ha="right", fontsize=9, fontstyle="italic",
                          color="#555555", annotation_clip=False)
