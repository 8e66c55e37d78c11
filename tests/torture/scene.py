"""A made-up history and log, for the tests."""

from __future__ import annotations

import json

from .checker import Findings, check
from .history import History
from .log_contents import LogContents
from .log_readers import Record
from .messages import Messages, entity_id, uuid_of

NOW_MS = 1_700_000_000_000


class Scene:
    """A history and a log, built step by step."""

    def __init__(self) -> None:
        self.history = History()
        self.messages = Messages(1)
        self.log: list[Record] = []

    def send(self, entity: int = 1, connection: int = 1, bad: bool = False) -> int:
        post = self.history.new_post(entity, NOW_MS + len(self.history.posts), bad)
        self.history.sent(self.history.posts, post, connection)
        return post

    def acknowledge(self, *posts: int, in_turn: bool = True) -> None:
        for post in posts:
            self.history.acknowledged(self.history.posts, post, in_turn)

    def answer(self, post: int, flag: int) -> None:
        self.history.note(self.history.posts, post, flag)

    def record(self, *posts: int, partition: int = 0, **changes: object) -> None:
        for post in posts:
            entity = self.history.posts.entity[post]
            lat_e7, lon_e7 = self.messages.place_e7(post)
            timestamp = self.history.timestamp_ms[post]
            value = {"id": entity_id(entity), "lat": lat_e7 / 1e7, "lon": lon_e7 / 1e7, "timestamp": timestamp,
                     "received_at": timestamp, "uuid": uuid_of(entity, post)} | changes
            self.log.append(Record(partition, entity_id(entity), json.dumps(value)))

    def delete(self, entity: int = 1, acknowledge: bool = True) -> int:
        deletes = self.history.deletes
        delete = self.history.new_delete(entity)
        self.history.sent(deletes, delete, 1)
        if acknowledge:
            self.history.acknowledged(deletes, delete, in_turn=False)
        return delete

    def tombstone(self, entity: int = 1, at_ms: int = 0) -> None:
        self.log.append(Record(0, entity_id(entity), None, at_ms))

    def contents(self) -> LogContents:
        return LogContents(self.history, self.messages).take(self.log)

    def findings(self) -> dict[str, int]:
        """How many of each, without those that are none."""
        found: Findings = check(self.history, self.contents())
        return {name: len(lines) for name, lines in vars(found).items() if lines}
