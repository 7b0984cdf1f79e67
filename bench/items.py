"""Item analysis held against a class in which some questions are known to be bad, and its speed.

What a flaw does to answers is put in by hand here, so this shows that the indices find what they should find, how
often, and how often they cry wolf; it does not show how common such flaws are.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
from math import exp
from pathlib import Path

from bench.timing import table

KINDS = {"sound": 60, "wrong key": 8, "two are right": 8, "an option for nobody": 8, "guessed by cues": 8}
CLASSES = (40, 100, 300, 1000)
SEED = 20261128


def deck(kinds: dict[str, int]) -> tuple[str, list[tuple[str, str]]]:
    """A deck of single-best-answer questions, and the flaw of each."""
    flaws = [(f"q{place}", flaw) for place, flaw in enumerate(f for f, n in kinds.items() for _ in range(n))]
    text = 'id = "simulated"\ntitle = "Simulated"\nversion = "1"\n'
    for name, _ in flaws:
        options = ", ".join(
            f'{{ id = "{each}", text = "Option {each} of {name}"{", correct = true" if each == "a" else ""} }}'
            for each in "abcd"
        )
        text += f'\n[[question]]\nid = "{name}"\nkind = "single"\nstem = "What is {name}?"\noptions = [{options}]\n'
    return text, flaws


def answer(flaw: str, ability: float, hard: float, rng: random.Random) -> str:
    """What a student of this ability chooses; the key of the deck is always a."""
    knows = rng.random() < 1 / (1 + exp(-(1.2 * ability - hard)))
    match flaw:
        case "wrong key":  # who knows chooses what is really right
            return "b" if knows else rng.choice("abcd")
        case "two are right":  # who knows well sees that b is right too
            return rng.choice("ab") if knows else rng.choice("abcd")
        case "an option for nobody":
            return "a" if knows else rng.choice("abc" if rng.random() < 0.98 else "d")
        case "guessed by cues":  # whoever knows nothing is led to the key
            return "a" if knows or rng.random() < 0.75 else rng.choice("bcd")
        case _:
            return "a" if knows else rng.choice("abcd")


def write_class(
    folder: Path, learners: int, kinds: dict[str, int], seed: int
) -> tuple[Path, list[Path], dict[str, str]]:
    """Write a deck and a log of a class; who is certain is right more often."""
    from sciaquiz.deck.reading import read_deck

    rng = random.Random(seed)
    text, flaws = deck(kinds)
    path = folder / "simulated.toml"
    path.write_text(text, encoding="utf-8")
    read = read_deck(path).deck
    assert read is not None
    version = {question.id: question.version for question in read.questions}
    hard = {name: rng.uniform(-1.5, 1.0) for name, _ in flaws}
    log = folder / "class.jsonl"
    with log.open("w", encoding="utf-8") as out:
        out.write(json.dumps({"sciaquiz": "answers", "format": 1}) + "\n")
        for learner in range(learners):
            ability = rng.gauss(0, 1)
            for name, flaw in flaws:
                chosen = answer(flaw, ability, hard[name], rng)
                line = {
                    "learner": f"l{learner}", "deck": "simulated", "card": name, "version": version[name],
                    "kind": "single", "number": 1, "correct": chosen == "a", "score": float(chosen == "a"),
                    "chosen": [chosen], "certainty": rng.choice((1, 2, 2, 3)),
                }  # fmt: skip
                out.write(json.dumps(line) + "\n")
    return path, [log], dict(flaws)


FINDS = {
    "wrong key": {"negative", "ambiguous"},
    "two are right": {"ambiguous"},
    "an option for nobody": {"unused-option"},
    "guessed by cues": {"weak", "easy"},
}
"""What the analysis is expected to say of each flaw."""


def found_in(learners: int, seed: int) -> dict[str, tuple[int, int]]:
    """How many questions of each kind are told, and of how many: by what fits the flaw, or of sound ones at all."""
    from sciaquiz.analysis.logs import read_logs
    from sciaquiz.analysis.report import report_of
    from sciaquiz.deck.reading import read_deck

    with tempfile.TemporaryDirectory() as folder:
        path, logs, flaws = write_class(Path(folder), learners, KINDS, seed)
        reading = read_deck(path)
        assert reading.deck is not None
        report = report_of(reading, reading.deck, read_logs(logs, "simulated"))
    told: dict[str, tuple[int, int]] = {}
    for row in report.rows:
        flaw = flaws[row.index.card]
        codes = {each.code for each in row.advice}
        hit = bool(codes & FINDS.get(flaw, {"negative", "ambiguous", "weak", "unused-option"}))
        hits, of = told.get(flaw, (0, 0))
        told[flaw] = (hits + hit, of + 1)
    return told


def speed(learners: int, questions: int) -> tuple[float, float]:
    """Seconds of processor time and memory in MB of the command on a class that answered everything."""
    with tempfile.TemporaryDirectory() as folder:
        path, [log], _ = write_class(Path(folder), min(learners, 1000), {"sound": questions}, SEED)
        if learners > 1000:  # the same thousand again, under other names
            lines = log.read_text(encoding="utf-8").splitlines()
            with log.open("w", encoding="utf-8") as out:
                out.write(lines[0] + "\n")
                for turn in range(learners // 1000):
                    for line in lines[1:]:
                        out.write(line.replace('"learner": "l', f'"learner": "t{turn}-') + "\n")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "sciaquiz", "items", str(path), str(log), "--json"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1024


def run(*, large: bool = False) -> str:
    """Return both tables."""
    rows = []
    for learners in CLASSES:
        totals: dict[str, list[int]] = {}
        for turn in range(3):
            for flaw, (hits, of) in found_in(learners, SEED + turn).items():
                kept = totals.setdefault(flaw, [0, 0])
                kept[0] += hits
                kept[1] += of
        rows.append((str(learners), *(f"{totals[flaw][0]} of {totals[flaw][1]}" for flaw in KINDS)))
    sizes = [(1_000, 420), *([(10_000, 420)] if large else [])]
    times = [(f"{n:,} × {k}", *map("{:.1f}".format, speed(n, k))) for n, k in sizes]
    heads = ["learners", *(f"{flaw}: told" if flaw != "sound" else "sound: told all the same" for flaw in KINDS)]
    return f"## Item analysis (three simulated classes of each size, seed {SEED})\n\n{table(heads, rows)}\n\n" + table(
        ["learners × questions", "CPU s", "MB"], times
    )


if __name__ == "__main__":
    print(run(large="--large" in sys.argv))
