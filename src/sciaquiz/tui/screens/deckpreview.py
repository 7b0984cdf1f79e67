"""A deck in front of its author: each question as a student sees it, again whenever the file is saved; none is kept."""

from __future__ import annotations

import os
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Container, Vertical
from textual.widgets import Input

from sciaquiz.tui import status
from sciaquiz.tui.blocks import Block
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens.begin import reading_words
from sciaquiz.tui.screens.beside import MARGIN, SHORT, TALL, WIDEST, Body
from sciaquiz.tui.screens.deckfollowing import FollowingScreen
from sciaquiz.tui.screens.deckpreviewkeys import ABOUT, BINDINGS, EDIT, HELP
from sciaquiz.tui.screens.deckpreviewpage import drawn, plainly, prompt, top, wrong_rows
from sciaquiz.tui.screens.studypage import Page, Stage, surface_of
from sciaquiz.tui.telling import Telling
from sciaquiz.tui.text import MUTED, lines, say
from sciaquiz.tui.widgets.keysline import KeysLine
from sciaquiz.tui.widgets.line import Line
from sciaquiz.tui.widgets.sharppicture import SharpPicture
from sciaquiz.tui.widgets.sheet import Sheet
from sciaquiz.view.preview import NO_CARDS, about, count_words

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType


LOOK = 0.3
"""Seconds between looks at whether a file was written."""
LONGEST_TYPED = 200
"""Characters of a typed answer."""
SMALL = (80, 24)
"""The terminal that every student has."""
LEAST_BELOW = 3
"""Rows below the small frame from which what is wrong is told there."""


class View(Enum):
    """How a question is looked at."""

    AS_IS = "as in this terminal"
    SMALL = "as on 80×24"
    PLAIN = "as plain text"


