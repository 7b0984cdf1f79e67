"""`make bench`: every measurement, as ratios within one run, written to docs/benchmarks.md.

`python -m bench NAME …` runs only some (start, keys, …, items), and replaces their
sections.
"""

from __future__ import annotations

import platform
import re
import sqlite3
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

PARTS = ("start", "keys", "check", "durable", "growth", "peer", "memory", "exam", "statistics", "items")
OUT = Path(__file__).parents[1] / "docs" / "benchmarks.md"
INTRO = """# Benchmarks

Made by `make bench` (Python {python}, SQLite {sqlite}, {machine}), each section on the day that stands above it.
Machines are noisy: only the ratios within one section mean anything, and the medians beside them say of what. Nothing
here is a test; `make bench` measures it anew.
"""
SECTION = re.compile(r"^<!-- (?P<name>\w+), \d{4}-\d\d-\d\d -->\n", re.MULTILINE)


def main(names: list[str]) -> None:
    """Run the parts named, or all, and write each into the document when it is done."""
    for name in names or PARTS:
        print(f"== {name}", flush=True)
        section = import_module(f"bench.{name}").run()
        print(section, flush=True)
        write(name, f"<!-- {name}, {datetime.now(UTC).date()} -->\n{section}")


def write(name: str, section: str) -> None:
    """Put a section into the document, in its place."""
    text = OUT.read_text(encoding="utf-8")
    starts = [*SECTION.finditer(text)]
    ends = [found.start() for found in starts[1:]] + [len(text)]
    known = {found["name"]: text[found.start() : end] for found, end in zip(starts, ends, strict=True)}
    known[name] = section
    intro = INTRO.format(
        python=platform.python_version(),
        sqlite=sqlite3.sqlite_version,
        machine=f"{platform.system()} {platform.machine()}",
    )
    parts = [intro, *(known[part] for part in PARTS if part in known)]
    OUT.write_text("\n".join(part.rstrip() + "\n" for part in parts), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
