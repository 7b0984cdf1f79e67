"""Errors that a screen survives: what the journal could not do is said, and can be asked for again."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.widget import Widget

Method = TypeVar("Method", bound="Callable[..., Coroutine[Any, Any, None]]")


def tells_errors(method: Method) -> Method:
    """Let a method of a screen say a SciaquizError in a notice, instead of ending the app."""

    @wraps(method)
    async def telling(self: Widget, *arguments: Any) -> None:
        try:
            await method(self, *arguments)
        except SciaquizError as error:
            self.app.notify(str(error), severity="error", markup=False)

    return cast("Method", telling)
