"""A dump of callgrind's as a table."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROWS = 40
NAME_CHARACTERS = 140


# What templates spell out, and what it means.
ABBREVIATIONS = (
    (r"std::(__cxx11::)?basic_string<char, std::char_traits<char>, std::allocator<char> >", "string"),
    (r"std::basic_string_view<char, std::char_traits<char> >", "string_view"),
    (r"::json_abi_\w+", ""),
    (r"nlohmann::basic_json<std::map.*?std::vector<unsigned char, std::allocator<unsigned char> > ?>", "json"),
    (r"geomatch::", ""),
)


def shortened(name: str) -> str:
    """A C++ name that fits a line."""
    for spelt_out, short in ABBREVIATIONS:
        name = re.sub(spelt_out, short, name)
    return name if len(name) <= NAME_CHARACTERS else name[: NAME_CHARACTERS - 1] + "…"


def profile_table(dump: Path, requests: int, inclusive: bool) -> str:
    """The functions that cost the most, one a line: instructions a request, share, name."""
    order = f"--inclusive={'yes' if inclusive else 'no'}"
    command = ["callgrind_annotate", "--auto=no", "--threshold=100", order, str(dump)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = []
    for line in text.splitlines():
        # 1,234 (1.23%)  FILE:FUNCTION [OBJECT]
        found = re.match(r"\s*([\d,]+) \(\s*([\d.]+)%\)\s+(.+)$", line)
        if found and not found[3].startswith("PROGRAM TOTALS"):
            cost = int(found[1].replace(",", "")) / requests
            name = re.sub(r" \[[^\]]*\]$", "", found[3]).split(":", 1)[-1]
            rows.append(f"{cost:10.0f} {float(found[2]):6.2f}%  {shortened(name)}")
    return "\n".join(rows[:ROWS])
