from __future__ import annotations

from pathlib import Path

from ..commands import find, first_line
from ..ports import free_port
from ..process import Process
from ..rows import Row
from .peer import SOURCES, Place, Server
from .starting import ended_if_it_fails

# Of server_tokens off; the date always has one length.
HEAD = ("HTTP/1.1 200 OK\r\nServer: nginx\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nContent-Type: application/json\r\n"
        "Content-Length: {}\r\nConnection: keep-alive\r\n\r\n")
MOST_BODY_BYTES = 4000  # nginx takes no longer word in its file


def body_bytes(reply_bytes: int) -> int:
    """Of a reply that has so many with its head, or a byte less where the length gets a digit more."""
    length = max(0, reply_bytes - len(HEAD.format("")))
    while length and len(HEAD.format(length)) + length > reply_bytes:
        length -= 1
    if length > MOST_BODY_BYTES:
        raise RuntimeError(f"nginx.conf holds a reply of up to {MOST_BODY_BYTES} bytes, not {length}")
    return length


class Nginx:
    packages: tuple[str, ...] = ("nginx",)

    def build(self) -> None:
        pass

    def version(self, geomatch: Path) -> str:
        return first_line([find("nginx"), "-v"]).removeprefix("nginx version: ")

    def start(self, row: Row, place: Place) -> Server:
        port = free_port()
        text = (SOURCES / "nginx/nginx.conf").read_text()
        for name, value in (("WORKERS", place.threads), ("PORT", port), ("BODY", "x" * body_bytes(place.reply_bytes))):
            text = text.replace(f"@{name}@", str(value))
        file = place.folder / "nginx.conf"
        file.write_text(text)
        command: list[str | Path] = [find("nginx"), "-p", place.folder, "-e", "stderr", "-c", file]
        with ended_if_it_fails(Process(command, place.cores.server, place.folder / "output")) as process:
            return Server(process, process.wait_for_port(port), has_children=True)
