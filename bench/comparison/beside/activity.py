from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence


class Activity:
    """Calls `step` over and over while it is entered, on these cores. What a step raises ends it, and is kept."""

    def __init__(self, step: Callable[[], None], cores: Sequence[int]) -> None:
        self._step = step
        self._cores = cores
        self._ends = threading.Event()
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Activity:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._thread.join()

    def expect_unbroken(self) -> None:
        """Raises RuntimeError if a step has raised something."""
        if self._error is not None:
            raise RuntimeError(f"a bystander was interrupted: {self._error}") from self._error

    def _run(self) -> None:
        os.sched_setaffinity(0, self._cores)  # of this thread
        try:
            while not self._ends.is_set():
                self._step()
        except Exception as error:
            self._error = error
