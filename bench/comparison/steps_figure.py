"""The step load: latency over connections, a panel a kind of load, with the article's figures."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullLocator

from .article import GO_LATENCY_MS
from .measurement import Measurement, medians
from .results import Results
from .rows import ROWS
from .steps import SHARES
from .steps_table import load

OURS, GO, ARTICLE, GRID = "#0b6e99", "#8a8a8a", "#c8541e", "#e3e3e3"
PERCENTILES: list[tuple[str, Callable[[Measurement], float], str]] = [
    ("P50", lambda one: one.p50_us / 1000, "o"),
    ("P95", lambda one: one.p95_us / 1000, "s"),
    ("P99", lambda one: one.p99_us / 1000, "^"),
]
SHADES = {"P50": 0.45, "P95": 0.7, "P99": 1.0}


def steps_figure(found: Results) -> Figure:
    figure = Figure(figsize=(13.5, 5.6))
    panels = figure.subplots(1, 1 + len(SHARES), sharey=True)
    for axes, share in zip(panels, (0.0, *SHARES)):
        draw_panel(axes, found, share)
    panels[0].set_ylabel("latency, ms (logarithmic)")
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="upper left", bbox_to_anchor=(0.055, 0.915), ncols=len(labels), frameon=False,
                  fontsize=8.5, columnspacing=1.4, handletextpad=0.5)
    facts, setup = found.setup.facts, found.setup
    figure.suptitle("Latency of POST /match, 10 nearest of 100,000 entities, as connections grow", x=0.01, ha="left",
                    fontsize=13, fontweight="bold")
    figure.text(0.01, 0.015, f"Medians of {setup.rounds} rounds of {setup.seconds:g} s, {setup.threads} server "
                f"thread(s), no log. {facts.get('cores used', '').capitalize()}; {facts.get('processor', '')}. An open "
                f"loop's latency counts from when the request was due.\nMeasured {facts.get('measured', '')}, commit "
                f"{facts.get('commit', '')}. The article measured on its own machine; its Go service, rebuilt, is "
                "measured here too.", fontsize=8, color="#555555", va="bottom")
    figure.subplots_adjust(left=0.06, right=0.985, top=0.79, bottom=0.2, wspace=0.06)
    return figure


def draw_panel(axes: Axes, found: Results, share: float) -> None:
    for row, color, width in (("go", GO, 1.2), ("geomatch-10", OURS, 2.0)):
        connections = [count for count in found.connections if found.of(row, count, share)]
        for name, value, marker in PERCENTILES if connections else []:
            points = [value(medians(found.of(row, count, share))) for count in connections]
            axes.plot([place(count, found) for count in connections], points, marker=marker, color=color,
                      alpha=SHADES[name], linewidth=width, markersize=5.5, label=f"{name} {ROWS[row].peer} here")
    for at, (name, _, marker) in enumerate(PERCENTILES):
        steps = [count for count in GO_LATENCY_MS if count in found.connections]
        axes.plot([place(count, found) for count in steps], [GO_LATENCY_MS[count][at] for count in steps], marker=marker,
                  linestyle="none", color=ARTICLE, alpha=SHADES[name], markersize=7, label=f"{name} the article's")
    axes.set_yscale("log")
    axes.set_title(load(share), fontsize=10.5, loc="left")
    axes.set_xticks(range(len(found.connections)), [f"{count:,}" for count in found.connections])
    axes.set_xlim(-0.3, len(found.connections) - 0.7)
    axes.set_xlabel("connections")
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}" if value >= 1 else f"{value:g}"))
    axes.grid(axis="y", color=GRID)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)


def place(connections: int, found: Results) -> int:
    return found.connections.index(connections)
