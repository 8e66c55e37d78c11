from __future__ import annotations

from pathlib import Path

from ..commands import first_line
from ..process import Process
from ..rows import Row
from .peer import Place, Server
from .starting import ended_if_it_fails


class Geomatch:
    packages: tuple[str, ...] = ()

    def build(self) -> None:
        pass  # with the benchmarks

    def version(self, geomatch: Path) -> str:
        return first_line([geomatch, "--version"])

    def start(self, row: Row, place: Place) -> Server:
        command: list[str | Path] = [place.geomatch, "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0",
                   "--threads", str(place.threads), "--publish", place.log(row.log)]
        with ended_if_it_fails(Process(command, place.cores.server, place.folder / "output")) as process:
            return Server(process, process.wait_for_line("geomatch listening on ").split()[0])
