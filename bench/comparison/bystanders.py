"""What bystanders cost those who are busy: the same load alone, and beside each of them."""

from __future__ import annotations

import dataclasses

from .beside import BYSTANDERS, TITLES
from .compare import in_order
from .cores import Cores
from .measuring import Measuring
from .options import Options, say
from .results import Sample
from .rows import ROWS

# Whoever idles, dawdles or trickles stays for as long as it is measured.
PATIENCE = ("--idle-timeout", "1h", "--request-timeout", "1h", "--write-timeout", "1h")


def bystanders(options: Options, cores: Cores) -> list[Sample]:
    """One server a round: what distinguishes two processes doesn't come between those that are compared."""
    measuring = Measuring(options, cores, None)
    row = dataclasses.replace(ROWS[options.rows[0]], flags=PATIENCE)
    connections = options.connections[0]
    samples = []
    for turn in range(options.rounds):
        with measuring.started(row) as (server, folder):
            for key in in_order(list(BYSTANDERS), turn):
                with BYSTANDERS[key](server.port, cores.others) as bystander:
                    one = measuring.load(row, server, folder, connections=connections)
                    bystander.expect_still_there()
                samples.append(Sample(key, turn, connections, 0, 0, one))
                say(f"{turn + 1}/{options.rounds}: {TITLES[key]}: {one.requests_per_s:,.0f} requests/s, "
                    f"{one.server_cpu_us:.2f} us of CPU each, p99 {one.p99_us:,.0f} us")
    return samples
