"""Starting geomatch, whatever measures it. What starts is no geomatch, but says what one says."""

import os
import tempfile
import unittest
from pathlib import Path

from .peers.geomatch import start_geomatch
from .peers.peer import Server


class Start(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def binary(self, script: str) -> Path:
        file = self.folder / "geomatch"
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)
        return file

    def start(self, script: str, *flags: str) -> Server:
        cores = [min(os.sched_getaffinity(0))]
        server = start_geomatch(flags, cores, self.folder / "output", self.binary(script))
        self.addCleanup(server.process.end)
        return server

    def test_tells_where_it_serves(self) -> None:
        server = self.start("echo 'geomatch listening on 127.0.0.1:4711 (admin 127.0.0.1:4712)'; exec sleep 60")
        self.assertEqual((server.address, server.port), ("127.0.0.1:4711", 4711))

    def test_passes_flags_on_and_has_it_pick_its_ports(self) -> None:
        with self.assertRaisesRegex(RuntimeError, "--listen 127.0.0.1:0 --admin-listen 127.0.0.1:0 --threads 4"):
            self.start('echo "$@"', "--threads", "4")

    def test_one_that_isnt_built_says_what_makes_it(self) -> None:
        with self.assertRaisesRegex(RuntimeError, "there is no /nowhere/geomatch: scripts/build makes it"):
            start_geomatch([], [0], self.folder / "output", Path("/nowhere/geomatch"))


if __name__ == "__main__":
    unittest.main()
