import unittest

from .compare import groups, in_order
from .cores import split
from .generator import measurement_of
from .peers.nginx import HEAD, body_bytes
from .rows import ROWS


class Order(unittest.TestCase):
    def test_each_round_begins_with_another_row_and_has_all(self) -> None:
        rows = list(ROWS.values())[:3]
        orders = [in_order(rows, turn) for turn in range(4)]
        self.assertEqual([order[0] for order in orders], [*rows, rows[0]])
        for order in orders:
            self.assertCountEqual([row.key for row in order], [row.key for row in rows])

    def test_groups_keep_their_order(self) -> None:
        found = groups([ROWS["redis-million"], ROWS["go"], ROWS["geomatch-million"]])
        self.assertEqual({name: [row.key for row in rows] for name, rows in found.items()},
                         {"million": ["redis-million", "geomatch-million"], "answer": ["go"]})

    def test_what_rows_refer_to_is_there(self) -> None:
        for row in ROWS.values():
            self.assertIn(row.reply_of, [*ROWS, ""])


class Cores(unittest.TestCase):
    def test_the_generator_has_a_core_of_its_own(self) -> None:
        self.assertEqual((split({0, 1}, 1).server, split({0, 1}, 1).generator), ((0,), 1))
        self.assertEqual((split({2, 3, 5, 7}, 2).server, split({2, 3, 5, 7}, 2).generator), ((2, 3), 7))

    def test_a_server_never_takes_the_generators(self) -> None:
        self.assertEqual((split({0, 1}, 2).server, split({0, 1}, 2).generator), ((0,), 1))

    def test_kafka_stays_off_the_servers(self) -> None:
        self.assertEqual([split(set(range(cores)), 1).others for cores in (1, 2, 4)], [(0,), (1,), (1, 2)])

    def test_one_core_is_shared_and_says_so(self) -> None:
        cores = split({4}, 1)
        self.assertEqual((cores.server, cores.generator), ((4,), 4))
        self.assertIn("SHARED", str(cores))


class Reports(unittest.TestCase):
    report = {"requests_per_s": 1000.5, "unanswered": 1, "socket_errors": 2, "status": {"200": 90, "503": 4, "201": 1},
              "latency": {"p50_us": 1, "p90_us": 2, "p95_us": 3, "p99_us": 4, "p99_9_us": 5, "max_us": 6},
              "reply_bytes_mean": 1432.2, "matches_mean": 9.5,
              "server": {"cpu_us_per_request": 8.5, "cores": 0.9, "resident_mib": 44.0}, "generator": {"cores": 0.5}}

    def test_every_figure_finds_its_place(self) -> None:
        one = measurement_of(self.report)
        self.assertEqual((one.requests_per_s, one.p50_us, one.p95_us, one.p99_us, one.p999_us, one.max_us),
                         (1000.5, 1, 3, 4, 5, 6))
        self.assertEqual((one.server_cpu_us, one.server_busy, one.resident_mib, one.reply_bytes, one.matches,
                          one.generator_busy), (8.5, 0.9, 44.0, 1432.2, 9.5, 0.5))

    def test_what_wasnt_answered_with_success_failed(self) -> None:
        self.assertEqual(measurement_of(self.report).failed, 7)


class NginxReply(unittest.TestCase):
    def test_has_the_size_asked_for(self) -> None:
        for size in (400, 1432, 3000):
            body = body_bytes(size)
            self.assertEqual(len(HEAD.format(body)) + body, size)

    def test_too_long_says_so(self) -> None:
        with self.assertRaisesRegex(RuntimeError, "up to 4000 bytes"):
            body_bytes(10_000)


if __name__ == "__main__":
    unittest.main()
