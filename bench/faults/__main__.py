"""`make faults`: every part of the campaign, each with a count and bounded in time, written to docs/reliability.md.

`python -m bench.faults --only kills,powercuts` runs only some; `--seconds N` gives each part N seconds instead of its
own budget, and then the document is left alone. The exit status is 1 if anything failed or fell short of half its goal.
"""

from __future__ import annotations

import argparse
import platform
import re
import sqlite3
import sys
import time
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bench.faults.rows import as_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.faults.rows import Row

BUDGETS = {"kills": 420, "mocks": 180, "powercuts": 90, "injected": 300, "flips": 100, "mutants": 300, "keys": 300}
"""Seconds of each part, in the order in which they run; about 25 minutes in all."""

OUT = Path(__file__).parents[2] / "docs" / "reliability.md"
RUN = "Run {when}: seed {seed}, {took:.0f} s; Python {python}, SQLite {sqlite}, {machine}.\n\n"


def main(arguments: Sequence[str]) -> int:
    """Run the parts asked for and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description="The fault campaign.")
    parser.add_argument("--only", type=lambda text: text.split(","), default=list(BUDGETS), metavar="PART,…")
    parser.add_argument("--seconds", type=float, help="the budget of each part, instead of its own")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.only if name not in BUDGETS]:
        parser.error(f"there is no part {unknown[0]!r}; there are {', '.join(BUDGETS)}")
    rows: list[Row] = []
    for name in options.only:
        if find_spec(f"bench.faults.{name}") is None:
            continue
        print(f"== {name}", flush=True)
        begun = time.monotonic()
        found = import_module(f"bench.faults.{name}").run(options.seconds or BUDGETS[name], options.seed)
        section = RUN.format(
            when=datetime.now(UTC).date(),
            seed=options.seed,
            took=time.monotonic() - begun,
            python=platform.python_version(),
            sqlite=sqlite3.sqlite_version,
            machine=f"{platform.system()} {platform.machine()}",
        ) + as_table(found)
        print(section, flush=True)
        if options.seconds is None:
            write(OUT, name, section)
        rows += found
    return 0 if all(row.passed for row in rows) else 1


def write(document: Path, name: str, section: str) -> None:
    """Put the section of a part between its markers in the document."""
    text = document.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    replaced, count = re.subn(f"(?s){re.escape(begin)}.*?{re.escape(end)}", lambda _: begin + section + end, text)
    assert count == 1, f"{document} has no place for {name}"
    document.write_text(replaced, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
