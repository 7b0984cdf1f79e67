"""The drafts of an answer, one for each step, so that Undo takes back a step before it takes back an answer."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from sciaquiz.tui.forms.form import Form

T = TypeVar("T")


class Drafts:
    """What a form said before each of the steps that changed it."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._earlier: list[dict[str, object]] = []

    def step(self, act: Callable[[], T]) -> T:
        """Let the form take a key or a click, and remember what it said before if it says something else now."""
        before = self._now()
        done = act()
        now = self._now()
        if any(before[name] != now[name] for name in self._form.draft):
            self._earlier.append(before)
        return done

    def back(self) -> bool:
        """Take back the last step; False if there is none."""
        if not self._earlier:
            return False
        vars(self._form).update(self._earlier.pop())
        return True

    def _now(self) -> dict[str, object]:
        return {name: copy(getattr(self._form, name)) for name in (*self._form.draft, *self._form.around)}
