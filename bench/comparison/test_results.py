import tempfile
import unittest
from pathlib import Path

from .results import Results, Sample, Setup, read, write
from .test_measurement import measured


class Files(unittest.TestCase):
    def test_what_is_written_is_read(self) -> None:
        kept = Results(Setup({"processor": "µ"}, 1, 2, 5.0),
                       [Sample("go", 0, 64, 0.0, 0.0, measured(p50_us=1.25)),
                        Sample("go", 1, 64, 0.5, 70.5, measured(), 141.0, 120.5, "slow")])
        with tempfile.TemporaryDirectory() as folder:
            write(kept, Path(folder) / "compare.json")
            self.assertEqual(read(Path(folder) / "compare.json"), kept)

    def test_a_missing_file_says_what_to_do(self) -> None:
        with self.assertRaisesRegex(RuntimeError, "without --redraw"):
            read(Path("/nowhere/compare.json"))


class Selection(unittest.TestCase):
    def test_by_row_connections_and_load_in_the_order_of_rounds(self) -> None:
        samples = [Sample("go", 1, 64, 0.0, 0.0, measured(p50_us=2)), Sample("go", 0, 64, 0.0, 0.0, measured(p50_us=1)),
                   Sample("go", 0, 100, 0.0, 0.0, measured(p50_us=3)),
                   Sample("go", 0, 64, 0.5, 9.0, measured(p50_us=4))]
        found = Results(Setup({}, 1, 2, 1), samples)
        self.assertEqual([one.p50_us for one in found.of("go", 64)], [1, 2])
        self.assertEqual([one.p50_us for one in found.of("go", 64, 0.5)], [4])
        self.assertEqual(found.connections, [64, 100])

    def test_disturbed_runs_are_left_out_where_others_are(self) -> None:
        samples = [Sample("go", turn, 64, 0.8, 9.0, measured(p50_us=turn), 10.0, 11.0, why)
                   for turn, why in ((0, "slow"), (0, ""), (1, "slow"), (2, ""))]
        found = Results(Setup({}, 1, 3, 1), samples)
        self.assertEqual([one.p50_us for one in found.of("go", 64, 0.8)], [0, 2])
        self.assertFalse(found.is_disturbed("go", 64, 0.8))

    def test_where_there_are_no_others_they_count_and_it_is_told(self) -> None:
        found = Results(Setup({}, 1, 2, 1), [Sample("go", turn, 64, 0.8, 9.0, measured(p50_us=turn), 10.0, 11.0, "slow")
                                             for turn in (0, 1)])
        self.assertEqual([one.p50_us for one in found.of("go", 64, 0.8)], [0, 1])
        self.assertTrue(found.is_disturbed("go", 64, 0.8))
        self.assertFalse(found.is_disturbed("go", 64, 0.5))


if __name__ == "__main__":
    unittest.main()
