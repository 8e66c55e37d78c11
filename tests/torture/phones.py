"""The phones: entities that post over a few dozen connections, resend what they must and give up now and then."""

from __future__ import annotations

import asyncio
import random
import time

from .history import BAD, IN_TURN, REFUSED, REJECTED, UNKNOWN, History, Sent
from .http_client import Address, Connection
from .messages import Messages, entity_id, uuid_of

ENTITIES = 3000
CONNECTIONS = 64
REQUESTS_WAITING = 6  # of a connection, before it begins another burst
SILENCE_S = 30.0  # well over --answer-timeout: a request that waits longer was forgotten

# Kinds of attempts, the low bits of a ticket; the rest is the number of the post or delete.
FIRST, RETRY, UNPROVOKED, DELETE, DELETE_RETRY = range(5)


class Road:
    """One connection and the entities that post by it."""

    def __init__(self, connection: Connection, instance: int, entities: list[int]) -> None:
        self.connection = connection
        self.instance = instance
        self.idle = entities
        self.resting = False


class Phones:
    def __init__(self, history: History, messages: Messages, addresses: list[Address], seed: int) -> None:
        self.history = history
        self.answers_to_others = 0  # a 200 that names another entity than its request did
        self.unexpected: list[str] = []  # statuses that no request here should get
        self._messages = messages
        self._rng = random.Random(seed)
        self._loop = asyncio.get_running_loop()
        self._posting = True
        self._retries_waiting = 0
        self._last_timestamp_ms = [0] * ENTITIES
        self._burst_left = [0] * ENTITIES  # requests of its burst that wait for their answers
        self._recent = [0] * 512  # posts acknowledged lately, to be sent once more for nothing
        self._roads = [self._road(number, addresses) for number in range(CONNECTIONS)]
        self._tasks = [asyncio.create_task(road.connection.run()) for road in self._roads]
        self._tasks.append(asyncio.create_task(self._watch_silence()))

    def _road(self, number: int, addresses: list[Address]) -> Road:
        instance = number % len(addresses)
        # Its instance's entities, dealt out among that instance's connections.
        road = Road(Connection(addresses[instance], self._rng), instance, list(range(number, ENTITIES, CONNECTIONS)))
        road.connection.on_up = road.connection.on_batch_end = lambda: self._fill(road)
        road.connection.on_answer = lambda ticket, status, body: self._on_answer(road, ticket, status, body)
        road.connection.on_cut = lambda ticket: self._on_cut(road, ticket)
        return road

    async def _watch_silence(self) -> None:
        while True:
            await asyncio.sleep(1)
            for road in self._roads:
                road.connection.end_if_silent(SILENCE_S)

    # Sending

    def _fill(self, road: Road) -> None:
        connection = road.connection
        while (self._posting and road.idle and connection.is_up and not road.resting
               and len(connection.waiting) < REQUESTS_WAITING):
            idle, at = road.idle, self._rng.randrange(len(road.idle))
            idle[at], idle[-1] = idle[-1], idle[at]
            self._burst(road, idle.pop())

    def _burst(self, road: Road, entity: int) -> None:
        requests, tickets = [], []
        for _ in range(self._rng.randint(1, 4)):
            chance = self._rng.random()
            if chance < 0.004:
                number = self.history.new_delete(entity)
                tickets.append(number << 3 | DELETE)
                self.history.sent(self.history.deletes, number, road.connection.number)
                requests.append(self._messages.delete(entity))
                continue
            number = self.history.new_post(entity, self._timestamp(entity, chance), bad=chance > 0.995)
            tickets.append(number << 3 | FIRST)
            self.history.sent(self.history.posts, number, road.connection.number)
            requests.append(self._post(number))
            if 0.9 < chance < 0.907:
                self._soon(self._rng.choice((0, 0.001, 0.01)), number << 3 | UNPROVOKED)
            elif 0.907 < chance < 0.914:
                recent = self._rng.choice(self._recent)
                if self.history.posts.flags[recent] & ~IN_TURN == 1:
                    self._soon(0, recent << 3 | UNPROVOKED)
        self._burst_left[entity] = len(tickets)
        road.connection.send(b"".join(requests), tickets)

    def _timestamp(self, entity: int, chance: float) -> int:
        now_ms = time.time_ns() // 1_000_000
        if 0.1 < chance < 0.13:
            return now_ms - self._rng.randrange(1_000, 60_000)  # late: stale, unless it is the first
        newest = max(now_ms, self._last_timestamp_ms[entity] + 1)
        self._last_timestamp_ms[entity] = newest
        return newest

    def _post(self, number: int) -> bytes:
        history = self.history
        bad = bool(history.posts.flags[number] & BAD)
        return self._messages.post(history.posts.entity[number], number, history.timestamp_ms[number], bad)

    # Answers

    def _subject(self, ticket: int) -> tuple[Sent, int, int]:
        kind = ticket & 7
        return (self.history.deletes if kind >= DELETE else self.history.posts), ticket >> 3, kind

    def _on_answer(self, road: Road, ticket: int, status: int, body: bytes) -> None:
        what, number, kind = self._subject(ticket)
        if status == 200:
            self._on_200(what, number, kind, body)
        elif status == 204 and kind >= DELETE:
            self.history.answers["204"] += 1
            self.history.acknowledged(what, number, in_turn=False)
        else:
            self._on_refusal(road, ticket, status, body)
        self._after(road, what.entity[number], kind)

    def _on_200(self, what: Sent, number: int, kind: int, body: bytes) -> None:
        head = f'{{"id":"{entity_id(what.entity[number])}","status":"'
        if kind >= DELETE or not body.startswith(head.encode()):
            self.answers_to_others += 1
            self.history.note(what, number, UNKNOWN)
            return
        if what.flags[number] & BAD:
            self._note_unexpected(200, body)
        verdict = body[len(head) : body.index(b'"', len(head))].decode()
        self.history.answers[f"200 {verdict}"] += 1
        self.history.acknowledged(what, number, in_turn=kind == FIRST and verdict in ("accepted", "stale"))
        self._recent[number % len(self._recent)] = number

    def _on_refusal(self, road: Road, ticket: int, status: int, body: bytes) -> None:
        what, number, kind = self._subject(ticket)
        if status == 504:
            self.history.answers["504"] += 1
            self._unsure(ticket)
        elif status == 503 and b'"outcome":"not_published"' in body:
            self.history.answers["503"] += 1
            self.history.note(what, number, REFUSED)
            self._rest(road)
            if kind != UNPROVOKED and self._rng.random() < 0.7:
                self._soon(self._rng.choice((0.05, 0.3, 1.0)), ticket)  # Retry-After says 1 s; some can't wait
        elif 400 <= status < 500:
            self.history.answers["4xx"] += 1
            self.history.note(what, number, REJECTED)
            if not what.flags[number] & BAD:
                self._note_unexpected(status, body)
        else:
            self.history.note(what, number, UNKNOWN)
            self._note_unexpected(status, body)

    def _note_unexpected(self, status: int, body: bytes) -> None:
        self.unexpected.append(f"{status} {body[:200].decode(errors='replace')}")

    def _on_cut(self, road: Road, ticket: int) -> None:
        what, number, kind = self._subject(ticket)
        self.history.answers["cut"] += 1
        self._unsure(ticket)
        self._after(road, what.entity[number], kind)

    def _unsure(self, ticket: int) -> None:
        what, number, kind = self._subject(ticket)
        self.history.note(what, number, UNKNOWN)
        if kind != UNPROVOKED and self._rng.random() < 0.97:
            self._soon(self._rng.choice((0, 0.05, 0.5)), ticket)

    def _after(self, road: Road, entity: int, kind: int) -> None:
        """An entity begins its next burst once the last one has its answers; its resends go on beside."""
        if kind in (FIRST, DELETE):
            self._burst_left[entity] -= 1
            if not self._burst_left[entity]:
                road.idle.append(entity)

    def _rest(self, road: Road) -> None:
        """A server that refuses isn't asked thousands of times a second."""
        if not road.resting:
            road.resting = True
            self._loop.call_later(self._rng.uniform(0.2, 1.0), self._rested, road)

    def _rested(self, road: Road) -> None:
        road.resting = False
        self._fill(road)

    # Resending

    def _soon(self, delay_s: float, ticket: int) -> None:
        self._retries_waiting += 1
        self._loop.call_later(delay_s, self._resend, ticket)

    def _resend(self, ticket: int) -> None:
        what, number, kind = self._subject(ticket)
        self._retries_waiting -= 1
        entity = what.entity[number]
        up = [road for road in self._roads if road.instance == self._instance(entity) and road.connection.is_up]
        if not up:
            return self._soon(0.1, ticket)
        road = self._rng.choice(up)
        self.history.sent(what, number, road.connection.number)
        if kind >= DELETE:
            road.connection.send(self._messages.delete(entity), [number << 3 | DELETE_RETRY])
        else:
            road.connection.send(self._post(number), [number << 3 | (RETRY if kind == FIRST else kind)])

    def _instance(self, entity: int) -> int:
        return self._roads[entity % CONNECTIONS].instance

    # Faults and the end

    def count_owed(self, instance: int) -> int:
        """How many requests a SIGTERM right now has to answer."""
        return sum(road.connection.count_owed() for road in self._roads if road.instance == instance)

    @property
    def unanswered_by_sigterm(self) -> list[str]:
        found = []
        for road in self._roads:
            for ticket in road.connection.unanswered_by_sigterm:
                what, number, kind = self._subject(ticket)
                name = uuid_of(what.entity[number], number) if kind < DELETE else f"DELETE e{what.entity[number]}"
                found.append(f"{name} on instance {road.instance + 1}")
        return found

    @property
    def silences(self) -> int:
        return sum(road.connection.silences for road in self._roads)

    @property
    def unasked(self) -> int:
        return sum(road.connection.unasked for road in self._roads)

    async def finish(self, patience_s: float) -> None:
        """No new posts; resends go on until all are settled or patience is over. Then the connections close, and
        what waits still counts as cut."""
        self._posting = False
        until = time.monotonic() + patience_s
        while time.monotonic() < until:
            if not self._retries_waiting and not any(road.connection.waiting for road in self._roads):
                break
            await asyncio.sleep(0.05)
        await self.close()

    async def close(self) -> None:
        self._posting = False
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
