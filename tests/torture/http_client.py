"""A small HTTP/1.1 client: answers cut out of bytes, and one keep-alive connection with pipelining."""

from __future__ import annotations

import asyncio
import fcntl
import random
import socket
import struct
import termios
import time
from collections import deque
from collections.abc import Callable, Iterator

Address = tuple[str, int]
RECEIVE_BYTES = 1 << 18


class Replies:
    """Bytes in, whole answers out. The server gives every answer a Content-Length, but for 204."""

    def __init__(self) -> None:
        self._bytes = b""

    def feed(self, received: bytes) -> Iterator[tuple[int, bytes]]:
        """Status and body of each answer that is whole by now."""
        held = self._bytes + received if self._bytes else received
        at = 0
        while (head_end := held.find(b"\r\n\r\n", at)) >= 0:
            status = int(held[at + 9 : at + 12])
            length_at = held.find(b"Content-Length: ", at, head_end)
            length = 0
            if length_at >= 0:
                length = int(held[length_at + 16 : held.find(b"\r", length_at, head_end + 2)])
            end = head_end + 4 + length
            if end > len(held):
                break
            at, body_at = end, head_end + 4
            yield status, held[body_at:end]
        self._bytes = held[at:]


class Connection:
    """Reconnects for ever. What it calls back: `on_up`, `on_answer(ticket, status, body)`, and `on_cut(ticket)` for
    each request whose answer never came. A ticket is what the caller gave with the request."""

    def __init__(self, address: Address, rng: random.Random) -> None:
        self.on_up: Callable[[], None] = lambda: None
        self.on_batch_end: Callable[[], None] = lambda: None
        self.on_answer: Callable[[int, int, bytes], None] = lambda *_: None
        self.on_cut: Callable[[int], None] = lambda *_: None
        self.waiting: deque[int] = deque()  # tickets, in the order of the requests
        self.number = 0  # of this socket; another one after each reconnect
        self.owed = 0  # answers that a SIGTERM must not take: the first so many of `waiting`
        self.unanswered_by_sigterm: list[int] = []  # tickets
        self.unasked = 0  # answers to nothing
        self.silences = 0
        self._address = address
        self._rng = rng
        self._loop = asyncio.get_running_loop()
        self._socket: socket.socket | None = None
        self._replies = Replies()
        self._unsent = b""
        self._can_write = False
        self._proved = False  # the server has accepted it: it answered something
        self._ended = False
        self._heard_at = 0.0

    _numbers = 0

    @property
    def is_up(self) -> bool:
        return self._can_write

    async def run(self) -> None:
        """Until cancelled: connects, and again whenever the connection has gone."""
        while True:
            opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            opened.setblocking(False)
            try:
                await self._loop.sock_connect(opened, self._address)
            except OSError:
                opened.close()
            except BaseException:
                opened.close()
                raise
            else:
                await self._use(opened)
            await asyncio.sleep(self._rng.uniform(0.02, 0.15))

    async def _use(self, opened: socket.socket) -> None:
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        Connection._numbers += 1
        self.number = Connection._numbers
        self._socket, self._replies, self._unsent = opened, Replies(), b""
        self._can_write, self._proved, self._ended, self._heard_at = True, False, False, time.monotonic()
        self._loop.add_reader(opened, self._read)
        self._gone = asyncio.Event()
        try:
            self.on_up()
            await self._gone.wait()
        finally:
            self._close()

    def send(self, request: bytes, tickets: list[int]) -> None:
        """One or more requests. Only while it is up."""
        if not self.waiting:
            self._heard_at = time.monotonic()
        self.waiting.extend(tickets)
        if self._unsent:
            self._unsent += request
        else:
            self._write(request)

    def _write(self, data: bytes) -> None:
        assert self._socket is not None
        try:
            sent = self._socket.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            # Not the end: what the server had answered before may still be there to be read.
            self._can_write = False
            self._unsent = b""
            self._loop.remove_writer(self._socket)
            return
        had_unsent, self._unsent = bool(self._unsent), data[sent:]
        if self._unsent and not had_unsent:
            self._loop.add_writer(self._socket, lambda: self._write(self._unsent))
        elif had_unsent and not self._unsent:
            self._loop.remove_writer(self._socket)

    def _read(self) -> None:
        assert self._socket is not None
        try:
            received = self._socket.recv(RECEIVE_BYTES)
        except BlockingIOError:
            return
        except OSError:
            received = b""
        if not received:
            return self._end()
        self._proved, self._heard_at = True, time.monotonic()
        for status, body in self._replies.feed(received):
            if not self.waiting:
                self.unasked += 1
                continue
            if self.owed:
                self.owed -= 1
            self.on_answer(self.waiting.popleft(), status, body)
        self.on_batch_end()

    def _end(self) -> None:
        if not self._ended:
            assert self._socket is not None
            self._ended, self._can_write = True, False
            self._loop.remove_reader(self._socket)
            self._gone.set()

    def _close(self) -> None:
        assert self._socket is not None
        self._ended, self._can_write = True, False
        self._loop.remove_reader(self._socket)
        self._loop.remove_writer(self._socket)
        self._socket.close()
        self._socket = None
        self.unanswered_by_sigterm += list(self.waiting)[: self.owed]
        self.owed = 0
        while self.waiting:
            self.on_cut(self.waiting.popleft())

    def end_if_silent(self, seconds: float) -> None:
        if self.is_up and self.waiting and time.monotonic() - self._heard_at > seconds:
            self.silences += 1
            self._end()

    def count_owed(self) -> int:
        """To be called right before a SIGTERM. All that was sent is owed an answer if the server's kernel has it all
        (nothing unsent here, nothing that it hasn't confirmed) and the server itself has taken the connection."""
        self.owed = 0
        if self.is_up and self._proved and not self._unsent and self._unconfirmed_bytes() == 0:
            self.owed = len(self.waiting)
        return self.owed

    def _unconfirmed_bytes(self) -> int:
        assert self._socket is not None
        return int(struct.unpack("i", fcntl.ioctl(self._socket, termios.TIOCOUTQ, b"\0\0\0\0"))[0])
