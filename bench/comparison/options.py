"""The command line of bench/compare, bench/steps and bench/bystanders."""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
from pathlib import Path

from .rows import ROWS

REPOSITORY = Path(__file__).resolve().parents[2]
SERVER = REPOSITORY / "build/release/geomatch"


@dataclasses.dataclass(frozen=True)
class Mode:
    """What is usual in it."""

    rounds: int
    connections: str
    rows: tuple[str, ...]
    smoke_rows: tuple[str, ...]
    smoke_seconds: float = 1.0
    is_drawn: bool = True


MODES = {
    "compare": Mode(5, "64", tuple(ROWS), ("geomatch-10", "floor-10")),
    "steps": Mode(3, "100,500,1000,5000", ("geomatch-10", "go"), ("geomatch-10", "floor-10")),
    "bystanders": Mode(8, "64", ("geomatch-10",), ("geomatch-10",), smoke_seconds=0.4, is_drawn=False),
}


@dataclasses.dataclass(frozen=True)
class Options:
    mode: str  # a key of MODES
    rounds: int
    seconds: float  # measured, of each row in each round
    warm_up_s: float
    rows: tuple[str, ...]  # keys of ROWS, in their order
    connections: tuple[int, ...]
    threads: int  # of each server
    output: Path
    scratch: Path  # what the servers write
    server: Path
    load: Path
    build: bool
    draw: bool
    strict: bool  # a request that isn't answered with success fails the run
    redraw: bool  # only table and drawing, of what the output folder has


def parse(arguments: list[str]) -> Options:
    parser = argparse.ArgumentParser(prog="bench/compare", description="Builds, starts and measures geomatch and "
                                     "its peers, interleaved, and prints a table and what the ratios were to be.")
    parser.set_defaults(mode="compare")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--steps", dest="mode", action="store_const", const="steps",
                      help="the step-load table instead: 100 to 5000 connections, closed loop and open loop")
    mode.add_argument("--bystanders", dest="mode", action="store_const", const="bystanders",
                      help="geomatch alone instead, and beside idle connections, a slow reader, trickling senders")
    parser.add_argument("--rounds", type=int,
                        help="each row is measured so often; medians are told (5; steps: 3; bystanders: 8)")
    parser.add_argument("--seconds", type=float, default=5, help="measured, of each row in each round (5)")
    parser.add_argument("--warm-up", type=float, default=2, help="seconds before that (2)")
    parser.add_argument("--only", metavar="ROW[,ROW…]",
                        help="only these rows (all; steps: geomatch-10,go): " + ", ".join(ROWS))
    parser.add_argument("--without", metavar="ROW[,ROW…]", help="all rows but these")
    parser.add_argument("--connections", metavar="N[,N…]", help="(64; steps: 100,500,1000,5000)")
    parser.add_argument("--threads", type=int, default=1,
                        help="of each server, each with a core of its own (1; with more, no floor)")
    parser.add_argument("--output", type=Path, default=REPOSITORY / "docs/figures", help="a folder (docs/figures)")
    parser.add_argument("--server", type=Path, default=SERVER)
    parser.add_argument("--no-build", action="store_true", help="install and build nothing")
    parser.add_argument("--no-drawing", action="store_true", help="no SVG and PNG")
    parser.add_argument("--redraw", action="store_true", help="measure nothing: table and drawing of the last run")
    parser.add_argument("--smoke", action="store_true",
                        help="does the tool work? Only geomatch and the floor, one short round, into build/")
    given = parser.parse_args(arguments)
    usual = MODES[given.mode]
    rows = chosen(parser, given)
    connections = numbers(parser, given.connections or usual.connections)
    if len(connections) > 1 and given.mode != "steps":
        parser.error("--connections takes one number; several with --steps")
    if given.seconds <= 0 or given.warm_up < 0 or given.threads < 1 or (given.rounds or 1) < 1:
        parser.error("--rounds, --seconds and --threads take numbers over 0, and --warm-up one from 0 on")
    output, build = given.output, not given.no_build
    rounds, seconds, warm_up = given.rounds or usual.rounds, given.seconds, given.warm_up
    if given.smoke:
        output, build, rounds, seconds, warm_up = REPOSITORY / "build/smoke", False, 1, usual.smoke_seconds, 0.2
    return Options(
        mode=given.mode, rounds=rounds, seconds=seconds, warm_up_s=warm_up, rows=rows,
        connections=connections, threads=given.threads, output=output.resolve(),
        scratch=REPOSITORY / f"build/compare-{os.getpid()}", server=given.server.resolve(),
        load=REPOSITORY / "build/release/bench/load", build=build and not given.redraw,
        draw=usual.is_drawn and not given.no_drawing and not given.smoke, strict=given.smoke,
        redraw=given.redraw)


def chosen(parser: argparse.ArgumentParser, given: argparse.Namespace) -> tuple[str, ...]:
    usual = MODES[given.mode]
    if given.smoke:
        return usual.smoke_rows
    only, without = (keys(parser, text) for text in (given.only, given.without))
    if given.mode == "bystanders" and (only or without):
        parser.error("--bystanders measures geomatch only: leave out --only and --without")
    wanted = [key for key in ROWS if key in (only or usual.rows) and key not in without]
    # The floor has one thread: it is no measure for more.
    rows = tuple(key for key in wanted if given.threads == 1 or ROWS[key].peer != "floor")
    if not rows:
        parser.error("no row is left to measure")
    return rows


def keys(parser: argparse.ArgumentParser, text: str | None) -> set[str]:
    named = set(text.split(",")) if text else set()
    unknown = named - set(ROWS)
    if unknown:
        parser.error(f"there is no row {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}")
    return named


def numbers(parser: argparse.ArgumentParser, text: str) -> tuple[int, ...]:
    parts = text.split(",")
    if not all(part.isdecimal() and int(part) > 0 for part in parts):
        parser.error("--connections takes numbers over 0, with commas between")
    return tuple(int(part) for part in parts)


def say(text: str) -> None:
    """Progress goes to standard error; standard output is the table."""
    print(f"compare: {text}", file=sys.stderr, flush=True)
