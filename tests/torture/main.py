"""Runs what the options ask for, one log after the other, and prints the table."""

from __future__ import annotations

import asyncio
import contextlib
import random
import shutil
import signal
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

from .disk import Disk
from .kafka_cluster import TOPIC, KafkaCluster
from .kafka_faults import KafkaFaults
from .log_readers import read_journal, read_topic
from .options import Options, parse, say
from .report import Result, amount, table, write_findings
from .run import Run
from .server import Server, free_port
from .sqlite_faults import SqliteFaults

CLOSING_SHARE = 0.25  # of a log's time, for the last answers and the check
CLOSING_S = 45.0  # and no more than that


def make_servers(count: int, publish: str, folder: Path, options: Options) -> list[Server]:
    rng, taken = random.Random(options.seed), set[int]()
    return [Server(f"geomatch-{number + 1}", options.server, publish, folder / f"geomatch-{number + 1}.log",
                   (free_port(rng, taken), free_port(rng, taken))) for number in range(count)]


@contextlib.asynccontextmanager
async def ended(servers: list[Server]) -> AsyncIterator[list[Server]]:
    try:
        yield servers
    finally:
        for server in servers:
            await server.kill_if_running()


async def torture_sqlite(options: Options, folder: Path, load_until: float) -> Result:
    disk = Disk(folder / "disk")
    may_fill = disk.mount()
    journal = disk.folder / "journal.db"
    try:
        async with ended(make_servers(1, f"sqlite:{journal}", folder, options)) as servers:
            faults = SqliteFaults(journal, disk, options.seed + 2, options.short)
            run = Run("sqlite", servers, faults, lambda: read_journal(journal), options.goals_of("sqlite"),
                      options.short, options.seed)
            result = await run.go(load_until)
        if not may_fill:
            result.skipped.append("disk full")
        if may_fill and (options.keep or not result.passed):
            for file in disk.folder.glob("journal.db*"):
                shutil.copy(file, folder)
        return result
    finally:
        disk.unmount()


async def torture_kafka(options: Options, folder: Path, load_until: float) -> Result:
    cluster = KafkaCluster(folder / "cluster")
    try:
        say("kafka: starting three brokers")
        await cluster.start()
        async with ended(make_servers(2, cluster.publish, folder, options)) as servers:
            faults = KafkaFaults(cluster, options.seed + 2, options.short)
            run = Run("kafka", servers, faults, lambda: read_topic(TOPIC, cluster.folder), options.goals_of("kafka"),
                      options.short, options.seed)
            result = await run.go(load_until)
        if options.keep or not result.passed:
            with (folder / "topic.tsv").open("w") as copy:
                copy.writelines(f"{one.partition}\t{one.key}\t{one.value}\n" for one in
                                read_topic(TOPIC, cluster.folder))
        return result
    finally:
        await cluster.destroy()


TORTURES = {"sqlite": torture_sqlite, "kafka": torture_kafka}


async def torture(options: Options, folder: Path) -> list[Result]:
    """One log after the other; of what is left of the time each gets its part."""
    end = time.monotonic() + options.minutes * 60
    results = []
    for at, log in enumerate(options.logs):
        own = folder / log
        own.mkdir()
        seconds = (end - time.monotonic()) / (len(options.logs) - at)
        load_until = time.monotonic() + seconds - min(CLOSING_S, seconds * CLOSING_SHARE)
        result = await TORTURES[log](options, own, load_until)
        write_findings(result, own / "findings.txt")
        results.append(result)
    return results


async def until_interrupted(options: Options, folder: Path) -> list[Result]:
    """A Ctrl-C or SIGTERM ends all that was started."""
    task = asyncio.current_task()
    assert task is not None
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    return await torture(options, folder)


def conclude(results: list[Result]) -> bool:
    """Prints what went wrong; true if nothing did."""
    for result in results:
        for line in result.unreached:
            say(f"FAILED: not reached in time: {line}")
        for name, found in result.violations():
            if amount(found):
                example = f", such as {found[0]}" if isinstance(found, list) else ""
                say(f"FAILED: {result.log}: {name}: {amount(found)}{example}")
    return all(result.passed for result in results)


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    say(f"seed {options.seed} (the same again: --seed {options.seed})")
    folder = Path(tempfile.mkdtemp(prefix="geomatch-torture-"))
    passed = False
    try:
        results = asyncio.run(until_interrupted(options, folder))
        print(table(results), flush=True)
        passed = conclude(results)
    except asyncio.CancelledError:
        say("interrupted")
        return 130
    except (RuntimeError, OSError) as error:
        say(f"FAILED: {error}")
    finally:
        if passed and not options.keep:
            shutil.rmtree(folder)
        else:
            say(f"logs are in {folder}")
    say("passed" if passed else f"FAILED; seed {options.seed}")
    return 0 if passed else 1
