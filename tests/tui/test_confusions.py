"""What was mixed up: told with the answer, listed, contrasted and drilled, by keys alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from drawn import settled, text_of
from sciaquiz.clock import moment_at
from sciaquiz.deck.library import read_library
from sciaquiz.ids import CardId, OptionId
from sciaquiz.journal.entries import Certainty, Mode
from sciaquiz.marking.lexicon import Lexicon
from sciaquiz.marking.response import Choice, Response, Written
from sciaquiz.memory.policy import Policy
from sciaquiz.store.journal import Journal
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.sitting import Sitting
from sciaquiz.study.turns import Shown
from sciaquiz.tui.screens.confusions import ConfusionsScreen
from sciaquiz.tui.screens.contrast import ContrastScreen
from sciaquiz.tui.screens.home import HomeScreen
from sciaquiz.tui.screens.study import StudyScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.screen import Screen

    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]

SHOWCASE = Path(__file__).parents[1] / "decks" / "showcase" / "deck.toml"
DECK = read_library([SHOWCASE]).decks[0]
CARDS = {card.id: card for card in DECK.cards()}
NOW = datetime.fromisoformat("2026-11-22T09:00:00+01:00")
NERVE, ROOT = CardId("a-single"), CardId("n-case-second")
PAST_LEARNING = Policy(learning_steps=(), relearning_steps=())


@pytest.fixture
def deck() -> Path:
    return SHOWCASE


def front(app: SciaquizApp) -> Screen[object]:
    return app.screen


def answer(app: SciaquizApp, card_id: CardId, response: Response, days_ago: int, *, policy: Policy) -> None:
    """Keep an answer that was given some days ago."""
    now = moment_at(NOW - timedelta(days=days_ago))
    journal = Journal.open(app.workspace.paths.journal, now)
    sitting = Sitting(
        CardPool([CARDS[card_id]], journal.states()), policy_for=lambda _: policy, limits=Limits(9, 9), now=now,
        lexicon=lambda: Lexicon.from_decks([DECK]),
    )  # fmt: skip
    shown = sitting.show(card_id, now)
    outcome = sitting.answer(shown, response, now, certainty=Certainty.CERTAIN)
    journal.keep(outcome.answer, policy, shown.card.question)
    journal.close()


def mistaken(app: SciaquizApp, *, policy: Policy) -> None:
    """Take the nerve for the root, then know both."""
    answer(app, NERVE, Choice(OptionId("sural"), ()), 9, policy=policy)
    answer(app, NERVE, Choice(OptionId("superficial"), ()), 8, policy=policy)
    answer(app, ROOT, Written(("L5",)), 8, policy=policy)


async def test_a_mistake_is_told_with_what_tells_both_apart(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 40)) as pilot:
        await press(pilot, "enter")
        screen = front(app)
        assert isinstance(screen, StudyScreen)
        shown = screen._shown
        assert isinstance(shown, Shown)
        await press(pilot, "abcd"[list(shown.order).index(OptionId("sural"))], "3")
        drawn = " ".join(text_of(app).split())
        assert "You took “Common fibular (peroneal) nerve” for “L5 nerve root”." in drawn
        assert "Weak inversion puts the lesion above the fibular neck" in drawn
        await press(pilot, "d")
        assert isinstance(front(app), ContrastScreen)
        assert "The drill waits until both sides are past learning" in text_of(app)
        await press(pilot, "enter")
        assert isinstance(front(app), ContrastScreen)
        await press(pilot, "q")
        assert isinstance(front(app), StudyScreen)


async def test_without_a_mistake_there_is_no_contrast(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "d")
        assert "Nothing was taken for anything else so far." in text_of(app)
        await press(pilot, "enter", "q")
        assert isinstance(front(app), HomeScreen)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_ledger_leads_to_a_drill_of_both_sides(
    make_app: MakeApp, press: Press, size: tuple[int, int]
) -> None:
    app = make_app()
    mistaken(app, policy=PAST_LEARNING)
    async with app.run_test(size=size) as pilot:
        await press(pilot)
        home = front(app)
        assert isinstance(home, HomeScreen)
        home._open_journal()
        await settled(pilot)
        assert "Common fibular ⇄ L5 nerve root 1×" in " ".join(text_of(app).split())
        await press(pilot, "d")
        assert isinstance(front(app), ConfusionsScreen)
        assert "1×" in text_of(app)
        assert "What it was (rows), what it was taken for (columns)" in text_of(app)
        await press(pilot, "enter")
        assert "taken for the other once" in text_of(app)
        assert "Its question" in text_of(app)  # one question a side: neither is shown with its answer
        assert "⏎ answer both" in text_of(app).splitlines()[-1]
        await press(pilot, "enter")
        assert isinstance(front(app), StudyScreen)
        for _ in range(2):
            screen = front(app)
            assert isinstance(screen, StudyScreen)
            shown = screen._shown
            assert isinstance(shown, Shown)
            if shown.card.id == NERVE:
                await press(pilot, "abcd"[list(shown.order).index(OptionId("superficial"))], "3", "enter")
            else:
                await press(pilot, "L", "5", "enter", "3", "enter")
        reviews = [review for card in (NERVE, ROOT) for review in app.workspace.journal.history(card)[0]]
        assert [review.mode for review in reviews].count(Mode.DRILL) == 2
        assert "2 of 2 right" in text_of(app)


async def test_a_dangerous_belief_is_shown_on_home_and_asked_in_time(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    answer(app, ROOT, Written(("L4",)), 7, policy=PAST_LEARNING)
    answer(app, ROOT, Written(("L5",)), 6, policy=Policy(learning_steps=(), relearning_steps=(), maximum_interval=900))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        assert "! Unsafe now   1 question   first proof now" in text_of(app)
        await press(pilot, "d")
        assert "Unsafe now: wrong and certain about what must not be missed" in text_of(app)
        assert "first proof now  " in text_of(app)
        assert "Which root is it?" in " ".join(text_of(app).split())
        await press(pilot, "q", "enter")
        assert "Which root is it?" in text_of(app)
