"""Raises what this process and the servers it starts may open."""

from __future__ import annotations

import resource

DESCRIPTORS = 20_000


def raise_descriptors(wanted: int = DESCRIPTORS) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
