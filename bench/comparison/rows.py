"""What is measured: the rows of the table."""

from __future__ import annotations

import dataclasses

CITY_ENTITIES = 100_000
MANY_ENTITIES = 1_000_000

NOTHING = "nothing"


@dataclasses.dataclass(frozen=True)
class Row:
    """One server with one kind of request. Rows of one group are interleaved with each other."""

    key: str
    title: str
    peer: str  # a key of peers.PEERS
    does: str  # for a request
    group: str = "answer"
    variant: str = ""  # of the peer
    flags: tuple[str, ...] = ()  # more of geomatch's
    protocol: str = "match"  # of the load generator
    limit: int = 10
    entities: int = CITY_ENTITIES
    preload: bool = False
    acknowledged_by: str = NOTHING  # what has the record when the answer comes
    log: str = "none"  # none, sqlite or kafka
    reply_of: str = ""  # the row whose mean reply's size this one answers with


def table_of(rows: list[Row]) -> dict[str, Row]:
    return {row.key: row for row in rows}


ROWS = table_of([
    Row("geomatch-10", "geomatch", "geomatch", "moves it, finds the 10 nearest", preload=True),
    Row("geomatch-0", "geomatch, limit 0", "geomatch", "moves it", limit=0, preload=True),
    Row("floor-10", "epoll floor, reply as large", "floor", "nothing", reply_of="geomatch-10"),
    Row("floor-0", "epoll floor, reply of limit 0", "floor", "nothing", limit=0, reply_of="geomatch-0"),
    Row("nginx", "nginx, return 200", "nginx", "nothing", reply_of="geomatch-10"),
    Row("go", "Go service of the article", "go", "checks it", protocol="post"),
    Row("flask-sync", "Flask, gunicorn sync", "flask", "checks it", variant="sync", protocol="post"),
    Row("flask-gthread", "Flask, gunicorn gthread, keep-alive", "flask", "checks it", variant="gthread",
        protocol="post"),

    Row("geomatch-million", "geomatch, 1 M points", "geomatch", "moves it, finds the 10 nearest", group="million",
        entities=MANY_ENTITIES, preload=True),
    Row("redis-million", "Redis, 1 M points", "redis", "GEOADD, GEOSEARCH of the 10 nearest", group="million",
        protocol="redis", entities=MANY_ENTITIES, preload=True),

    Row("geomatch-sqlite", "geomatch, SQLite journal", "geomatch", "moves it, finds the 10 nearest", group="log",
        preload=True, log="sqlite", acknowledged_by="disk (fsync)"),
    Row("redis-aof", "Redis, appendfsync always", "redis", "GEOADD, GEOSEARCH of the 10 nearest", group="log",
        variant="aof", protocol="redis", preload=True, acknowledged_by="disk (fsync)"),
    Row("geomatch-kafka", "geomatch, Kafka", "geomatch", "moves it, finds the 10 nearest", group="log", preload=True,
        log="kafka", acknowledged_by="Kafka, acks=all"),
    Row("go-kafka", "Go service, Kafka after its answer", "go", "checks it, go publish(…)", group="log",
        protocol="post", log="kafka", acknowledged_by=NOTHING),
])
