"""Both faces say the same of an answer, an act and a refusal: the same words, laid out in another way."""

from __future__ import annotations

import asyncio
import io
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, cast

import pytest
from msgspec.structs import replace

from making import cloze
from rows import each_row
from sciaquiz.clock import FixedClock
from sciaquiz.deck.kinds import (
    Cloze,
    Gaps,
    Hotspot,
    Matching,
    MultipleAnswer,
    Numeric,
    Ordering,
    Question,
    Recall,
    SingleBestAnswer,
    TrueFalse,
    Typed,
)
from sciaquiz.deck.library import read_library
from sciaquiz.errors import SciaquizError
from sciaquiz.ids import CardId, EntryId
from sciaquiz.journal.acts import Bury, Flag, Miss, Note, Overrule, Resume, Suspend, Unbury, Unflag
from sciaquiz.journal.entries import CardState, Certainty, Marks, MissReason, Rating
from sciaquiz.journal.snapshot import Avowal
from sciaquiz.marking.response import (
    Choice,
    Choices,
    Judgements,
    Pairs,
    Pointed,
    Response,
    SelfGrade,
    Sequence,
    Written,
)
from sciaquiz.memory.policy import Policy
from sciaquiz.plain.acting import Acting
from sciaquiz.plain.asking import asked
from sciaquiz.plain.commands import Command
from sciaquiz.plain.feedback import feedback, leech
from sciaquiz.study.guesses import Guesses
from sciaquiz.study.pace import Pace
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.round import Round
from sciaquiz.study.sitting import Sitting
from sciaquiz.text import LETTERS
from sciaquiz.tui import page, side, status
from sciaquiz.tui.app import SciaquizApp
from sciaquiz.tui.blocks import Yields
from sciaquiz.tui.forms import form_for
from sciaquiz.tui.forms.form import Surface
from sciaquiz.tui.screens.frontcard import FrontCardScreen
from sciaquiz.tui.screens.studypage import Stage, study_page
from sciaquiz.view.answered import parts

if TYPE_CHECKING:
    from sciaquiz.journal.acts import CardAct
    from sciaquiz.study.turns import Outcome, Shown
    from sciaquiz.tui.blocks import Block

DECK = read_library([Path(__file__).parents[1] / "decks" / "showcase"]).decks[0]
TWO_GAPS = cloze("The ", ("c1", "sciatic"), " nerve leaves below ", ("c1", "piriformis"), ".")
CARDS = {card.id: card for card in (*DECK.cards(), *TWO_GAPS.cards())}
NOW = datetime.fromisoformat("2026-11-22T09:00:00+01:00")
CLOCK = FixedClock(NOW)
USUAL_MS = 8000
KINDS = ("single", "multiple", "true-false", "typed", "numeric", "cloze", "ordering", "matching", "hotspot")
PACE = Pace(by_kind=dict.fromkeys(KINDS, USUAL_MS))
NOTE = "Think of the fibular neck."

OWN = "your answer"
"""What the app says beside the option that was chosen."""

OF_LAYOUT = frozenset(["the", "answer", "is", "right", "are", "wrong", "order", "also"])
"""Words with which plain mode says what a sign says in the app: ✓, ✗, a number."""


