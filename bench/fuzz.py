"""`make fuzz`: decks with the slips of authors and with damage, each checked: every problem has its place, in no time.

`python -m bench.fuzz --count N --seed S` tries N decks and leaves the document alone unless N is the usual number. The
exit status is 1 if anything went wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from io import StringIO
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import tomli

from bench.faults.__main__ import write
from bench.faults.mutating import MUTATIONS, small, sound_decks
from bench.faults.rows import Row, as_table
from sciaquiz.authoring.check import check
from sciaquiz.authoring.report import as_github, as_json
from sciaquiz.authoring.sarif import as_sarif
from sciaquiz.authoring.telling import Telling
from sciaquiz.deck.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sciaquiz.deck.problem import Problem

USUAL = 20_000
BATCH = 250
SECONDS = 2.0
"""Of the processor, for checking one deck and telling all of it in each form."""

FIGURES = 0.1
"""The share of figures that is kept: drawing them takes nearly all of the time."""

OUT = Path(__file__).parents[1] / "docs" / "checking.md"
HEADER = re.compile(r"\s*\[{1,2}(?:question\]|(?!question\b)[a-z]).*")
"""The header of a table that is no part of the question above it."""

NAMED = re.compile(r'id = "([a-z0-9]+(?:-[a-z0-9]+)*)"')
WHOLE_FILE = ("not-utf8", "unreadable", "too-long", "too-many", "too-deep")
FAILURES = ("tracebacks", "no place", "another question", "badly told", "slow")
RUN = "Run {when} by `make fuzz`: seed {seed}, {took:.0f} s; Python {python}, {machine}.\n\n"


@dataclass
class Trials:
    """How many decks were tried, what went wrong with the first examples, what was seen, and the longest time."""

    count: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0

    def fail(self, kind: str, example: str) -> None:
        """Count a failure."""
        self.failures[kind] += 1
        self.examples.append(f"{kind}: {example}")

    def add(self, other: Trials) -> None:
        """Count what others tried."""
        self.count += other.count
        self.failures += other.failures
        self.examples += other.examples
        self.seen += other.seen
        self.longest = max(self.longest, other.longest)


def main(arguments: Sequence[str]) -> int:
    """Try so many decks on every core and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description="Decks with slips, checked.")
    parser.add_argument("--count", type=int, default=USUAL)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    trials, begun = Trials(), time.monotonic()
    batches = [(options.seed, at, min(at + BATCH, options.count)) for at in range(0, options.count, BATCH)]
    with get_context("fork").Pool(os.cpu_count()) as pool:
        for found in pool.imap_unordered(_batch, batches):
            trials.add(found)
    for example in trials.examples[:10]:
        print(f"  {example}")
    seen = ", ".join(f"{trials.seen[name]:,} {name}" for name in sorted(trials.seen))
    failures = {kind: trials.failures[kind] for kind in FAILURES}
    row = Row("decks with slips and damage, checked and told in each form", trials.count, options.count, failures, seen)
    section = RUN.format(
        when=datetime.now(UTC).date(),
        seed=options.seed,
        took=time.monotonic() - begun,
        python=platform.python_version(),
        machine=f"{platform.system()} {platform.machine()}",
    )
    section += f"{as_table([row])}\nThe slowest took {trials.longest:.2f} s of the processor.\n"
    print(section)
    if options.count == USUAL:
        write(OUT, "fuzz", section)
    return 0 if row.passed else 1


def _batch(job: tuple[int, int, int]) -> Trials:
    seed, start, stop = job
    return tried(range(start, stop), seed)


def tried(numbers: Iterable[int], seed: int, decks: Sequence[str] = ()) -> Trials:
    """Check the decks of these numbers, each made anew from its number and the seed."""
    trials = Trials()
    with tempfile.TemporaryDirectory(prefix="sciaquiz-fuzz-") as folder:
        for number in numbers:
            random = Random(f"{seed}-{number}")
            text = slipped(decks or _sound(), random)
            path = Path(folder) / "deck.toml"
            path.write_bytes(text)
            trials.count += 1
            _try(number, path, text, trials)
    return trials


def _try(number: int, path: Path, text: bytes, trials: Trials) -> None:
    begun = time.process_time()
    try:
        checked = check([path])
        for kind, what in faults(path, text, checked.problems):
            trials.fail(kind, f"{number}: {what}")
    except Exception:
        trials.fail("tracebacks", f"{number}: {' / '.join(traceback.format_exc().splitlines()[-3:])}")
        return
    took = time.process_time() - begun
    trials.longest = max(trials.longest, took)
    if took > SECONDS:
        trials.fail("slow", f"{number}: {took:.1f} s")
    trials.seen["problems"] += len(checked.problems)
    if any(problem.code == "syntax" for problem in checked.problems):
        trials.seen["not TOML"] += 1
        trials.seen["not TOML and yet with questions to study"] += bool(checked.questions)


