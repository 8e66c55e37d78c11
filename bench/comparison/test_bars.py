import unittest

from .article import GO_LATENCY_MS
from .bars import Verdict, step_verdicts, verdict_table, verdicts
from .measurement import Measurement, Ratio
from .results import Results, Sample, Setup
from .test_measurement import measured


def results(*samples: tuple[str, int, int, float, Measurement]) -> Results:
    return Results(Setup({}, 1, 1, 1), [Sample(row, turn, connections, share, 0, one)
                                        for row, turn, connections, share, one in samples])


def verdict(value: float, at_most: bool, required: float, aim: float) -> str:
    return Verdict("", Ratio(value, value, value), at_most, required, aim).says


class Verdicts(unittest.TestCase):
    def test_at_most(self) -> None:
        self.assertEqual([verdict(value, True, 1.4, 1.25) for value in (1.25, 1.26, 1.4, 1.41)],
                         ["met, and the aim", "met", "met", "NOT MET"])

    def test_at_least(self) -> None:
        self.assertEqual([verdict(value, False, 20, 50) for value in (50, 49, 20, 19)],
                         ["met, and the aim", "met", "met", "NOT MET"])

    def test_of_those_that_were_measured(self) -> None:
        found = verdicts(results(("geomatch-10", 0, 64, 0, measured(server_cpu_us=12, requests_per_s=45_000)),
                                 ("floor-10", 0, 64, 0, measured(server_cpu_us=8, requests_per_s=50_000))))
        self.assertEqual([(one.what, one.ratio.median, one.says) for one in found],
                         [("server CPU a request, of the floor's", 1.5, "NOT MET"),
                          ("requests/s, of the floor's", 0.9, "met, and the aim"),
                          ("requests/s, of the 500 that the article reports of Flask", 90, "met")])

    def test_pairs_rounds_whatever_their_order(self) -> None:
        samples = [("geomatch-10", turn, 64, 0.0, measured(requests_per_s=turn + 1)) for turn in (2, 0, 1)]
        samples += [("nginx", turn, 64, 0.0, measured(requests_per_s=turn + 1)) for turn in (0, 1, 2)]
        one = verdicts(results(*samples))[0]
        self.assertEqual(one.ratio, Ratio(1, 1, 1))

    def test_table_at_most(self) -> None:
        text = verdict_table([Verdict("CPU", Ratio(1.5, 1.4, 1.6), True, 1.4, 1.25)])
        self.assertEqual(text.splitlines()[-1], "| CPU        |      1.5 | 1.4–1.6 |    ≤ 1.4 | ≤ 1.25 | NOT MET |")

    def test_table_at_least(self) -> None:
        text = verdict_table([Verdict("requests/s", Ratio(0.5, 0.4, 0.6), False, 0.8, 0.9)])
        self.assertEqual(text.splitlines()[-1], "| requests/s |      0.5 | 0.4–0.6 |    ≥ 0.8 | ≥ 0.9 | NOT MET |")


class StepVerdicts(unittest.TestCase):
    def test_the_least_percentile_counts(self) -> None:
        p50, p95, p99 = GO_LATENCY_MS[100]
        one = measured(p50_us=1000 * p50 / 100, p95_us=1000 * p95 / 41, p99_us=1000 * p99 / 60)
        [found] = step_verdicts(results(("geomatch-10", 0, 100, 0.5, one)))
        self.assertAlmostEqual(found.ratio.median, 41)
        self.assertEqual(found.says, "met")

    def test_marks_what_only_disturbed_runs_tell(self) -> None:
        samples = [Sample("geomatch-10", 0, connections, 0.5, 80, measured(), 100, 125, why)
                   for connections, why in ((100, "slow"), (500, "slow"), (500, ""))]
        self.assertEqual([one.is_disturbed for one in step_verdicts(Results(Setup({}, 1, 1, 1), samples))],
                         [True, False])
        self.assertEqual([Verdict("", Ratio(value, value, value), False, 40, 40, True).says for value in (50, 30)],
                         ["met †", "NOT MET †"])

    def test_steps_without_a_figure_of_the_articles_have_none(self) -> None:
        self.assertEqual(step_verdicts(results(("geomatch-10", 0, 5000, 0.5, measured()))), [])

    def test_loads_without_a_bar_have_none(self) -> None:
        self.assertEqual(step_verdicts(results(("geomatch-10", 0, 100, 0.8, measured()))), [])


if __name__ == "__main__":
    unittest.main()
