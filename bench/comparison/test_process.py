import os
import tempfile
import time
import unittest
from collections.abc import Callable
from pathlib import Path

from .process import Process

PATIENCE_S = 20.0


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


class Processes(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.output = Path(folder.name) / "output"

    def start(self, script: str) -> Process:
        process = Process(["sh", "-c", script], [min(os.sched_getaffinity(0))], self.output)
        self.addCleanup(process.end)
        return process

    def wait_until(self, holds: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE_S
        while not holds():
            self.assertLess(time.monotonic(), until)
            time.sleep(0.01)

    def test_tells_what_follows_in_its_line(self) -> None:
        process = self.start("echo first; echo listening on 127.0.0.1:80; exec sleep 60")
        self.assertEqual(process.wait_for_line("listening on "), "127.0.0.1:80")

    def test_one_that_ends_instead_has_its_last_words_told(self) -> None:
        process = self.start("echo port taken; exit 3")
        with self.assertRaisesRegex(RuntimeError, "sh ended, and said: port taken"):
            process.wait_for_line("listening on ")
        process.end()

    def test_ends_its_children_too(self) -> None:
        process = self.start("sleep 60 & echo child $!; wait")
        child = int(process.wait_for_line("child "))
        process.end()
        self.assertTrue(is_gone(process.pid))
        self.wait_until(lambda: is_gone(child))

    def test_is_ended_once(self) -> None:
        process = self.start("exec sleep 60")
        process.end()
        process.end()
        self.assertTrue(is_gone(process.pid))


if __name__ == "__main__":
    unittest.main()
