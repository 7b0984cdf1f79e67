"""What the study screen shows at each stage, by plain calls: no screen is needed to know it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from answering import NOW, STEADY
from making import deck, recall, single
from sciaquiz.clock import FixedClock
from sciaquiz.ids import CardId, OptionId
from sciaquiz.journal.entries import CardState, Marks
from sciaquiz.marking.lexicon import Lexicon
from sciaquiz.marking.response import Choice
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.round import Round
from sciaquiz.study.safekeeping import Aside, NotKeptError
from sciaquiz.study.sitting import Sitting
from sciaquiz.study.turns import Shown
from sciaquiz.tui.forms import form_for
from sciaquiz.tui.screens.studypage import Stage, Told, status_line, study_page

if TYPE_CHECKING:
    from sciaquiz.deck.kinds import Recall, SingleBestAnswer
    from sciaquiz.tui.forms.form import Form
    from sciaquiz.tui.screens.studypage import Page

REFUSAL = NotKeptError("The disk is full.", Aside(None, "{}"))


def asked(question: SingleBestAnswer | Recall) -> tuple[Round, Form]:
    of = deck(question)
    sitting = Sitting(
        CardPool(list(of.cards()), {}), policy_for=lambda _: STEADY, limits=Limits(9, 9), now=NOW, lexicon=Lexicon
    )
    round_ = Round(sitting, FixedClock(NOW.instant), {of.id: of})
    shown = round_.next()
    assert isinstance(shown, Shown)
    return round_, form_for(shown, of)


def text_of(page: Page) -> str:
    return "\n".join(block.text.plain for block in page.blocks)


def drawn(round_: Round, form: Form, stage: Stage, *, all_whys: bool = False) -> Page:
    return study_page(round_, form, stage, "3 more", (), draws_sharply=False, all_whys=all_whys)


def keys(
    round_: Round, form: Form, stage: Stage, told: Told | None = None, *, sure: bool = True, goes_on: bool = False
) -> str:
    return status_line(
        round_, form, stage, told or Told(), asks_certainty=sure, room=76, goes_on=goes_on
    ).plain  # fmt: skip


def test_a_question_is_asked_without_its_feedback() -> None:
    page = drawn(*asked(single("q1")), Stage.ASKED)
    assert "3 more" in text_of(page)
    assert "Which one is right?" in text_of(page)
    assert "Option 1" in text_of(page)
    assert "Why" not in text_of(page)
    assert page.feedback is None


def test_the_answer_of_a_recall_card_is_seen_only_once_it_is_shown() -> None:
    round_, form = asked(recall("q1"))
    assert "It is q1." not in text_of(drawn(round_, form, Stage.ASKED))
    assert "It is q1." in text_of(drawn(round_, form, Stage.ANSWER_SHOWN))


def test_the_feedback_is_where_the_page_says() -> None:
    round_, form = asked(single("q1"))
    round_.answer(Choice(OptionId("o1"), ()))
    page = drawn(round_, form, Stage.ANSWERED)
    assert page.feedback is not None
    assert "✗ Wrong" in page.blocks[page.feedback].text.plain
    assert "Why 3." not in text_of(page)
    assert "Why 3." in text_of(drawn(round_, form, Stage.ANSWERED, all_whys=True))


@pytest.mark.parametrize(("sure", "told"), [(True, "How sure?"), (False, "⏎ answer")])
def test_how_sure_is_asked_once_something_is_chosen_if_at_all(sure: bool, told: str) -> None:
    round_, form = asked(single("q1"))
    assert told not in keys(round_, form, Stage.ASKED, sure=sure)
    form.letter("a")
    assert told in keys(round_, form, Stage.ASKED, sure=sure)


def test_saved_is_said_only_once_the_journal_has_the_answer() -> None:
    round_, form = asked(single("q1"))
    outcome = round_.answer(Choice(OptionId("o0"), ()))
    assert keys(round_, form, Stage.ANSWERED) == "saving …"
    refused = keys(round_, form, Stage.ANSWERED, Told(refusal=REFUSAL))
    assert "! The disk is full." in refused
    assert "saved" not in refused
    round_.kept(outcome, replace(CardState(card_id=CardId("q1")), progress=outcome.predicted))
    assert keys(round_, form, Stage.ANSWERED).startswith("saved · again")


@pytest.mark.parametrize(
    ("marks", "told"),
    [
        (Marks(buried_until=NOW.study_day + timedelta(days=1)), "saved · put off until "),
        (Marks(buried_until=NOW.study_day), "saved · again in 1 min"),
        (Marks(suspended=True), "saved · suspended"),
    ],
)
def test_a_card_that_was_put_away_is_not_said_to_come_again(marks: Marks, told: str) -> None:
    round_, form = asked(single("q1"))
    outcome = round_.answer(Choice(OptionId("o1"), ()))
    round_.kept(outcome, CardState(card_id=CardId("q1"), progress=outcome.predicted, marks=marks))
    assert keys(round_, form, Stage.ANSWERED).startswith(told)


def test_what_is_told_stands_above_the_keys() -> None:
    round_, form = asked(single("q1"))
    told = keys(round_, form, Stage.ASKED, Told(refused="v means nothing here.", trouble="It is held."))
    assert told.splitlines()[:2] == ["v means nothing here.", "! It is held."]
    assert keys(round_, form, Stage.ASKED, Told(reminder="A hint.")).startswith("A hint.\n")


def test_that_the_page_goes_on_is_said_at_every_stage() -> None:
    round_, form = asked(single("q1"))
    assert "PgDn more" in keys(round_, form, Stage.ASKED, goes_on=True)
    assert "PgDn more" not in keys(round_, form, Stage.ASKED)
    outcome = round_.answer(Choice(OptionId("o0"), ()))
    assert "PgDn more" in keys(round_, form, Stage.ANSWERED, goes_on=True)
    round_.kept(outcome, replace(CardState(card_id=CardId("q1")), progress=outcome.predicted))
    assert keys(round_, form, Stage.ANSWERED, goes_on=True).count("PgDn more") == 1
