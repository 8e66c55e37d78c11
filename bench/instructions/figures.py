"""The figures that are known, and what is to be said of new ones."""

from __future__ import annotations

import json
import platform
from pathlib import Path

TOLERANCE = 0.05

AS_KNOWN = 0
GREW = 1
NO_FIGURES = 77


def system() -> str:
    """What decides the code that is counted: the compiler and the libraries come with the system's release."""
    release = platform.freedesktop_os_release()
    return f"{release['ID']} {release.get('VERSION_ID', 'unstable')} {platform.machine()}"


class Figures:
    """A file of instructions a request: of each system, of each shape of request."""

    def __init__(self, file: Path, system_name: str | None = None) -> None:
        self.file = file
        self.system = system_name or system()

    def _all(self) -> dict[str, dict[str, int]]:
        return json.loads(self.file.read_text()) if self.file.exists() else {}

    def update(self, counted: dict[str, int]) -> None:
        """Makes these the known ones of this system."""
        self.file.write_text(json.dumps(self._all() | {self.system: counted}, indent=2) + "\n")
        print(f"written to {self.file}; the commit says why")

    def compare(self, counted: dict[str, int]) -> int:
        """Prints how they differ from the known ones. Returns AS_KNOWN, GREW or NO_FIGURES."""
        known = self._all().get(self.system, {})
        if known.keys() != counted.keys():
            print(f"counted: {counted}")
            print(f"there are no figures for {self.system} to compare with; scripts/instructions --update adds these")
            return NO_FIGURES
        growth = {shape: figure / known[shape] - 1 for shape, figure in counted.items()}
        for shape, figure in counted.items():
            change = f"{figure} instructions a request, {known[shape]} known ({growth[shape]:+.2%})"
            print(f"{shape}: {change}: {self._verdict(growth[shape])}")
        if max(growth.values()) <= TOLERANCE:
            return AS_KNOWN
        print("scripts/instructions --profile shows where they go.")
        print("If it is on purpose: scripts/instructions --update, and the reason in the commit.")
        return GREW

    @staticmethod
    def _verdict(growth: float) -> str:
        if growth > TOLERANCE:
            return f"GREW, {TOLERANCE:.0%} is allowed"
        if growth < -TOLERANCE:
            return "shrank; scripts/instructions --update keeps it so"
        return "as known"
