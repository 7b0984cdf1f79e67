"""Every kind of question, answered by keys alone and drawn at three sizes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from textual.events import Paste

from asking import DECK, SHOWCASE, ask, review_count, review_of, typed
from drawn import settled, text_of
from making import cloze
from sciaquiz.deck.kinds import (
    Cloze,
    Gaps,
    Hotspot,
    Matching,
    MultipleAnswer,
    Numeric,
    Ordering,
    Recall,
    SingleBestAnswer,
    TrueFalse,
    Typed,
)
from sciaquiz.figure.room import PAGES, rooms
from sciaquiz.ids import CardId
from sciaquiz.text import LETTERS
from sciaquiz.tui.screens.study import StudyScreen
from sciaquiz.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion
    from textual.pilot import Pilot

    from sciaquiz.study.turns import Shown
    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]

CARDS = {card.id: card for card in DECK.cards()}
SIZES = {"60x20": (60, 20), "80x24": (80, 24), "120x40": (120, 40)}


@pytest.fixture
def deck() -> Path:
    return SHOWCASE


def right_keys(shown: Shown) -> list[str]:
    """The keys that answer a card rightly, without any certainty."""

    def letter(wanted: str) -> str:
        return LETTERS[[str(entry) for entry in shown.order].index(wanted)]

    match shown.card.question:
        case SingleBestAnswer() as question:
            return [letter(question.key.id)]
        case MultipleAnswer(options=options):
            return [letter(option.id) for option in options if option.correct]
        case TrueFalse(statements=statements):
            answers = {statement.id: statement.correct for statement in statements}
            return ["t" if answers[entry] else "f" for entry in shown.order]
        case Recall() | Cloze(gaps=Gaps.REVEALED):
            return ["enter"]
        case Typed(answers=answers):
            return [*typed(min(answers, key=len)), "enter"]
        case Numeric() as question:
            return [*typed(f"{question.value:g} {question.unit}"), "enter"]
        case Cloze() as question:
            return [*typed(min(question.gaps_of(shown.card.part)[0].answers, key=len)), "enter"]
        case Ordering(items=items):
            return [letter(item.id) for item in items][:-1]
        case Matching() as question:
            belongs = {stem.id: stem.answer for stem in question.stems}
            places = [option.id for option in question.options]
            return [LETTERS[places.index(belongs[stem])] for stem in shown.order]
        case Hotspot(id="k-hotspot"):
            return ["b"]
        case Hotspot():
            return ["c"]
        case question:
            raise AssertionError(question.kind)


@pytest.mark.parametrize("card_id", CARDS)
async def test_every_kind_is_answered_by_keys_alone_and_looks_as_it_did(
    make_app: MakeApp, press: Press, snapshot: SnapshotAssertion, card_id: CardId
) -> None:
    app = make_app()
    drawn: dict[str, list[str]] = {size: [] for size in SIZES}

    async def draw(pilot: Pilot[None], *sizes: str) -> None:
        for size in sizes or SIZES:
            width, height = SIZES[size]
            await pilot.resize_terminal(width, height)
            await settled(pilot)
            drawn[size].append(text_of(app))

    async with app.run_test(size=(80, 24)) as pilot:
        shown = await ask(app, pilot, CARDS[card_id])
        await draw(pilot)
        await pilot.press(*right_keys(shown))
        await draw(pilot, "80x24")
        assert review_count(app, card_id) == 0
        await press(pilot, "3")
        await draw(pilot)
        for size in SIZES:
            assert "\n\n=====\n\n".join(drawn[size]) == snapshot(name=size)
        self_graded = isinstance(shown.card.question, Recall) or (
            isinstance(shown.card.question, Cloze) and shown.card.question.gaps is Gaps.REVEALED
        )
        told = drawn["120x40"][-1]
        assert ("▸3 Good" if self_graded else "✓ Right") in told
        assert "saved" in told
        review = review_of(app, card_id)
        assert (review.correct, review.score) == (True, 1.0)
        assert review.certainty == (None if self_graded else 3)


async def test_partly_right_is_said_and_scored(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, CARDS[CardId("c-true-false")])
        await press(pilot, "t", "t", "t", "2")
        assert "◐ Partly right" in text_of(app)
        assert "◐  2 of 3" in text_of(app)
        assert review_of(app, CardId("c-true-false")).score == pytest.approx(2 / 3)


async def test_a_near_miss_is_asked_once_more_and_a_hint_counts(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, CARDS[CardId("e-typed")])
        await press(pilot, "f2")
        assert "It has a synonym with a P." in text_of(app)
        await pilot.press(*typed("common peronel nerve"), "enter")
        await press(pilot)
        assert "Check the spelling" in text_of(app)
        assert review_count(app, CardId("e-typed")) == 0
        await pilot.press("ctrl+u", *typed("common peroneal"), "enter")
        await press(pilot, "3")
        review = review_of(app, CardId("e-typed"))
        assert review.correct
        assert review.response["hinted"] is True
        assert review.rating == 2


@pytest.mark.parametrize(
    ("order", "credit", "marks"),
    [
        ((3, 2, 1, 0), "✗ Wrong", " ✗✗✗"),
        ((2, 3, 1, 0), "◐  1 of 3 steps follow the right one", " ✗✗✓"),
        ((3, 0, 1, 2), "◐  2 of 3 steps follow the right one", " ✓✓✗"),
        ((0, 2, 1, 3), "✗ Wrong", " ✗✗✗"),
        ((0, 1, 2, 3), "✓ Right", "✓✓✓✓"),
    ],
)
async def test_the_marks_of_an_order_measure_what_it_is_given_credit_for(
    make_app: MakeApp, press: Press, order: tuple[int, ...], credit: str, marks: str
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        card = CARDS[CardId("i-ordering")]
        assert isinstance(card.question, Ordering)
        shown = await ask(app, pilot, card)
        items = card.question.items
        await press(pilot, *(LETTERS[shown.order.index(items[step].id)] for step in order), "2")
        told = text_of(app)
        assert credit in told
        found = [re.search(rf"(.) \d [a-d]  {re.escape(item.text)}", told) for item in items]
        assert "".join(mark[1] for mark in found if mark) == marks


async def test_steps_are_carried_with_the_keys_as_well(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await ask(app, pilot, CARDS[CardId("i-ordering")])
        await press(pilot, "down", "shift+down", "shift+up", "2")
        review = review_of(app, CardId("i-ordering"))
        assert review.response["order"] == list(shown.order)


async def test_a_figure_is_walked_with_tab_and_arrows_and_clicked(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(160, 50)) as pilot:
        await ask(app, pilot, CARDS[CardId("k-hotspot")])
        for terminal, page in PAGES.items():  # which the check of decks goes by
            await pilot.resize_terminal(*map(int, terminal.split("×")))
            await settled(pilot)
            assert isinstance(app.screen, StudyScreen)
            surface = app.screen._form.surface
            assert rooms(DECK.figures[0], surface.width, surface.height) == rooms(DECK.figures[0], *page), terminal
        await press(pilot, "tab", "down", "enter", "2")
        assert review_of(app, CardId("k-hotspot")).response["region"] == "L5"
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, CARDS[CardId("k-hotspot")])
        sheet = app.screen.query_one("#sheet", Sheet)
        target = next((x, y) for y in range(sheet.size.height) for x in range(30) if sheet.target_at(x, y) == 0)
        for _ in range(2):
            await pilot.click("#sheet", offset=target)
            await press(pilot)
        assert app.workspace.journal.history(CardId("k-hotspot"))[0][-1].response["region"] == "L4"


async def test_what_was_typed_can_be_taken_back_before_it_counts(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, CARDS[CardId("e-typed")])
        await pilot.press(*typed("sural"), "enter")
        await press(pilot, "backspace")
        assert "How sure?" not in text_of(app)
        await pilot.press("ctrl+u", *typed("common fibular"), "enter")
        await press(pilot, "3")
        assert review_of(app, CardId("e-typed")).correct


async def test_what_is_pasted_is_tamed_before_it_is_shown_and_kept(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, CARDS[CardId("e-typed")])
        app.post_message(Paste("common\x1b \u202eperoneal\x07"))
        await press(pilot, "enter", "3")
        review = review_of(app, CardId("e-typed"))
        assert (review.correct, review.response["typed"]) == (True, ["common peroneal"])


@pytest.mark.parametrize("card_id", ["e-typed", "f-numeric", "h-cloze-typed#c1"])
async def test_what_is_not_known_is_shown_after_two_empty_lines(make_app: MakeApp, press: Press, card_id: str) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, CARDS[CardId(card_id)])
        await press(pilot, "enter")
        assert "Not known? ⏎ once more shows the answer." in text_of(app)
        assert review_count(app, CardId(card_id)) == 0
        await press(pilot, "enter")
        review = review_of(app, CardId(card_id))
        assert (review.correct, review.rating, review.certainty, review.response["typed"]) == (False, 1, 1, [""])
        assert "nothing" in text_of(app)


async def test_a_long_question_opens_at_its_beginning_though_the_cursor_waits_below(
    make_app: MakeApp, press: Press
) -> None:
    long = replace(
        CARDS[CardId("c-true-false")].question, stem="The first line.\n\n" + "More of it.\n\n" * 20 + "True?"
    )
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, replace(CARDS[CardId("c-true-false")], question=long))
        assert "The first line." in text_of(app)
        assert re.search(r"\d+ more lines  PgDn", text_of(app))
        await press(pilot, "t")
        assert "› 2 ·" in text_of(app)


async def test_after_a_near_miss_in_one_gap_all_gaps_are_asked_again_from_the_first(
    make_app: MakeApp, press: Press
) -> None:
    two = replace(
        cloze("Below ", ("c1", "piriformis"), " and behind the ", ("c1", "ilium"), "."),
        gaps=Gaps.TYPED,
        deck_id=DECK.id,
    )
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, two.cards()[0])
        await pilot.press(*typed("piriformis"), "enter", *typed("iliun"), "enter")
        await press(pilot)
        assert "Check the spelling" in text_of(app)
        await press(pilot, "enter")
        await pilot.press(*typed("ilium"), "enter")
        await press(pilot, "3")
        assert review_of(app, two.cards()[0].id).correct


async def test_left_alone_the_line_says_which_keys_are_commands_now(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, CARDS[CardId("e-typed")])
        await press(pilot, "escape")
        assert "⏎ type on   l later" in text_of(app)
        await press(pilot, "enter", "l")
        assert "⏎ type on" not in text_of(app)
        assert isinstance(app.screen, StudyScreen)


async def test_the_letter_of_a_step_that_placed_itself_changes_nothing(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await ask(app, pilot, CARDS[CardId("i-ordering")])
        await press(pilot, "enter")
        assert "How sure?" not in text_of(app)
        question = shown.card.question
        assert isinstance(question, Ordering)
        order = [str(entry) for entry in shown.order]
        await press(pilot, *(LETTERS[order.index(item.id)] for item in question.items), "3")
        assert review_of(app, CardId("i-ordering")).correct


async def test_a_question_longer_than_the_screen_is_read_with_keys(make_app: MakeApp, press: Press) -> None:
    long = replace(CARDS[CardId("a-single")].question, stem="A line of a long vignette.\n\n" * 20 + "Which nerve?")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, replace(CARDS[CardId("a-single")], question=long))
        assert "Which nerve?" not in text_of(app)
        assert re.search(r"\d+ more lines  space", text_of(app))
        await press(pilot, "pagedown", "pagedown", "pagedown")
        assert "Which nerve?" in text_of(app)
        assert "more line" not in text_of(app)
        await press(pilot, "pageup", "pageup", "pageup", "down")
        assert "›  a" in text_of(app)
        await press(pilot, "enter", "2")
        assert review_count(app, CardId("a-single")) == 1


async def test_commands_wait_while_a_line_is_typed_and_escape_leaves_it(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, CARDS[CardId("e-typed")])
        await press(pilot, *typed("lq"))
        assert isinstance(app.screen, StudyScreen)
        await press(pilot, "escape", "l", "escape", "l")  # put off, then left out
        assert not isinstance(app.screen, StudyScreen)


async def test_a_picture_is_drawn_and_told_in_words(make_app: MakeApp, press: Press, tmp_path: Path) -> None:
    from PIL import Image

    from sciaquiz.deck.picture import Picture

    path = tmp_path / "map.png"
    Image.new("RGB", (40, 20), "#ff0000").save(path)
    card = CARDS[CardId("d-recall")]
    pictured = replace(card, question=replace(card.question, picture=Picture(path, "A red square.")))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, pictured)
        assert "▀▀▀" in text_of(app)
        assert "A red square." in text_of(app)
        await press(pilot, "enter", "3")
        snapshot = app.workspace.journal.question_text(card.question.version)
        assert snapshot is not None
        assert snapshot["picture"] == {"path": "map.png", "alt": "A red square."}


async def test_options_and_names_are_clicked(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await ask(app, pilot, CARDS[CardId("b-multiple")])
        sheet = app.screen.query_one("#sheet", Sheet)
        rows = {sheet.target_at(10, y): y for y in range(sheet.size.height)}
        for option in ("soleus", "tibialis-posterior"):
            await pilot.click("#sheet", offset=(10, rows[[str(entry) for entry in shown.order].index(option)]))
        await press(pilot)
        await press(pilot, "3")
        assert review_of(app, CardId("b-multiple")).correct
        assert "◐" not in text_of(app)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, CARDS[CardId("l-hotspot-name")])
        sheet = app.screen.query_one("#sheet", Sheet)
        cells = ((x, y) for y in range(sheet.size.height) for x in range(sheet.size.width))
        x, y = next(cell for cell in cells if sheet.target_at(*cell) == 102)
        for _ in range(2):
            await pilot.click("#sheet", offset=(x + 1, y))
            await press(pilot)
        assert review_of(app, CardId("l-hotspot-name")).response["region"] == "S1"
