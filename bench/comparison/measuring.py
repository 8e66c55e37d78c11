"""Starts a server, measures it, ends it."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from . import generator
from .cores import Cores
from .kafka import Kafka
from .measurement import Measurement
from .options import Options
from .peers import PEERS
from .peers.peer import Place, Server
from .rows import Row

REPLY_BYTES = 1000  # of a floor until the row that it is compared with is measured


class Measuring:
    def __init__(self, options: Options, cores: Cores, kafka: Kafka | None) -> None:
        self.options = options
        self.cores = cores
        self._kafka = kafka
        self._started = 0
        self._reply_bytes: dict[str, int] = {}  # by row, mean

    def learn_reply_bytes(self, row: Row) -> int:
        self._reply_bytes[row.key] = round(self.closed_loop(row, self.options.connections[0]).reply_bytes)
        return self._reply_bytes[row.key]

    def closed_loop(self, row: Row, connections: int) -> Measurement:
        with self.started(row) as (server, folder):
            return self.load(row, server, folder, connections=connections)

    def load(self, row: Row, server: Server, folder: Path, *, connections: int, rate: float = 0) -> Measurement:
        return generator.measure(self.options, self.cores, server, row, folder, connections=connections, rate=rate)

    @contextlib.contextmanager
    def started(self, row: Row) -> Iterator[tuple[Server, Path]]:
        """The row's server, with the entities that it wants, and a folder of its own; both are gone afterwards."""
        self._started += 1
        folder = self.options.scratch / f"{self._started}-{row.key}"
        folder.mkdir(parents=True)
        place = Place(self.cores, folder, self.options.server, self._reply_bytes.get(row.reply_of, REPLY_BYTES),
                      self._kafka.address if self._kafka else "", self._new_topic(row))
        server = PEERS[row.peer].start(row, place)
        try:
            if row.preload:
                generator.preload(self.options, self.cores, server, row)
            yield server, folder
        finally:
            server.process.end()
            shutil.rmtree(folder)

    def _new_topic(self, row: Row) -> str:
        if row.log != "kafka":
            return ""
        if self._kafka is None:
            raise RuntimeError(f"{row.key} takes Kafka")
        topic = f"{row.key}-{self._started}"
        self._kafka.create(topic)
        return topic
