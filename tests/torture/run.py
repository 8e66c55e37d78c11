"""One log's run: load and faults, then the check."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol

from .checker import check
from .history import History
from .kills import Kills
from .log_contents import LogContents
from .log_readers import Record
from .map_check import Comparison, compare, follow_lag
from .messages import Messages
from .options import Goals, say
from .phones import ENTITIES, Phones
from .report import Result
from .server import Server

SETTLE_S = 45.0  # for resends after the last fault
LIVE_PATIENCE_S = 30.0  # for an instance to take in the end of the log
REPORT_EVERY_S = 10.0
LONGEST_PAUSE_S = {"sqlite": 1.8, "kafka": 4.0}  # between two kills: an instance takes longer to get going with Kafka


class Faults(Protocol):
    done: Counter[str]  # faults, by kind
    notes: Counter[str]  # further figures of them
    wants_servers: asyncio.Lock  # held while no server must be killed

    @property
    def kinds(self) -> list[str]: ...

    async def run(self, stopping: asyncio.Event) -> None: ...


class Run:
    def __init__(self, log: str, servers: list[Server], faults: Faults, read: Callable[[], Iterable[Record]],
                 goals: Goals, every_kind: bool, seed: int) -> None:
        self._log = log
        self._servers = servers
        self._faults = faults
        self._read = read
        self._goals = goals
        self._every_kind = every_kind  # each kind of fault once is a goal too
        self._seed = seed
        self._history = History()
        self._messages = Messages(seed)
        self._unreached: list[str] = []

    async def go(self, load_until: float) -> Result:
        """`load_until` is a moment of time.monotonic()."""
        began = time.monotonic()
        await asyncio.gather(*(server.start() for server in self._servers))
        phones = Phones(self._history, self._messages, [server.phones for server in self._servers], self._seed)
        kills = Kills(self._servers, phones, self._seed + 1, LONGEST_PAUSE_S[self._log],
                      self._faults.wants_servers)
        try:
            await self._load(kills, load_until)
            say(f"{self._log}: no more faults; waiting for the last answers")
            await phones.finish(SETTLE_S)
        finally:
            await phones.close()
        say(f"{self._log}: checking")
        await asyncio.gather(*(server.start() for server in self._servers if not server.is_listening))
        live = await self._compare_live()
        for server in self._servers:
            await server.terminate(lambda: None)
        contents = await asyncio.to_thread(self._contents)
        await asyncio.gather(*(server.start() for server in self._servers))
        restarted = [await self._compare(server, contents) for server in self._servers]
        for server in self._servers:
            await server.terminate(lambda: None)
        return self._result(phones, kills, contents, live, restarted, (time.monotonic() - began) / 60)

    async def _load(self, kills: Kills, load_until: float) -> None:
        stopping = asyncio.Event()
        tasks = [asyncio.create_task(kills.run(stopping)), asyncio.create_task(self._faults.run(stopping))]
        report_at = time.monotonic() + REPORT_EVERY_S
        try:
            while time.monotonic() < load_until and not self._has_reached(kills):
                await asyncio.sleep(0.2)
                for task in tasks:
                    if task.done():
                        await task  # raises what ended it
                if time.monotonic() >= report_at:
                    report_at += REPORT_EVERY_S
                    self._say_progress(kills)
            stopping.set()
            await asyncio.gather(*tasks)  # each ends the fault that it is at
            self._unreached = self._not_reached(kills)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _say_progress(self, kills: Kills) -> None:
        say(f"{self._log}: {self._history.acknowledged_posts:,} posts acknowledged, {kills.kills} kills, "
            f"{sum(self._faults.done.values())} faults of the log")

    def _has_reached(self, kills: Kills) -> bool:
        asks = self._every_kind or self._goals != Goals()
        return asks and not self._not_reached(kills)

    def _not_reached(self, kills: Kills) -> list[str]:
        counts = [("kills", kills.kills, self._goals.kills),
                  ("broker faults", sum(self._faults.done.values()), self._goals.broker_faults),
                  ("acknowledged posts", self._history.acknowledged_posts, self._goals.posts)]
        if self._every_kind:
            counts += [(kind, self._faults.done[kind], 1) for kind in self._faults.kinds]
        return [f"{self._log}: {what}: {reached:,} of {wanted:,}" for what, reached, wanted in counts
                if reached < wanted]

    def _contents(self) -> LogContents:
        return LogContents(self._history, self._messages).take(self._read())

    async def _compare(self, server: Server, contents: LogContents) -> Comparison:
        return await asyncio.to_thread(compare, server.phones, list(range(ENTITIES)), contents.map)

    async def _compare_live(self) -> list[Comparison]:
        """Until each instance shows what the log says, or patience is over: it may still be following, and what was
        answered with 504 may still be on its way into the log."""
        until = time.monotonic() + LIVE_PATIENCE_S
        while True:
            while time.monotonic() < until:
                if not any([await asyncio.to_thread(follow_lag, server.admin) for server in self._servers]):
                    break
                await asyncio.sleep(0.2)
            contents = await asyncio.to_thread(self._contents)
            maps = [await self._compare(server, contents) for server in self._servers]
            if not any(one.differences for one in maps) or time.monotonic() > until:
                return maps
            await asyncio.sleep(1)

    def _result(self, phones: Phones, kills: Kills, contents: LogContents, live: list[Comparison],
                restarted: list[Comparison], minutes: float) -> Result:
        servers = self._servers
        wrong = phones.unexpected + ["an answer that names another entity"] * phones.answers_to_others
        wrong += ["an answer that nobody asked for"] * phones.unasked
        return Result(
            log=self._log, seed=self._seed, history=self._history, findings=check(self._history, contents),
            maps_live=live, maps_restarted=restarted, records=contents.records, entities=len(contents.map),
            faults=kills.done + self._faults.done, notes=self._faults.notes, skipped=[],
            owed=kills.owed, unanswered_by_sigterm=phones.unanswered_by_sigterm, silences=phones.silences,
            wrong_answers=wrong, crashes=[line for server in servers for line in server.crashes],
            bad_stops=[line for server in servers for line in server.bad_stops],
            failed_starts=sum(server.failed_starts for server in servers),
            recoveries_s=[took for server in servers for took in server.recoveries_s], minutes=minutes,
            unreached=self._unreached)
