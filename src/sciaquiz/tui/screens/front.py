"""What all screens have in common: none acts on anything that comes after it has gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events, on
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.screen import ModalScreen, Screen

from sciaquiz.tui.places import PLACES

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from sciaquiz.study.choice import Choice
    from sciaquiz.tui.app import SciaquizApp

T = TypeVar("T")
WIDEST = 160
"""Columns of the widest page."""


class StudentScreen(Screen[T]):
    """A screen that opens, leaves and gives way to others only while it is itself in front."""

    app: SciaquizApp
    _once_in_front: Callable[[], object] | None = None

    @property
    def is_there(self) -> bool:
        """Whether the screen is open, in front or under another: only then is drawn what a worker brings."""
        return self.app.is_running and self.is_attached and self in self.app.screen_stack

    def show(self, screen: Screen[Any]) -> None:
        """Open a screen over this one, unless something else is in front by now."""
        if self.is_active:
            self.app.push_screen(screen)

    def give_way(self, screen: Screen[Any]) -> None:
        """Open a screen in the place of this one."""
        self._when_in_front(lambda: self.app.switch_screen(screen))

    def leave(self) -> None:
        """Go back to the screen that this one was opened from, if there is one."""
        if len(self.app.screen_stack) > 1:
            self._when_in_front(self.app.pop_screen)

    def action_leave(self) -> None:
        """Go back."""
        self.leave()

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Go back with a result, once."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def _when_in_front(self, act: Callable[[], object]) -> None:
        """Do something now, or when the dialogue over this screen has gone, or never if this screen has gone."""
        if self.is_active:
            act()
        elif self.is_there:
            self._once_in_front = act

    @on(events.ScreenResume)
    def do_what_waited(self) -> None:
        """Do what waited for the dialogue that was over this screen."""
        act, self._once_in_front = self._once_in_front, None
        if act is not None:
            self._when_in_front(act)

    @on(events.Resize)
    def keep_to_the_middle(self, event: events.Resize) -> None:
        """Stand in the middle of a terminal that is wider than any page."""
        self.styles.padding = (0, max(0, event.size.width - WIDEST) // 2)


class PlacedScreen(StudentScreen[T]):
    """A page: its first row has the places, of which it belongs to one or to none, and a key leads to each."""

    PLACE: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                place.key,
                f"app.go({place.name!r})",
                place.title,
                id=f"go.{place.name}",
                show=False,
                tooltip=f"Go to {place.title}",
            )
            for place in PLACES
        ),
        Binding("v", "app.past", "past sittings", id="go.past", show=False, tooltip="Past sittings"),
        Binding("comma", "app.settings", "settings", id="go.settings", show=False, tooltip="Settings"),
    ]

    def choice_from_here(self) -> Choice | None:
        """Return what a custom sitting begins with: what the student looks at."""
        return None


class Dialogue(ModalScreen[T], StudentScreen[T]):
    """A box over the screen, which gives something back."""