def right_and_wrong(shown: Shown) -> tuple[Response, Response, Response | None]:
    """An answer that is right, one that is wrong, and one that is partly right where there is such a one."""
    order, part = shown.order, shown.card.part
    match shown.card.question:
        case SingleBestAnswer() as question:
            wrong = next(option.id for option in reversed(question.options) if not option.correct)
            return Choice(question.key.id, order), Choice(wrong, order), None
        case MultipleAnswer(options=options):
            right = tuple(option.id for option in options if option.correct)
            wrong_ones = tuple(option.id for option in options if not option.correct)
            return Choices(right, order), Choices(wrong_ones, order), Choices(right[:1], order)
        case TrueFalse(statements=statements):
            truth = {statement.id: statement.correct for statement in statements}
            judged = tuple((entry, truth[entry]) for entry in order)
            turned = tuple((entry, not said) for entry, said in judged)
            return Judgements(judged), Judgements(turned), Judgements((*judged[:1], *turned[1:]))
        case Recall() | Cloze(gaps=Gaps.REVEALED):
            return SelfGrade(Rating.GOOD), SelfGrade(Rating.AGAIN), SelfGrade(Rating.HARD)
        case Typed(answers=answers, wrong=wrong_answers):
            return Written(answers[-1:]), Written((wrong_answers[0].text if wrong_answers else "L4",)), None
        case Numeric():
            return Written(("1.5 cm",)), Written(("20",)), None
        case Cloze() as question:
            gaps = question.gaps_of(part)
            first = tuple(gap.answers[0] for gap in gaps)
            half = (*first[:1], *[""] * (len(gaps) - 1))
            return Written(first), Written(("tibial",) * len(gaps)), Written(half) if len(gaps) > 1 else None
        case Ordering(items=items):
            steps = tuple(item.id for item in items)
            return Sequence(steps, order), Sequence(steps[::-1], order), Sequence((*steps[-1:], *steps[:-1]), order)
        case Matching() as question:
            belongs = {stem.id: stem.answer for stem in question.stems_of(part)}
            pairs = tuple((stem, belongs[stem]) for stem in order)
            answers_ = [answer for _, answer in pairs]
            moved = tuple(zip(order, answers_[1:] + answers_[:1], strict=True))
            other = next(option.id for option in question.options if option.id not in answers_)
            return Pairs(pairs, order), Pairs(moved, order), Pairs((*pairs[:-1], (order[-1], other)), order)
        case Hotspot(id="k-hotspot"):
            return Pointed("L5", 1), Pointed("S1", 2), None
        case Hotspot():
            return Pointed("S1", 2), Pointed("L4", 0), None


@dataclass(frozen=True)
class How:
    """How an answer is given."""

    certainty: Certainty | None = Certainty.THINK_SO
    latency_ms: int | None = USUAL_MS
    hinted: bool = False
    reminded: bool = False
    note: str = ""
    modest: bool = False


MODEST = (Avowal(Certainty.GUESS, True, 0.25, 900), Avowal(Certainty.CERTAIN, False, 0.25, 100))
"""Of a student who calls everything a guess that is known."""

HOW = {
    "thought so": How(),
    "guessed": How(Certainty.GUESS),
    "guessed, and likely known": How(Certainty.GUESS, modest=True),
    "certain": How(Certainty.CERTAIN),
    "certain and fast": How(Certainty.CERTAIN, 1000),
    "not asked": How(None),
    "slow": How(latency_ms=9 * USUAL_MS),
    "no time": How(latency_ms=None),
    "with a hint": How(hinted=True),
    "at the second try": How(reminded=True),
    "with a note": How(note=NOTE),
}


def asked_round(card_id: str, note: str = "", avowals: tuple[Avowal, ...] = ()) -> Round:
    card = CARDS[CardId(card_id)]
    states = {card.id: CardState(card_id=card.id, marks=Marks(note=note))} if note else {}
    sitting = Sitting(
        CardPool([card], states),
        policy_for=lambda _: Policy(),
        limits=Limits(9, 9),
        now=CLOCK.now(),
        pace=lambda: PACE,
        guesses=Guesses(lambda: avowals),
        random=Random(4),
        make_id=lambda: EntryId("0192"),
    )
    round_ = Round(sitting, CLOCK, {DECK.id: DECK})
    round_.next()
    return round_


def answered(card_id: str, which: int, how: How) -> tuple[Round, Outcome] | None:
    round_ = asked_round(card_id, how.note, MODEST if how.modest else ())
    assert round_.shown is not None
    response = right_and_wrong(round_.shown)[which]
    if response is None:
        return None
    if isinstance(response, Written):
        response = replace(response, hinted=how.hinted, reminded=how.reminded)
    certainty = None if isinstance(response, SelfGrade) else how.certainty
    return round_, round_.answer(response, certainty=certainty, latency_ms=how.latency_ms)


