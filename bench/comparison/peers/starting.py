"""A server that fails to start is ended."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from ..process import Process


@contextlib.contextmanager
def ended_if_it_fails(process: Process) -> Iterator[Process]:
    try:
        yield process
    except BaseException:
        process.end()
        raise
