"""Runs the load generator, build/release/bench/load."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .commands import run
from .cores import Cores
from .measurement import Measurement
from .options import Options
from .peers.peer import Server
from .rows import Row

PATIENCE_S = 30.0  # for what comes before and after what is measured
PRELOAD_S = 300.0
PRELOAD_CONNECTIONS = 64


def measure(options: Options, cores: Cores, server: Server, row: Row, folder: Path, *, connections: int,
            rate: float = 0) -> Measurement:
    """A closed loop, or an open one of `rate` requests/s."""
    report = folder / "load.json"
    report.unlink(missing_ok=True)
    command = [*command_of(options, cores, row), "--limit", str(row.limit), "--connections", str(connections),
               "--duration", milliseconds(options.seconds), "--warm-up", milliseconds(options.warm_up_s),
               "--server-pid", str(server.process.pid), "--json", report]
    command += ["--with-children"] if server.has_children else []
    command += ["--rate", f"{rate:.3f}"] if rate else []
    try:
        run([*command, server.address], options.seconds + options.warm_up_s + PATIENCE_S)
    except RuntimeError:
        if not report.exists():  # failed requests are in the report, and told by the table
            raise
    return measurement_of(json.loads(report.read_text()))


def preload(options: Options, cores: Cores, server: Server, row: Row) -> None:
    """Every entity posts once. Only records: what it would find, Redis would take ten minutes for."""
    run([*command_of(options, cores, row), "--preload", "--limit", "0", "--connections", str(PRELOAD_CONNECTIONS),
         "--duration", "200ms", "--warm-up", "0ms", server.address], PRELOAD_S)


def command_of(options: Options, cores: Cores, row: Row) -> list[str | Path]:
    return [options.load, "--protocol", row.protocol, "--entities", str(row.entities), "--cpu", str(cores.generator),
            "--quiet"]


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f}ms"


def measurement_of(report: dict[str, Any]) -> Measurement:
    latency, server = report["latency"], report["server"]
    refused = sum(count for status, count in report.get("status", {}).items() if not status.startswith("2"))
    return Measurement(
        requests_per_s=report["requests_per_s"], p50_us=latency["p50_us"], p95_us=latency["p95_us"],
        p99_us=latency["p99_us"], p999_us=latency["p99_9_us"], max_us=latency["max_us"],
        server_cpu_us=server["cpu_us_per_request"], server_busy=server["cores"], resident_mib=server["resident_mib"],
        reply_bytes=report["reply_bytes_mean"], matches=report.get("matches_mean", 0),
        failed=refused + report["unanswered"] + report["socket_errors"], generator_busy=report["generator"]["cores"])
