"""All that was measured, and the file that it is kept in."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from .measurement import Measurement

DISTURBED = "†"  # marks what only disturbed runs tell


@dataclasses.dataclass(frozen=True)
class Sample:
    """One row in one round."""

    row: str
    round: int
    connections: int
    share: float  # of the capacity, open loop; 0 is a closed loop
    rate: float  # requests/s that were due; 0 is a closed loop
    measurement: Measurement
    capacity_before: float = 0  # requests/s of the closed loop right before an open one
    capacity_after: float = 0
    disturbed: str = ""  # why it tells of the machine rather than of the server


OF_OPEN_LOOPS = ("capacity_before", "capacity_after", "disturbed")


@dataclasses.dataclass(frozen=True)
class Setup:
    """Where, when and how it was measured: names and what to tell of them."""

    facts: dict[str, str]
    threads: int
    rounds: int
    seconds: float


@dataclasses.dataclass(frozen=True)
class Results:
    setup: Setup
    samples: list[Sample]

    def of(self, row: str, connections: int | None = None, share: float = 0) -> list[Measurement]:
        """By round; those that weren't disturbed, or if all were, all."""
        found = self.runs(row, connections, share)
        return [one.measurement for one in [one for one in found if not one.disturbed] or found]

    def runs(self, row: str, connections: int | None = None, share: float = 0) -> list[Sample]:
        """By round."""
        found = [one for one in self.samples if one.row == row and one.share == share
                 and connections in (None, one.connections)]
        return sorted(found, key=lambda one: one.round)

    def is_disturbed(self, row: str, connections: int, share: float) -> bool:
        """Whether all its runs were."""
        runs = self.runs(row, connections, share)
        return bool(runs) and all(one.disturbed for one in runs)

    @property
    def rows(self) -> list[str]:
        return list(dict.fromkeys(one.row for one in self.samples))

    @property
    def connections(self) -> list[int]:
        return sorted({one.connections for one in self.samples})


def write(results: Results, file: Path) -> None:
    lines = [json.dumps(flat(sample)) for sample in results.samples]
    text = json.dumps(dataclasses.asdict(results.setup), indent=2)
    samples = ",\n    ".join(lines)
    file.write_text(f'{{\n  "setup": {indented(text)},\n  "samples": [\n    {samples}\n  ]\n}}\n')


def indented(text: str) -> str:
    return text.replace("\n", "\n  ")


def flat(sample: Sample) -> dict[str, Any]:
    values = dataclasses.asdict(sample)
    values = {name: value for name, value in values.items() if value or name not in OF_OPEN_LOOPS}
    values |= {name: round(value, 3) for name, value in values.pop("measurement").items()}
    return values


def read(file: Path) -> Results:
    if not file.exists():
        raise RuntimeError(f"{file} isn't there; measure first, without --redraw")
    kept = json.loads(file.read_text())
    return Results(Setup(**kept["setup"]), [unflat(values) for values in kept["samples"]])


def unflat(values: dict[str, Any]) -> Sample:
    names = {field.name for field in dataclasses.fields(Measurement)}
    return Sample(**{name: value for name, value in values.items() if name not in names},
                  measurement=Measurement(**{name: value for name, value in values.items() if name in names}))

