import dataclasses
import unittest

from .measurement import Measurement, Ratio, medians, ratio


def measured(**values: float) -> Measurement:
    """Of ones, but for what is given."""
    return Measurement(**{field.name: 1.0 for field in dataclasses.fields(Measurement)} | values)


class Medians(unittest.TestCase):
    def test_field_by_field(self) -> None:
        middle = medians([measured(requests_per_s=10, p99_us=9), measured(requests_per_s=30, p99_us=7),
                          measured(requests_per_s=20, p99_us=8)])
        self.assertEqual((middle.requests_per_s, middle.p99_us), (20, 8))

    def test_of_an_even_number_the_middle_of_the_two(self) -> None:
        self.assertEqual(medians([measured(p50_us=1), measured(p50_us=2)]).p50_us, 1.5)

    def test_failures_of_the_worst_round(self) -> None:
        self.assertEqual(medians([measured(failed=0), measured(failed=7), measured(failed=0)]).failed, 7)


class Ratios(unittest.TestCase):
    def test_round_by_round(self) -> None:
        # A slow second round slows both: the ratio doesn't see it.
        ours = [measured(requests_per_s=value) for value in (100, 10, 90)]
        theirs = [measured(requests_per_s=value) for value in (50, 5, 30)]
        self.assertEqual(ratio(ours, theirs, lambda one: one.requests_per_s), Ratio(2, 2, 3))

    def test_refuses_rounds_that_dont_pair(self) -> None:
        with self.assertRaises(ValueError):
            ratio([measured()], [measured(), measured()], lambda one: one.p50_us)


if __name__ == "__main__":
    unittest.main()
