"""Draws what was measured. The only module that needs matplotlib."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib.figure import Figure  # noqa: E402

from .compare_figure import compare_figure
from .results import Results
from .steps_figure import steps_figure

FIGURES = {"compare": compare_figure, "steps": steps_figure}
STYLE = {"font.family": "DejaVu Sans", "font.size": 10, "svg.hashsalt": "geomatch",
         "axes.spines.top": False, "axes.spines.right": False, "figure.facecolor": "white"}
PNG_DPI = 140


def draw(mode: str, found: Results, folder: Path) -> list[Path]:
    with matplotlib.rc_context(STYLE):
        figure: Figure = FIGURES[mode](found)
        files = [folder / f"{mode}.svg", folder / f"{mode}.png"]
        figure.savefig(files[0], metadata={"Date": None})
        figure.savefig(files[1], dpi=PNG_DPI)
    return files
