"""What the logs hold, read by clients that geomatch doesn't use: Python's sqlite3, and Kafka's own."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .options import REPOSITORY


class Record(NamedTuple):
    partition: int
    key: str
    value: str | None  # None: a tombstone
    received_at_ms: int = 0


def read_journal(journal: Path) -> Iterator[Record]:
    connection = sqlite3.connect(f"file:{journal}?mode=ro", timeout=30, uri=True)
    try:
        for row in connection.execute("SELECT id, value, received_at FROM records ORDER BY seq"):
            yield Record(0, *row)
    finally:
        connection.close()


def read_topic(topic: str, cluster: Path) -> Iterator[Record]:
    command = [str(REPOSITORY / "scripts/kafka"), "read", topic, "--dir", str(cluster)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        for line in reader.stdout:
            partition, _, timestamp_ms, key, value = line.rstrip("\n").split("\t", 4)
            if key == "" and value == "null":
                continue  # a sentinel: it says nothing, see src/publish/kafka/seal.hpp
            yield Record(int(partition), key, None if value == "null" else value, int(timestamp_ms))
    if reader.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: exit status {reader.returncode}")
