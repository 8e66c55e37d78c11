"""The servers that are measured, by name."""

from __future__ import annotations

from .flask import Flask
from .floor import Floor
from .geomatch import Geomatch
from .go import Go
from .nginx import Nginx
from .peer import Peer
from .redis import Redis

PEERS: dict[str, Peer] = {"geomatch": Geomatch(), "floor": Floor(), "nginx": Nginx(), "go": Go(), "flask": Flask(),
                          "redis": Redis()}
