"""Three brokers, by scripts/kafka."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import NamedTuple

from .options import REPOSITORY

TOPIC = "torture"
BROKERS = 3
PARTITIONS = 8
# Brokers log why they refuse a record only for debugging. Java's launcher reads this variable.
TELL_REFUSALS = {"JDK_JAVA_OPTIONS": "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaApis=debug"}


class Broker(NamedTuple):
    number: int
    pid: int
    port: int


class KafkaCluster:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._addresses = ""

    async def _script(self, *arguments: str) -> str:
        command = [str(REPOSITORY / "scripts/kafka"), *arguments, "--dir", str(self.folder)]
        process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE, start_new_session=True, env={**os.environ, **TELL_REFUSALS})
        output, errors = await process.communicate()
        if process.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: exit status {process.returncode}\n{errors.decode()}")
        return output.decode()

    async def start(self) -> None:
        await self._script("start", "--brokers", str(BROKERS))
        self._addresses = ",".join(f"127.0.0.1:{broker.port}" for broker in self.running())
        await self._script("create", TOPIC, "--partitions", str(PARTITIONS))

    @property
    def publish(self) -> str:
        """For --publish."""
        return f"kafka:{self._addresses}/{TOPIC}"

    async def bring_back(self) -> None:
        """Starts the brokers that don't run; returns once all answer."""
        await self._script("start")

    async def move_leaders(self) -> int:
        """How many partitions have another leader now."""
        return int((await self._script("move-leaders", TOPIC)).split()[0])

    def running(self) -> list[Broker]:
        try:
            lines = (self.folder / "running").read_text().splitlines()
        except FileNotFoundError:
            return []
        brokers = [Broker(*map(int, line.split())) for line in lines if line.strip()]
        return [broker for broker in brokers if self._is_ours(broker)]

    def _is_ours(self, broker: Broker) -> bool:
        """Its process number may have gone to another process since."""
        try:
            return f"{self.folder}/{broker.number}/server.properties".encode() in Path(
                f"/proc/{broker.pid}/cmdline").read_bytes()
        except OSError:
            return False

    async def signal(self, broker: Broker, number: int, until_gone_s: float = 0) -> bool:
        """Whether it is gone by then."""
        if self._is_ours(broker):
            os.kill(broker.pid, number)
        for _ in range(int(until_gone_s * 20)):
            if not self._is_ours(broker):
                return True
            await asyncio.sleep(0.05)
        return not self._is_ours(broker)

    def refusals_logged(self, broker: Broker) -> int:
        """How often it has said that too few replicas are in sync."""
        log = self.folder / str(broker.number) / "log.txt"
        return log.read_bytes().count(b"failed due to org.apache.kafka.common.errors.NotEnoughReplicas")

    async def destroy(self) -> None:
        """Its data is of no use any more, so there is no need for a clean end."""
        for broker in self.running():
            await self.signal(broker, signal.SIGKILL, until_gone_s=5)
        await self._script("stop", "--delete")
