"""Made-up histories and logs: each violation must be found, and nothing else. From the repository:
python3 -m unittest discover -t tests -s tests/torture"""

from __future__ import annotations

import unittest

from .checker import _without_tombstone
from .history import BAD, REFUSED, REJECTED, UNKNOWN, History
from .log_readers import Record
from .scene import NOW_MS, Scene


class PostsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.scene = Scene()

    def test_all_is_well(self) -> None:
        a, b = self.scene.send(), self.scene.send()
        self.scene.acknowledge(a, b)
        self.scene.record(a, b)
        self.assertEqual(self.scene.findings(), {})

    def test_an_acknowledged_post_is_missing(self) -> None:
        a, b = self.scene.send(), self.scene.send()
        self.scene.acknowledge(a, b)
        self.scene.record(b)
        self.assertEqual(self.scene.findings(), {"missing": 1})

    def test_acknowledged_at_last_after_refusals_is_missing_too(self) -> None:
        a = self.scene.send()
        self.scene.answer(a, REFUSED | UNKNOWN)
        self.scene.acknowledge(a, in_turn=False)
        self.assertEqual(self.scene.findings(), {"missing": 1})

    def test_an_unknown_post_may_be_there_or_not(self) -> None:
        a, b = self.scene.send(), self.scene.send()
        self.scene.answer(a, UNKNOWN)
        self.scene.answer(b, UNKNOWN | REFUSED)
        self.scene.record(b)
        self.assertEqual(self.scene.findings(), {})

    def test_a_refused_post_is_there(self) -> None:
        a = self.scene.send()
        self.scene.answer(a, REFUSED)
        self.scene.record(a)
        self.assertEqual(self.scene.findings(), {"refused_and_present": 1})

    def test_a_rejected_post_is_there(self) -> None:
        a = self.scene.send(bad=True)
        self.scene.answer(a, REJECTED)
        self.scene.record(a)
        self.assertEqual(self.scene.findings(), {"refused_and_present": 1})

    def test_a_post_is_there_twice(self) -> None:
        a = self.scene.send()
        self.scene.acknowledge(a)
        self.scene.record(a, a, a)
        self.assertEqual(self.scene.findings(), {"duplicates": 1})

    def test_a_record_of_nobody(self) -> None:
        a = self.scene.send()
        self.scene.acknowledge(a)
        self.scene.record(a)
        self.scene.log.append(Record(0, "e1", '{"id":"e1","uuid":"1-7","lat":1,"lon":1,"timestamp":1,"received_at":1}'))
        self.scene.log.append(Record(0, "x", None))
        self.scene.log.append(Record(0, "e1", "no json"))
        self.assertEqual(self.scene.findings(), {"foreign": 3})

    def test_a_record_with_other_content(self) -> None:
        for changes in ({"lat": 31.5}, {"timestamp": NOW_MS - 1}, {"id": "e2"}, {"uuid": "2-0"}):
            with self.subTest(changes):
                scene = Scene()
                a = scene.send()
                scene.acknowledge(a)
                scene.record(a, **changes)
                self.assertEqual(scene.findings(), {"foreign": 1})


