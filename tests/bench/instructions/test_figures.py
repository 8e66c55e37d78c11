"""What bench/instructions says of figures."""

import contextlib
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "bench/instructions"))

from figures import AS_KNOWN, GREW, NO_FIGURES, Figures, system


class FiguresTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "figures.json"
        self.file.write_text(json.dumps({"here 1": {"a": 1000, "b": 200}}))

    def compare(self, counted: dict[str, int], system_name: str = "here 1") -> tuple[int, str]:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            status = Figures(self.file, system_name).compare(counted)
        return status, printed.getvalue()

    def test_up_to_a_twentieth_is_as_known(self) -> None:
        for counted in ({"a": 1000, "b": 200}, {"a": 1049, "b": 209}, {"a": 951, "b": 191}):
            self.assertEqual(self.compare(counted)[0], AS_KNOWN)

    def test_either_figure_that_grows_fails_and_says_what_to_do(self) -> None:
        for counted in ({"a": 1051, "b": 200}, {"a": 500, "b": 211}):
            status, printed = self.compare(counted)
            self.assertEqual(status, GREW)
            self.assertIn("GREW", printed)
            self.assertIn("--update", printed)

    def test_what_shrinks_is_told(self) -> None:
        status, printed = self.compare({"a": 949, "b": 200})
        self.assertEqual(status, AS_KNOWN)
        self.assertIn("shrank", printed)

    def test_another_system_or_shape_is_not_compared(self) -> None:
        for counted, system_name in (({"a": 9999, "b": 1}, "here 2"), ({"a": 1000, "c": 1}, "here 1")):
            status, printed = self.compare(counted, system_name)
            self.assertEqual(status, NO_FIGURES)
            self.assertIn("--update", printed)

    def test_update_keeps_the_others(self) -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            Figures(self.file, "here 2").update({"a": 1})
        self.assertEqual(json.loads(self.file.read_text()), {"here 1": {"a": 1000, "b": 200}, "here 2": {"a": 1}})

    def test_a_system_has_a_name(self) -> None:
        self.assertRegex(system(), r"^\S+ \S+ \S+$")


if __name__ == "__main__":
    unittest.main()
