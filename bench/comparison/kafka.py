"""A Kafka broker, by scripts/kafka, on cores that the server hasn't."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from .commands import run
from .cores import Cores
from .options import REPOSITORY, say

PARTITIONS = 8
START_S = 300.0  # Maven's downloads included
SCRIPT = REPOSITORY / "scripts/kafka"


class Kafka:
    def __init__(self, folder: Path, address: str) -> None:
        self._folder = folder
        self.address = address  # HOST:PORT

    def create(self, topic: str) -> None:
        run([SCRIPT, "create", topic, "--partitions", str(PARTITIONS), "--dir", self._folder], 60)


@contextlib.contextmanager
def broker(folder: Path, cores: Cores) -> Iterator[Kafka]:
    say(f"starting Kafka on core {', '.join(map(str, cores.others))}")
    try:
        told = run(["taskset", "--cpu-list", ",".join(map(str, cores.others)), SCRIPT, "start", "--dir", folder], START_S)
        yield Kafka(folder, told.splitlines()[0].removeprefix("kafka running on "))
    finally:
        run([SCRIPT, "stop", "--delete", "--dir", folder], 60)
