"""`make simulate`: the campaign, on two processes, and its table in docs/exam.md.

`make simulate ARGS="20 20"` simulates so many students of each truth for predictions and for policies, and only prints.
Results are kept in a file line by line: a run that was stopped goes on where it was, unless the code was changed since.
`--anew` forgets them.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from hashlib import blake2b
from multiprocessing import Pool
from pathlib import Path

from bench.simulate.campaign import line_of, run, runs
from bench.simulate.table import tables

PREDICTED, COMPARED = 100, 100
PROCESSES = 2
ROOT = Path(__file__).parents[2]
OUT = ROOT / "docs" / "exam.md"
CODE = ("bench/simulate", "src/sciaquiz/exam", "src/sciaquiz/memory")
TELLING = ("__main__.py", "table.py")
"""What only tells of results."""
BEGIN, END = "<!-- simulated -->\n", "<!-- /simulated -->\n"


def main(arguments: list[str]) -> None:
    """Simulate what is missing, print the tables, and put those of a whole campaign into the document."""
    numbers = [int(each) for each in arguments if each.isdecimal()]
    predicted, compared = numbers if len(numbers) == 2 else (PREDICTED, COMPARED)
    kept = Path(tempfile.gettempdir()) / f"sciaquiz-simulate-{_code()}-{predicted}-{compared}.jsonl"
    if "--anew" in arguments:
        kept.unlink(missing_ok=True)
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    results = [json.loads(line) for line in lines if line.endswith("}")]
    known = {result["name"] for result in results}
    missing = [each for each in runs(predicted, compared) if each.name not in known]
    began = time.monotonic()
    with Pool(PROCESSES) as pool, kept.open("a", encoding="utf-8") as file:
        for number, result in enumerate(pool.imap_unordered(run, missing), 1):
            results.append(json.loads(line_of(result)))
            file.write(line_of(result))
            file.flush()
            if number % 50 == 0:
                print(f"{number} of {len(missing)} students, {time.monotonic() - began:.0f} s", flush=True)
    text = tables(results)
    print(text)
    if (predicted, compared) == (PREDICTED, COMPARED):
        before, _, rest = OUT.read_text(encoding="utf-8").partition(BEGIN)
        OUT.write_text(before + BEGIN + text + END + rest.partition(END)[2], encoding="utf-8")


def _code() -> str:
    """Return a digest of the code that results follow from: those of another plan are no results of this one."""
    files = [file for folder in CODE for file in sorted((ROOT / folder).glob("*.py")) if file.name not in TELLING]
    return blake2b(b"".join(file.read_bytes() for file in files), digest_size=6).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1:])