class OrderTest(unittest.TestCase):
    def setUp(self) -> None:
        self.scene = Scene()

    def test_sent_after_the_acknowledgement_but_earlier_in_the_log(self) -> None:
        a = self.scene.send(connection=1)
        self.scene.acknowledge(a)
        b = self.scene.send(connection=2)
        self.scene.acknowledge(b)
        self.scene.record(b, a)
        self.assertEqual(self.scene.findings(), {"out_of_order": 1})

    def test_the_later_one_counts_unacknowledged_too(self) -> None:
        a = self.scene.send(connection=1)
        self.scene.acknowledge(a, in_turn=False)
        b = self.scene.send(connection=2)
        self.scene.answer(b, UNKNOWN)
        self.scene.record(b, a)
        self.assertEqual(self.scene.findings(), {"out_of_order": 1})

    def test_sent_before_the_acknowledgement_by_another_connection(self) -> None:
        a, b = self.scene.send(connection=1), self.scene.send(connection=2)
        self.scene.acknowledge(a, b)
        self.scene.record(b, a)
        self.assertEqual(self.scene.findings(), {})

    def test_pipelined_on_one_connection(self) -> None:
        a, b = self.scene.send(), self.scene.send()
        self.scene.acknowledge(a, b)
        self.scene.record(b, a)
        self.assertEqual(self.scene.findings(), {"out_of_order": 1})

    def test_pipelined_but_one_needed_a_resend(self) -> None:
        a, b = self.scene.send(), self.scene.send()
        self.scene.answer(a, REFUSED)
        self.scene.acknowledge(b)
        self.scene.acknowledge(a, in_turn=False)
        self.scene.record(b, a)
        self.assertEqual(self.scene.findings(), {})

    def test_of_two_entities_there_is_no_order(self) -> None:
        a = self.scene.send(entity=1)
        self.scene.acknowledge(a)
        b = self.scene.send(entity=2)
        self.scene.acknowledge(b)
        self.scene.record(b, a)
        self.assertEqual(self.scene.findings(), {})

    def test_after_several_it_must_stand_behind_the_farthest(self) -> None:
        a, b = self.scene.send(connection=1), self.scene.send(connection=2)
        self.scene.acknowledge(a)
        self.scene.acknowledge(b)
        c = self.scene.send(connection=3)
        self.scene.record(b, c, a)
        self.assertEqual(self.scene.findings(), {"out_of_order": 1})

    def test_each_that_is_late_is_named_once(self) -> None:
        posts = []
        for _ in range(5):
            posts.append(self.scene.send())
            self.scene.acknowledge(posts[-1])
        self.scene.record(*posts[1:], posts[0])
        self.assertEqual(self.scene.findings(), {"out_of_order": 4})

    def test_an_entity_in_two_partitions(self) -> None:
        a, b = self.scene.send(), self.scene.send()
        self.scene.acknowledge(a, b)
        self.scene.record(a, partition=0)
        self.scene.record(b, partition=1)
        self.assertEqual(self.scene.findings(), {"out_of_order": 1})


class DeletesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.scene = Scene()

    def around_a_delete(self) -> tuple[int, int]:
        before = self.scene.send()
        self.scene.acknowledge(before)
        self.scene.delete()
        after = self.scene.send()
        self.scene.acknowledge(after)
        return before, after

    def test_in_its_place(self) -> None:
        before, after = self.around_a_delete()
        self.scene.record(before)
        self.scene.tombstone()
        self.scene.record(after)
        self.assertEqual(self.scene.findings(), {})

    def test_missing(self) -> None:
        before, after = self.around_a_delete()
        self.scene.record(before, after)
        self.assertEqual(self.scene.findings(), {"deletes_missing": 1})

    def test_too_early(self) -> None:
        before, after = self.around_a_delete()
        self.scene.tombstone()
        self.scene.record(before, after)
        self.assertEqual(self.scene.findings(), {"deletes_missing": 1})

    def test_too_late(self) -> None:
        before, after = self.around_a_delete()
        self.scene.record(before, after)
        self.scene.tombstone()
        self.assertEqual(self.scene.findings(), {"deletes_missing": 1})

    def test_refused_and_present(self) -> None:
        delete = self.scene.delete(acknowledge=False)
        self.scene.history.note(self.scene.history.deletes, delete, REFUSED)
        self.scene.tombstone()
        self.assertEqual(self.scene.findings(), {"refused_and_present": 1})

    def test_a_tombstone_that_nobody_asked_for(self) -> None:
        self.scene.tombstone(entity=9)
        self.assertEqual(self.scene.findings(), {"refused_and_present": 1})

    def test_unknown_ones_may_be_there_repeatedly(self) -> None:
        delete = self.scene.delete()
        self.scene.history.note(self.scene.history.deletes, delete, UNKNOWN)
        self.scene.tombstone()
        self.scene.tombstone()
        self.assertEqual(self.scene.findings(), {})

    def test_each_span_gets_a_tombstone_of_its_own(self) -> None:
        self.assertEqual(_without_tombstone([(0, 10), (0, 5)], [3, 7]), 0)
        self.assertEqual(_without_tombstone([(0, 5), (0, 5)], [3, 7]), 1)
        self.assertEqual(_without_tombstone([(0, 10), (4, 6)], [5]), 1)
        self.assertEqual(_without_tombstone([(5, 9)], [5, 9]), 1)


class HistoryTest(unittest.TestCase):
    def test_a_bad_post_knows_that_it_is(self) -> None:
        history = History()
        self.assertTrue(history.posts.flags[history.new_post(1, NOW_MS, bad=True)] & BAD)

    def test_a_post_is_acknowledged_once(self) -> None:
        scene = Scene()
        a = scene.send()
        scene.acknowledge(a)
        first = scene.history.posts.first_acknowledged[a]
        scene.acknowledge(a, in_turn=False)
        self.assertEqual(scene.history.acknowledged_posts, 1)
        self.assertEqual(scene.history.posts.first_acknowledged[a], first)


if __name__ == "__main__":
    unittest.main()
