"""Asks an instance for every entity and holds the answers against the log's map."""

from __future__ import annotations

import json
import re
import socket
import time
import urllib.request

from .http_client import RECEIVE_BYTES, Address, Replies
from .messages import Messages
from .replay import SHOWN, Fix

NEAR_EXPIRY_MS = 2_000  # an entity this close to its end, to either side, is left out
AT_ONCE = 50  # below --max-pipelined
LAG = re.compile(rb"^geomatch_follow_lag_records(?:\{[^}]*\})? ([0-9.e+]+)", re.MULTILINE)


def follow_lag(admin: Address) -> float:
    """How many records of the log the instance has yet to take in; 0 if it has no such figure."""
    with urllib.request.urlopen(f"http://{admin[0]}:{admin[1]}/metrics", timeout=10) as page:
        return sum(float(figure) for figure in LAG.findall(page.read()))


def fetch(phones: Address, entities: list[int]) -> dict[int, tuple[int, bytes]]:
    """Status and body of GET /entities/{id} for each."""
    answers: list[tuple[int, bytes]] = []
    with socket.create_connection(phones, timeout=20) as connection:
        replies = Replies()
        for at in range(0, len(entities), AT_ONCE):
            asked = entities[at : at + AT_ONCE]
            connection.sendall(b"".join(Messages.get(entity) for entity in asked))
            while len(answers) < at + len(asked):
                received = connection.recv(RECEIVE_BYTES)
                if not received:
                    raise RuntimeError(f"{phones[0]}:{phones[1]} closed the connection while asked for its map")
                answers += replies.feed(received)
    return dict(zip(entities, answers))


class Comparison:
    def __init__(self) -> None:
        self.compared = 0
        self.left_out = 0
        self.differences: list[str] = []

    def take(self, entity: int, expected: Fix | None, status: int, body: bytes, now_ms: float) -> None:
        if expected is not None and abs(expected.expires_at_ms - now_ms) < NEAR_EXPIRY_MS:
            self.left_out += 1
            return
        self.compared += 1
        if expected is None or not expected.alive_at(now_ms):
            if status != 404:
                self.differences.append(f"e{entity}: not on the log's map, but {status} {body[:300].decode()}")
            return
        if status != 200:
            self.differences.append(f"e{entity}: {status}, but the log has {expected}")
            return
        shown = json.loads(body)
        if tuple(shown.get(m) for m in SHOWN) != expected.shown or float(shown["ttl_s"]) != expected.ttl_s:
            self.differences.append(f"e{entity}: {body[:300].decode()}, but the log has {expected}")


def compare(phones: Address, entities: list[int], expected: dict[int, Fix]) -> Comparison:
    began_ms = time.time() * 1000
    answers = fetch(phones, entities)
    if time.time() * 1000 - began_ms > NEAR_EXPIRY_MS:
        raise RuntimeError(f"asking for {len(entities)} entities took longer than {NEAR_EXPIRY_MS} ms")
    comparison = Comparison()
    for entity, (status, body) in answers.items():
        comparison.take(entity, expected.get(entity), status, body, began_ms)
    return comparison
