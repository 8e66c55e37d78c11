import unittest
from collections.abc import Sequence

from .loops import Loop, disturbance, loops
from .measurement import Measurement
from .test_measurement import measured


def busy(requests_per_s: float) -> Measurement:
    return measured(requests_per_s=requests_per_s, server_busy=1.0)


def open_loop(share_done: float, server_busy: float) -> Measurement:
    return measured(requests_per_s=share_done * 80, server_busy=server_busy)


class Disturbance(unittest.TestCase):
    def why(self, one: Measurement, capacity_after: float = 100, threads: int = 1) -> str:
        return disturbance(one, 0.8, 80, capacity_after, threads)

    def test_what_was_sustained_is_not(self) -> None:
        self.assertEqual(self.why(open_loop(1, 0.8)), "")
        self.assertEqual(self.why(open_loop(0.98, 0.8)), "")

    def test_behind_with_core_time_left_is(self) -> None:
        self.assertIn("had time left", self.why(open_loop(0.97, 0.8)))

    def test_behind_with_its_core_exhausted_is_the_servers_own(self) -> None:
        self.assertEqual(self.why(open_loop(0.5, 0.99)), "")

    def test_each_thread_has_a_core_to_exhaust(self) -> None:
        self.assertEqual(self.why(open_loop(0.5, 1.95), threads=2), "")
        self.assertNotEqual(self.why(open_loop(0.5, 1.0), threads=2), "")

    def test_a_share_that_came_out_too_large_is_however_the_run_went(self) -> None:
        self.assertIn("fell to 88 ", self.why(open_loop(1, 0.99), capacity_after=88))
        self.assertEqual(self.why(open_loop(1, 0.99), capacity_after=89), "")


class Loops(unittest.TestCase):
    """The capacity that each closed loop finds is given; what is due is what is answered, but for those that stall."""

    def run_with(self, capacities: Sequence[float], stalls: Sequence[bool] = ()) -> list[Loop]:
        closed, stalled = iter(capacities), iter(stalls)

        def load(rate: float) -> Measurement:
            if rate == 0:
                return busy(next(closed))
            return measured(requests_per_s=rate * (0.9 if next(stalled, False) else 1), server_busy=0.5)

        found = list(loops(load, threads=1))
        self.assertEqual(next(closed, None), None, "closed loops were left out")
        return found

    def opened(self, found: list[Loop]) -> list[tuple[float, float, bool]]:
        return [(one.share, one.rate, bool(one.disturbed)) for one in found if one.share]

    def test_each_open_loop_lies_between_closed_ones(self) -> None:
        found = self.run_with([100, 90, 120])
        self.assertEqual([one.share for one in found], [0, 0.5, 0, 0.8, 0])
        self.assertEqual([(one.capacity_before, one.capacity_after) for one in found if one.share],
                         [(100, 90), (90, 120)])

    def test_the_lesser_of_the_last_two_is_the_capacity(self) -> None:
        self.assertEqual(self.opened(self.run_with([100, 90, 120])), [(0.5, 50, False), (0.8, 72, False)])
        self.assertEqual(self.opened(self.run_with([90, 100, 120])), [(0.5, 45, False), (0.8, 72, False)])

    def test_what_the_machine_disturbed_is_repeated_with_what_is_known_by_then(self) -> None:
        found = self.run_with([100, 120, 60, 70])
        self.assertEqual(self.opened(found), [(0.5, 50, False), (0.8, 80, True), (0.8, 48, False)])

    def test_closed_loops_of_before_no_longer_count(self) -> None:
        found = self.run_with([60, 100, 100, 100], stalls=[False, True])
        self.assertEqual(self.opened(found), [(0.5, 30, False), (0.8, 48, True), (0.8, 80, False)])

    def test_a_stalled_run_is_repeated(self) -> None:
        found = self.run_with([100, 100, 100, 100], stalls=[True])
        self.assertEqual([entry[0] for entry in self.opened(found)], [0.5, 0.5, 0.8])

    def test_twice_at_most_and_the_last_stays_disturbed(self) -> None:
        found = self.run_with([100] * 7, stalls=[True] * 6)
        self.assertEqual([(share, disturbed) for share, _, disturbed in self.opened(found)],
                         [(0.5, True)] * 3 + [(0.8, True)] * 3)

    def test_all_closed_loops_are_told(self) -> None:
        found = self.run_with([100, 90, 120])
        self.assertEqual([one.measurement.requests_per_s for one in found if not one.share], [100, 90, 120])


if __name__ == "__main__":
    unittest.main()
