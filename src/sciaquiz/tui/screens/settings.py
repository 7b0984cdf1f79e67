"""Settings: everything that can be set, generated from the table of settings and kept in a file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList, Static

from sciaquiz.settings import RETENTION, ROWS, Spec, TableSpec
from sciaquiz.settings.values import Choice, PerDeck, SettingError, Switch
from sciaquiz.text import path_words
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens.front import PlacedScreen
from sciaquiz.tui.screens.settingspage import setting_below, setting_beside, setting_lines
from sciaquiz.tui.text import MUTED, say, spread
from sciaquiz.tui.widgets.keysline import KeysLine
from sciaquiz.tui.widgets.placesline import PlacesLine
from sciaquiz.tui.widgets.vimlist import VimList
from sciaquiz.view.settings import BY_HAND, known_decks

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

WIDE = 100
"""Columns of the terminal from which a pane beside the list says what a setting means."""
PANE = 44
MARGINS = 4
MOST_DECKS = 8
"""So many decks are told one by one."""
WIDEST_LIST = 92


class SettingList(VimList):
    """The settings; Space changes the one under the cursor, as Enter does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "select", "change", tooltip="Change the setting under the cursor"),
    ]


class SettingsScreen(PlacedScreen[None]):
    """One line a setting; what it means stands below, or beside it."""

    CSS_PATH = "settings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace", "reset", "default", id="settings.reset", tooltip="Set the default again"),
        Binding("escape,q", "leave", "back", id="settings.back", tooltip="Back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._costs: dict[str, tuple[list[str], str]] = {}

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield PlacesLine()
        with Vertical(classes="page"):
            yield Static(id="head")
            with Horizontal(id="body"):
                yield SettingList(id="settings")
                yield Static(id="beside", classes="pane")
            yield Static(id="below")
        yield KeysLine()

    def on_mount(self) -> None:
        """Fill the list."""
        self._draw()

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        self._draw()

    @property
    def _row(self) -> Spec | TableSpec:
        return ROWS[self.query_one(SettingList).highlighted or 0]

    def _draw(self) -> None:
        room, settings = self.size.width - MARGINS, self.app.workspace.settings
        is_wide = self.size.width >= WIDE
        width = min(WIDEST_LIST, room - PANE - 2) if is_wide else room
        self.query_one(SettingList).styles.width = width
        where = say(path_words(self.app.workspace.paths.settings), MUTED)
        head = say("Settings", "bold")
        self.query_one("#head", Static).update(
            spread(head, where, width) if head.cell_length + where.cell_length + 2 <= width else head
        )
        rows = setting_lines(settings, width - 3)  # a cell at both sides, and the scroll bar
        self.query_one(SettingList).show_rows(rows)
        self.query_one("#beside").display = is_wide
        self.query_one("#below").display = not is_wide
        self._tell()

    def _tell(self) -> None:
        """Say what the setting under the cursor means."""
        file, settings = self.app.workspace.paths.settings.name, self.app.workspace.settings
        costs = self._costs.get(self._row.name)
        if costs is None and (self._row.value is RETENTION or isinstance(self._row.value, PerDeck)):
            self._play_out(self._row)
        whole, short = costs or ((), "")
        self.query_one("#beside", Static).update(setting_beside(self._row, settings, PANE - 4, whole))
        self.query_one("#below", Static).update(setting_below(self._row, file, short))

    @work(exclusive=True, group="costs")
    @tells_errors
    async def _play_out(self, row: Spec | TableSpec) -> None:
        """Work out what other values of a setting cost, and tell it."""
        from sciaquiz.insight.retention import wishes, wishes_by_deck
        from sciaquiz.view.retention import brief_lines, deck_lines, in_short

        snapshot = await self.app.snapshot()
        if isinstance(row, Spec):
            found = await asyncio.to_thread(wishes, self.app.workspace, snapshot, None, row.name)
            self._costs[row.name] = (brief_lines(found), in_short(found))
        else:
            by_deck = await asyncio.to_thread(wishes_by_deck, self.app.workspace, snapshot, MOST_DECKS)
            self._costs[row.name] = (deck_lines(by_deck, PANE - 4), "")
        if self.is_there and self._row is row:
            self._tell()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what the setting means."""
        self._tell()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Change the setting that was chosen."""
        row = ROWS[event.option_index]
        if isinstance(row, Spec):
            self._change(row)
        elif isinstance(row.value, PerDeck):
            self._change_decks(row, row.value)
        else:
            self.app.notify(f"{row.place}: {BY_HAND}", markup=False)

    def action_reset(self) -> None:
        """Set the default of the setting under the cursor."""
        if isinstance(self._row, Spec):
            self.keep(self._row, self._row.default)
        elif isinstance(self._row.value, PerDeck):
            self._keep_decks(self._row, {})

    @work(exclusive=True, group="change")
    async def _change(self, spec: Spec) -> None:
        value: Any = getattr(self.app.workspace.settings, spec.name)
        match spec.value:
            case Switch():
                self.keep(spec, not value)
            case Choice(choices=choices):
                self.keep(spec, choices[(choices.index(value) + 1) % len(choices)])
            case _:
                from sciaquiz.tui.screens.value import ValueScreen

                typed = await self.app.push_screen_wait(ValueScreen(spec, spec.value.text(value), spec.value.typed))
                if typed is not None:
                    self.keep(spec, typed)

    @work(exclusive=True, group="change")
    async def _change_decks(self, row: TableSpec, value: PerDeck) -> None:
        """Ask for the decks that have a value of their own, and keep what is typed."""
        from sciaquiz.tui.screens.value import ValueScreen

        before = self.app.workspace.settings.deck_retention
        known = {*before, *(deck.id for deck in await self.app.decks())}

        def typed(text: str) -> object:
            return known_decks(value.typed(text), known)

        wanted = await self.app.push_screen_wait(ValueScreen(row, value.text(before), typed))
        if isinstance(wanted, Mapping):
            self._keep_decks(row, wanted)

    def _keep_decks(self, row: TableSpec, wanted: Mapping[str, float]) -> None:
        """Keep what these decks have of their own, and no other, or say why it cannot be kept."""
        from sciaquiz.settings.file import write_deck_retention

        workspace = self.app.workspace
        before = dict.fromkeys(workspace.settings.deck_retention)
        try:
            workspace.apply(write_deck_retention(workspace.paths.settings, before | dict(wanted)))
        except SettingError as error:
            self.app.notify(f"{row.title} {error}", severity="error", markup=False)
        self._costs.clear()
        self._draw()

    def keep(self, spec: Spec, value: object) -> None:
        """Keep one setting and use it from now on."""
        self.app.keep_setting(spec, value)
        self._costs.clear()
        self._draw()
