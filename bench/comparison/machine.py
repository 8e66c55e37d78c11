"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path

from .commands import first_line
from .options import REPOSITORY


def facts() -> dict[str, str]:
    return {"measured": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()), "processor": processor(),
            "cores": str(os.cpu_count()),
            "load average before": f"{os.getloadavg()[0]:.1f}", "system": f"{system()}, Linux {platform.release()}",
            "commit": first_line(["git", "-C", REPOSITORY, "rev-parse", "--short", "HEAD"])}


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def system() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    except OSError:
        return "Linux"
