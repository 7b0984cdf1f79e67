"""Keeping an answer whatever happens: in the journal, or else in a file of its own, or else as a line to copy."""

from __future__ import annotations

from contextlib import suppress
from shlex import quote
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.errors import SciaquizError
from sciaquiz.journal.port import KeepError
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sciaquiz.deck.model import Question
    from sciaquiz.ids import EntryId
    from sciaquiz.journal.entries import Act, Answer, CardState
    from sciaquiz.journal.port import JournalPort
    from sciaquiz.memory.policy import Policy
    from sciaquiz.study.turns import Outcome


MOST_LISTED = 5
"""Files that are named at a start; after these have been taken in, the next ones are."""


class Aside(Struct, frozen=True):
    """An answer outside the journal: `file` holds it, and where no file could be written, only `line` does.

    `line` is the entry in the form that `sciaquiz journal import` reads.
    """

    file: Path | None
    line: str

    def words(self) -> str:
        """Say where the answer is and what takes it in."""
        if self.file is not None:
            return f"Until then it is in {self.file}\nThis takes it in: {import_command(self.file)}"
        return (
            f"No file could be written either. Copy this line to one: “sciaquiz journal import” takes it.\n{self.line}"
        )


def import_command(file: Path) -> str:
    """Return what to type so that the journal takes a file in."""
    return f"sciaquiz journal import {quote(str(file))}"


class NotKeptError(KeepError):
    """The journal did not take an answer; `aside` is where it is meanwhile. Trying again is safe."""

    def __init__(self, reason: str, aside: Aside) -> None:
        super().__init__(reason)
        self.aside = aside


class SafeKeeping:
    """Keeps the answers of one run of the app, and knows which of them the journal has not taken."""

    def __init__(
        self,
        set_aside: Callable[[Answer, Policy, Question], Aside],
        set_acts_aside: Callable[[Sequence[Act]], Aside] | None = None,
    ) -> None:
        self._set_aside = set_aside
        self._set_acts_aside = set_acts_aside
        self._unkept: dict[EntryId, Aside] = {}

    @property
    def unkept(self) -> Sequence[Aside]:
        """Where the answers are that the journal has not taken, oldest first.

        One whose file has gone is in the journal: it was taken in from there, here or in another window.
        """
        return tuple(aside for aside in self._unkept.values() if aside.file is None or aside.file.exists())

    def keep(self, journal: Callable[[], JournalPort], outcome: Outcome) -> CardState:
        """Keep an answer in the journal and return its card's state. Raises NotKeptError once it is set aside.

        The file of an answer that was set aside goes when the journal has that very answer, and not before.
        """
        answer, question = outcome.answer, outcome.shown.card.question
        try:
            state = journal().keep(answer, outcome.shown.policy, question, outcome.followed)
        except Exception as error:  # whatever it is, the answer comes first
            aside = self._unkept.get(answer.id)
            if aside is None or aside.file is None:
                aside = self._unkept[answer.id] = self._set_aside(answer, outcome.shown.policy, question)
            raise NotKeptError(_reason(error), aside) from error
        aside = self._unkept.pop(answer.id, None)
        if aside is not None and aside.file is not None:
            with suppress(OSError):  # a file that stays does no harm: importing it counts once
                aside.file.unlink(missing_ok=True)
        return state

    def record(self, journal: Callable[[], JournalPort], acts: Sequence[Act]) -> None:
        """Keep acts that are about no card. Raises NotKeptError once they are set aside, all in one file.

        Asked again with more behind them, that file has these too; it goes when the journal has them.
        """
        try:
            journal().record(*acts)
        except Exception as error:  # whatever it is, what was done comes first
            if self._set_acts_aside is None:
                raise
            aside = self._unkept[acts[0].id] = self._set_acts_aside(acts)
            raise NotKeptError(_reason(error), aside) from error
        taken = self._unkept.pop(acts[0].id, None)
        if taken is not None and taken.file is not None:
            with suppress(OSError):
                taken.file.unlink(missing_ok=True)


def words_on_leaving(unkept: Sequence[Aside]) -> tuple[str, ...]:
    """Say, when leaving, which answers the journal does not have and where they are; nothing if it has all."""
    if not unkept:
        return ()
    are = count(len(unkept), "answer is", "answers are")
    return (f"{are} NOT saved in the journal.", *(aside.words() for aside in unkept))


def words_on_return(files: Sequence[Path]) -> tuple[str, ...]:
    """Say, at a start, which answers earlier runs had to set aside, and what takes them in."""
    if not files:
        return ()
    more = len(files) - MOST_LISTED
    return (
        f"{count(len(files), 'answer')} of an earlier sitting could not be saved in the journal then. To take in:",
        *(f"  {import_command(file)}" for file in files[:MOST_LISTED]),
        *([f"  and {more} more"] if more > 0 else []),
    )


def _reason(error: Exception) -> str:
    if isinstance(error, KeepError):
        return str(error)
    if isinstance(error, SciaquizError):
        return f"This is NOT saved: {error.brief}"
    return f"This is NOT saved: an error in the app ({error!r}). Try again; it counts once."
