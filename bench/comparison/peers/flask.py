from __future__ import annotations

import sys
from pathlib import Path

from ..commands import first_line
from ..ports import free_port
from ..process import Process
from ..rows import Row
from .peer import SOURCES, Place, Server
from .starting import ended_if_it_fails

KEEP_ALIVE_S = 75
GTHREADS = 4  # of each worker; 1 to 64 of them gave about the same


class Flask:
    """The article's service: bench/peers/flask, with one worker process a thread."""

    packages: tuple[str, ...] = ("python3-flask", "gunicorn")

    def build(self) -> None:
        pass

    def version(self, geomatch: Path) -> str:
        what = "import flask, gunicorn, sys; print('Flask', flask.__version__, 'gunicorn', gunicorn.__version__)"
        return first_line([sys.executable, "-W", "ignore", "-c", what])

    def start(self, row: Row, place: Place) -> Server:
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", *self._arguments(row.variant, place.threads, port)]
        environment = {"PYTHONPATH": str(SOURCES / "flask"), "PYTHONDONTWRITEBYTECODE": "1"}
        with ended_if_it_fails(Process(command, place.cores.server, place.folder / "output", environment,
                                       place.folder)) as process:
            return Server(process, process.wait_for_port(port), has_children=True)

    def _arguments(self, worker_class: str, workers: int, port: int) -> list[str]:
        arguments = ["--worker-class", worker_class, "--workers", str(workers), "--bind", f"127.0.0.1:{port}",
                     "--backlog", "4096", "--log-level", "error"]
        if worker_class == "gthread":
            arguments += ["--threads", str(GTHREADS), "--keep-alive", str(KEEP_ALIVE_S),
                          "--worker-connections", "10000"]
        return [*arguments, "service:app"]
