"""What each has to say of itself."""

from __future__ import annotations

from typing import Protocol


class Bystander(Protocol):
    """A context manager: once entered, it is what it is to be, until it is left."""

    def expect_still_there(self) -> None:
        """Raises RuntimeError if it wasn't all the time what it is to be: then nothing was measured beside it."""
        ...
