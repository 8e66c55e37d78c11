"""What was sent and what was answered, about 30 bytes a post."""

from __future__ import annotations

from array import array
from collections import Counter

ACKNOWLEDGED = 1  # some attempt was answered 200 (of a delete: 204)
UNKNOWN = 2  # some attempt was answered 504, or its connection was cut, or it was never answered
REFUSED = 4  # some attempt was answered 503
REJECTED = 8  # some attempt was answered 4xx
IN_TURN = 16  # its first attempt was answered "accepted" or "stale" on the connection it went by
BAD = 32  # made so that it has to be rejected


class Sent:
    """Posts or deletes, by number. Moments are running numbers of events: sendings and acknowledgements."""

    def __init__(self) -> None:
        self.entity = array("I")
        self.first_sent = array("Q")  # 0: never
        self.first_acknowledged = array("Q")  # 0: never
        self.connection = array("I")  # that of the first attempt; each has a number of its own
        self.flags = array("B")

    def __len__(self) -> int:
        return len(self.entity)

    def add(self, entity: int, flags: int = 0) -> int:
        self.entity.append(entity)
        self.first_sent.append(0)
        self.first_acknowledged.append(0)
        self.connection.append(0)
        self.flags.append(flags)
        return len(self.entity) - 1

    def refused_for_good(self, number: int) -> bool:
        """Every attempt was answered, and each with 503 or 4xx."""
        flags = self.flags[number]
        return bool(flags & (REFUSED | REJECTED)) and not flags & (ACKNOWLEDGED | UNKNOWN)


class History:
    def __init__(self) -> None:
        self.posts = Sent()
        self.timestamp_ms = array("Q")  # by post
        self.deletes = Sent()
        self.attempts: Counter[str] = Counter()  # how many posts and deletes were sent, resends included
        self.answers: Counter[str] = Counter()  # by status; "cut" for none
        self.acknowledged_posts = 0
        self._events = 0

    def new_post(self, entity: int, timestamp_ms: int, bad: bool = False) -> int:
        self.timestamp_ms.append(timestamp_ms)
        return self.posts.add(entity, BAD if bad else 0)

    def new_delete(self, entity: int) -> int:
        return self.deletes.add(entity)

    def sent(self, what: Sent, number: int, connection: int) -> None:
        self.attempts["deletes" if what is self.deletes else "posts"] += 1
        if not what.first_sent[number]:
            self._events += 1
            what.first_sent[number] = self._events
            what.connection[number] = connection

    def acknowledged(self, what: Sent, number: int, in_turn: bool) -> None:
        if not what.first_acknowledged[number]:
            self._events += 1
            what.first_acknowledged[number] = self._events
            if what is self.posts:
                self.acknowledged_posts += 1
        what.flags[number] |= ACKNOWLEDGED | (IN_TURN if in_turn else 0)

    def note(self, what: Sent, number: int, flag: int) -> None:
        what.flags[number] |= flag
