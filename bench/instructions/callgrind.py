"""The server under callgrind, which counts the instructions it executes.

Valgrind runs one thread at a time on a processor of its own making: the scheduler, the caches and what else the
machine does change nothing. Its CPUID is that of an Intel Haswell wherever the machine has AVX2, AMD's too (looked up
with 3.19, whose answer on a Zen 4 is family 6 model 60 with AVX2 and without AVX-512). So the grid's x86-64-v3 variant
and libc's AVX2 functions are what is counted, also where the server itself would choose AVX-512.
"""

from __future__ import annotations

import re
import select
import shutil
import subprocess
from pathlib import Path

START_S = 60.0
TELL_S = 30.0


class CallgrindError(Exception):
    """Says what is in the way, and what helps."""


class Server:
    """One server, killed with the context. Nothing is counted until count()."""

    def __init__(self, binary: Path, folder: Path) -> None:
        self.out_file = folder / "callgrind.out"
        self.dumps = 0
        self.log = open(folder / "server.log", "w+")
        flags = ["--publish", "none", "--threads", "1", "--log-level", "off"]
        flags += ["--idle-timeout", "1h", "--write-timeout", "1h"]  # whoever idles or doesn't read stays
        ports = ["--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"]
        options = [
            "--tool=callgrind",
            "--instr-atstart=no",
            f"--callgrind-out-file={self.out_file}",
            f"--vgdb-prefix={folder}/vgdb",
            f"--log-file={folder}/valgrind.log",
        ]
        self.folder = folder
        command = ["valgrind", *options, str(binary), *flags, *ports]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.port = self._wait_for_port()

    def _wait_for_port(self) -> int:
        assert self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], START_S)
        line = self.process.stdout.readline() if ready else ""
        found = re.match(r"geomatch listening on [^ ]*:(\d+) ", line)
        if not found:
            self.close()
            said = "".join((self.folder / name).read_text() for name in ("server.log", "valgrind.log"))
            raise CallgrindError(f"the server doesn't serve under valgrind: {line}{said}")
        return int(found[1])

    def _tell(self, *command: str) -> None:
        said = ""
        # A server that waits in a system call is woken by ptrace. Where that isn't allowed, by its own clock.
        for way in ((), ("--max-invoke-ms=0",)):
            vgdb = ["vgdb", f"--vgdb-prefix={self.folder}/vgdb", f"--pid={self.process.pid}", "--wait=10", *way]
            try:
                told = subprocess.run([*vgdb, *command], capture_output=True, text=True, timeout=TELL_S)
            except subprocess.TimeoutExpired:
                said = f"nothing happened in {TELL_S:.0f} s"
                continue
            if told.returncode == 0:
                return
            said = told.stderr
        raise CallgrindError(f"callgrind didn't take '{' '.join(command)}': {said}")

    def count(self) -> None:
        """Begins to count."""
        self._tell("instrumentation", "on")

    def dump(self) -> Path:
        """Writes down what was counted since the last dump, and begins anew."""
        self._tell("dump")
        self.dumps += 1
        return self.out_file.with_name(f"{self.out_file.name}.{self.dumps}")

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.log.close()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def instructions(dump: Path) -> int:
    """All that a dump counted, of all threads."""
    found = re.search(r"^(?:totals|summary): (\d+)", dump.read_text(), re.MULTILINE)
    if not found:
        raise CallgrindError(f"{dump} has no totals: is this callgrind's format?")
    return int(found[1])


def missing() -> str:
    """The first program this takes and that isn't there; empty if all are."""
    return next((name for name in ("valgrind", "vgdb", "callgrind_annotate") if not shutil.which(name)), "")
