"""Keys that come faster than the app go where they would have gone, had it been faster."""

from __future__ import annotations

import asyncio
import threading
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from textual import events

from drawn import settled, text_of
from sciaquiz.deck.library import read_library
from sciaquiz.ids import CardId
from sciaquiz.memory.policy import Policy
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.sitting import Sitting
from sciaquiz.tui.screens import timing
from sciaquiz.tui.screens.help import HelpScreen
from sciaquiz.tui.screens.home import HomeScreen
from sciaquiz.tui.screens.message import MessageScreen
from sciaquiz.tui.screens.note import NoteScreen
from sciaquiz.tui.screens.settings import SettingsScreen
from sciaquiz.tui.screens.study import StudyScreen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from sciaquiz.journal.entries import Event, Review
    from sciaquiz.tui.app import SciaquizApp

    MakeApp = Callable[..., SciaquizApp]

DECK = """
id = "fast"
title = "Fast fingers"
version = "1"
licence = "CC0-1.0"
[[source]]
id = "gray"
citation = "Gray's Anatomy"

[[question]]
id = "typed"
kind = "typed"
stem = "Which nerve is the thickest?"
answers = ["sciatic nerve"]
explanation = "It is."
sources = ["gray"]

[[question]]
id = "next"
kind = "typed"
stem = "Which nerve supplies the calf?"
answers = ["tibial nerve"]
explanation = "It does."
sources = ["gray"]

[[question]]
id = "numeric"
kind = "numeric"
stem = "How wide, in mm?"
value = 15
unit = "mm"
explanation = "So wide."
sources = ["gray"]

[[question]]
id = "cloze"
kind = "cloze"
gaps = "typed"
text = "Below {{c1::piriformis}}, behind the {{c1::ischium}}, beside the {{c1::sacrum}}."
explanation = "There."
sources = ["gray"]

[[question]]
id = "recall"
kind = "recall"
stem = "Name the roots."
answer = "L4 to S3."
explanation = "Those."
sources = ["gray"]

[[question]]
id = "single"
kind = "single"
stem = "Which one?"
explanation = "This one."
sources = ["gray"]
shuffle = false
options = [
  { id = "right", text = "This", correct = true, why = "It is." },
  { id = "wrong", text = "That", why = "It is not." },
  { id = "other", text = "The other", why = "It is neither." },
]
"""


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "fast.toml"
    path.write_text(DECK, encoding="utf-8")
    return path


def keys_of(text: str) -> list[events.Key]:
    """The keys of a text, as a terminal sends them: Enter as a line's end, Escape as itself."""
    named = {
        "\r": "enter", "\x1b": "escape", "\x7f": "backspace", "\x10": "ctrl+p",
        " ": "space", "?": "question_mark", "/": "slash", ",": "comma", "*": "asterisk",
    }  # fmt: skip
    return [events.Key(named.get(sign, sign), sign) for sign in text]


async def type_at_once(pilot: Pilot[None], text: str) -> None:
    """Let all keys be there before the app has handled the first, and wait until it has handled them all."""
    for key in keys_of(text):
        pilot.app.post_message(key)
    await pilot.pause()
    await settled(pilot)
    await pilot.pause()


async def ask(app: SciaquizApp, pilot: Pilot[None], deck: Path, *names: str) -> None:
    """Open a sitting of these cards, in this order."""
    found = read_library([deck]).decks[0]
    cards = {card.question.id: card for card in found.cards()}
    await settled(pilot)
    sitting = Sitting(
        CardPool([cards[name] for name in cards if name in names], {}),
        policy_for=lambda _: Policy(),
        limits=Limits(9, 9),
        now=app.workspace.clock.now(),
        lexicon=lambda: app.workspace.lexicon,
        random=Random(1),
    )
    app.start_sitting(sitting, [found])
    await settled(pilot)


def history(app: SciaquizApp, name: str) -> tuple[list[Review], list[Event]]:
    reviews, acts = app.workspace.journal.history(CardId(name))
    return list(reviews), list(acts)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("typed", "sciatic nerve\r3"),
        ("numeric", "15 mm\r3"),
        ("cloze", "piriformis\rischium\rsacrum\r3"),
        ("recall", "\r3"),
        ("single", "a3"),
    ],
)
async def test_an_answer_typed_in_one_go_is_what_was_typed(
    make_app: MakeApp, deck: Path, name: str, typed: str
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, deck, name)
        await type_at_once(pilot, typed)
        [review], acts = history(app, f"{name}#c1" if name == "cloze" else name)
        assert (review.correct, review.certainty, acts) == (True, None if name == "recall" else 3, [])


async def test_a_whole_sitting_typed_in_one_go_answers_every_question(make_app: MakeApp, deck: Path) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, deck, "typed", "next", "numeric", "recall")
        await type_at_once(pilot, "sciatic nerve\r3\rtibial nerve\r3\r15\r2\r\r3")
        for name in ("typed", "next", "numeric", "recall"):
            [review], acts = history(app, name)
            assert (review.correct, acts) == (True, []), name


