from __future__ import annotations

from pathlib import Path

from ..commands import find, first_line
from ..ports import free_port
from ..process import Process
from ..rows import Row
from .peer import Place, Server
from .starting import ended_if_it_fails


class Redis:
    packages: tuple[str, ...] = ("redis-server",)

    def build(self) -> None:
        pass

    def version(self, geomatch: Path) -> str:
        return " ".join(first_line([find("redis-server"), "--version"]).split()[:3])

    def start(self, row: Row, place: Place) -> Server:
        port = free_port()
        command: list[str | Path] = [find("redis-server"), "--bind", "127.0.0.1", "--port", str(port)]
        command += ["--save", "", "--dir", place.folder, "--maxclients", "10000", "--tcp-backlog", "4096"]
        if row.variant == "aof":
            command += ["--appendonly", "yes", "--appendfsync", "always"]
        with ended_if_it_fails(Process(command, place.cores.server, place.folder / "output")) as process:
            return Server(process, process.wait_for_port(port))
