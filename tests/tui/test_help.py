"""Help, and the other pages of text over a screen: laid out, scrolled and closed by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.binding import Binding
from textual.color import Color

from drawn import settled, text_of
from sciaquiz.tui.screens.help import (
    HERE,
    MOVING,
    HelpScreen,
    column,
    halves,
    in_two_columns,
    keys_by_group,
    meanings,
    told,
)
from sciaquiz.tui.screens.home import HomeScreen
from sciaquiz.tui.screens.message import MessageScreen
from sciaquiz.tui.screens.study import StudyScreen
from sciaquiz.tui.themes import DARK
from sciaquiz.view.doing import AFTER, ANSWER, CARD, EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.screen import Screen

    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]


def front(app: SciaquizApp) -> Screen[object]:
    return app.screen


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (["x"], "x"),
        (["1", "2", "3"], "1 2 3"),
        (["a", "b", "c", "d", "e"], "a–e"),
        (list("123456789"), "1–9"),
        (["A", "B", "C", "D", "E", "F", "L"], "A–F …"),
        (["1", "2", "3", "4", "5", "6"], "1–6"),
        (["↓", "j", "↑", "k"], "↓ j ↑ k"),
        (["home", "g", "end", "G"], "g G"),
        (["PgDn", "PgUp"], "PgDn PgUp"),
    ],
)
def test_many_letters_in_turn_are_told_by_the_first_and_the_last(keys: list[str], words: str) -> None:
    assert told(keys) == words


CERTAINTIES, RATINGS = (ANSWER, "guess, think so, certain"), (AFTER, "Again, Hard, Good, Easy")
KEPT = (CARD, "keep a note")


@pytest.mark.parametrize(
    ("binding", "asked", "elsewhere"),
    [
        (Binding("a", "choose('a', False)"), [(ANSWER, "choose")], None),
        (Binding("A", "choose('a', True)"), [(ANSWER, "choose and certain")], None),
        (Binding("2", "number(2)"), [CERTAINTIES, RATINGS], None),
        (Binding("4", "number(4)"), [RATINGS], None),
        (Binding("w", "why", tooltip="Why"), [(AFTER, "why")], [(CARD, "why")]),
        (Binding("n", "note", tooltip="Keep a note"), [KEPT], [KEPT]),
        (Binding("u", "undo", tooltip="Undo"), [(EVERYWHERE, "undo")], [(EVERYWHERE, "undo")]),
        (Binding("b", "app.go('browse')", tooltip="Go to Browse"), [(EVERYWHERE, "go to Browse")], None),
        (Binding("j", "cursor_down", tooltip="Move"), [(MOVING, "move")], [(MOVING, "move")]),
        (Binding("f", "screen.filter(1)", tooltip="Show the next"), [(HERE, "show the next")], None),
        (Binding("v", "secret"), [], []),
    ],
)
def test_a_key_is_told_by_what_it_is_for(
    binding: Binding, asked: list[tuple[str, str]], elsewhere: list[tuple[str, str]] | None
) -> None:
    assert meanings(binding, is_sitting=True) == asked
    if elsewhere is not None:
        assert meanings(binding, is_sitting=False) == elsewhere


GROUPS = [("One", [("a", "do this"), ("b", "a long thing to do")]), ("Two", [("ctrl+p", "x")]), ("Three", [("c", "y")])]


def test_groups_stand_below_each_other_or_in_two_columns_about_as_long() -> None:
    assert [row.plain for row in column(GROUPS[:2], 22)] == [
        "One",
        "a       do this",
        "b       a long thing",
        "        to do",
        "",
        "Two",
        "ctrl+p  x",
    ]
    assert halves(GROUPS, 22) == (GROUPS[:1], GROUPS[1:])
    assert [row.plain.rstrip() for row in in_two_columns(GROUPS, 46)] == [
        "One                     Two",
        "a  do this              ctrl+p  x",
        "b  a long thing to do",
        "                        Three",
        "                        c       y",
    ]
    narrow = list(in_two_columns([("One", [("home end PgUp", "do this")]), ("Two", [("c", "y")])], 50))
    assert [row.plain for row in narrow] == ["One", "home end PgUp  do this", "", "Two", "c              y"]


async def test_help_is_laid_out_over_the_page_and_closed_by_its_keys(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("escape", "q", "question_mark"):
            await press(pilot, "question_mark")
            assert isinstance(front(app), HelpScreen)
            await press(pilot, key)
            assert isinstance(front(app), HomeScreen)
        await press(pilot, "enter", "question_mark")
        for size in ((40, 15), (59, 20), (60, 20), (80, 24), (120, 40)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            box, page = front(app).query_one("#box"), front(app).query_one("#message-page")
            assert box.region.x > 0
            assert box.region.right < size[0]
            assert box.region.bottom <= size[1]
            assert box.styles.background.rgb == Color.parse(DARK.surface or "").rgb
            rows = [row[box.region.x : box.region.right].strip(" ▁▂▃▄▅▆▇█") for row in text_of(app).splitlines()]
            assert next(row for row in rows if row.startswith("Keys")).endswith("esc close")
            is_beside = next(row for row in rows if row.startswith("Answer")) != "Answer"
            assert is_beside == (size[0] >= 60)
            assert ("↓ more below" in text_of(app)) == (page.max_scroll_y > 0)
        told_of = dict(keys_by_group(app.screen_stack[-2]))
        assert ("1 2 3", "guess, think so, certain") in told_of[ANSWER]
        assert ("1 2 3 4", "Again, Hard, Good, Easy") in told_of[AFTER]
        assert "o" in [keys for keys, _ in told_of[AFTER]]
        assert ("ctrl+q", "leave sciaquiz") in told_of[EVERYWHERE]
        await press(pilot, "escape")
        assert isinstance(front(app), StudyScreen)


async def test_a_long_text_scrolls_with_every_key_and_says_that_it_goes_on(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(40, 15)) as pilot:
        await press(pilot)
        app.push_screen(MessageScreen("Why", "Because."))
        await settled(pilot)
        assert "Because." in text_of(app)
        assert "more" not in text_of(app)
        await press(pilot, "escape")
        app.push_screen(MessageScreen("Why", "\n".join(f"line {number}" for number in range(60))))
        await settled(pilot)
        page = app.screen.query_one("#message-page")
        assert page.max_scroll_y > 3
        assert "more below" in text_of(app)
        for down, up in (("down", "up"), ("j", "k"), ("pagedown", "pageup"), ("space", "home"), ("end", "home")):
            await press(pilot, down)
            assert page.scroll_offset.y > 0, down
            await press(pilot, up)
            assert page.scroll_offset.y == 0, up
        await press(pilot, "end")
        assert page.scroll_offset.y == page.max_scroll_y
        assert "more below" not in text_of(app)
        assert "more above" in text_of(app)
