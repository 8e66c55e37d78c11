"""A server process: pinned, with its output in a file, and ended by its pid."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

START_PATIENCE_S = 30.0
STOP_PATIENCE_S = 15.0
POLL_S = 0.02


class Process:
    """Ends with `end`, whatever became of it. It leads a session of its own, so that a Ctrl-C is ours to handle and
    its children can be ended with it."""

    def __init__(self, command: Sequence[str | Path], cores: Sequence[int], output: Path,
                 environment: Mapping[str, str] | None = None, folder: Path | None = None) -> None:
        self._name = str(command[0])
        self._output = output
        self._said_before = output.stat().st_size if output.exists() else 0
        pinned = ["taskset", "--cpu-list", ",".join(map(str, cores)), *map(str, command)]
        with output.open("ab") as stream:
            self._process = subprocess.Popen(pinned, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream,
                                             cwd=folder, env={**os.environ, **(environment or {})},
                                             start_new_session=True)

    @property
    def pid(self) -> int:
        return self._process.pid  # taskset's, which has become the server

    def said(self) -> str:
        with self._output.open("rb") as stream:
            stream.seek(self._said_before)
            return stream.read().decode(errors="replace")

    def _last_words(self) -> str:
        return self.said()[-500:].strip() or "nothing"

    def wait_for_line(self, beginning: str) -> str:
        """What follows `beginning` in the line of its output that has it."""
        until = time.monotonic() + START_PATIENCE_S
        while True:
            for line in self.said().splitlines(keepends=True):
                if line.startswith(beginning) and line.endswith("\n"):
                    return line[len(beginning):].strip()
            self._wait_a_little(until, f"say '{beginning}…'")

    def wait_for_port(self, port: int) -> str:
        """Its address, once it listens there."""
        until = time.monotonic() + START_PATIENCE_S
        while True:
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return f"127.0.0.1:{port}"
            self._wait_a_little(until, f"listen on port {port}")

    def _wait_a_little(self, until: float, what: str) -> None:
        if self._has_ended():
            raise RuntimeError(f"{self._name} ended, and said: {self._last_words()}")
        if time.monotonic() > until:
            raise RuntimeError(f"{self._name} didn't {what} in {START_PATIENCE_S:.0f} s; it said: {self._last_words()}")
        time.sleep(POLL_S)

    def end(self) -> None:
        if self._process.returncode is not None:
            return
        os.kill(self._process.pid, signal.SIGTERM)  # Popen's own would take its status
        until = time.monotonic() + STOP_PATIENCE_S
        while not self._has_ended() and time.monotonic() < until:
            time.sleep(POLL_S)
        os.killpg(self._process.pid, signal.SIGKILL)  # it, if it is late, and children that outlived it
        self._process.wait()

    def _has_ended(self) -> bool:
        """Without taking its status, so that its pid, and the group's, stay its own."""
        return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