async def test_what_is_typed_behind_an_enter_that_came_too_early_is_no_command(
    make_app: MakeApp, deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "NEXT_DELAY", 1000.0)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, deck, "typed", "next")
        await type_at_once(pilot, "sciatic nerve\r3\rgluteus, zxuwnoqs*")  # undo, suspend, bury, note, stop, flag
        assert isinstance(app.screen, StudyScreen)
        [review], acts = history(app, "typed")
        assert (review.correct, acts) == (True, [])
        assert "✓ Right" in text_of(app)
        assert app.workspace.journal.totals().answers == 1


@pytest.mark.parametrize("typed_ahead", ["3", "\r", "\r3", "\r\r\r2"])
async def test_what_was_typed_before_a_near_miss_was_asked_about_neither_changes_nor_commits_it(
    make_app: MakeApp, deck: Path, typed_ahead: str
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, deck, "typed", "next")
        await type_at_once(pilot, "sciadik nerve\r" + typed_ahead)
        assert "Check the spelling" in text_of(app)
        assert history(app, "typed") == ([], [])
        await type_at_once(pilot, "\r3")
        [review], _ = history(app, "typed")
        assert review.response["typed"] == ["sciadik nerve"]


async def test_a_note_is_typed_and_left_without_waiting_for_its_box(make_app: MakeApp, deck: Path) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, deck, "single")
        await type_at_once(pilot, "nquiz\ra3")
        [review], acts = history(app, "single")
        assert [act.payload for act in acts] == [{"text": "quiz"}]
        assert review.certainty == 3


@pytest.mark.parametrize("burst", [2, 8])
async def test_a_burst_of_enter_in_the_note_keeps_it_once_and_leaves_the_box_once(
    make_app: MakeApp, deck: Path, burst: int
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, deck, "typed")
        await type_at_once(pilot, "\x1bn")
        assert isinstance(app.screen, NoteScreen)
        await type_at_once(pilot, "ab" + "\r" * burst)
        assert len(history(app, "typed")[1]) == 1


async def test_a_search_is_typed_and_left_without_waiting(make_app: MakeApp, deck: Path) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await type_at_once(pilot, "b/thickest\rx")
        assert [act.kind.value for act in history(app, "typed")[1]] == ["suspend"]
        await type_at_once(pilot, "q,")
        assert isinstance(app.screen, SettingsScreen)


async def test_a_value_is_typed_and_kept_without_waiting_for_its_box(make_app: MakeApp, deck: Path) -> None:
    from sciaquiz.settings import SPECS

    place = next(place for place, spec in enumerate(SPECS) if spec.name == "new_per_day")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await type_at_once(pilot, "," + "j" * place + "\r\x7f\x7f7\rq")
        assert isinstance(app.screen, HomeScreen)
        assert app.workspace.settings.new_per_day == 7


@pytest.mark.parametrize(
    "burst",
    [
        "\rAq\r\r\r\r",
        "\x10\r\r\r",
        "\x10\x1b\x1b\x1b\x1b",
        "b\r\x1b\x1b\x1b\x1b",
        ",\r\r\r\r\x1b\x1b\x1b",
        "?\x1b\x1b\r?\r",
        "\rwwqq\r",
        "\rn\r\r\r\r\r\r\r\r",
        "d\r\x1b\x1b\x1b\x1b",
        "\rA\r" * 8 + "q\ruu\ru",
    ],
)
async def test_no_screen_acts_on_a_key_after_it_has_gone(make_app: MakeApp, deck: Path, burst: str) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:  # leaving it raises what went wrong in the app
        await settled(pilot)
        await type_at_once(pilot, burst)
        assert isinstance(app.screen_stack[0], HomeScreen)


async def test_a_box_that_is_dismissed_twice_goes_once(make_app: MakeApp, deck: Path) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, deck, "single")
        box = MessageScreen("Title", "Text")
        app.push_screen(box)
        await settled(pilot)
        box.dismiss()
        box.dismiss()
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, StudyScreen)
        screen.leave()
        screen.leave()
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        app.screen.leave()


async def test_what_a_screen_does_to_give_way_waits_for_the_dialogue_over_it(make_app: MakeApp, deck: Path) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, deck, "single")
        screen = app.screen
        assert isinstance(screen, StudyScreen)
        await type_at_once(pilot, "?")
        screen.leave()
        await settled(pilot)
        assert screen.is_there
        await type_at_once(pilot, "\x1b")
        assert isinstance(app.screen, HomeScreen)


async def test_keys_do_not_wait_for_a_disk_that_hangs(
    make_app: MakeApp, deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sciaquiz.store.journal import Journal

    keep, disk_is_back = Journal.keep, threading.Event()

    def late(self: Journal, *given: Any) -> object:
        assert disk_is_back.wait(60)
        return keep(self, *given)

    monkeypatch.setattr(Journal, "keep", late)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, deck, "single", "typed")
        for key in keys_of("sciatic nerve\r3?"):
            app.post_message(key)
        while not isinstance(app.screen, HelpScreen):
            await asyncio.sleep(0.01)
        assert not disk_is_back.is_set()
        disk_is_back.set()
        await settled(pilot)
        assert len(history(app, "typed")[0]) == 1
