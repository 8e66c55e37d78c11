from __future__ import annotations

import select
import time
from collections.abc import Sequence

from .activity import Activity
from .post import POST, connect_and_post

AT_ONCE = POST * 64
TURN_S = 0.1
HELD_BACK_S = 0.5  # nothing more was taken for so long
PATIENCE_S = 20.0


class SlowReader:
    """One connection that sends posts as fast as they are taken and reads no answer. The server has its limits for
    it: it comes to be held back, and stays so."""

    def __init__(self, port: int, cores: Sequence[int], patience_s: float = PATIENCE_S,
                 held_back_s: float = HELD_BACK_S) -> None:
        self._patience_s = patience_s
        self._held_back_s = held_back_s
        self._socket = connect_and_post(port).socket
        self._socket.setblocking(False)
        self._rest = AT_ONCE
        self._sent_bytes = 0
        self._sent_at = time.monotonic()
        self._entered_bytes = 0
        self._activity = Activity(self._send, cores)

    def __enter__(self) -> SlowReader:
        self._activity.__enter__()
        try:
            self._wait_until_held_back()
        except BaseException:
            self.__exit__()
            raise
        self._entered_bytes = self._sent_bytes
        return self

    def __exit__(self, *_: object) -> None:
        self._activity.__exit__()
        self._socket.close()

    def expect_still_there(self) -> None:
        self._activity.expect_unbroken()
        taken = self._sent_bytes - self._entered_bytes
        if taken:
            raise RuntimeError(f"{taken} bytes more were taken of one who reads nothing: it isn't held back")

    def _send(self) -> None:
        _, writable, _ = select.select([], [self._socket], [], TURN_S)
        if not writable:
            return
        sent = self._socket.send(self._rest)  # raises if the server has closed it
        self._rest = self._rest[sent:] or AT_ONCE
        self._sent_bytes += sent
        self._sent_at = time.monotonic()

    def _wait_until_held_back(self) -> None:
        until = time.monotonic() + self._patience_s
        while time.monotonic() - self._sent_at < self._held_back_s:
            self._activity.expect_unbroken()
            if time.monotonic() > until:
                raise RuntimeError(f"one who reads nothing isn't held back: {self._sent_bytes} bytes were taken")
            time.sleep(TURN_S)
