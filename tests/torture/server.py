"""One geomatch process, started again and again on the same two ports."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

from .http_client import Address

SHUTDOWN_DEADLINE_S = 10.0
SLACK_S = 2.0  # a busy machine's, on top of the deadline
START_PATIENCE_S = 120.0


def free_port(rng: random.Random, taken: set[int]) -> int:
    """Below the ports that clients are given, so that none of ours takes it while the server is away."""
    while True:
        port = rng.randrange(20000, 32000)
        if port in taken:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        taken.add(port)
        return port


class Server:
    def __init__(self, name: str, binary: Path, publish: str, output: Path, ports: tuple[int, int]) -> None:
        self.name = name
        self.phones: Address = ("127.0.0.1", ports[0])
        self.admin: Address = ("127.0.0.1", ports[1])
        self.recoveries_s: list[float] = []  # from the start of a restart to its "listening" line
        self.failed_starts = 0  # ended before it listened: its log was out of reach
        self.crashes: list[str] = []  # ends that nobody asked for
        self.bad_stops: list[str] = []  # SIGTERMs that ended late, or not with status 0
        self.is_listening = False
        self._command = [str(binary), "--listen", f"127.0.0.1:{ports[0]}", "--admin-listen", f"127.0.0.1:{ports[1]}",
                         "--publish", publish, "--shutdown-deadline", f"{SHUTDOWN_DEADLINE_S:.0f}s"]
        self._output = output
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._ending = False
        self._started_once = False

    async def _launch(self) -> None:
        with self._output.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *self._command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=output,
                start_new_session=True)  # a Ctrl-C is ours to handle
        self._ending = False

    async def start(self) -> None:
        """Returns once it listens. A start that fails is tried again: its log may be away for a while."""
        began = time.monotonic()
        while True:
            await self._launch()
            assert self._process is not None and self._process.stdout is not None
            line = await self._process.stdout.readline()
            if line.startswith(b"geomatch listening on "):
                break
            status = await self._process.wait()
            self.failed_starts += 1
            if time.monotonic() - began > START_PATIENCE_S:
                raise RuntimeError(f"{self.name} doesn't start, exit status {status}; see {self._output}")
            await asyncio.sleep(0.2)
        if self._started_once:
            self.recoveries_s.append(time.monotonic() - began)
        self._started_once = self.is_listening = True
        self._watch = asyncio.create_task(self._note_end(self._process))

    async def _note_end(self, process: asyncio.subprocess.Process) -> None:
        status = await process.wait()
        self.is_listening = False
        if not self._ending:
            self._note_crash(status)

    def _note_crash(self, status: int | None) -> None:
        self.crashes.append(f"{self.name} ended by itself, status {status}; see {self._output}")

    def _signal(self, number: int) -> None:
        assert self._process is not None
        if self._process.returncode is None:
            self._ending = True
            os.kill(self._process.pid, number)

    async def kill(self) -> None:
        self._signal(signal.SIGKILL)
        await self._ended()
        assert self._process is not None
        if self._ending and self._process.returncode != -signal.SIGKILL:
            self._note_crash(self._process.returncode)

    async def kill_if_running(self) -> None:
        if self._process is not None and self._process.returncode is None:
            await self.kill()

    async def kill_while_starting(self, after_s: float) -> None:
        """Starts it and kills it that much later, most often in the middle of its recovery."""
        await self._launch()
        await asyncio.sleep(after_s)
        assert self._process is not None
        if self._process.returncode is None:
            os.kill(self._process.pid, signal.SIGKILL)
        await self._process.wait()

    async def terminate(self, right_before: Callable[[], object]) -> None:
        """SIGTERM; `right_before` is called in the same step, with nothing sent or received between the two."""
        assert self._process is not None
        if self._process.returncode is not None:
            return
        began = time.monotonic()
        right_before()
        self._signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self._process.wait(), SHUTDOWN_DEADLINE_S + SLACK_S)
        except asyncio.TimeoutError:
            self.bad_stops.append(f"{self.name} hadn't stopped {time.monotonic() - began:.1f} s after SIGTERM")
            return await self.kill()
        if self._process.returncode != 0:
            self.bad_stops.append(f"{self.name} stopped with status {self._process.returncode} after SIGTERM")
        await self._ended()

    async def _ended(self) -> None:
        assert self._process is not None
        await self._process.wait()
        if self._watch is not None:
            await self._watch