def faults(path: Path, text: bytes, problems: Sequence[Problem]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with what was told: a place that is none, another question, a form that cannot be read."""
    lines = text.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").split("\n")
    question_at = _questions(lines, text)
    for problem in problems:
        told = f"{problem.line}:{problem.column} {problem.message[:80]}"
        if problem.path != path or not _is_place(problem, lines):
            yield "no place", told
        elif problem.message.startswith("question “") and not problem.question_id:
            yield "another question", told
        elif problem.severity is Severity.ERROR and problem.code not in WHOLE_FILE:
            owner = question_at.get(problem.line, problem.question_id)
            if problem.question_id != owner:
                yield "another question", f"{told} is in {owner}"
    if any("\n" in line for line in map(as_github, problems)) or len(json.loads(as_json(problems))) != len(problems):
        yield "badly told", "github or json"
    if len(json.loads(as_sarif(problems))["runs"][0]["results"]) != len(problems):
        yield "badly told", "sarif"
    for line in Telling(StringIO()).lines(problems, each=True):
        if "\n" in line or "\x1b" in line:
            yield "badly told", repr(line[:80])


def _is_place(problem: Problem, lines: Sequence[str]) -> bool:
    if not 1 <= problem.line <= len(lines):
        return False
    return problem.code == "not-utf8" or 1 <= problem.column <= len(lines[problem.line - 1]) + 1


def _questions(lines: list[str], text: bytes) -> dict[int, str]:
    """Return the id of the question of each line that surely belongs to one."""
    try:
        document = tomli.loads(text.decode())
    except (ValueError, RecursionError):
        return {}
    found: dict[int, str] = {}
    starts = [number for number, line in enumerate(lines, start=1) if HEADER.fullmatch(line)]
    questions = document.get("question")
    headers = [number for number in starts if lines[number - 1] == "[[question]]"]
    if not isinstance(questions, list) or len(headers) != len(questions):
        return {}
    for start, question in zip(headers, questions, strict=True):
        end = next((number for number in starts if number > start), len(lines) + 1)
        name = question.get("id") if isinstance(question, dict) else None
        if isinstance(name, str) and NAMED.fullmatch(f'id = "{name}"') and len(name) <= 80:
            found |= dict.fromkeys(range(start, end), name)
    return found


@cache
def _sound() -> list[str]:
    return sound_decks()


def slipped(decks: Sequence[str], random: Random) -> bytes:
    """Return a short deck with one to three slips, most of them such as authors make."""
    deck = small(random.choice(decks), random)
    while "[[figure]]" in deck and random.random() > FIGURES:
        deck = small(random.choice(decks), random)
    lines = deck.split("\n")
    for _ in range(random.choice((1, 1, 2, 3))):
        random.choice(SLIPS if random.random() < 0.7 else MUTATIONS)(lines, random)
    ends = random.choice(("\n", "\n", "\n", "\r\n"))
    text = ends.join(lines).encode("utf-8", "surrogatepass")
    return b"\xef\xbb\xbf" + text if random.random() < 0.05 else text


# Slips: each changes the lines of a deck in place


def _in_a_line(pattern: str, put: Callable[[re.Match[str], Random], str]) -> Callable[[list[str], Random], None]:
    """Return a slip that changes one find of a pattern."""
    wanted = re.compile(pattern)

    def slip(lines: list[str], random: Random) -> None:
        places = [place for place, line in enumerate(lines) if wanted.search(line)]
        if places:
            place = random.choice(places)
            found = random.choice(list(wanted.finditer(lines[place])))
            lines[place] = lines[place][: found.start()] + put(found, random) + lines[place][found.end() :]

    return slip


def _gone(_found: re.Match[str], _random: Random) -> str:
    return ""


def _key_moved_down(lines: list[str], random: Random) -> None:
    places = [place for place, line in enumerate(lines) if re.match(r"[a-z_]+ = ", line)]
    if places:
        line = lines.pop(random.choice(places))
        lines.insert(random.randrange(len(lines) + 1), line)


def _key_twice(lines: list[str], random: Random) -> None:
    places = [place for place, line in enumerate(lines) if re.match(r"[a-z_]+ = ", line)]
    if places:
        place = random.choice(places)
        lines.insert(place + 1, lines[place])


def _line_broken(lines: list[str], random: Random) -> None:
    place = random.randrange(len(lines))
    at = random.randint(0, len(lines[place]))
    lines[place : place + 1] = [lines[place][:at], lines[place][at:]]


SLIPS: tuple[Callable[[list[str], Random], None], ...] = (
    _in_a_line(r'"', _gone),
    _in_a_line(r'"', lambda _, random: random.choice("“”„'»´`")),
    _in_a_line(r'"', lambda _, __: '"x"'),
    _in_a_line(r"'''|\"\"\"", _gone),
    _in_a_line(r"\[\[", lambda _, __: "["),
    _in_a_line(r"\]\]", lambda _, __: "]"),
    _in_a_line(r"^\[\[\w+\]\]$", lambda found, _: found[0][1:-1]),
    _in_a_line(r",", _gone),
    _in_a_line(r",", lambda _, __: ",,"),
    _in_a_line(r"[\]}]", _gone),
    _in_a_line(r"[\[{]", _gone),
    _in_a_line(r"=", lambda _, random: random.choice((":", "", "==", " "))),
    _in_a_line(r"= .*$", lambda _, __: "="),
    _in_a_line(r"\d{4}-\d\d-\d\d", lambda _, random: random.choice(("23.11.2026", '"2026-11-23"', "2026-13-40"))),
    _in_a_line(r"true|false", lambda _, random: random.choice(("True", "yes", '"true"', "1"))),
    _in_a_line(r'= "', lambda _, random: random.choice((' = "\\', '= "\\theta ', '= "\t', "= "))),
    _in_a_line(r"^", lambda _, random: random.choice(("\t", "\ufeff", "\u00a0", "- ", "# ", "\x0b", "\r"))),
    _in_a_line(r"^\w+", lambda found, random: found[0].replace(random.choice(found[0]), random.choice("aeiou"), 1)),
    _in_a_line(r"$", lambda _, random: random.choice((",", ";", " # …", ' "', "\r", "\u200b"))),
    _key_moved_down,
    _key_twice,
    _line_broken,
)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