def words(texts: list[str]) -> set[str]:
    """The words of texts without signs; a letter by itself names an option and a number a place."""
    found = re.findall(r"[^\W_]+", " ".join(texts).casefold())
    return {word for word in found if len(word) > 1}


def app_says(round_: Round, outcome: Outcome, *, all_whys: bool = False) -> list[str]:
    """What the app shows below the stem, but for options that were neither chosen nor right, and the drawn figure."""
    form = form_for(outcome.shown, DECK)
    form.surface = Surface(60, 24)
    drawn = study_page(round_, form, Stage.ANSWERED, [], draws_sharply=True, all_whys=all_whys)
    question = drawn.question[len(page.asked(outcome.shown.card.question, DECK, None)) :]
    told = [words_of(block) for block in (*question, *drawn.reading) if not (is_open(block) or block.cell_targets)]
    cited = [f"Source: {block.text.plain}" for block in side.sources(outcome, DECK, 60)[1:]]
    return [*strip_says(outcome), *told, *cited]


def words_of(block: Block) -> str:
    """The words of a block; the bar before the student's own note is one as well."""
    return f"{'Your note' if block.bar else ''} {block.text.plain} {block.aside.plain if block.aside and block.aside.plain != OWN else ''}"


def strip_says(outcome: Outcome) -> list[str]:
    """The verdict, how sure the student was, and the rating that was given if it is the student's own."""
    drawn = status.strip(outcome, outcome.verdict.rating, "", 200, saved=status.kept(is_saved=True), previews={}).plain
    said, _, ratings = re.sub(r"(?<!▸)[1-4] \w+|saved", "", drawn).partition("▸")
    return [f"{said} “{ratings[2:].strip()}”." if isinstance(outcome.response, SelfGrade) else said]


def is_open(block: Block) -> bool:
    """Whether it is an option that was neither chosen nor right, or one that is only listed for others to refer to."""
    return block.yields is Yields.FIRST and block.key is not None


def plain_says(round_: Round, outcome: Outcome, *, all_whys: bool = False) -> list[str]:
    note = round_.sitting.state(outcome.shown.card.id).marks.note
    return feedback(outcome, DECK, round_.mistakes(outcome), note, all_whys=all_whys)


def said_before(outcome: Outcome) -> list[str]:
    """What stood in the question or came from the student, so that it need not be said again."""
    question: Question = outcome.shown.card.question
    response = outcome.response
    found = [*asked(outcome.shown, DECK).lines, question.stem]
    found += response.texts if isinstance(response, Written) else ()
    if outcome.marked.correct or isinstance(response, SelfGrade):  # what is right was just said, or shown
        found += [f"{part.text} {part.answer} {part.said}" for part in parts(outcome, DECK)]
        found += [question.answer] if isinstance(question, Recall) else []
        if isinstance(question, Cloze):
            found += [part if isinstance(part, str) else part.answers[0] for part in question.parts]
    return found


@each_row(("card_id", "how"), product(CARDS, HOW))
def test_both_faces_say_the_same_of_an_answer(card_id: str, how: str) -> None:
    for which in range(3):
        found = answered(card_id, which, HOW[how])
        if found is None:
            continue
        round_, outcome = found
        in_app, in_plain = words(app_says(round_, outcome)), words(plain_says(round_, outcome))
        assert in_app - in_plain - words(said_before(outcome)) == set(), (which, in_plain)
        assert in_plain - in_app - OF_LAYOUT == set(), (which, in_app)


@each_row("card_id", CARDS)
def test_every_reason_is_told_in_both_faces_once_the_student_wants_them(card_id: str) -> None:
    for which in range(3):
        found = answered(card_id, which, HOW["thought so"])
        if found is None:
            continue
        round_, outcome = found
        every = {word for part in parts(outcome, DECK) for word in words([part.why])}
        for says in (app_says, plain_says):
            assert every <= words(says(round_, outcome, all_whys=True)), (which, says)
            assert len(says(round_, outcome, all_whys=True)) >= len(says(round_, outcome)), (which, says)


