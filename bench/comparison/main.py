"""Measures what the options ask for, and tells it: tables on standard output and, with the drawings, in a folder."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from types import FrameType

from . import machine, results
from .bars import step_verdicts, verdict_table, verdicts
from .bystanders import bystanders
from .bystanders_table import bystanders_table
from .compare import compare
from .compare_table import compare_table
from .cores import Cores, of_this_machine
from .installing import make_ready
from .limits import raise_descriptors
from .options import Options, parse, say
from .peers import PEERS
from .results import Results, Sample, Setup
from .rows import ROWS
from .steps import steps
from .steps_table import steps_table

MEASURES: dict[str, Callable[[Options, Cores], list[Sample]]] = {
    "compare": compare, "steps": steps, "bystanders": bystanders}
TABLES: dict[str, Callable[[Results], list[str]]] = {
    "compare": lambda found: [compare_table(found), verdict_table(verdicts(found))],
    "steps": lambda found: [steps_table(found), verdict_table(step_verdicts(found))],
    "bystanders": lambda found: [bystanders_table(found)],
}


def interrupt(number: int, frame: FrameType | None) -> None:
    for other in (signal.SIGINT, signal.SIGTERM):
        signal.signal(other, signal.SIG_IGN)  # while what was started is ended
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)
    try:
        found = results.read(options.output / f"{options.mode}.json") if options.redraw else measured(options)
        tell(options, found)
        if options.strict:
            expect_success(found)
    except KeyboardInterrupt:
        say("interrupted; all that was started is ended")
        return 130
    except (RuntimeError, OSError) as error:
        say(f"FAILED: {error}")
        return 1
    return 0


def measured(options: Options) -> Results:
    raise_descriptors()
    cores = of_this_machine(options.threads)
    if options.build:
        make_ready(options)
    say(str(cores))
    told = facts(options, cores)
    try:
        samples = MEASURES[options.mode](options, cores)
    finally:
        shutil.rmtree(options.scratch, ignore_errors=True)
    setup = Setup(told, options.threads, options.rounds, options.seconds)
    found = Results(setup, samples)
    options.output.mkdir(parents=True, exist_ok=True)
    results.write(found, options.output / f"{options.mode}.json")
    return found


def expect_success(found: Results) -> None:
    for one in found.samples:
        if one.measurement.failed or not one.measurement.requests_per_s:
            raise RuntimeError(f"{one.row}: {one.measurement.failed:.0f} requests weren't answered with success")


def facts(options: Options, cores: Cores) -> dict[str, str]:
    peers = sorted({ROWS[key].peer for key in options.rows})
    has_kafka = any(ROWS[key].log == "kafka" for key in options.rows)
    broker = "Kafka on core " + ", ".join(map(str, cores.others)) if has_kafka else ""
    versions = filter(None, (PEERS[name].version(options.server) for name in peers))
    return {**machine.facts(), "cores used": str(cores), "broker": broker, "versions": ", ".join(versions)}


def tell(options: Options, found: Results) -> None:
    """The tables, as they are printed, go into a file beside the drawings."""
    text = "\n\n".join(TABLES[options.mode](found)) + "\n"
    print(text, end="", flush=True)
    (options.output / f"{options.mode}.md").write_text(text)
    if options.draw:
        from .drawing import draw  # matplotlib's, and nothing else needs that

        for file in draw(options.mode, found, options.output):
            say(f"drawn: {file}")


