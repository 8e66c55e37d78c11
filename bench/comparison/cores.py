"""Which core is whose."""

from __future__ import annotations

import dataclasses
import os


@dataclasses.dataclass(frozen=True)
class Cores:
    server: tuple[int, ...]
    generator: int
    spare: tuple[int, ...] = ()

    @property
    def others(self) -> tuple[int, ...]:
        """Kafka's and the bystanders': what is left, or else the generator's, so that the server's stays its own."""
        return self.spare or (self.generator,)

    @property
    def are_apart(self) -> bool:
        return self.generator not in self.server

    def __str__(self) -> str:
        names = ", ".join(map(str, self.server))
        shared = "" if self.are_apart else " (SHARED: the machine has no core to spare)"
        return f"server on core {names}, load generator on core {self.generator}{shared}"


def split(available: set[int], threads: int) -> Cores:
    """The generator gets the last core, the server the first `threads` of the others; of what there is."""
    in_order = sorted(available)
    generator = in_order[-1]
    server = tuple(in_order[:-1][:threads]) or (generator,)
    return Cores(server, generator, tuple(in_order[:-1][threads:]))


def of_this_machine(threads: int) -> Cores:
    cores = split(os.sched_getaffinity(0), threads)
    if len(cores.server) < threads:
        raise RuntimeError(f"--threads {threads} takes as many cores, and one for the load generator")
    return cores