@each_row(
    ("card_id", "which", "how", "line"),
    [
        ("a-single", 0, "thought so", "you thought so"),
        ("a-single", 0, "not asked", "Right"),
        ("a-single", 0, "guessed", "Rated “Again”: right, but you guessed: back soon"),
        ("a-single", 0, "guessed, and likely known", "Rated “Hard”: right, and likely known, though you guessed"),
        ("a-single", 0, "certain and fast", "Rated “Easy”: right, certain and fast for you"),
        ("a-single", 0, "slow", "Rated “Hard”: right, but slow for you"),
        ("a-single", 1, "thought so", "You took “Common fibular (peroneal) nerve” for “L5 nerve root”."),
        ("a-single", 1, "thought so", "Weak inversion puts the lesion above the fibular neck"),
        ("b-multiple", 2, "thought so", "1 right, 1 missed"),
        ("b-multiple", 2, "thought so", "right, not chosen"),
        ("c-true-false", 2, "thought so", "False, you said true"),
        ("d-recall", 2, "thought so", "You graded it “Hard”."),
        ("e-typed", 0, "with a hint", "Rated “Hard”: right, with a hint"),
        ("e-typed", 0, "at the second try", "Rated “Hard”: right, at the second try"),
        ("e-typed", 0, "thought so", "Also: common fibular nerve"),
        ("e-typed", 1, "thought so", "It is a branch, given off below the neck."),
        ("f-numeric", 1, "thought so", "The answer is 15 mm"),
        ("h-cloze-typed#c1", 1, "thought so", "you typed tibial"),
        ("cloze#c1", 2, "thought so", "1 of 2"),
        ("cloze#c1", 2, "thought so", "you typed nothing"),
        ("i-ordering", 2, "thought so", "2 of 3 steps follow the right one"),
        ("i-ordering", 2, "thought so", "you said 2"),
        ("j-matching", 2, "certain", "Rated “Again”: partly wrong, and you were certain"),
        ("j-matching", 2, "thought so", "you said Anal reflex"),
        ("k-hotspot", 1, "thought so", "your c"),
        ("n-case-second", 1, "certain", "Unsafe until you are right and certain on or after Sun 29 Nov, and once more."),
        ("n-case-second", 1, "with a note", NOTE),
        ("n-case-second", 1, "with a note", "Source: Gray's Anatomy"),
    ],
)  # fmt: skip
def test_what_is_said_is_said_in_both_faces(card_id: str, which: int, how: str, line: str) -> None:
    found = answered(card_id, which, HOW[how])
    assert found is not None
    for said in (app_says(*found), plain_says(*found)):
        text = re.sub(r"\s+", " ", " ".join(said)).casefold()
        assert line.casefold() in text, text


@pytest.mark.parametrize("suspended", [False, True])
@pytest.mark.parametrize("taken_for", [[], ["L5 root"], ["L5 root", "S1 root"]])
def test_a_leech_is_offered_the_same_in_both_faces(taken_for: list[str], suspended: bool) -> None:
    by_key = words([page.leech(3, taken_for, suspended=suspended).text.plain])
    by_command = leech(3, taken_for, suspended=suspended)
    without_commands = re.sub(r" \([^)]*\)", "", by_command)
    assert by_key == words([without_commands]) - {"can", "or"} | (by_key & {"or"})


@each_row("card_id", CARDS)
def test_letters_mean_the_same_in_both_faces(card_id: str) -> None:
    """The same letter answers with the same option, whichever face asks."""
    shown = asked_round(card_id).shown
    assert shown is not None
    if not isinstance(shown.card.question, SingleBestAnswer | Hotspot):
        return
    form, plain = form_for(shown, DECK), asked(shown, DECK)
    for letter in LETTERS[: len(plain.lines) - isinstance(shown.card.question, Hotspot)]:
        assert form.letter(letter)
        assert form.response == plain.read(letter)


