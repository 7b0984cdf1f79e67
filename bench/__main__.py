"""`make bench`: every measurement, as ratios within one run, written to docs/benchmarks.md.

`python -m bench NAME …` runs only some: start, keys, check, durable, growth, peer.
"""

from __future__ import annotations

import platform
import sqlite3
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

PARTS = ("start", "keys", "check", "durable", "growth", "peer")
OUT = Path(__file__).parents[1] / "docs" / "benchmarks.md"
INTRO = """# Benchmarks

Made by `make bench` ({when}; Python {python}, SQLite {sqlite}, {machine}). Machines are noisy: only the ratios
within one run mean anything, and the medians beside them say of what. Nothing here is a test; `make bench` measures
it anew.
"""


def main(names: list[str]) -> None:
    """Run the parts named, or all; all of them together also write the document."""
    sections = []
    for name in names or PARTS:
        print(f"== {name}", flush=True)
        section = import_module(f"bench.{name}").run()
        print(section, flush=True)
        sections.append(section)
    if not names:
        intro = INTRO.format(
            when=datetime.now(UTC).date(),
            python=platform.python_version(),
            sqlite=sqlite3.sqlite_version,
            machine=f"{platform.system()} {platform.machine()}",
        )
        OUT.write_text("\n".join([intro, *sections]), encoding="utf-8")
        print(f"written to {OUT.relative_to(Path.cwd())}")


if __name__ == "__main__":
    main(sys.argv[1:])
