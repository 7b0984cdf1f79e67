"""Settings: everything that can be set, generated from the table of settings and kept in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import OptionList, Static

from sciaquiz.settings import SPECS, Spec
from sciaquiz.settings.values import Choice, Switch
from sciaquiz.text import cut
from sciaquiz.tui.screens.front import PlacedScreen
from sciaquiz.tui.text import ACCENT, MUTED, lines, say, spread
from sciaquiz.tui.widgets.keysline import KeysLine
from sciaquiz.tui.widgets.placesline import PlacesLine
from sciaquiz.tui.widgets.vimlist import VimList
from sciaquiz.view.settings import about

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content


class SettingList(VimList):
    """The settings; Space changes the one under the cursor, as Enter does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "select", "change", tooltip="Change the setting under the cursor"),
    ]


class SettingsScreen(PlacedScreen[None]):
    """One line a setting; what it means stands below."""

    CSS_PATH = "settings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "back", id="settings.back", tooltip="Back"),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield PlacesLine()
        with Vertical(classes="page"):
            yield Static(say("Settings", f"bold {ACCENT}"), id="head")
            yield SettingList(id="settings")
            yield Static(id="hint")
        yield KeysLine()

    def on_mount(self) -> None:
        """Fill the list."""
        self._draw()

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        self._draw()

    def _draw(self) -> None:
        self.query_one(SettingList).show_rows([self._row(spec) for spec in SPECS])

    def _row(self, spec: Spec) -> Content:
        width = max(30, min(77, self.app.size.width - 7))
        value = say(cut(spec.value.words(self.value(spec)), width // 2), ACCENT)
        return spread(say(cut(spec.title, width - value.cell_length - 2)), value, width)

    def value(self, spec: Spec) -> Any:
        """Return the value in force."""
        return getattr(self.app.workspace.settings, spec.name)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what the setting means."""
        spec = SPECS[event.option_index]
        where = f"{spec.place} in {self.app.workspace.paths.settings.name}"
        self.query_one("#hint", Static).update(lines([*about(spec), say(where, MUTED)]))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Change the setting that was chosen."""
        self._change(SPECS[event.option_index])

    @work(exclusive=True, group="change")
    async def _change(self, spec: Spec) -> None:
        value = self.value(spec)
        match spec.value:
            case Switch():
                self.keep(spec, not value)
            case Choice(choices=choices):
                self.keep(spec, choices[(choices.index(value) + 1) % len(choices)])
            case _:
                from sciaquiz.tui.screens.value import ValueScreen

                typed = await self.app.push_screen_wait(ValueScreen(spec, spec.value.text(value)))
                if typed is not None:
                    self.keep(spec, typed)

    def keep(self, spec: Spec, value: object) -> None:
        """Keep one setting and use it from now on."""
        self.app.keep_setting(spec, value)
        self._draw()
