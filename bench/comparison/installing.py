"""Installs what is missing, and builds what is measured."""

from __future__ import annotations

from collections.abc import Iterable

from .commands import run
from .options import REPOSITORY, Options, say
from .peers import PEERS
from .rows import ROWS

INSTALL_S = 900.0
BUILD_S = 3600.0


def make_ready(options: Options) -> None:
    peers = {ROWS[key].peer for key in options.rows}
    packages = sorted({package for name in peers for package in PEERS[name].packages})
    if options.draw:
        packages.append("python3-matplotlib")
    say("installing what is missing, and building")
    install(packages)
    run([REPOSITORY / "scripts/build", "release", "geomatch", "bench_floor", "bench_load"], BUILD_S)
    for name in sorted(peers):
        PEERS[name].build()


def install(packages: Iterable[str]) -> None:
    """With scripts/lib/packages.sh, which does nothing where nothing is missing."""
    run(["bash", "-c", 'source "$0"; install_missing "$@"', REPOSITORY / "scripts/lib/packages.sh", *packages],
        INSTALL_S)
