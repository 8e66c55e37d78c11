"""The command line."""

from __future__ import annotations

import argparse
import dataclasses
import random
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclasses.dataclass(frozen=True)
class Goals:
    """What must at least be reached; 0 asks for nothing."""

    kills: int = 0
    broker_faults: int = 0
    posts: int = 0


@dataclasses.dataclass(frozen=True)
class Options:
    logs: tuple[str, ...]
    minutes: float
    seed: int
    goals: Goals  # of all logs in sum
    short: bool
    keep: bool
    server: Path

    def goals_of(self, log: str) -> Goals:
        """One log's share: half of each with two logs, but broker faults are Kafka's alone."""
        logs = len(self.logs)
        return Goals(
            kills=-(-self.goals.kills // logs),
            broker_faults=self.goals.broker_faults if log == "kafka" else 0,
            posts=-(-self.goals.posts // logs),
        )


def parse(arguments: list[str]) -> Options:
    parser = argparse.ArgumentParser(
        prog="scripts/torture",
        description="Runs geomatch under load, kills it, its brokers and its disk, and checks that the log and "
        "the map are what was answered. Exit status 0: all that must be zero is zero, all counts were reached.",
    )
    parser.add_argument("--log", choices=["sqlite", "kafka", "both"], default="both", help="which log (both)")
    parser.add_argument("--minutes", type=float, help="the whole run takes no longer than about this (3)")
    parser.add_argument("--seed", type=int, help="decides the phones, the faults and their moments (random)")
    parser.add_argument("--kills", type=int, default=0, help="kill -9 geomatch at least so often, over all logs")
    parser.add_argument("--broker-faults", type=int, default=0, help="at least so many faults of Kafka's brokers")
    parser.add_argument("--posts", type=int, default=0, help="at least so many acknowledged posts, over all logs")
    parser.add_argument("--short", action="store_true", help="20 kills in sum and each broker fault once")
    parser.add_argument("--keep", action="store_true", help="keep the folder with the logs")
    parser.add_argument("--no-build", action="store_true", help="use build/release as it is")
    parser.add_argument("--server", type=Path, default=REPOSITORY / "build/release/geomatch", help="the binary to run")
    given = parser.parse_args(arguments)
    if given.minutes is not None and given.minutes <= 0:
        parser.error("--minutes takes a number over 0")
    if min(given.kills, given.broker_faults, given.posts) < 0:
        parser.error("--kills, --broker-faults and --posts take numbers from 0 on")
    if given.broker_faults and given.log == "sqlite":
        parser.error("--broker-faults needs --log kafka or both")
    if not given.server.exists():
        parser.error(f"{given.server} isn't there; leave out --no-build, or name another with --server")
    logs = ("sqlite", "kafka") if given.log == "both" else (given.log,)
    goals = Goals(given.kills, given.broker_faults, given.posts)
    if given.short:
        goals = Goals(max(20, goals.kills), max(4 if "kafka" in logs else 0, goals.broker_faults), goals.posts)
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(1 << 31)
    return Options(logs, given.minutes or (6 if given.short else 3), seed, goals, given.short, given.keep,
                   given.server.resolve())


def say(text: str) -> None:
    """Progress goes to standard error; standard output is the table."""
    print(f"torture: {text}", file=sys.stderr, flush=True)
