"""What the article reports of its Go and Flask services, on its own machine."""

from __future__ import annotations

# Concurrent requests: P50, P95 and P99, ms.
GO_LATENCY_MS = {100: (48, 112, 167), 500: (89, 203, 345), 1000: (156, 412, 689)}
GO_REQUESTS_PER_S = 6_000
FLASK_REQUESTS_PER_S = 500
