"""The map as the log says it must be."""

from __future__ import annotations

from typing import Any, NamedTuple

DEFAULT_TTL_S = 300.0
SHOWN = ("lat", "lon", "timestamp", "received_at", "attributes")  # what GET /entities/{id} has from the record


class Fix(NamedTuple):
    timestamp_ms: int
    received_at_ms: int
    expires_at_ms: float
    ttl_s: float
    shown: tuple[Any, ...]

    @staticmethod
    def of(record: dict[str, Any]) -> Fix:
        ttl_s = float(record.get("ttl_s", DEFAULT_TTL_S))
        return Fix(record["timestamp"], record["received_at"], record["timestamp"] + ttl_s * 1000, ttl_s,
                   tuple(record.get(member) for member in SHOWN))

    def alive_at(self, moment_ms: float) -> bool:
        return moment_ms < self.expires_at_ms


def following(known: Fix | None, fix: Fix) -> Fix | None:
    """What an entity stands at after `fix`. It is stale if it had expired when it arrived, or if something newer that
    hadn't was known then; of equal timestamps, the later record wins."""
    if not fix.alive_at(fix.received_at_ms):
        return known
    if known is not None and known.alive_at(fix.received_at_ms) and fix.timestamp_ms < known.timestamp_ms:
        return known
    return fix
