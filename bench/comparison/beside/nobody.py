from __future__ import annotations

from collections.abc import Sequence


class Nobody:
    def __init__(self, port: int, cores: Sequence[int]) -> None:
        pass

    def __enter__(self) -> Nobody:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def expect_still_there(self) -> None:
        pass
