"""A log as the checker needs it: where each post stands, how often, the tombstones, and the map it makes."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from .history import BAD, History
from .log_readers import Record
from .messages import Messages, entity_id, uuid_of
from .replay import Fix, Standing


class LogContents:
    """Positions are running numbers from 1; an entity's records lie in one partition and so are comparable."""

    def __init__(self, history: History, messages: Messages) -> None:
        self.records = 0
        self.position = array("Q", bytes(8 * len(history.posts)))  # by post, its first record's; 0: none
        self.repeated: dict[int, int] = {}  # post: further records of it
        self.tombstones: dict[int, list[int]] = defaultdict(list)  # entity: positions
        self.map: dict[int, Fix] = {}
        self.scattered: set[int] = set()  # entities in more than one partition
        self.foreign: list[str] = []  # records that no phone sent so
        self._history = history
        self._messages = messages
        self._partition: dict[int, int] = {}
        self._standing: dict[int, Standing] = {}

    def take(self, records: Iterable[Record]) -> LogContents:
        for record in records:
            self.records += 1
            entity = self._entity_of(record.key)
            if entity is None:
                self._note_foreign(record)
                continue
            if self._partition.setdefault(entity, record.partition) != record.partition:
                self.scattered.add(entity)
            if record.value is None:
                self.tombstones[entity].append(self.records)
                self._stand(entity, self._standing.get(entity, Standing()).after_delete(record.received_at_ms))
            else:
                self._take_post(entity, record)
        return self

    @staticmethod
    def _entity_of(key: str) -> int | None:
        return int(key[1:]) if key.startswith("e") and key[1:].isdigit() else None

    def _take_post(self, entity: int, record: Record) -> None:
        assert record.value is not None
        try:
            value = json.loads(record.value)
            post = int(value["uuid"].partition("-")[2])
            fix = Fix.of(value)
        except (ValueError, KeyError, TypeError):
            return self._note_foreign(record)
        if not self._is_as_sent(entity, post, value):
            self._note_foreign(record)
        if post < len(self.position) and self.position[post]:
            self.repeated[post] = self.repeated.get(post, 0) + 1
        elif post < len(self.position):
            self.position[post] = self.records
        self._stand(entity, self._standing.get(entity, Standing()).after(fix))

    def _stand(self, entity: int, standing: Standing) -> None:
        self._standing[entity] = standing
        if standing.fix is None:
            self.map.pop(entity, None)
        else:
            self.map[entity] = standing.fix

    def _is_as_sent(self, entity: int, post: int, value: dict[str, Any]) -> bool:
        history = self._history
        if not 0 <= post < len(history.posts) or history.posts.entity[post] != entity:
            return False
        if history.posts.flags[post] & BAD:
            return True  # the checker finds it: it was rejected
        lat_e7, lon_e7 = self._messages.place_e7(post)
        return bool(value["id"] == entity_id(entity) and value["uuid"] == uuid_of(entity, post)
                and value["timestamp"] == history.timestamp_ms[post]
                and round(value["lat"] * 1e7) == lat_e7 and round(value["lon"] * 1e7) == lon_e7)

    def _note_foreign(self, record: Record) -> None:
        self.foreign.append(f"{record.key}: {record.value}")
