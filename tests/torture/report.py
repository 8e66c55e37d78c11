"""The table."""

from __future__ import annotations

import dataclasses
import statistics
from collections import Counter
from pathlib import Path

from .checker import Findings
from .history import History
from .map_check import Comparison


@dataclasses.dataclass
class Result:
    """Of one log's run."""

    log: str
    seed: int
    history: History
    findings: Findings
    maps_live: list[Comparison]  # by instance
    maps_restarted: list[Comparison]
    records: int
    entities: int  # on the log's map
    faults: Counter[str]
    notes: Counter[str]
    skipped: list[str]
    owed: int  # requests that SIGTERMs had to answer
    unanswered_by_sigterm: list[str]
    silences: int
    wrong_answers: list[str]
    crashes: list[str]
    bad_stops: list[str]
    failed_starts: int
    recoveries_s: list[float]
    minutes: float
    unreached: list[str]  # required counts

    def violations(self) -> list[tuple[str, list[str] | int]]:
        """What must be zero: the row's name, and what was found (or only how much of it)."""
        live = [line for comparison in self.maps_live for line in comparison.differences]
        restarted = [line for comparison in self.maps_restarted for line in comparison.differences]
        found = self.findings
        return [
            ("acknowledged and missing", found.missing),
            ("refused and present", found.refused_and_present),
            ("out of order for an entity", found.out_of_order),
            ("duplicates of one uuid", found.duplicates),
            ("deletes acknowledged and missing", found.deletes_missing),
            ("records that no phone sent so", found.foreign),
            ("requests unanswered by SIGTERM", self.unanswered_by_sigterm),
            ("late or failed stops after SIGTERM", self.bad_stops),
            ("requests without a word for 30 s", self.silences),
            ("answers that fit no request", self.wrong_answers),
            ("ends that nobody asked for", self.crashes),
            ("map against log, live: differences", live),
            ("map against log, restarted: differences", restarted),
        ]

    @property
    def passed(self) -> bool:
        return not self.unreached and not any(amount(found) for _, found in self.violations())


def amount(found: list[str] | int) -> int:
    return found if isinstance(found, int) else len(found)


ANSWERS = ("200 accepted", "200 stale", "200 duplicate", "204", "503", "504", "4xx", "cut")


def rows(result: Result) -> list[tuple[str, str]]:
    history = result.history
    made = [
        ("posts sent, resends included", number(history.attempts["posts"])),
        ("deletes sent, resends included", number(history.attempts["deletes"])),
    ]
    made += [(f"answered {kind}" if kind != "cut" else "cut off unanswered", number(history.answers[kind]))
             for kind in ANSWERS]
    made += [("posts acknowledged", number(history.acknowledged_posts)), ("records in the log", number(result.records))]
    made += [(f"**{name}**", f"**{number(amount(found))}**") for name, found in result.violations()]
    made += [("requests that SIGTERMs had to answer", number(result.owed)),
             ("entities on the log's map", number(result.entities)),
             ("entities compared, live", compared(result.maps_live)),
             ("entities compared, restarted", compared(result.maps_restarted))]
    made += [(name, number(count)) for name, count in sorted(result.faults.items())]
    made += [(name, "skipped: takes root") for name in result.skipped]
    made += [(name, number(count)) for name, count in sorted(result.notes.items())]
    made += [("starts that found no log, tried again", number(result.failed_starts)),
             ("restarts", number(len(result.recoveries_s))), ("recovery, median and longest", recovery(result)),
             ("minutes", f"{result.minutes:.1f}"), ("seed", str(result.seed))]
    return made


def number(value: int) -> str:
    return f"{value:,}"


def compared(maps: list[Comparison]) -> str:
    """By instance, in brackets those too close to their expiry."""
    return " + ".join(f"{number(one.compared)} ({one.left_out})" for one in maps)


def recovery(result: Result) -> str:
    if not result.recoveries_s:
        return "-"
    return f"{statistics.median(result.recoveries_s):.2f} s, {max(result.recoveries_s):.2f} s"


def table(results: list[Result]) -> str:
    """Markdown, a column a log. What must be zero is bold."""
    columns = [dict(rows(result)) for result in results]
    names = list(dict.fromkeys(name for result in results for name, _ in rows(result)))
    order = {name: at for result in results for at, (name, _) in enumerate(rows(result))}
    names.sort(key=lambda name: order[name])
    lines = [["", *(result.log for result in results)]]
    lines += [[name, *(column.get(name, "") for column in columns)] for name in names]
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    text = ["| " + " | ".join([line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in
            zip(line[1:], widths[1:]))]) + " |" for line in lines]
    rule = "|" + "|".join(["-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])]) + "|"
    return "\n".join([text[0], rule, *text[1:]])


def write_findings(result: Result, file: Path) -> None:
    """All that was found wrong, in full."""
    with file.open("w") as out:
        for name, found in result.violations():
            if amount(found):
                out.write(f"== {name}: {amount(found)}\n")
                out.writelines(f"{line}\n" for line in (found if isinstance(found, list) else []))