class DeckPreviewScreen(FollowingScreen):
    """Decks that are followed. Nothing that is answered goes anywhere."""

    CSS_PATH = "deckpreview.tcss"
    AUTO_FOCUS = ""
    HELP = HELP
    BINDINGS: ClassVar[list[BindingType]] = BINDINGS
    _view = View.AS_IS
    _below = 0
    _told_of = ""

    def compose(self) -> ComposeResult:
        """Mount the widgets once."""
        with Vertical(id="frame"):
            yield Line(id="top", classes="frame")
            yield Line(id="wrong", classes="frame")
            yield SharpPicture(id="picture")
            with Body(id="body", classes="frame"), Vertical(id="question"):
                yield Sheet(id="sheet")
                with Container(id="line"):
                    yield Input(id="typed", compact=True, max_length=LONGEST_TYPED)
            yield Line(id="status", classes="frame")
            yield KeysLine(tells=False)
        yield Line(id="beyond", classes="frame")

    def on_mount(self) -> None:
        """Read the decks, and follow them."""
        self._draw_all()
        self.look()
        self.set_interval(LOOK, self.look)
        self.watch(self.app, "told", self._draw_status, init=False)

    # Other acts

    @work(exclusive=True, group="edit")
    @tells_errors
    async def action_edit(self) -> None:
        """Open the author's editor at the question, unless the letter is one of an option."""
        from sciaquiz.editing import editing_at
        from sciaquiz.paths import user_paths

        if self._takes(EDIT):
            return
        entry, problems = self._entry, self._seen.problems
        at = (entry.file, entry.line) if entry else (problems[0].path, problems[0].line) if problems else None
        if at is not None and self.let_edit(editing_at(*at, os.environ, user_paths().decks)):
            self.look()

    def action_view(self) -> None:
        """Look at the question as on 80×24, as plain text, or as it is."""
        views = list(View)
        self._view = views[(views.index(self._view) + 1) % len(views)]
        self._place_frame()
        self.app.notify(self._view.value.capitalize())
        self._draw_all(from_top=True)

    def action_wrong(self) -> None:
        """Show all that is wrong."""
        from sciaquiz.tui.screens.deckpreviewlist import ProblemsScreen

        self.show(ProblemsScreen(self._seen))

    def action_about(self) -> None:
        """Show what the deck says of the question and of itself, unless the letter is one of an option."""
        from sciaquiz.tui.screens.message import MessageScreen

        if self._entry is not None and not self._takes(ABOUT):
            told = "\n".join(f"{label}: {value}" for label, value in about(self._entry))
            self.show(MessageScreen(self._entry.id, told))

    def action_back(self) -> None:
        """Leave the line, else look at it as it is, else end."""
        if self._leave_the_line():
            self._only_looks = True
        elif self._view is not View.AS_IS:
            self._view = View.PLAIN
            self.action_view()
        else:
            self.action_stop()

    def action_stop(self) -> None:
        """End the preview."""
        self.app.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer everything at every stage."""
        return True

    # Drawing

    def on_resize(self, event: events.Resize) -> None:
        """Lay out for the room there is."""
        self._place_frame()

    @on(Body.Resized)
    @on(Sheet.Resized, "#sheet")
    def draw_for_the_new_size(self) -> None:
        """Draw what depends on the room there is."""
        self._draw_all()

    @property
    def _room(self) -> tuple[int, int]:
        """Columns and rows that a question is shown in."""
        width, height = self.size
        return (min(width, SMALL[0]), min(height, SMALL[1])) if self._view is View.SMALL else (width, height)

    @property
    def _frame_width(self) -> int:
        return max(1, min(self._room[0], WIDEST) - 2 * MARGIN)

    def _place_frame(self) -> None:
        """Give the question the whole terminal, or 80×24 of it, with a border where there is room for one."""
        frame, is_small = self.query_one("#frame"), self._view is View.SMALL
        width, height = self._room
        has_border = is_small and self.size.width >= width + 2 and self.size.height >= height + 2
        frame.set_class(has_border, "-bordered")
        frame.styles.width = width + 2 * has_border if is_small else "100%"
        frame.styles.height = height + 2 * has_border if is_small else "1fr"
        self.query_one("#beyond").styles.width = frame.styles.width
        self._below = max(0, self.size.height - height - 2 * has_border)

    @property
    def _tells_beyond(self) -> bool:
        return self._view is View.SMALL and self._below >= LEAST_BELOW

    def _draw_anew(self) -> None:
        self._draw_all()

    def _draw_all(self, *, from_top: bool = False) -> None:
        if self.is_there:
            self._draw_wrong()
            self._draw(from_top=from_top)
            self._draw_status()

    def _draw_wrong(self) -> None:
        """Tell what is wrong: above the question, or outside of the small frame, which is as a student has it."""
        inside, beyond = self.query_one("#wrong", Line), self.query_one("#beyond", Line)
        told, entry = self._seen.told_with(self._place), self._entry
        if not (told or self._is_checked) and entry is not None and entry.id == self._told_of:
            return  # until it is checked again what was told stands, and nothing moves
        self._told_of = "" if entry is None else entry.id
        inside.display = beyond.display = False
        where = beyond if self._tells_beyond else inside if self._view is not View.SMALL else None
        if where is not None:
            most = self._below if where is beyond else max(2, self.size.height // 4)
            rows = wrong_rows(told, entry, self._frame_width, most)
            where.display = bool(rows)
            where.show(lines(rows))

    def _draw(self, *, from_top: bool = False, follows_cursor: bool = False) -> None:
        if not self.is_there:
            return
        sheet, rows, entry = self._sheet, self.query_one("#body").size.height, self._entry
        self._form.surface = surface_of(sheet, rows)
        is_plain, is_sharp = self._view is View.PLAIN, self.app.draws_sharply or self.app.no_color
        if self._shown is None:
            words = "" if entry is not None else NO_CARDS if self._has_read else reading_words()
            found = Page([Block(text=say(words, MUTED), above=1)] if words else ())
        else:
            found = (
                plainly(self._round, self._stage)
                if is_plain
                else drawn(self._round, self._form, self._stage, draws_sharply=is_sharp)
            )
        sheet.set_class(entry is not None and entry.is_stale, "-stale")
        whole_block = found.figure if self._stage is Stage.ASKED else None
        sheet.show(
            found.question, found.reading, rows=rows, from_top=from_top, whole=whole_block,
            follows_cursor=follows_cursor,
        )  # fmt: skip
        self._make_room_for_the_line(rows)
        height = self._room[1]
        empty = [""] * (0 if height < SHORT else 1 if height < TALL else 2)
        self.query_one("#top", Line).show(lines([top(self._seen, self._place, self._frame_width), *empty]))

    def _draw_status(self) -> None:
        if not self.is_there:
            return
        width = self._frame_width
        said = [*self.app.told[-1:], *([Telling(self._refused)] if self._refused else [])]
        if not said and self._view is View.SMALL and not self._tells_beyond and self._seen.problems:
            said = [Telling(f"{count_words(self._seen)}: w", is_trouble=self._seen.errors > 0)]
        rule = status.hairline(width, said, below=self._sheet.below)
        asks_back = [say(self._reminder, MUTED)] if self._reminder and self._stage is Stage.ASKED else []
        can = prompt(self._round, self._form, self._stage, width, asks_certainty=self._asks_certainty)
        self.query_one("#status", Line).show(lines([rule, *asks_back, can]))
