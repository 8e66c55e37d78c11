"""Programs that are run to their end."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

MORE_PATHS = ("/usr/local/go/bin", "/usr/lib/go/bin", "/usr/local/sbin", "/usr/sbin")


def find(name: str) -> str:
    path = is_there(name)
    if path is None:
        raise RuntimeError(f"there is no {name}; leave out --no-build, and it is installed")
    return path


def is_there(name: str) -> str | None:
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *MORE_PATHS]))


def run(command: Sequence[str | Path], seconds: float, folder: Path | None = None) -> str:
    """Its standard output. Raises RuntimeError, with what it said, if it fails or takes longer."""
    name = Path(command[0]).name
    try:
        done = subprocess.run(list(map(str, command)), cwd=folder, timeout=seconds, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"{name} took longer than {seconds:.0f} s") from None
    if done.returncode != 0:
        said = (done.stderr or done.stdout)[-1000:].strip()
        raise RuntimeError(f"{name} ended with status {done.returncode}: {said}")
    return done.stdout


def first_line(command: Sequence[str | Path]) -> str:
    """What it says first, wherever it says it; empty if it doesn't run."""
    try:
        done = subprocess.run(list(map(str, command)), timeout=10, text=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.partition("\n")[0].strip()
