"""Errors that a screen survives: what the journal could not do is said, and can be asked for again."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual.css.query import NoMatches

from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.widget import Widget

Method = TypeVar("Method", bound="Callable[..., Coroutine[Any, Any, None]]")


def tells_errors(method: Method) -> Method:
    """Let a method of a screen say a SciaquizError in a notice, instead of ending the app.

    A worker may come back to a screen that the student has left meanwhile, whose widgets are gone: that is no error.
    """

    @wraps(method)
    async def telling(self: Widget, *arguments: Any) -> None:
        try:
            await method(self, *arguments)
        except SciaquizError as error:
            self.app.notify(str(error), severity="error", markup=False)
        except NoMatches:
            if _is_shown(self):
                raise

    return cast("Method", telling)


def _is_shown(widget: Widget) -> bool:
    """Say whether the screen that a widget is in, or is itself, is open, in front or under another."""
    if not (widget.app.is_running and widget.is_attached):
        return False
    return any(node in widget.app.screen_stack for node in widget.ancestors_with_self)
