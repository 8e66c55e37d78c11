from __future__ import annotations

from pathlib import Path

from ..commands import find, first_line, is_there, run
from ..process import Process
from ..rows import Row
from .peer import BINARIES, SOURCES, Place, Server
from .starting import ended_if_it_fails


class Go:
    """The article's service: bench/peers/go."""

    # A Go from elsewhere is as good.
    packages: tuple[str, ...] = () if is_there("go") else ("golang-go",)

    def build(self) -> None:
        run([find("go"), "build", "-o", BINARIES / "go-service", "."], folder=SOURCES / "go", seconds=300)

    def version(self, geomatch: Path) -> str:
        return first_line([find("go"), "version"]).removeprefix("go version ").split()[0]

    def start(self, row: Row, place: Place) -> Server:
        command: list[str | Path] = [BINARIES / "go-service", "-listen", "127.0.0.1:0", "-publish", place.log(row.log)]
        with ended_if_it_fails(Process(command, place.cores.server, place.folder / "output",
                                       {"GOMAXPROCS": str(place.threads)})) as process:
            return Server(process, process.wait_for_line("go listening on "))
