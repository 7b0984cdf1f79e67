"""What the study screen shows at each stage, by plain calls: no screen is needed to know it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from answering import NOW, STEADY
from making import deck, recall, single
from sciaquiz.clock import FixedClock
from sciaquiz.deck.model import Safety
from sciaquiz.ids import CardId, OptionId
from sciaquiz.journal.entries import CardState, Certainty, Marks, Rating
from sciaquiz.marking.lexicon import Lexicon
from sciaquiz.marking.response import Choice, SelfGrade
from sciaquiz.plain.answers import key_line
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.round import Round
from sciaquiz.study.safekeeping import Aside, NotKeptError
from sciaquiz.study.sitting import Sitting
from sciaquiz.study.turns import Shown
from sciaquiz.tui import page
from sciaquiz.tui.forms import form_for
from sciaquiz.tui.screens.studypage import Stage, Told, status_rows, study_page
from sciaquiz.tui.screens.toldlater import told as told_later
from sciaquiz.tui.telling import Telling

if TYPE_CHECKING:
    from sciaquiz.deck.kinds import Recall, SingleBestAnswer
    from sciaquiz.study.turns import Outcome
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
    return "\n".join(block.text.plain for block in (*page.question, *page.reading))


def drawn(round_: Round, form: Form, stage: Stage, *, all_whys: bool = False) -> Page:
    return study_page(round_, form, stage, (), draws_sharply=False, all_whys=all_whys)


def rows(
    round_: Round,
    form: Form,
    stage: Stage,
    told: Told | None = None,
    *,
    sure: bool = True,
    below: int = 0,
    room: int = 76,
) -> str:
    return status_rows(
        round_, form, stage, told or Told(), asks_certainty=sure, room=room, below=below
    ).plain  # fmt: skip


def strip(round_: Round, form: Form, room: int = 76) -> str:
    return rows(round_, form, Stage.ANSWERED, room=room).split("\n", 1)[1]


def kept(round_: Round, outcome: Outcome, marks: Marks | None = None) -> None:
    card_id = outcome.shown.card.id
    round_.kept(outcome, CardState(card_id=card_id, progress=outcome.predicted, marks=marks or Marks()))


def test_a_question_is_asked_without_its_feedback() -> None:
    shown = drawn(*asked(single("q1")), Stage.ASKED)
    assert "Which one is right?" in text_of(shown)
    assert "Option 1" in text_of(shown)
    assert "Why" not in text_of(shown)
    assert not shown.reading


def test_the_answer_of_a_recall_card_is_seen_only_once_it_is_shown() -> None:
    round_, form = asked(recall("q1"))
    assert "It is q1." not in text_of(drawn(round_, form, Stage.ASKED))
    assert "It is q1." in text_of(drawn(round_, form, Stage.ANSWER_SHOWN))


def test_what_a_student_graded_is_told_again_with_its_answer() -> None:
    round_, _ = asked(recall("q1"))
    outcome = round_.answer(SelfGrade(Rating.GOOD))
    told = told_later(1, outcome, round_).plain.split("\n")
    assert told[1:3] == ["You graded it “Good”.", "✓ It is q1."]
    assert key_line(outcome.shown.card, None) == "Right: It is q1."


def test_what_is_asked_stands_out_from_what_leads_to_it() -> None:
    of = replace(single("q1"), stem="A runner.\n\nHe limps.\n\nWhich nerve?")
    shown = drawn(*asked(of), Stage.ASKED)
    assert [str(span.style) for block in shown.question[:3] for span in block.text.spans] == ["bold"]
    assert shown.question[2].text.plain == "Which nerve?"


def test_the_reasons_of_the_chosen_and_of_the_right_option_are_read_or_all() -> None:
    round_, form = asked(single("q1"))
    round_.answer(Choice(OptionId("o1"), ()))
    assert "Why 3." not in text_of(drawn(round_, form, Stage.ANSWERED))
    shown = drawn(round_, form, Stage.ANSWERED, all_whys=True)
    told = [(block.key.plain, block.text.plain) for block in shown.reading if block.key is not None]
    assert [why for _, why in told[:2]] == ["Why 1.", "Why 0."]
    assert told[2:] == sorted(told[2:])
    assert {why for _, why in told[2:]} == {"Why 2.", "Why 3."}


@pytest.mark.parametrize(("sure", "told"), [(True, "How sure?"), (False, "⏎ answer")])
def test_how_sure_is_asked_once_something_is_chosen_if_at_all(sure: bool, told: str) -> None:
    round_, form = asked(single("q1"))
    assert told not in rows(round_, form, Stage.ASKED, sure=sure)
    form.letter("a")
    assert told in rows(round_, form, Stage.ASKED, sure=sure)


def test_saved_is_said_only_once_the_journal_has_the_answer() -> None:
    round_, form = asked(single("q1"))
    outcome = round_.answer(Choice(OptionId("o0"), ()))
    assert strip(round_, form).endswith("saving …")
    refused = rows(round_, form, Stage.ANSWERED, Told(refusal=REFUSAL))
    assert "! The disk is full." in refused
    assert "saved" not in refused
    kept(round_, outcome)
    assert strip(round_, form).endswith("  saved")


@pytest.mark.parametrize(
    ("marks", "told"),
    [
        (Marks(buried_until=NOW.study_day + timedelta(days=1)), "put off until 23 Nov  saved"),
        (Marks(buried_until=NOW.study_day), "back in 1 min  saved"),
        (Marks(suspended=True), "suspended  saved"),
    ],
)
def test_a_card_that_was_put_away_is_not_said_to_come_again(marks: Marks, told: str) -> None:
    round_, form = asked(single("q1"))
    kept(round_, round_.answer(Choice(OptionId("o1"), ())), marks)
    assert strip(round_, form).endswith(told)


@pytest.mark.parametrize(
    ("room", "told"),
    [
        (116, "✗ Wrong, you were certain   ▸1 Again   2 Hard 6 min  3 Good 10 min  4 Easy "),
        (76, "✗ Wrong, certain   ▸1 Again   2 Hard  3 Good  4 Easy    back in 1 min  saved"),
        (56, "✗ Wrong   ▸1 Again   2  3  4             in 1 min  saved"),
        (36, "✗ Wrong   ▸1 Again   in 1 min  saved"),
        (24, "✗ Wrong  ▸1 Again \nin 1 min  saved"),
    ],
)
def test_the_strip_leaves_out_what_has_no_room_but_never_what_was_decided(room: int, told: str) -> None:
    round_, form = asked(single("q1"))
    kept(round_, round_.answer(Choice(OptionId("o1"), ()), certainty=Certainty.CERTAIN))
    found = strip(round_, form, room)
    assert found.startswith(told)
    assert max(map(len, found.splitlines())) <= room


def test_an_answer_that_is_only_tried_is_never_called_saved() -> None:
    round_, form = asked(single("q1"))
    round_.sitting.is_trial = True
    kept(round_, round_.answer(Choice(OptionId("o1"), ()), certainty=Certainty.CERTAIN))
    assert strip(round_, form, 76).endswith("in 1 min  not recorded")


def test_the_rating_that_counts_is_the_one_on_the_chip() -> None:
    round_, form = asked(single("q1"))
    outcome = round_.answer(Choice(OptionId("o0"), ()), certainty=Certainty.THINK_SO)
    kept(round_, outcome)
    assert "▸3 Good" in strip(round_, form)
    progress = replace(outcome.predicted, last_rating=Rating.HARD)
    round_.state = CardState(card_id=CardId("q1"), progress=progress)
    assert "▸2 Hard" in strip(round_, form)
    assert "3 Good" in strip(round_, form)


def test_what_is_told_stands_in_the_hairline_or_below_it_where_it_is_longer() -> None:
    round_, form = asked(single("q1"))
    told = Told(refused="v means nothing here.", trouble="It is held.")
    assert rows(round_, form, Stage.ASKED, told).splitlines()[0].startswith("v means nothing here. ───")
    assert rows(round_, form, Stage.ASKED, told).splitlines()[1] == "! It is held."
    long = Told(said=[Telling("Said " * 20)])
    assert rows(round_, form, Stage.ASKED, long).splitlines()[:2] == ["─" * 76, "Said " * 20]
    assert rows(round_, form, Stage.ASKED, Told(reminder="A hint.")).splitlines()[1] == "A hint."


def test_that_the_page_goes_on_is_said_at_every_stage() -> None:
    round_, form = asked(single("q1"))
    assert "6 more lines  space ──" in rows(round_, form, Stage.ASKED, below=6)
    assert "more" not in rows(round_, form, Stage.ASKED)
    form.move(1)
    assert "1 more line  PgDn ──" in rows(round_, form, Stage.ASKED, below=1)  # Space would pick
    round_.answer(Choice(OptionId("o0"), ()))
    assert "6 more lines  space ──" in rows(round_, form, Stage.ANSWERED, below=6)


def test_before_the_answer_nothing_is_shown_that_gives_it_away() -> None:
    of = replace(single("q1"), topics=("foot-drop",))
    shelf = deck(of)
    words = [page.head(of, shelf, "1 of 2", "", 76, answered=answered).plain for answered in (False, True)]
    assert ["foot drop" in said for said in words] == [False, True]


def test_the_first_row_leaves_out_what_has_no_room_and_is_never_longer() -> None:
    of = replace(single("q1"), topics=("foot-drop", "localisation"), safety=Safety.MUST_NOT_MISS)
    for width in range(1, 90):
        said = page.head(of, deck(of), "7 of 22", "9 min left", width, answered=True)
        assert said.cell_length <= width
    assert page.head(of, deck(of), "7 of 22", "9 min left", 34, answered=True).plain.split() == [
        "Demo",
        "!",
        "7",
        "of",
        "22",
    ]
