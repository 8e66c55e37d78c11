from __future__ import annotations

from pathlib import Path

from ..process import Process
from ..rows import Row
from .peer import BINARIES, Place, Server
from .starting import ended_if_it_fails


class Floor:
    """epoll_wait, recv, send: bench/peers/floor."""

    packages: tuple[str, ...] = ()

    def build(self) -> None:
        pass  # with the benchmarks

    def version(self, geomatch: Path) -> str:
        return ""

    def start(self, row: Row, place: Place) -> Server:
        command: list[str | Path] = [BINARIES / "floor", "--listen", "127.0.0.1:0", "--reply-bytes",
                                     str(place.reply_bytes)]
        with ended_if_it_fails(Process(command, place.cores.server, place.folder / "output")) as process:
            return Server(process, process.wait_for_line("floor listening on "))
