"""Decks changed at random: read, checked, told in every format, asked, answered and shown as both faces would."""

from __future__ import annotations

import os
import re
import signal
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from bench.faults.mutating import HOSTILE, mutant, sound_decks
from bench.faults.rows import Row
from sciaquiz.authoring.check import check
from sciaquiz.authoring.report import as_github, as_json, as_text
from sciaquiz.clock import moment_at
from sciaquiz.deck.library import read_library
from sciaquiz.journal.entries import Certainty, Rating
from sciaquiz.marking.lexicon import Lexicon
from sciaquiz.marking.response import SelfGrade
from sciaquiz.memory.policy import Policy
from sciaquiz.plain import answers
from sciaquiz.plain.asking import LONGEST_TYPED, asked, asked_in_a_line
from sciaquiz.plain.feedback import feedback
from sciaquiz.study.mixing import MixedUp
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.shown import hint_for
from sciaquiz.study.sitting import Sitting
from sciaquiz.text import LETTERS
from sciaquiz.tui import page, side
from sciaquiz.tui.blocks import lay_out
from sciaquiz.tui.forms import form_for
from sciaquiz.tui.forms.form import Surface

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import FrameType

    from sciaquiz.deck.model import Card, Deck
    from sciaquiz.study.turns import Outcome, Shown
    from sciaquiz.tui.blocks import Block
    from sciaquiz.tui.forms.form import Form

GOAL = 100_000
BATCH = 200
SECONDS = 2.0
"""Of the processor: longer than that is a hang."""

MOST_CARDS = 4
MOST_KEYS = 40
NOW = moment_at(datetime(2026, 11, 22, 9, tzinfo=UTC))
SURFACES = (Surface(), Surface(36, 12), Surface(120, 40, dark=False, colours=16), Surface(colours=0))
TRACEBACKS, HANGS, ESCAPES = "tracebacks", "hangs", "escapes"
CONTROL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\U000e0000-\U000e007f]"
)
ESCAPE = re.compile(r"@|\bclick\b")
"""What the style of a text has when it was read as markup with an action."""


class TooLongError(Exception):
    """A mutant took longer than it may."""


@dataclass
class Trials:
    """How many mutants were tried and what went wrong, with the seeds and words of the first."""

    count: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def fail(self, kind: str, example: str) -> None:
        """Count a failure."""
        self.failures[kind] += 1
        self.examples.append(f"{kind}: {example}")


def run(seconds: float, seed: int) -> list[Row]:
    """Try mutants on every core until the goal is reached or the time is up."""
    trials = Trials()
    deadline = time.monotonic() + seconds
    batches = ((seed, start, deadline) for start in range(0, GOAL, BATCH))
    with get_context("fork").Pool(os.cpu_count()) as pool:
        for found in pool.imap_unordered(_batch, batches):
            trials.count += found.count
            trials.failures += found.failures
            trials.examples += found.examples
    for example in trials.examples[:10]:
        print(f"  {example}")
    failures = {kind: trials.failures[kind] for kind in (TRACEBACKS, HANGS, ESCAPES)}
    return [Row("decks changed at random: read, checked, asked, answered and shown", trials.count, GOAL, failures)]


def _batch(job: tuple[int, int, float]) -> Trials:
    seed, start, deadline = job
    return tried(range(start, start + BATCH), seed, deadline)


def tried(numbers: Iterable[int], seed: int, deadline: float) -> Trials:
    """Try the mutants of these numbers, each made anew from its number and the seed, until the time is up."""
    trials = Trials()
    before = signal.signal(signal.SIGVTALRM, _too_long)
    try:
        with tempfile.TemporaryDirectory(prefix="sciaquiz-mutants-") as folder:
            for number in numbers:
                if time.monotonic() > deadline:
                    break
                _try(number, seed, Path(folder) / "deck.toml", trials)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return trials


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise TooLongError


def _try(number: int, seed: int, path: Path, trials: Trials) -> None:
    random = Random(f"{seed}-{number}")
    path.write_bytes(mutant(_sound(), random))
    trials.count += 1
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        for said in everything_said(path, random):
            if wild := CONTROL.search(said):
                trials.fail(ESCAPES, f"{number}: {wild[0]!r} in {said[:200]!r}")
                break
    except TooLongError:
        trials.fail(HANGS, str(number))
    except Exception:
        trials.fail(TRACEBACKS, f"{number}: {' / '.join(traceback.format_exc().splitlines()[-3:])}")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


@cache
def _sound() -> list[str]:
    return sound_decks()


def everything_said(path: Path, random: Random) -> Iterator[str]:
    """Yield all that check and both faces say of a deck; of its cards a few."""
    checked = check([path])
    for problem in checked.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        for told in (as_text(problem), as_github(problem), str(problem)):
            yield told.replace("\n", "\x85")  # a problem is told in one line
    yield as_json(checked.problems)
    for deck in read_library([path]).decks:
        cards = deck.cards()
        for card in random.sample(cards, min(len(cards), MOST_CARDS)):
            yield from _faces(card, deck, random)


def _faces(card: Card, deck: Deck, random: Random) -> Iterator[str]:
    sitting = Sitting(
        CardPool([card], {}),
        policy_for=lambda _: Policy(),
        limits=Limits(9, 9),
        now=NOW,
        lexicon=lambda: Lexicon.from_decks([deck]),
        random=random,
    )
    shown = sitting.show(card.id, NOW)
    plain = asked(shown, deck)
    yield from (*plain.lines, plain.prompt, plain.expected, asked_in_a_line(card), hint_for(card))
    form = form_for(shown, deck)
    form.surface = random.choice(SURFACES)
    yield from _shown(page.asked(card.question, deck, form.surface))
    yield page.head(card.question, deck, "1 of 1", "", form.surface.width, answered=True).plain
    yield from _shown(form.blocks())
    outcome = _answered(sitting, shown, form, random)
    if outcome is not None:
        mistakes = MixedUp().mistakes(outcome, deck)
        yield from (*feedback(outcome, deck, mistakes, "A note."), *answers.reasons(outcome, deck))
        yield from (*answers.solution(shown), answers.named(card.question, deck))
        reasons = form.reasons(outcome, all_whys=True)
        below = page.feedback(outcome, deck, reasons, mistakes, (), "A note.")
        drawn = lay_out(form.revealed(outcome), below, form.surface.width, form.surface.height)
        yield from _shown([*drawn.blocks, *side.sources(outcome, deck, form.surface.width)])
        yield from (row.content.plain for row in drawn.lines)


def _answered(sitting: Sitting, shown: Shown, form: Form, random: Random) -> Outcome | None:
    """Answer with a few keys at random, as anybody could."""
    if form.self_graded:
        form.answer_blocks()
        return sitting.answer(shown, SelfGrade(random.choice(list(Rating))), NOW)
    for _ in range(MOST_KEYS):
        if form.wants_text:
            form.submit(random.choice((*HOSTILE, hint_for(shown.card), "5 mm", "nerve"))[:LONGEST_TYPED])
            form.give_up()
        elif (response := form.response) is not None and random.random() < 0.5:
            sitting.reminder(shown, response)
            return sitting.answer(shown, response, NOW, certainty=random.choice(list(Certainty)), latency_ms=4_000)
        elif not form.letter(random.choice(LETTERS)):
            random.choice((form.pick, lambda: form.move(1), lambda: form.aside(1), lambda: form.cycle(1)))()
            form.blocks()
    return None


def _shown(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        for content in (block.text, block.mark, block.key, block.aside):
            if content is not None:
                yield content.plain
                yield from ("\x1b" for span in content.spans if ESCAPE.search(str(span.style)))
