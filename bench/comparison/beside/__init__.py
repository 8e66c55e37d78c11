"""Who else is connected while others are busy, by name."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence

from . import idle, trickle
from .bystander import Bystander
from .idle import Idle
from .nobody import Nobody
from .slow_reader import SlowReader
from .trickle import Trickle

ALONE = "alone"

# Each takes the server's port and the cores that bystanders run on.
BYSTANDERS: dict[str, Callable[[int, Sequence[int]], contextlib.AbstractContextManager[Bystander]]] = {
    ALONE: Nobody, "idle": Idle, "slow-reader": SlowReader, "trickle": Trickle}

TITLES = {ALONE: "alone", "idle": f"beside {idle.CONNECTIONS:,} idle connections",
          "slow-reader": "beside a slow reader", "trickle": f"beside {trickle.CONNECTIONS} trickling senders"}
