"""The exams that the place Exam shows, and what their plans come to: worked out where no key waits for it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from sciaquiz.exam.outlook import outlook, variants
from sciaquiz.exams import NOT_INSTALLED, NoExamError, after, exams_in, keep_exam, prepare, remove_exam, told_exams
from sciaquiz.view.exam import home_words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from sciaquiz.exam.after import After
    from sciaquiz.exam.exam import Exam
    from sciaquiz.exam.outlook import Outlook, Preparation, Variants
    from sciaquiz.store.journal import Journal
    from sciaquiz.tui.app import SciaquizApp
    from sciaquiz.tui.screens.front import StudentScreen

T = TypeVar("T")
REST = 0.8
"""Seconds that Home stands before what is expected is worked out: who begins at once does not share the processor."""


class Exams:
    """All exams of the journal by their day, and what the plans of those ahead follow from."""

    def __init__(self, app: SciaquizApp) -> None:
        self._app = app
        self._preparation: Preparation | None = None
        self._asked = 0
        self.all: Sequence[Exam] = ()

    @property
    def ahead(self) -> Sequence[Exam]:
        """The exams that can still be studied for."""
        today = self._app.workspace.clock.now().study_day
        return [exam for exam in self.all if exam.is_ahead(today)]

    @property
    def told(self) -> Sequence[Exam]:
        """The exams that there is something to tell of: those ahead, and then those that are over since weeks."""
        return told_exams(self.all, self._app.workspace.clock.now().study_day)

    async def read(self) -> None:
        """Read which exams there are. Raises StoreError."""
        self.all = await self._app.journal.call(exams_in)
        self._preparation = None

    async def prepared(self) -> Preparation:
        """Return what the plans follow from, read in the thread of the journal. Raises StoreError and NoExamError."""
        if self._preparation is None:
            ahead, workspace = tuple(self.ahead), self._app.workspace

            def ask(_: Journal) -> Preparation:
                workspace.snapshot()
                return prepare(workspace, ahead)

            self._preparation = await self._app.journal.call(ask)
        return self._preparation

    async def outlook(self, exam: Exam) -> Outlook:
        """Return what the plan of an exam comes to. Raises StoreError, NoExamError and NotWantedError."""
        return await self._work_out(outlook, exam)

    async def variants(self, exam: Exam) -> Variants:
        """Return what would change its score: a second or more. Raises StoreError, NoExamError and NotWantedError."""
        return await self._work_out(variants, exam)

    async def _work_out(self, work: Callable[[Preparation, int], T], exam: Exam) -> T:
        """Work something out in a thread. What was asked for before it is given up: keys share the processor."""
        preparation = await self.prepared()
        self._asked += 1
        asked = self._asked
        wanted = replace(preparation, is_wanted=lambda: self._asked == asked)
        return await asyncio.to_thread(work, wanted, _place(preparation, exam))

    def give_up(self) -> None:
        """Let nothing be worked out any more: nobody waits for it."""
        self._asked += 1

    async def after(self, exam: Exam) -> After:
        """Return what came of an exam that is over. Raises StoreError and NoExamError."""
        workspace = self._app.workspace
        return await self._app.journal.call(lambda _: after(workspace, exam))

    def take(self, exam: Exam) -> None:
        """Go on with an exam as it is set now; what the plans follow from is read anew only where that changed."""
        before = next((each for each in self.all if each.id == exam.id), None)
        others = [each for each in self.all if each.id != exam.id]
        self.all = sorted([*others, exam], key=lambda each: (each.day, each.id))
        is_same = before is not None and (before.decks, before.blueprint) == (exam.decks, exam.blueprint)
        if self._preparation is None or not is_same or before not in self._preparation.exams:
            self._preparation = None
        else:
            exams = tuple(exam if each == before else each for each in self._preparation.exams)
            self._preparation = replace(self._preparation, exams=exams)

    async def keep(self, exam: Exam) -> Exam:
        """Keep an exam that is new or changed. Raises NoExamError and StoreError."""
        workspace = self._app.workspace
        return await self._app.journal.call(lambda _: keep_exam(workspace, exam))

    async def remove(self, exam: Exam) -> None:
        """Remove an exam. Raises StoreError."""
        workspace = self._app.workspace
        await self._app.journal.call(lambda _: remove_exam(workspace, exam))


def _place(preparation: Preparation, exam: Exam) -> int:
    if exam not in preparation.exams:
        raise NoExamError(NOT_INSTALLED)
    return preparation.exams.index(exam)


async def told_at_home(app: SciaquizApp, home: StudentScreen[None]) -> AsyncIterator[tuple[str, str]]:
    """Yield what Home tells of the next exam: when it is, and a moment later what is expected. Raises StoreError."""
    exams = Exams(app)
    await exams.read()
    exam, today = next(iter(exams.told), None), app.workspace.clock.now().study_day
    if exam is None:
        yield "", ""
        return
    yield home_words(exam, today, None)
    if not exam.is_ahead(today):
        return
    await asyncio.sleep(REST)
    if home.is_active:
        with suppress(NoExamError):
            yield home_words(exam, today, (await exams.outlook(exam)).then)
