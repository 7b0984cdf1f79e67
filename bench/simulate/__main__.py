"""`make simulate`: the campaign, on two processes, and its table in docs/exam.md.

`make simulate ARGS="20 20"` simulates so many students of each truth for predictions and for policies, and only prints.
Results are kept in a file line by line: a run that was stopped goes on where it was. `--anew` forgets them.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from multiprocessing import Pool
from pathlib import Path

from bench.simulate.campaign import line_of, run, runs
from bench.simulate.table import tables

PREDICTED, COMPARED = 100, 100
PROCESSES = 2
OUT = Path(__file__).parents[2] / "docs" / "exam.md"
BEGIN, END = "<!-- simulated -->\n", "<!-- /simulated -->\n"


def main(arguments: list[str]) -> None:
    """Simulate what is missing, print the tables, and put those of a whole campaign into the document."""
    numbers = [int(each) for each in arguments if each.isdecimal()]
    predicted, compared = numbers if len(numbers) == 2 else (PREDICTED, COMPARED)
    kept = Path(tempfile.gettempdir()) / f"sciaquiz-simulate-{predicted}-{compared}.jsonl"
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


if __name__ == "__main__":
    main(sys.argv[1:])
