"""The map that a log makes, and its comparison with what an instance shows."""

from __future__ import annotations

import json
import unittest

from .map_check import Comparison
from .replay import DELETE_MEMORY_MS, Fix, Standing
from .scene import NOW_MS, Scene


def fix(timestamp_ms: int, received_at_ms: int | None = None, ttl_s: float = 300, **more: object) -> Fix:
    received = timestamp_ms if received_at_ms is None else received_at_ms
    return Fix.of({"lat": 1.5, "lon": 2.5, "timestamp": timestamp_ms, "received_at": received, "ttl_s": ttl_s} | more)


def following(known: Fix | None, new: Fix) -> Fix | None:
    return Standing(known).after(new).fix


class MapTest(unittest.TestCase):
    def test_the_newest_wins_and_of_equals_the_last(self) -> None:
        old, new, equal = fix(1000), fix(2000), fix(2000, 3000)
        self.assertEqual(following(old, new), new)
        self.assertEqual(following(new, old), new)
        self.assertEqual(following(new, equal), equal)

    def test_an_older_one_wins_over_an_expired_one(self) -> None:
        expired, late = fix(10_000, ttl_s=2), fix(9_000, received_at_ms=12_500)
        self.assertEqual(following(expired, late), late)
        still_alive = fix(10_000, ttl_s=3)
        self.assertEqual(following(still_alive, late), still_alive)

    def test_what_had_expired_on_arrival_changes_nothing(self) -> None:
        self.assertIsNone(following(None, fix(1000, received_at_ms=4000, ttl_s=3)))

    def test_a_tombstone_takes_what_came_before(self) -> None:
        scene = Scene()
        a, b = scene.send(), scene.send()
        scene.record(b)
        scene.tombstone()
        scene.record(a)
        self.assertEqual(scene.contents().map[1].timestamp_ms, scene.history.timestamp_ms[a])

    def test_what_was_measured_before_a_delete_is_stale_for_its_memory(self) -> None:
        deleted = Standing(fix(10_000)).after_delete(11_000)
        self.assertIsNone(deleted.fix)
        hour = DELETE_MEMORY_MS / 1000
        self.assertIsNone(deleted.after(fix(10_999, 10_999 + 5_000)).fix)
        self.assertIsNone(deleted.after(fix(10_999, 11_000 + DELETE_MEMORY_MS - 1, 2 * hour)).fix)
        after_it = fix(10_999, 11_000 + DELETE_MEMORY_MS, 2 * hour)
        self.assertEqual(deleted.after(after_it), Standing(after_it))
        back = fix(11_000)
        self.assertEqual(deleted.after(back), Standing(back, 11_000))

    def test_a_mark_outlives_the_fix_that_came_back(self) -> None:
        back = Standing().after_delete(11_000).after(fix(12_000, ttl_s=1))
        self.assertEqual(back.after(fix(10_000, 14_000)), back)

    def test_the_later_of_two_deletes_counts(self) -> None:
        self.assertEqual(Standing().after_delete(5).after_delete(3), Standing(None, 5))

    def test_a_tombstone_judges_by_its_own_time(self) -> None:
        scene = Scene()
        a, b = scene.send(), scene.send()
        scene.tombstone(at_ms=scene.history.timestamp_ms[b])
        scene.record(a)
        self.assertEqual(scene.contents().map, {})
        scene.record(b)
        self.assertEqual(scene.contents().map[1].timestamp_ms, scene.history.timestamp_ms[b])

    def compared(self, expected: Fix | None, status: int, body: dict[str, object] | None, now_ms: int) -> Comparison:
        comparison = Comparison()
        comparison.take(1, expected, status, json.dumps(body).encode(), now_ms)
        return comparison

    def test_comparison(self) -> None:
        expected = fix(NOW_MS, attributes={"seats": 4})
        shown: dict[str, object] = {"lat": 1.5, "lon": 2.5, "timestamp": NOW_MS, "received_at": NOW_MS, "ttl_s": 300,
                                    "attributes": {"seats": 4}}
        self.assertEqual(self.compared(expected, 200, shown, NOW_MS).differences, [])
        self.assertEqual(self.compared(None, 404, None, NOW_MS).differences, [])
        self.assertEqual(self.compared(expected, 404, None, NOW_MS + 400_000).differences, [])
        for member, other in [("lat", 1.6), ("timestamp", 5), ("received_at", 6), ("ttl_s", 3),
                              ("attributes", {"seats": 5})]:
            with self.subTest(member):
                self.assertEqual(len(self.compared(expected, 200, shown | {member: other}, NOW_MS).differences), 1)
        self.assertEqual(len(self.compared(expected, 404, None, NOW_MS).differences), 1)
        self.assertEqual(len(self.compared(None, 200, shown, NOW_MS).differences), 1)
        self.assertEqual(len(self.compared(expected, 200, shown, NOW_MS + 400_000).differences), 1)

    def test_near_its_expiry_it_is_left_out(self) -> None:
        comparison = self.compared(fix(NOW_MS), 404, None, NOW_MS + 299_000)
        self.assertEqual((comparison.compared, comparison.left_out, comparison.differences), (0, 1, []))


if __name__ == "__main__":
    unittest.main()
