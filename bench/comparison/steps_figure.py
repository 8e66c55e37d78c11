"""The step load: latency over connections, a panel a kind of load, with the article's figures."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullLocator

from .article import GO_LATENCY_MS
from .loops import SHARES
from .markdown import count
from .measurement import Measurement, medians
from .results import Results
from .steps_table import load

OURS, GO, ARTICLE, GRID = "#0b6e99", "#8a8a8a", "#c8541e", "#e3e3e3"
PERCENTILES: list[tuple[str, Callable[[Measurement], float], str]] = [
    ("P50", lambda one: one.p50_us / 1000, "o"),
    ("P95", lambda one: one.p95_us / 1000, "s"),
    ("P99", lambda one: one.p99_us / 1000, "^"),
]
NAMES = {"geomatch-10": "geomatch", "go": "Go service of the article, on the same machine"}
SHADES = {"P50": 0.45, "P95": 0.7, "P99": 1.0}


def steps_figure(found: Results) -> Figure:
    figure = Figure(figsize=(13.5, 6.2))
    panels = figure.subplots(1, 1 + len(SHARES), sharey=True)
    for axes, share in zip(panels, (0.0, *SHARES)):
        draw_panel(axes, found, share)
    panels[0].set_ylabel("latency, ms (logarithmic)")
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="upper left", bbox_to_anchor=(0.052, 0.935), ncols=3, frameon=False, fontsize=9,
                  columnspacing=3, handletextpad=0.6)  # a column a server, a line a percentile
    facts, setup = found.setup.facts, found.setup
    figure.suptitle("Latency of POST /match, the 10 nearest of 100,000 entities, with more and more connections",
                    x=0.01, ha="left", fontsize=13, fontweight="bold")
    figure.text(0.01, 0.015, f"Medians of {count(setup.rounds, 'round')} of {setup.seconds:g} s, "
                f"{count(setup.threads, 'server thread')}, no log. {facts.get('cores used', '').capitalize()}; "
                f"{facts.get('processor', '')}. An open loop's latency counts from when the request was due.\n"
                f"Measured {facts.get('measured', '')}, commit {facts.get('commit', '')}. "
                "The article measured on its own machine; its Go service, rebuilt, is "
                "measured here too." + (" Hollow: disturbed by the machine." if any(
                    one.disturbed for one in found.samples) else ""), fontsize=8, color="#555555", va="bottom")
    figure.subplots_adjust(left=0.06, right=0.985, top=0.76, bottom=0.18, wspace=0.06)
    return figure


def draw_panel(axes: Axes, found: Results, share: float) -> None:
    for row, color, width in (("geomatch-10", OURS, 2.0), ("go", GO, 1.2)):
        connections = [step for step in found.connections if found.of(row, step, share)]
        for name, value, marker in PERCENTILES if connections else []:
            points = [value(medians(found.of(row, step, share))) for step in connections]
            axes.plot([place(step, found) for step in connections], points, marker=marker, color=color,
                      alpha=SHADES[name], linewidth=width, markersize=5.5, label=f"{name}, {NAMES[row]}")
            hollow = [at for at, step in enumerate(connections) if found.is_disturbed(row, step, share)]
            if hollow:
                axes.plot([place(connections[at], found) for at in hollow], [points[at] for at in hollow],
                          marker=marker, color=color, markerfacecolor="white", linestyle="none", markersize=5.5)
    for at, (name, _, marker) in enumerate(PERCENTILES):
        steps = [step for step in GO_LATENCY_MS if step in found.connections]
        axes.plot([place(step, found) for step in steps], [GO_LATENCY_MS[step][at] for step in steps], marker=marker,
                  linestyle="none", color=ARTICLE, alpha=SHADES[name], markersize=7,
                  label=f"{name}, Go service as the article reports it")
    axes.set_yscale("log")
    axes.set_title(load(share), fontsize=10.5, loc="left")
    axes.set_xticks(range(len(found.connections)), [f"{step:,}" for step in found.connections])
    axes.set_xlim(-0.3, len(found.connections) - 0.7)
    axes.set_xlabel("connections")
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}" if value >= 1 else f"{value:g}"))
    axes.grid(axis="y", color=GRID)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)


def place(connections: int, found: Results) -> int:
    return found.connections.index(connections)
