"""The map as the log says it must be."""

from __future__ import annotations

from typing import Any, NamedTuple

DEFAULT_TTL_S = 300.0
DELETE_MEMORY_MS = 3_600_000  # --delete-memory's default
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


class Standing(NamedTuple):
    """What the log makes of an entity: where it stands, if anywhere, and when it was deleted last."""

    fix: Fix | None = None
    deleted_at_ms: int | None = None

    def after(self, fix: Fix) -> Standing:
        """`fix` is stale if it had expired when it arrived, if the entity was deleted after it was measured, within
        the server's memory of that, or if something newer that hadn't expired was known then; of equal timestamps,
        the later record wins."""
        remembered = self.deleted_at_ms is not None and fix.received_at_ms < self.deleted_at_ms + DELETE_MEMORY_MS
        if not fix.alive_at(fix.received_at_ms):
            return self
        if remembered and fix.timestamp_ms < (self.deleted_at_ms or 0):
            return self
        known = self.fix
        if known is not None and known.alive_at(fix.received_at_ms) and fix.timestamp_ms < known.timestamp_ms:
            return self
        return Standing(fix, self.deleted_at_ms if remembered else None)

    def after_delete(self, at_ms: int) -> Standing:
        return Standing(None, max(at_ms, self.deleted_at_ms or at_ms))