@dataclass
class Kept:
    """A journal that takes every act, or none."""

    refuses: bool = False

    def act(self, *acts: Any) -> CardState:
        if self.refuses:
            raise SciaquizError("The journal is read-only. It is NOT saved yet.")
        return CardState(card_id=acts[0].card_id)


@dataclass
class Toasts:
    """What of the app an act needs: the journal, and where it says what came of it."""

    journal: Kept
    said: list[str] = field(default_factory=list)

    def notify(self, text: str, **_: object) -> None:
        self.said.append(text)

    async def carry_out(self, request: Any) -> object:
        return request.carry_out(self.journal)


class Front(FrontCardScreen):
    """The card in front, of which nothing is drawn."""

    app = cast("SciaquizApp", None)

    def _advance(self) -> None:
        pass

    def _draw_anew(self) -> None:
        pass


ACTS: dict[str, CardAct] = {
    "flag": Flag(),
    "unflag": Unflag(),
    "suspend": Suspend(),
    "resume": Resume(),
    "bury": Bury(CLOCK.now().study_day + timedelta(days=1)),
    "unbury": Unbury(),
    "note": Note("Mine."),
    "hard": Overrule(EntryId("0192"), Rating.HARD),
    "why-wrong": Miss(EntryId("0192"), MissReason.MISREAD),
}
TEXTS = {"note": "Mine.", "why-wrong": "2"}
"""What stands behind a word."""


def front(card_id: str = "a-single", which: int = 0) -> Round:
    """A card that was answered, and whose answer is kept."""
    found = answered(card_id, which, HOW["thought so"])
    assert found is not None
    round_, outcome = found
    round_.kept(outcome, CardState(card_id=outcome.shown.card.id, progress=outcome.predicted))
    return round_


@pytest.mark.parametrize("refuses", [False, True], ids=["done", "refused"])
@pytest.mark.parametrize("word", ACTS)
def test_both_faces_say_the_same_of_an_act_and_of_taking_it_back(
    word: str, refuses: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_app, journal = Toasts(Kept(refuses)), Kept(refuses)
    monkeypatch.setattr(Front, "app", in_app)
    by_key, by_word = (front(which=int(word == "why-wrong")) for _ in range(2))
    asyncio.run(Front(by_key)._act(ACTS[word]))
    asyncio.run(SciaquizApp.take_back(cast("SciaquizApp", in_app), by_key))
    out = io.StringIO()
    acting = Acting(by_word, cast("Any", journal), lambda text: print(text, file=out), cast("Any", None))
    acting.do(Command(word, TEXTS.get(word, "")))
    acting.do(Command("undo"))
    said = [line.removesuffix(" Here it is again.") for line in out.getvalue().splitlines()]
    assert [line for line in said if not line.startswith("Back ")] == in_app.said
    assert len(in_app.said) == 2


@pytest.mark.parametrize("is_saved", [True, False])
def test_both_faces_refuse_to_take_back_nothing_with_the_same_words(is_saved: bool) -> None:
    found = answered("a-single", 0, HOW["thought so"])
    assert found is not None
    round_ = asked_round("a-single") if is_saved else found[0]
    in_app, said = Toasts(Kept()), list[str]()
    asyncio.run(SciaquizApp.take_back(cast("SciaquizApp", in_app), round_))
    Acting(round_, cast("Any", Kept()), said.append, cast("Any", None)).do(Command("undo"))
    assert said == in_app.said != []


def test_both_faces_list_what_can_be_done_under_the_same_heads() -> None:
    from sciaquiz.plain.commands import HELP, WORDS
    from sciaquiz.tui.screens.help import GROUPS
    from sciaquiz.view import doing

    heads = [doing.ANSWER, doing.CARD, doing.AFTER, doing.EVERYWHERE]
    assert set(heads) <= set(GROUPS)
    listed = [row for row in HELP.splitlines() if not row.startswith(" ")]
    assert [row for row in listed if row in heads] == heads
    for word in WORDS:
        assert word in HELP
