"""The page of a card: its question with reasons under what they are about, its curve, and its history as a table."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from drawn import text_of
from making import common, multiple, single
from making import deck as deck_of
from remembering import CARD, STEADY, course, noon, review
from sciaquiz.deck.kinds import Recall
from sciaquiz.deck.model import Case, Option
from sciaquiz.ids import CaseId, Digest, OptionId
from sciaquiz.journal.entries import CardState, Certainty, Marks, Progress
from sciaquiz.memory.explain import Reasons, explain, explain_card
from sciaquiz.memory.replay import in_force
from sciaquiz.text import cells
from sciaquiz.tui.app import SciaquizApp
from sciaquiz.tui.screens import cardpage
from sciaquiz.tui.screens.browse import BrowseScreen
from sciaquiz.tui.screens.card import CardScreen
from sciaquiz.tui.widgets.curve import filled
from sciaquiz.view.history import History, Told, history

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.content import Content

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]

TODAY = noon(9).study_day
WIDTHS = (20, 34, 36, 56, 66, 76, 116, 156)
LONG = "Weakness of the foot that spares inversion and the ankle jerk, after a long time with crossed legs"


def rows(content: Content) -> list[str]:
    return content.plain.split("\n")


def a_history() -> tuple[History, Reasons]:
    """Two answers to a text with another key, and one to today's."""
    now = single("q")
    old = replace(now, version=Digest("old"), options=tuple(replace(o, correct=o.id == "o1") for o in now.options))
    answers = [
        replace(review(1, noon(0), 1, certainty=Certainty.CERTAIN, latency_ms=14_000, response={"chosen": "o2"})),
        replace(review(2, noon(1), 3, certainty=Certainty.GUESS, latency_ms=9_000, response={"chosen": "o1"})),
        replace(review(3, noon(4), 3, response={"chosen": "o0"})),
    ]
    versions = (old.version, old.version, now.version)
    given = [replace(one, question_version=version) for one, version in zip(answers, versions, strict=True)]
    counted = in_force(given, [])
    state = CardState(card_id=CARD, progress=course([(noon(0), 1), (noon(1), 3), (noon(4), 3)], STEADY))
    reasons = explain(state, counted, noon(9), STEADY)
    known = {old.version: old, now.version: now}
    return history(counted, Told(question=now, deck=deck_of(now), texts=known, links=reasons.links)), reasons


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_on_the_page_is_wider_than_the_page(width: int) -> None:
    told, _ = a_history()
    options = tuple(Option(id=OptionId(name), text=LONG, correct=name == "a", why=LONG) for name in "ab")
    question = replace(multiple("a", "b"), stem=f"{LONG}\n\n{LONG}", topics=(LONG,), options=options)
    state = CardState(card_id=CARD, marks=Marks(flagged=True, suspended=True, note=LONG))
    for drawn in (
        cardpage.head(question, deck_of(question), width),
        cardpage.question_text(question, deck_of(question), width),
        cardpage.marks_text(state, TODAY, width),
        cardpage.table(told, TODAY, width),
        cardpage.older_text(told.versions, TODAY, width),
    ):
        assert [row for row in rows(drawn) if cells(row) > width] == []


def test_a_reason_begins_below_the_option_that_it_is_about() -> None:
    drawn = rows(cardpage.question_text(single("q"), None, 76))
    right = drawn.index("✓  Option 0")
    assert drawn[right : right + 4] == ["✓  Option 0", "   Why 0.", "   Option 1", "   Why 1."]
    long = replace(single("q").options[0], why=LONG)
    wrapped = rows(cardpage.question_text(replace(single("q"), options=(long,)), None, 40))
    at = wrapped.index("✓  Option 0")
    assert all(row.startswith("   ") for row in wrapped[at + 1 : at + 4])


def test_a_question_about_a_case_is_shown_with_what_was_known_of_the_case() -> None:
    question = replace(single("q"), case=CaseId("leg"), stage=1)
    case = Case(id=CaseId("leg"), title="A plumber's leg", stages=("He has pain.", "Now he has fever."))
    told = rows(cardpage.question_text(question, replace(deck_of(question), cases=(case,)), 60))
    assert told[:5] == ["A plumber's leg", "", "He has pain.", "", "A stem for q."]


def test_the_history_is_a_table_where_there_is_room_and_two_rows_an_answer_where_there_is_not() -> None:
    told, _ = a_history()
    assert rows(cardpage.table(told, TODAY, 76)) == [
        "History                                                            3 answers",
        "           answered                        how sure   time  rating   back in",
        " 6 Mar  ✓  Option 0                                         Good      8 days",
        "        !  Before this, the right answer was “Option 1”",
        " 3 Mar  ✓  Option 1                        guess       9 s  Good      10 min",
        " 2 Mar  ✗  Option 2                        certain    14 s  Again      1 min",
    ]
    assert rows(cardpage.table(told, TODAY, 56))[-2:] == [
        " 2 Mar  ✗  certain    14 s  Again  1 min",
        "           Option 2",
    ]
    assert cardpage.table(History(), TODAY, 76).plain == ""


