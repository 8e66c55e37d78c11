from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..commands import first_line
from ..options import SERVER
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
        flags = ["--threads", str(place.threads), "--publish", place.log(row.log), *row.flags]
        return start_geomatch(flags, place.cores.server, place.folder / "output", place.geomatch)


def start_geomatch(flags: Sequence[str], cores: Sequence[int], output: Path, binary: Path = SERVER) -> Server:
    """On ports that it picks. Returns once it serves; if it raises, nothing of it is left running."""
    if not binary.exists():
        raise RuntimeError(f"there is no {binary}: scripts/build makes it")
    command: list[str | Path] = [binary, "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", *flags]
    with ended_if_it_fails(Process(command, cores, output)) as process:
        return Server(process, process.wait_for_line("geomatch listening on ").split()[0])


@contextlib.contextmanager
def running_geomatch(*flags: str) -> Iterator[Server]:
    """On any core, and ended with the context: for a script that compares it with nothing."""
    with tempfile.TemporaryDirectory() as folder:
        server = start_geomatch(flags, sorted(os.sched_getaffinity(0)), Path(folder) / "output")
        try:
            yield server
        finally:
            server.process.end()
