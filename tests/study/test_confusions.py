"""The ledger of confusions: opened by what a wrong answer stands for, closed by spaced right answers on both sides."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from making import card, single
from making import typed as typed_question
from sciaquiz.clock import Moment, moment_at
from sciaquiz.deck.concepts import Pair, concept_of
from sciaquiz.deck.kinds import SingleBestAnswer, WrongAnswer
from sciaquiz.deck.model import Concept, Contrast, Deck, Option
from sciaquiz.ids import CardId, ConceptId, DeckId, DeviceId, OptionId, new_entry_id
from sciaquiz.journal.entries import CardState, Certainty, Mode, Phase, Review
from sciaquiz.journal.snapshot import Given
from sciaquiz.marking.confusion import had_in_mind
from sciaquiz.marking.response import Choice, Written, to_json
from sciaquiz.memory.policy import Policy
from sciaquiz.memory.replay import replay
from sciaquiz.study.confusions import Ledger, ledger
from sciaquiz.study.drill import Side, drills
from sciaquiz.study.mixing import MixedUp, ordinal
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.sitting import Sitting
from sciaquiz.study.turns import Chosen, Over

ROOT, FIBULAR, OTHER = ConceptId("l5-root"), ConceptId("common-fibular"), ConceptId("deep-fibular")
DAY = date(2026, 9, 1)


def question(name: str, about: ConceptId, stands_for: ConceptId, **more: Any) -> SingleBestAnswer:
    """A question with one distractor that stands for another concept."""
    return replace(
        single(name),
        options=(
            Option(id=OptionId("right"), text="Right", correct=True, why=""),
            Option(id=OptionId("other"), text="Other", correct=False, why="", confuses=stands_for),
            Option(id=OptionId("none"), text="None", correct=False, why=""),
        ),
        concept=about,
        **more,
    )


def make_deck(*questions: SingleBestAnswer) -> Deck:
    return Deck(
        id=DeckId("demo"),
        title="Demo",
        version="1",
        concepts=(Concept(id=ROOT, name="L5 root"), Concept(id=FIBULAR, name="common fibular nerve")),
        contrasts=(Contrast(between=(ROOT, FIBULAR), discriminator="Test inversion."),),
        questions=questions,
    )


DECK = make_deck(
    question("root-1", ROOT, FIBULAR),
    question("root-2", ROOT, FIBULAR),
    question("fibular-1", FIBULAR, ROOT),
    question("fibular-2", FIBULAR, ROOT),
)


def answer(name: str, number: int, chosen: str = "right") -> Given:
    response = to_json(Choice(OptionId(chosen), ()))
    right = chosen == "right"
    return Given(
        card_id=CardId(name),
        study_day=DAY + timedelta(days=number),
        known=right,
        response=None if right else response,
    )


def test_a_wrong_option_that_names_a_concept_adds_an_edge() -> None:
    found = ledger(
        DECK.cards(), [answer("root-1", 0, "other"), answer("root-2", 1, "other"), answer("fibular-1", 1, "none")]
    )
    assert found.times(ROOT, FIBULAR) == 2
    assert found.times(FIBULAR, ROOT) == 0
    [confusion] = found.open
    assert (confusion.pair, confusion.count, confusion.last_day) == (Pair((ROOT, FIBULAR)), 2, DAY + timedelta(days=1))


def test_an_edge_closes_after_three_spaced_right_answers_on_both_sides() -> None:
    mistake = [answer("root-1", 0, "other")]
    both = [answer(name, day) for day in (1, 3, 6) for name in ("root-1", "fibular-1")]
    assert ledger(DECK.cards(), mistake + both[:-1]).open
    assert not ledger(DECK.cards(), mistake + both).open
    day_of_the_mistake = [answer(name, day) for day in (0, 1, 2) for name in ("root-1", "fibular-1")]
    assert ledger(DECK.cards(), mistake + day_of_the_mistake).open
    guessed = [replace(entry, known=False) for entry in both]
    assert ledger(DECK.cards(), mistake + guessed).open
    same_day = [answer(name, 1) for name in ("root-1", "root-2", "root-1", "fibular-1", "fibular-2", "fibular-1")]
    assert ledger(DECK.cards(), mistake + same_day).open
    again = [answer("fibular-2", 8, "other")]
    assert ledger(DECK.cards(), mistake + both + again).open[0].count == 2


def test_a_side_without_questions_asks_for_none() -> None:
    lonely = make_deck(question("root-1", ROOT, OTHER))
    assert ledger(lonely.cards(), [answer("root-1", 0, "other")]).open
    right = [answer("root-1", day) for day in (1, 2, 3)]
    assert not ledger(lonely.cards(), [answer("root-1", 0, "other"), *right]).open


def test_what_a_question_is_about_is_said_or_not_known() -> None:
    silent = replace(DECK.questions[0], concept=None)
    assert concept_of(DECK.questions[0]) == ROOT
    assert concept_of(silent) is None
    assert concept_of(single("plain")) is None
    own = question("told", OTHER, FIBULAR)
    right = replace(own.options[0], confuses=ROOT)
    assert concept_of(replace(own, concept=None, options=(right, *own.options[1:]))) == ROOT


def test_answers_to_what_is_no_longer_installed_are_passed_over() -> None:
    assert ledger(DECK.cards(), [answer("gone", 0, "other")]).confusions == ()
    assert had_in_mind(card(single("plain")), Choice(OptionId("o1"), ())) == ()


@pytest.mark.parametrize("typed", ["deep fibular nerve", "Deep fibular nerves", "fibular nerve, deep"])
def test_a_typed_term_stands_for_its_concept_however_it_is_spelt(typed: str) -> None:
    wrong = WrongAnswer(text="deep fibular nerve", confuses=OTHER)
    asked = replace(typed_question("common fibular nerve"), wrong=(wrong,))
    assert had_in_mind(card(asked), Written((typed,))) == (OTHER,)


@pytest.mark.parametrize(("ready", "asked", "shown"), [(1, 1, 0), (2, 1, 1), (3, 2, 1), (5, 2, 2)])
def test_what_a_drill_shows_beforehand_it_does_not_ask(ready: int, asked: int, shown: int) -> None:
    cards = tuple(card(single(f"q{number}")) for number in range(ready))
    side = Side(concept=ROOT, name="L5 root", ready=cards, cards=ready)
    assert (len(side.asked), len(side.examples)) == (asked, shown)
    assert not {made.id for made in side.asked} & {made.id for made in side.examples}


def test_ordinals() -> None:
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 21, 22, 113)] == [
        "first", "second", "third", "4th", "11th", "12th", "21st", "22nd", "113th",
    ]  # fmt: skip


class Student:
    """Takes L5 for the common fibular nerve until a drill has shown the contrast twice; keeps a journal of its own."""

    def __init__(self) -> None:
        self.reviews: list[Review] = []
        self.drills = 0
        self.asked = 0
        self.policy = Policy()

    def states(self) -> dict[CardId, CardState]:
        return {card_id: self.state(card_id) for card_id in {review.card_id for review in self.reviews}}

    def state(self, card_id: CardId) -> CardState:
        return replay(card_id, [r for r in self.reviews if r.card_id == card_id], [], {self.policy.digest: self.policy})

    def ledger(self) -> Ledger:
        return ledger(
            DECK.cards(),
            (Given(card_id=r.card_id, study_day=r.moment.study_day, known=r.correct,
                   response=None if r.correct else r.response) for r in self.reviews),
        )  # fmt: skip

    def chooses(self, made: SingleBestAnswer) -> str:
        """Every fourth question about the root is taken for the nerve, until two drills were held."""
        if made.concept != ROOT or self.drills >= 2:
            return "right"
        self.asked += 1
        return "other" if self.asked % 4 == 0 else "right"

    def sit(self, sitting: Sitting, now: Moment) -> int:
        count = 0
        while not isinstance(shown := sitting.next(now), Over):
            made = shown.card.question
            assert isinstance(made, SingleBestAnswer)
            outcome = sitting.answer(
                shown, Choice(OptionId(self.chooses(made)), shown.order), now, certainty=Certainty.THINK_SO
            )
            fields = {name: getattr(outcome.answer, name) for name in type(outcome.answer).__struct_fields__}
            self.reviews.append(Review(**fields, device_id=DeviceId("laptop"), seq=len(self.reviews)))
            sitting.settle(outcome, self.state(shown.card.id), now)
            count += 1
            if count > 40:
                break
        return count


def test_a_student_with_a_fixed_confusion_is_drilled_and_the_edge_closes() -> None:
    student = Student()
    drilled: list[int] = []
    for number in range(120):
        now = moment_at(datetime_of(number))
        for minutes in (0, 15, 30):
            later = moment_at(datetime_of(number) + timedelta(minutes=minutes))
            student.sit(sitting_of(student, later), later)
        found = [drill for drill in drills([DECK], student.ledger(), student.states()) if drill.is_ready]
        if found:
            assert all(
                (progress := student.state(made.id).progress) is not None and progress.phase is Phase.REVIEW
                for made in found[0].cards
            )
            assert found[0].discriminator == "Test inversion."
            asked = student.sit(sitting_of(student, now, drill=[made.id for made in found[0].cards]), now)
            assert asked == len(found[0].cards)
            student.drills += 1
            drilled.append(number)
        if student.drills >= 2 and not student.ledger().open:
            break
    assert len(drilled) >= 2
    assert student.ledger().times(ROOT, FIBULAR) >= 2
    assert student.ledger().open == ()
    assert {review.mode for review in student.reviews} == {Mode.STUDY, Mode.DRILL}


def datetime_of(number: int) -> Any:
    from datetime import UTC, datetime

    return datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(days=number)


def sitting_of(student: Student, now: Moment, drill: Any = ()) -> Sitting:
    return Sitting(
        CardPool(DECK.cards(), student.states()),
        policy_for=lambda _: student.policy,
        limits=Limits(20, 200),
        now=now,
        random=Random(1),
        chosen=Chosen(tuple(drill), Mode.DRILL) if drill else None,
        make_id=new_entry_id,
    )


def test_what_was_mixed_up_is_said_with_its_count_once_for_each_answer() -> None:
    student = Student()
    now = moment_at(datetime_of(0))
    sitting = sitting_of(student, now)
    mixed = MixedUp(ledger(DECK.cards(), [answer("root-1", 0, "other")]))
    sentences: list[str] = []
    while not isinstance(shown := sitting.next(now), Over) and len(sentences) < 2:
        about_the_root = shown.card.id.startswith("root")
        outcome = sitting.answer(shown, Choice(OptionId("other" if about_the_root else "right"), shown.order), now)
        mistakes = mixed.mistakes(outcome, DECK)
        assert mixed.mistakes(outcome, DECK) == mistakes
        sentences += [mistake.sentence for mistake in mistakes]
        sitting.skip(shown)
    assert sentences == [
        "You took “L5 root” for “common fibular nerve” (second time).",
        "You took “L5 root” for “common fibular nerve” (third time).",
    ]
    assert mixed.usually_taken_for(outcome, DECK) == ["common fibular nerve"]
    mixed.forget(outcome)
    assert mixed.mistakes(outcome, DECK)[0].sentence == sentences[-1]
