import unittest

from .bystanders_table import bystanders_table
from .compare_table import compare_table
from .markdown import about, milliseconds, table
from .results import Results, Sample, Setup
from .steps_table import steps_table
from .test_bars import results
from .test_measurement import measured


class Markdown(unittest.TestCase):
    def test_texts_to_the_left_numbers_to_the_right(self) -> None:
        self.assertEqual(table([["", "n"], ["one", "1"], ["x", "10"]], texts=1),
                         "|     |  n |\n|-----|---:|\n| one |  1 |\n| x   | 10 |")

    def test_three_digits(self) -> None:
        self.assertEqual([about(value) for value in (123456, 1234.5, 999.4, 99.96, 12.345, 1.2345, 0.012345, 0)],
                         ["123,000", "1,230", "999", "100", "12.3", "1.23", "0.0123", "0"])
        self.assertEqual(milliseconds(1234), "1.23")


class CompareTable(unittest.TestCase):
    def test_medians_of_the_rounds(self) -> None:
        rounds = [measured(requests_per_s=rate, server_cpu_us=30, p50_us=1500, failed=0, matches=0)
                  for rate in (20_000, 24_000, 90_000)]
        text = compare_table(results(*(("go", turn, 64, 0.0, one) for turn, one in enumerate(rounds))))
        self.assertRegex(text, r"\| Go service of the article *\| checks it *\| nothing *\| +24,000 \| +30 \| +1.5 \|")
        self.assertNotIn("weren't answered", text)

    def test_tells_failures(self) -> None:
        text = compare_table(results(("go", 0, 64, 0, measured(failed=3, matches=0))))
        self.assertIn("3 requests weren't answered with success", text)

    def test_tells_which_server_wasnt_saturated(self) -> None:
        busy = compare_table(results(("go", 0, 64, 0, measured(server_busy=0.99))))
        idle = compare_table(results(("go", 0, 64, 0, measured(server_busy=0.5))))
        self.assertNotIn("Held back", busy)
        self.assertIn("Held back by the load generator", idle)


class StepsTable(unittest.TestCase):
    def test_beside_the_articles(self) -> None:
        samples = [("geomatch-10", 0, connections, share, measured(p50_us=480, p95_us=1120, p99_us=16_700, failed=0))
                   for connections in (100, 5000) for share in (0.0, 0.5, 0.8)]
        text = steps_table(results(*samples))
        self.assertRegex(text, r"open loop, 50% of capacity \| +100 \| .* \| +48/112/167 \| +100/100/10 \|")
        self.assertRegex(text, r"closed loop +\| +5,000 \| .* \| +\| +\|\n")
        self.assertNotIn("disturbed", text)

    def test_tells_what_the_machine_disturbed(self) -> None:
        samples = [Sample("geomatch-10", 0, connections, share, (95 if why else 80) * bool(share), measured(p50_us=p50),
                          100 * bool(share), 125 * bool(share), why)
                   for connections, share, p50, why in (
                       (100, 0.0, 1, ""), (100, 0.5, 1, ""), (100, 0.8, 9000, "slow"), (100, 0.8, 2000, ""),
                       (500, 0.0, 1, ""), (500, 0.5, 1, ""), (500, 0.8, 3000, "slow"), (500, 0.8, 3000, "slow"))]
        text = steps_table(Results(Setup({}, 1, 1, 1), samples))
        self.assertRegex(text, r"80% of capacity +\| +100 \| +1 \| +2 \|")
        self.assertRegex(text, r"80% of capacity † +\| +500 \| +1 \| +3 \|")
        self.assertIn("geomatch 80% at 100: 1 of 2; geomatch 80% at 500†: 2 of 2.", text)
        self.assertIn("80% of capacity came out as 64% to 80% of what", text)
        self.assertIn("**† Only disturbed runs", text)


class BystandersTable(unittest.TestCase):
    def test_each_round_is_compared_with_the_one_alone_in_it(self) -> None:
        samples = [(key, turn, 64, 0.0, measured(requests_per_s=rate, server_cpu_us=cpu, failed=0))
                   for key, figures in (("alone", ((100, 10), (50, 20), (80, 12))),
                                        ("slow-reader", ((99, 11), (40, 20), (80, 18))))
                   for turn, (rate, cpu) in enumerate(figures)]
        text = bystanders_table(results(*samples))
        self.assertRegex(text, r"\| alone +\| +80 \| +12 \|")
        self.assertRegex(text, r"\| beside a slow reader +\| +80 \| .* 0.99: 0.99 0.80 1.00 \| 1.10: 1.10 1.00 1.50 \|")
        self.assertNotIn("weren't answered", text)

    def test_tells_failures(self) -> None:
        text = bystanders_table(results(("alone", 0, 64, 0.0, measured(failed=3))))
        self.assertIn("Up to 3 requests", text)


if __name__ == "__main__":
    unittest.main()
