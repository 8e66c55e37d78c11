"""Counts what one POST /match costs the server, in instructions of user space: a gate that noise can't move.

One keep-alive connection, a request after the other: with 10 matches each, then with none ("limit": 0), then with 10
beside a thousand idle connections and a slow reader, who shall cost the others nothing. Compares with figures.json and fails (exit status 1) when a figure grew by over 5%. Without figures for this system's libraries and
compiler it compares nothing (77). 2: it couldn't be counted.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(1, str(HERE.parent))  # for what the benchmarks share

from bystanders import Bystanders
from callgrind import CallgrindError, Server, instructions, missing
from connection import Connection
from figures import Figures
from phones import COUNT, Phones
from profile_table import profile_table

SERVER = HERE.parents[1] / "build/release/geomatch"
FIGURES = Figures(HERE / "figures.json")

LIMITS = (10, 0)  # matches asked for: an answer full of them, and only recorded
BESIDE_OTHERS = f"limit {LIMITS[0]} beside others"
WINDOWS = 9  # of which the median counts
WINDOW_REQUESTS = 200
IDLE_S = 2.0

CANT_COUNT = 2


class Counter:
    """Counts requests on a server that knows all phones."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.phones = Phones()
        self.connection = Connection(server.port)
        for _ in range(COUNT):
            self._post(limit=0)
        server.count()
        self.send(LIMITS[0], WINDOW_REQUESTS)
        self.idle_per_s = 0.0
        self.reckon_idle()

    def reckon_idle(self) -> None:
        """What the server's clocks cost by themselves: on a slow machine they strike more often a request."""
        time.sleep(IDLE_S)  # for what has just come to its end
        self.server.dump()
        time.sleep(IDLE_S)
        self.idle_per_s = instructions(self.server.dump()) / IDLE_S

    def _post(self, limit: int) -> int:
        """How many matches the next phone is given."""
        answer = self.connection.request(self.phones.post(limit))
        if b'"accepted"' not in answer:
            raise RuntimeError(f"not accepted: {answer.decode()}")
        return answer.count(b'"id":') - 1

    def send(self, limit: int, requests: int) -> float:
        """Sends so many, one after the other, and returns the mean number of matches."""
        return sum(self._post(limit) for _ in range(requests)) / requests

    def window(self, limit: int) -> float:
        """Instructions a request, the mean of a window."""
        began = time.monotonic()
        self.send(limit, WINDOW_REQUESTS)
        counted = instructions(self.server.dump())
        return (counted - self.idle_per_s * (time.monotonic() - began)) / WINDOW_REQUESTS

    def median(self, limit: int) -> int:
        self.window(limit)
        return round(statistics.median(self.window(limit) for _ in range(WINDOWS)))


def count(binary: Path) -> dict[str, int]:
    with tempfile.TemporaryDirectory() as folder, Server(binary, Path(folder)) as server:
        counter = Counter(server)
        counted = {f"limit {limit}": counter.median(limit) for limit in LIMITS}
        alone_per_s = counter.idle_per_s
        with Bystanders(server.port, counter.phones) as bystanders:
            counter.reckon_idle()
            print(f"others cost the server's clocks {counter.idle_per_s - alone_per_s:,.0f} instructions a second")
            counted[BESIDE_OTHERS] = counter.median(LIMITS[0])
            bystanders.expect_still_there()
        return counted


def profile(binary: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, Server(binary, Path(folder)) as server:
        counter = Counter(server)
        for limit in LIMITS:
            matches = counter.send(limit, requests := 5 * WINDOW_REQUESTS)
            dump = server.dump()
            for inclusive in (False, True):
                kind = "with what they call" if inclusive else "by themselves"
                print(f"\nlimit {limit}, {matches:.1f} matches: instructions a request, functions {kind}")
                print(profile_table(dump, requests, inclusive))


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="instructions", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--update", action="store_true", help="make these the known figures")
    what.add_argument("--profile", action="store_true", help="show in which functions they are")
    parser.add_argument("--runs", type=int, default=1, help="count so often, to see the scatter; the median counts")
    parser.add_argument("--server", type=Path, default=SERVER, help="the program")
    return parser.parse_args()


def count_often(binary: Path, runs: int) -> dict[str, int]:
    """The medians of so many runs, each printed if there are more than one."""
    counted = []
    for _ in range(runs):
        counted.append(count(binary))
        if runs > 1:
            print(counted[-1], flush=True)
    return {shape: round(statistics.median(run[shape] for run in counted)) for shape in counted[0]}


def main() -> int:
    chosen = options()
    if not chosen.server.exists():
        print(f"there is no {chosen.server}: scripts/build makes it", file=sys.stderr)
        return CANT_COUNT
    if program := missing():
        print(f"{program} is missing: apt-get install valgrind", file=sys.stderr)
        return CANT_COUNT
    try:
        if chosen.profile:
            profile(chosen.server)
            return 0
        counted = count_often(chosen.server, max(chosen.runs, 1))
    except (CallgrindError, OSError, RuntimeError) as error:
        print(f"it couldn't be counted: {error}", file=sys.stderr)
        return CANT_COUNT
    if chosen.update:
        FIGURES.update(counted)
        return 0
    return FIGURES.compare(counted)


if __name__ == "__main__":
    sys.exit(main())
