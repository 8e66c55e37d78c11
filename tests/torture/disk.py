"""A small disk that can be filled: a tmpfs of the run's own. Takes root."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOM_BYTES = 64 << 20  # kept free, so that filling it takes little memory however long the journal is


class Disk:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"
        self._mounted = False

    def mount(self) -> bool:
        """False if this user may not."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() != 0:
            return False
        command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM_BYTES}", "geomatch-torture", str(self.folder)]
        self._mounted = subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0
        return self._mounted

    @property
    def is_mounted(self) -> bool:
        return self._mounted

    def keep_room(self) -> None:
        """Grows it with the journal. Not while it is full on purpose."""
        if not self._mounted or self._filler.exists():
            return
        figures = os.statvfs(self.folder)
        free = figures.f_bavail * figures.f_frsize
        if free < ROOM_BYTES // 2:
            used = (figures.f_blocks - figures.f_bfree) * figures.f_frsize
            subprocess.run(["mount", "-o", f"remount,size={used + ROOM_BYTES}", str(self.folder)], check=True)

    def fill(self) -> None:
        """Until not a byte is left."""
        block = bytes(1 << 20)
        with self._filler.open("wb", buffering=0) as filler:
            while len(block) > 0:
                try:
                    filler.write(block)
                except OSError:
                    block = block[: len(block) // 2]

    def free(self) -> None:
        self._filler.unlink(missing_ok=True)

    def unmount(self) -> None:
        if self._mounted:
            subprocess.run(["umount", "-l", str(self.folder)], check=False)
            self._mounted = False
