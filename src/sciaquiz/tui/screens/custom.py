"""A sitting of one's own choice: which questions, how many and how; presets first, so that two keys are enough."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Static

from sciaquiz.study.choice import Choice, Found, parse_choice, words_at
from sciaquiz.study.query import Field, Order, Query, text_of
from sciaquiz.study.queue import USUAL_SECONDS
from sciaquiz.tui.choosing import begin
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens import customboard
from sciaquiz.tui.screens.front import PlacedScreen
from sciaquiz.tui.text import ACCENT, AMBER, FAINT, LINE, line, say
from sciaquiz.tui.widgets.keysline import KeysLine
from sciaquiz.tui.widgets.line import Line
from sciaquiz.view.choices import none_match
from sciaquiz.view.choosing import LAST, Board, Part, Preset

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content
    from textual.timer import Timer

    from sciaquiz.catalogue.choosing import Choosing
    from sciaquiz.study.querying import Fault


def begins_with(given: Choice | None, last: Choice) -> Choice:
    """Return what is chosen at first: as last time, on the decks or the questions that the student looks at."""
    if given is None or not given.query.terms:
        return last
    decks = given.query.ticked(Field.DECK)
    if len(given.query.terms) == 1 and decks:
        return replace(last, query=last.query.beside(Field.DECK).having(Field.DECK, decks))
    return replace(given, query=replace(given.query, most=given.query.most or BEGIN.query.most))


PAUSE = 0.12
"""Seconds after the last key until what is typed is looked for."""
BEGIN = Choice(Query(order=Order.WEAKEST, most=20))
LONGEST = 1000
MARGIN = 2


class ChoiceInput(Input):
    """The line; Enter and Escape lead back to the lists."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "screen.done", "done", tooltip="Back to the lists"),
        Binding("escape", "screen.done", "back", show=False, tooltip="Back to the lists"),
        Binding("tab", "screen.complete", "complete", tooltip="Take the first of the words offered"),
    ]


