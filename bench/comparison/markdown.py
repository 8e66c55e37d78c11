"""Tables."""

from __future__ import annotations

from collections.abc import Sequence


def table(lines: Sequence[Sequence[str]], texts: int) -> str:
    """The first line is the head; the first `texts` columns are text, the others numbers."""
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    written = ["| " + " | ".join(cell.ljust(width) if at < texts else cell.rjust(width)
                                 for at, (cell, width) in enumerate(zip(line, widths))) + " |" for line in lines]
    rule = "|" + "|".join("-" * (width + 2) if at < texts else "-" * (width + 1) + ":"
                          for at, width in enumerate(widths)) + "|"
    return "\n".join([written[0], rule, *written[1:]])


def about(value: float) -> str:
    """Three digits, thousands apart."""
    if value >= 100:
        digits = len(str(int(value)))
        return f"{round(value, 3 - digits):,.0f}"
    return f"{value:.3g}"


def milliseconds(us: float) -> str:
    return about(us / 1000)


def count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
