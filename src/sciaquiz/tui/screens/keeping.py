"""Keeping an answer while its feedback is read: being saved, saved, or refused and tried again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol

from textual.worker import WorkerCancelled

from sciaquiz.study.safekeeping import NotKeptError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from textual.worker import Worker

    from sciaquiz.journal.entries import CardState
    from sciaquiz.study.round import Round
    from sciaquiz.study.turns import Outcome


class Begun(Protocol):
    """Work in the background."""

    async def wait(self) -> object:
        """Wait until it is done."""
        ...


class InBackground:
    """A worker of a screen. When it ends with the screen, so does whoever waits for it."""

    def __init__(self, worker: Worker[None]) -> None:
        self._worker = worker

    async def wait(self) -> None:
        """Wait until it is done. Raises CancelledError when it was cancelled."""
        try:
            await self._worker.wait()
        except WorkerCancelled:
            raise asyncio.CancelledError from None


class Keeping:
    """The answer in front on its way into the journal. `refusal` is why it is not there and where it is meanwhile.

    `make_durable` returns the state of the card, and raises NotKeptError once the answer is set aside; `begin` starts
    work in the background; `changed` is called whenever something is to be shown.
    """

    def __init__(
        self,
        round_: Round,
        make_durable: Callable[[Outcome], Awaitable[CardState]],
        begin: Callable[[Coroutine[Any, Any, None]], Begun],
        changed: Callable[[], None],
    ) -> None:
        self.refusal: NotKeptError | None = None
        self._round = round_
        self._make_durable = make_durable
        self._begin = begin
        self._changed = changed
        self._work: Begun | None = None

    def keep(self, outcome: Outcome) -> None:
        """Make an answer durable, or try it again."""
        self._work = self._begin(self._keep(outcome))

    async def _keep(self, outcome: Outcome) -> None:
        self.refusal = None
        self._changed()
        try:
            state = await self._make_durable(outcome)
        except NotKeptError as error:
            self.refusal = error
        else:
            self._round.kept(outcome, state)
        self._changed()

    async def is_kept(self) -> bool:
        """Wait until the answer is saved, or could not be; True unless it could not be."""
        if self._work is not None:
            await self._work.wait()
        return self.refusal is None