class CustomScreen(PlacedScreen[None]):
    """Which questions, how many and how."""

    CSS_PATH = "custom.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "start", "start", id="custom.start", show=False, tooltip="Begin the sitting"),
        Binding("space", "tick", "choose", id="custom.tick", tooltip="Tick the row under the cursor, or change it"),
        Binding("tab", "turn(1)", "next", id="custom.next", tooltip="Go to the next list"),
        Binding("shift+tab", "turn(-1)", "before", id="custom.before", show=False, tooltip="Go to the list before"),
        Binding("right", "change(1)", "change", id="custom.change", tooltip="Change the value under the cursor"),
        Binding("left", "change(-1)", "back", id="custom.change-back", show=False, tooltip="Change it the other way"),
        Binding("plus,equals_sign", "more(1)", "more", id="custom.more", tooltip="More questions"),
        Binding("minus", "more(-1)", "less", id="custom.less", show=False, tooltip="Fewer questions"),
        Binding("slash", "query", "query", id="custom.query", tooltip="Say it all in one line"),
        Binding("m", "mock", "as mock exam", id="custom.mock", tooltip="Hold a mock exam of these"),
        Binding("b", "browse", "browse these", id="custom.browse", show=False, tooltip="Look at what matches"),
        Binding("ctrl+s", "save", "save", id="custom.save", tooltip="Keep what is chosen under a name, or remove it"),
        Binding("escape,q", "leave", "back", id="custom.back", tooltip="Back"),
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("pageup", "move(-10)", show=False),
        Binding("home,g", "move(-99999)", show=False),
        Binding("end,G", "move(99999)", show=False),
        *(
            Binding(f"{digit}", f"preset({digit - 1})", show=False, tooltip="Take the preset with this number")
            for digit in range(1, 10)
        ),
    ]

    def __init__(self, begins: Choice | None = None) -> None:
        """`begins` is what is chosen at first: on what the student was looking at; else as last time."""
        super().__init__()
        self._begins = begins
        self._choosing: Choosing | None = None
        self._board: Board | None = None
        self._hint = ""
        self._seconds = USUAL_SECONDS
        self._name = ""
        self._faults: tuple[Fault, ...] = ()
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        with Vertical(classes="page"):
            yield Line(id="head", classes="")
            yield Line(id="presets", classes="")
            with VerticalScroll(id="lists", can_focus=False):
                yield Line(id="board", classes="")
            yield Static(id="rule")
            with Horizontal(id="line"):
                yield Static(id="said")
                yield ChoiceInput(id="typed", compact=True, max_length=LONGEST, select_on_focus=False)
        yield KeysLine()

    def on_mount(self) -> None:
        """Read what can be chosen."""
        self.query_one("#typed").display = False
        self._open()

    # What is chosen

    @work(exclusive=True, group="open")
    @tells_errors
    async def _open(self) -> None:
        from sciaquiz.sittings import choosing

        workspace = self.app.workspace
        await self.app.decks()
        snapshot = await self.app.snapshot()
        self._choosing = await asyncio.to_thread(choosing, workspace)
        vocabulary = await asyncio.to_thread(self._choosing.matching.vocabulary)
        topics = await asyncio.to_thread(self._choosing.topics)
        habits = await asyncio.to_thread(snapshot.habits)
        self._seconds = habits.seconds_per_answer or USUAL_SECONDS
        is_narrow = self.size.width < customboard.NARROW + 2 * MARGIN
        part = Part.DECKS if is_narrow else Part.STATES
        self._board = Board(vocabulary, topics, self._begins or BEGIN, part=part)
        presets = await asyncio.to_thread(self._presets)
        last = next((preset.choice for preset in presets if preset.name == LAST), BEGIN)
        self._show(replace(self._board, choice=begins_with(self._begins, last), presets=presets))

    def _presets(self) -> tuple[Preset, ...]:
        """Return what was held last and what is saved, as far as it can be read."""
        from sciaquiz.settings.choices import ChoicesError, read_choices

        if self._board is None:
            return ()
        try:
            known = read_choices(self.app.workspace.paths.choices)
        except ChoicesError as error:
            self.app.call_from_thread(self.app.notify, str(error), severity="warning", markup=False)
            return ()
        lines = {**({LAST: known.last} if known.last else {}), **known.by_name}
        return tuple(Preset(name, parse_choice(text, self._board.vocabulary).choice) for name, text in lines.items())

    def _show(self, board: Board) -> None:
        """Show a board, and look for what another choice comes to."""
        before, self._board = self._board, board
        self._draw()
        if before is None or before.choice != board.choice or not board.found.counts:
            self._look()

    @work(exclusive=True, group="look")
    @tells_errors
    async def _look(self) -> None:
        board, choosing = self._board, self._choosing
        if board is None or choosing is None:
            return
        total = await asyncio.to_thread(choosing.total, board.choice)
        self._hint = "" if total else await asyncio.to_thread(none_match, board.choice, choosing.total)
        self._found(board.choice, replace(board.found, total=total))  # the number first: it decides about the start
        self._found(board.choice, await asyncio.to_thread(choosing.found, board.choice, customboard.FIRSTS))

    def _found(self, choice: Choice, found: Found) -> None:
        if self._board is not None and self._board.choice == choice and self.is_there:
            self._board = replace(self._board, found=found)
            self._draw()

    # Drawing

    def on_resize(self) -> None:
        """Draw for the new size."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        board = self._board
        if board is None or not self.is_there:
            return
        lists = self.query_one("#lists", VerticalScroll)
        width = self.query_one("#head").size.width
        is_narrow = width < customboard.NARROW
        lists.set_class(is_narrow, "-scrolls")
        drawn = customboard.body(board, width - is_narrow, lists.size.height, self._hint)
        self.query_one("#head", Static).update(customboard.head(board, self._minutes(board), width))
        self.query_one("#presets", Static).update(customboard.presets(board, width))
        self.query_one("#board", Static).update(drawn.content)
        if not self._is_typing:
            self.query_one("#said", Static).update(customboard.query_line(str(board.choice)))
        self._draw_rule(width)
        if is_narrow:
            self.call_after_refresh(self._keep_in_sight, drawn.cursor)
        self.refresh_bindings()

    @property
    def _is_typing(self) -> bool:
        return bool(self.query_one(ChoiceInput).display)

    def _draw_rule(self, width: int) -> None:
        """Draw the hairline, with what means nothing in the line."""
        told = say(f"{self._faults[0].message} "[:width], AMBER) if self._faults else self._offered(width)
        rule = "─" * max(0, width - told.cell_length)
        self.query_one("#rule", Static).update(line(told, say(rule, LINE)))

    def _offered(self, width: int) -> Content:
        """Return as many of the words that could come next as have room."""
        words, board = line(), self._board
        if not self._is_typing or board is None:
            return words
        field = self.query_one(ChoiceInput)
        for word in words_at(field.value, field.cursor_position, board.vocabulary).words:
            more = line(words, say(f"{word}  ", FAINT))
            if more.cell_length > width:
                break
            words = more
        return words

    def action_complete(self) -> None:
        """Take the first of the words that could come next."""
        field, board = self.query_one(ChoiceInput), self._board
        if board is None:
            return
        offered = words_at(field.value, field.cursor_position, board.vocabulary)
        if offered.words:
            text, word = field.value, offered.words[0]
            ends = "" if word.endswith(":") else " "
            field.value = f"{text[: offered.start]}{word}{ends}{text[offered.end :].removeprefix(ends)}"
            field.cursor_position = offered.start + len(word) + len(ends)

    def _keep_in_sight(self, row: int) -> None:
        lists = self.query_one("#lists", VerticalScroll)
        top, height = round(lists.scroll_y), lists.size.height
        if row < top + 1:
            lists.scroll_to(y=max(0, row - 1), animate=False)
        elif row >= top + height:
            lists.scroll_to(y=row - height + 1, animate=False)

    def _minutes(self, board: Board) -> int:
        needed = max(1, round(board.asked * self._seconds / 60))
        return min(needed, board.choice.minutes) if board.choice.minutes else needed

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no key of the lists while the line is typed, and no start where nothing matches."""
        if action == "leave":
            return True
        if isinstance(self.focused, ChoiceInput):
            return action in ("done", "complete")
        if action == "change":
            return self._board is not None and self._board.part is Part.SITTING
        return True

    def action_move(self, by: int) -> None:
        """Move the cursor in its list; where the lists stand below each other, on into the next."""
        board = self._board
        if board is None:
            return
        is_narrow = self.query_one("#head").size.width < customboard.NARROW
        last = len(board.rows(board.part)) - 1
        if is_narrow and abs(by) == 1 and not 0 <= board.place + by <= last:
            turned = board.turned(by)
            self._show(turned.at(turned.part, 0 if by > 0 else len(turned.rows(turned.part)) - 1))
        else:
            self._show(board.moved(by))

    def action_turn(self, by: int) -> None:
        """Go to the next list."""
        if self._board is not None:
            self._show(self._board.turned(by))

    def action_tick(self) -> None:
        """Tick the row under the cursor, or change it."""
        if self._board is not None:
            self._show(self._board.ticked())

    def action_change(self, by: int) -> None:
        """Change the value under the cursor."""
        if self._board is not None:
            self._show(self._board.changed(by))

    def action_more(self, by: int) -> None:
        """Ask more questions, or fewer."""
        if self._board is not None:
            self._show(self._board.more(by))

    def action_preset(self, place: int) -> None:
        """Take a preset."""
        if self._board is not None:
            self._show(self._board.taking(place))

    def action_row(self, part: str, place: int) -> None:
        """Tick the row that was clicked."""
        if self._board is not None:
            self._show(self._board.at(Part[part], place).ticked())

    @work(exclusive=True, group="start")
    async def action_start(self) -> None:
        """Begin the sitting."""
        if self._board is not None:
            await begin(self.app, self._board.choice, in_place_of=self, is_own=True)

    @work(exclusive=True, group="start")
    @tells_errors
    async def action_browse(self) -> None:
        """Look at what matches."""
        from sciaquiz.tui.screens.browse import BrowseScreen

        if self._board is not None:
            query = replace(self._board.choice.query, most=None)
            self.give_way(BrowseScreen(await self.app.decks(), text_of(query)))

    # The line

    def action_query(self) -> None:
        """Say it all in one line."""
        if self._board is None:
            return
        field = self.query_one(ChoiceInput)
        text = str(self._board.choice)
        field.value = f"{text} " if text else ""
        field.cursor_position = len(field.value)
        self.query_one("#said", Static).update(say("/ ", f"bold {ACCENT}"))
        field.display = True
        field.focus()
        self.refresh_bindings()

    @on(Input.Changed, "#typed")
    def _typed(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._take_line)

    def _take_line(self) -> None:
        if self._board is None:
            return
        parsed = parse_choice(self.query_one(ChoiceInput).value, self._board.vocabulary)
        if not self._is_typing:
            return
        self._faults = parsed.faults
        if not parsed.faults:
            before, self._board = self._board, replace(self._board, choice=parsed.choice)
            if before.choice != parsed.choice:
                self._look()
        self._draw_rule(self.query_one("#head").size.width)

    def action_mock(self) -> None:
        """Hold a mock exam of what matches."""
        from sciaquiz.mocks import usual

        if self._board is not None:
            self.app.offer_mock(usual(self.app.workspace.settings, self._board.choice))

    def action_done(self) -> None:
        """Go back to the lists with what the line says; what means nothing in it is left out."""
        field = self.query_one(ChoiceInput)
        board = self._board
        if board is not None:
            choice = parse_choice(field.value, board.vocabulary).choice
            field.display = False
            self.set_focus(None)
            self._faults = ()
            self._show(replace(board, choice=choice))

    # Saved under a name

    @work(exclusive=True, group="save")
    @tells_errors
    async def action_save(self) -> None:
        """Keep what is chosen under a name; an empty name removes the one that is chosen."""
        from sciaquiz.settings.choices import remove_choice, save_choice
        from sciaquiz.tui.screens.naming import NamingScreen

        board = self._board
        if board is None:
            return
        saved = {preset.name: preset for preset in board.presets if preset.name != LAST}
        here = next((name for name, preset in saved.items() if preset.choice.means(board.choice)), "")
        name = await self.app.push_screen_wait(NamingScreen(here))
        path = self.app.workspace.paths.choices
        if name is None or (not name and not here):
            return
        if name:
            await asyncio.to_thread(save_choice, path, name, str(board.choice))
            self.app.notify(f"Saved as “{name}”.", markup=False)
        else:
            await asyncio.to_thread(remove_choice, path, here)
            self.app.notify(f"“{here}” is saved no longer.", markup=False)
        presets = await asyncio.to_thread(self._presets)
        if self._board is not None:
            self._show(replace(self._board, presets=presets))