def test_the_older_text_stands_in_full_with_what_was_right_then() -> None:
    told, _ = a_history()
    drawn = rows(cardpage.older_text(told.versions, TODAY, 76))
    assert drawn[0] == "As it read from 2 Mar to 3 Mar, 2 answers"
    assert "✓  Option 1" in drawn
    assert "   Option 0" in drawn


def test_the_curve_has_today_the_target_and_the_day_it_is_due() -> None:
    _, reasons = a_history()
    drawn = rows(cardpage.comes_back(reasons, 40))
    assert drawn[0] == "When it comes back"
    curve, axis = drawn[1:5], drawn[5]
    assert axis.split() == ["answered", "today", "due"]
    assert curve[0].startswith("█")
    assert curve[0].endswith(" 100%")
    at_target = next(row for row in curve if row.endswith(" 90%"))
    assert "┄" in at_target
    at = axis.index("today")
    assert all(row[at] != " " for row in curve)
    assert drawn[6].split() == ["asked", "again", "in", "3", "days"]


@pytest.mark.parametrize("since", [0, 1, 5, 400])
@pytest.mark.parametrize("width", [12, 34, 76])
def test_the_curve_of_any_card_on_any_day_keeps_to_its_room(since: int, width: int) -> None:
    progress = course([(noon(0), 1), (noon(1), 3)], STEADY)
    state = CardState(card_id=CARD, progress=progress)
    reasons = explain_card(state, [], [], noon(1 + since), STEADY)
    assert isinstance(progress, Progress)
    for row in cardpage.curve_lines(progress, reasons, width):
        assert row.cell_length <= max(16, width)
    assert "today" in cardpage.curve_lines(progress, reasons, width)[-1].plain


def test_an_area_is_filled_below_its_values() -> None:
    assert filled([1.0, 0.5], 2, 2) == ["█ ", "██"]
    assert filled([1.0, 0.75], 2, 2, lowest=0.5) == ["█ ", "██"]
    assert filled([1.0], 2, 1) == ["██"]
    assert filled([], 2, 1) == ["  "]


def test_a_card_that_was_never_answered_says_so_and_what_each_rating_would_do() -> None:
    reasons = explain_card(CardState(card_id=CARD), [], [], noon(0), STEADY)
    drawn = rows(cardpage.pane(reasons, 40))
    assert drawn[1] == "Never answered."
    assert drawn[-4].split() == ["Again", "in", "1", "min"]


def test_what_is_typed_or_recalled_has_its_answer_marked() -> None:
    assert "✓  It is so." in rows(cardpage.question_text(Recall(**common("r"), answer="It is so."), None, 60))


async def test_a_card_is_looked_at_reported_and_mended(
    make_app: MakeApp, press: Press, deck: Path, home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """From an answer to the card in Browse: its history, a note, a report, and the deck in an editor."""
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys, pathlib\nfile = pathlib.Path(sys.argv[-1])\n"
        "file.write_text(file.read_text().replace('Inversion of the foot', 'Inversion of the ankle'))\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setattr(SciaquizApp, "suspend", lambda _: nullcontext())
    app = make_app()
    async with app.run_test(size=(110, 70)) as pilot:
        await press(pilot, "enter", "B", "asterisk", "q", "enter", "b", "enter", "n", *"ask the ankle", "enter")
        assert isinstance(app.screen, CardScreen)
        drawn = text_of(app).splitlines()
        assert any("▌  ask the ankle" in row for row in drawn)
        told = [row.split("22 Nov", 1)[1].strip() for row in drawn if row.startswith("  22 Nov  ")]
        assert told[:2] == ["note: ask the ankle", "flagged"]
        assert told[2].startswith("✗  Common fibular (peroneal) nerve")
        assert told[2].split()[-3:] == ["Again", "1", "min"]
        assert any("✓  Tibial nerve" in row for row in drawn)
        assert "When it comes back" in text_of(app)
        await press(pilot, "p")
        assert "When it comes back" not in text_of(app)
        await press(pilot, "f", *"S1 too", "enter")
        file = home / "reports" / "demo.md"
        assert "> S1 too\n" in file.read_text(encoding="utf-8")
        assert f"{file.name}. Nothing was sent" in text_of(app).replace("\n", " ").replace("  ", "")
        await press(pilot, "f", "escape")
        assert file.read_text(encoding="utf-8").count("## ") == 1
        before = deck.read_text(encoding="utf-8")
        await press(pilot, "E")
        assert deck.read_text(encoding="utf-8") != before
        assert "Inversion of the ankle is weak." in text_of(app)
        assert "Before this, the question read differently" in text_of(app)
        assert "nothing is wrong with it" in text_of(app)
        monkeypatch.setenv("VISUAL", "nowhere-to-be-found")
        await press(pilot, "E")
        assert "The editor in VISUAL is not there: nowhere-to-be-found" in text_of(app)
        assert not app.screen.query(Input)
        await pilot.resize_terminal(60, 20)
        await press(pilot, "p")
        parts = ("When it comes back", "▌  ask the ankle", "History  ", "As it read on 22 Nov, 1 answer", "History  ")
        for key, part in zip(("tab", "tab", "tab", "tab", "shift+tab"), parts, strict=True):
            await press(pilot, key)
            assert part in "\n".join(text_of(app).splitlines()[2:4])
        await press(pilot, "escape")
        assert isinstance(app.screen, BrowseScreen)
