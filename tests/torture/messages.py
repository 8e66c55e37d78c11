"""What the phones send. A post follows from the seed, its number, its entity and its timestamp: a resend is the
same bytes, and whoever finds it in the log can tell whether it is what was sent."""

from __future__ import annotations

_MASK = (1 << 64) - 1
_COLOURS = ("red", "blue", "green")


def entity_id(entity: int) -> str:
    return f"e{entity}"


def uuid_of(entity: int, post: int) -> str:
    return f"{entity}-{post}"


class Messages:
    def __init__(self, seed: int) -> None:
        self._salt = (seed * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) & _MASK

    def _mixed(self, post: int) -> int:
        mixed = (post + self._salt) & _MASK
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return mixed ^ (mixed >> 31)

    def place_e7(self, post: int) -> tuple[int, int]:
        """Latitude and longitude in 1e-7 degrees: a town, so that some posts find matches."""
        mixed = self._mixed(post)
        return 312_000_000 + mixed % 1_000_000, 1_214_000_000 + (mixed >> 20) % 1_000_000

    def post(self, entity: int, post: int, timestamp_ms: int, bad: bool) -> bytes:
        mixed = self._mixed(post)
        lat_e7, lon_e7 = self.place_e7(post)
        lat = "91.5" if bad else f"{lat_e7 / 1e7:.7f}"
        ttl = (mixed >> 40) % 100
        more = ""
        if ttl < 3:
            more += f',"ttl_s":{2 + ttl}'
        elif ttl > 5:  # 3 to 5: the server's default
            more += f',"ttl_s":{3600 + ttl}'
        if (mixed >> 47) & 7 == 0:
            more += f',"attributes":{{"seats":{mixed % 7},"colour":"{_COLOURS[mixed % 3]}"}}'
        limit = 10 if (mixed >> 51) & 15 == 0 else 0
        role = "driver" if entity & 1 else "rider"
        body = (
            f'{{"id":"e{entity}","lat":{lat},"lon":{lon_e7 / 1e7:.7f},"timestamp":{timestamp_ms},'
            f'"uuid":"{entity}-{post}","role":"{role}","limit":{limit}{more}}}'
        )
        return (
            f"POST /match HTTP/1.1\r\nHost: g\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            f"{body}"
        ).encode()

    @staticmethod
    def delete(entity: int) -> bytes:
        return f"DELETE /entities/e{entity} HTTP/1.1\r\nHost: g\r\n\r\n".encode()

    @staticmethod
    def get(entity: int) -> bytes:
        return f"GET /entities/e{entity} HTTP/1.1\r\nHost: g\r\n\r\n".encode()
