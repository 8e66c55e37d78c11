"""Holds a log against what was answered. Each finding is a list of what is wrong, for the table and to look into."""

from __future__ import annotations

import dataclasses
import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable

from .history import ACKNOWLEDGED, IN_TURN, UNKNOWN, History, Sent
from .log_contents import LogContents
from .messages import uuid_of



@dataclasses.dataclass
class Findings:
    missing: list[str] = dataclasses.field(default_factory=list)  # acknowledged, not in the log
    refused_and_present: list[str] = dataclasses.field(default_factory=list)
    out_of_order: list[str] = dataclasses.field(default_factory=list)
    duplicates: list[str] = dataclasses.field(default_factory=list)  # uuids with more than one record
    deletes_missing: list[str] = dataclasses.field(default_factory=list)
    foreign: list[str] = dataclasses.field(default_factory=list)  # records that no phone sent so


def check(history: History, log: LogContents) -> Findings:
    found = Findings(foreign=log.foreign)
    posts = history.posts

    def name(post: int) -> str:
        return uuid_of(posts.entity[post], post)

    by_entity: dict[int, list[int]] = defaultdict(list)
    for post in range(len(posts)):
        if log.position[post]:
            by_entity[posts.entity[post]].append(post)
            if posts.refused_for_good(post):
                found.refused_and_present.append(name(post))
        elif posts.flags[post] & ACKNOWLEDGED:
            found.missing.append(name(post))
    found.duplicates = [f"{name(post)}: {more + 1} records" for post, more in log.repeated.items()]
    found.out_of_order = [f"e{entity} is in several partitions" for entity in sorted(log.scattered)]
    for present in by_entity.values():
        found.out_of_order += _out_of_order(posts, log, present, name)
    _check_deletes(history, log, by_entity, found)
    return found


def _out_of_order(posts: Sent, log: LogContents, present: list[int], name: Callable[[int], str]) -> Iterable[str]:
    """Posts of one entity that stand before one that they must follow: each is named once, with one such."""
    late: dict[int, int] = {}
    # First sent after another's acknowledgement.
    acknowledged = sorted((p for p in present if posts.flags[p] & ACKNOWLEDGED),
                          key=posts.first_acknowledged.__getitem__)
    farthest, at = -1, 0  # the one farthest in the log among those acknowledged by now
    for post in sorted(present, key=posts.first_sent.__getitem__):
        while at < len(acknowledged) and posts.first_acknowledged[acknowledged[at]] < posts.first_sent[post]:
            if farthest < 0 or log.position[acknowledged[at]] > log.position[farthest]:
                farthest = acknowledged[at]
            at += 1
        if farthest >= 0 and log.position[farthest] > log.position[post]:
            late[post] = farthest
    # Pipelined on one connection, both answered there at once.
    last: dict[int, int] = {}
    for post in sorted((p for p in present if posts.flags[p] & IN_TURN), key=posts.first_sent.__getitem__):
        before = last.get(posts.connection[post])
        if before is not None and log.position[before] > log.position[post]:
            late.setdefault(post, before)
        else:
            last[posts.connection[post]] = post
    return [f"{name(post)} stands before {name(before)}" for post, before in late.items()]


def _check_deletes(history: History, log: LogContents, by_entity: dict[int, list[int]], found: Findings) -> None:
    of_entity: dict[int, list[int]] = defaultdict(list)
    for delete in range(len(history.deletes)):
        of_entity[history.deletes.entity[delete]].append(delete)
    for entity in of_entity.keys() | log.tombstones.keys():
        deletes, tombstones = of_entity.get(entity, []), log.tombstones.get(entity, [])
        possible = sum(not history.deletes.refused_for_good(delete) for delete in deletes)
        if len(tombstones) > possible and not _may_repeat(history.deletes, deletes):
            found.refused_and_present.append(f"e{entity}: {len(tombstones)} tombstones for {possible} deletes")
        spans = [_span(history, log, delete, by_entity.get(entity, [])) for delete in deletes
                 if history.deletes.flags[delete] & ACKNOWLEDGED]
        missing = _without_tombstone(spans, tombstones)
        if missing:
            found.deletes_missing.append(f"e{entity}: {missing} of {len(spans)} deletes")


def _may_repeat(deletes: Sent, of_entity: list[int]) -> bool:
    """A delete has no uuid: resent after a 504 or a cut, it may be in the log twice."""
    return any(deletes.flags[delete] & UNKNOWN for delete in of_entity)


def _span(history: History, log: LogContents, delete: int, present: list[int]) -> tuple[int, int]:
    """Where its tombstone must be: after all that was acknowledged before it was sent, before all that was first sent
    after it was acknowledged. Both ends exclusive."""
    posts, sent = history.posts, history.deletes.first_sent[delete]
    acknowledged = history.deletes.first_acknowledged[delete]
    after = max((log.position[p] for p in present
                 if posts.flags[p] & ACKNOWLEDGED and posts.first_acknowledged[p] < sent), default=0)
    before = min((log.position[p] for p in present if posts.first_sent[p] > acknowledged), default=1 << 62)
    return after, before


def _without_tombstone(spans: list[tuple[int, int]], tombstones: list[int]) -> int:
    """How many spans get no tombstone of their own, dealt out as well as can be: each to the span that ends first."""
    spans = sorted(spans)
    open_ends: list[int] = []
    served = at = 0
    for tombstone in sorted(tombstones):
        while at < len(spans) and spans[at][0] < tombstone:
            heapq.heappush(open_ends, spans[at][1])
            at += 1
        while open_ends and open_ends[0] <= tombstone:
            heapq.heappop(open_ends)
        if open_ends:
            heapq.heappop(open_ends)
            served += 1
    return len(spans) - served
