"""What each server has to say of itself."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Protocol

from ..cores import Cores
from ..options import REPOSITORY
from ..process import Process
from ..rows import Row

SOURCES = REPOSITORY / "bench/peers"
BINARIES = REPOSITORY / "build/release/bench/peers"


@dataclasses.dataclass(frozen=True)
class Place:
    """Where and how a server is started."""

    cores: Cores
    folder: Path  # for what it writes: empty, and its own
    geomatch: Path
    reply_bytes: int  # of those that always give the same reply
    broker: str  # Kafka's HOST:PORT
    topic: str  # a new one

    @property
    def threads(self) -> int:
        return len(self.cores.server)

    def log(self, kind: str) -> str:
        """As --publish takes it."""
        return {"none": "none", "sqlite": f"sqlite:{self.folder}/journal.db",
                "kafka": f"kafka:{self.broker}/{self.topic}"}[kind]


@dataclasses.dataclass(frozen=True)
class Server:
    """One that serves."""

    process: Process
    address: str
    has_children: bool = False  # that do the work

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])


class Peer(Protocol):
    packages: tuple[str, ...]  # as scripts/lib/packages.sh takes them

    def build(self) -> None: ...

    def version(self, geomatch: Path) -> str: ...

    def start(self, row: Row, place: Place) -> Server:
        """Returns once it serves. If it raises, nothing of it is left running."""
        ...
