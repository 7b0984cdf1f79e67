"""What can be done about a fault in a question: report it to its author, or mend it in a deck of one's own."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.app import SuspendNotSupported
from textual.binding import Binding

from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens.front import StudentScreen
from sciaquiz.tui.screens.note import NoteScreen

if TYPE_CHECKING:
    from sciaquiz.deck.model import Card
    from sciaquiz.editing import Editing

NOTHING_CHANGED = "Nothing was changed."
NO_TERMINAL = "This terminal cannot be given to an editor: open {file} at line {line} yourself."


def author_bindings(screen: str, edit: str) -> list[Binding]:
    """Return the keys for what is done about a fault, with ids that belong to a screen; `edit` opens an editor."""
    return [
        Binding("f", "report", "report", id=f"{screen}.report", tooltip="Write down a fault for the author"),
        Binding(edit, "edit", "edit", id=f"{screen}.edit", tooltip="Open your deck in your editor, at this question"),
    ]


class ReportScreen(NoteScreen):
    """One line about what is wrong; gives it back, or None if the student thought better of it."""

    ASKS = "What is wrong with this question?"
    PLACEHOLDER = "goes to a file for its author; nothing is sent"


class ForAuthorScreen(StudentScreen[None]):
    """A screen with a question in front, or none."""

    def question_in_front(self) -> Card | None:
        """Return the card whose question is in front."""
        raise NotImplementedError

    def was_edited(self) -> None:
        """Show the question as it reads now."""

    def let_edit(self, started: Editing) -> bool:
        """Give the terminal to an editor and wait for it; False, and said why, if nothing was changed."""
        from sciaquiz.editing import run_editor, stamp

        before = stamp(started.file)
        try:
            with self.app.suspend():
                trouble = run_editor(started)
        except SuspendNotSupported:
            words = NO_TERMINAL.format(file=started.file, line=started.line)
            self.app.notify(words, severity="warning", markup=False)
            return False
        if stamp(started.file) == before:
            self.app.notify(trouble or NOTHING_CHANGED, severity="warning" if trouble else "information", markup=False)
            return False
        return True

    @work(exclusive=True, group="dialogue")
    @tells_errors
    async def action_report(self) -> None:
        """Write down what is wrong with the question, in a file for its author."""
        from sciaquiz.reporting import report

        card = self.question_in_front()
        if card is None:
            return
        words = await self.app.push_screen_wait(ReportScreen(""))
        if words is not None:
            write = partial(report, self.app.workspace, card=card, words=words)
            told = await self.app.journal.call(lambda journal: write(journal))
            self.app.notify(told, timeout=10, markup=False)

    @work(exclusive=True, group="edit")
    @tells_errors
    async def action_edit(self) -> None:
        """Open the deck in the student's editor at this question, wait for it, and read the deck again."""
        from sciaquiz.cardhistory import deck_of
        from sciaquiz.editing import edited_words, editing

        card, workspace = self.question_in_front(), self.app.workspace
        deck = None if card is None else deck_of(workspace, card)
        if card is None or deck is None:
            return
        started = editing(deck, card.question.id, os.environ, workspace.paths.decks)
        if not self.let_edit(started):
            return
        problems = await asyncio.to_thread(workspace.read_again, started.file)
        words = edited_words(started.file, problems)
        self.app.notify(words, severity="warning" if problems else "information", timeout=10, markup=False)
        if self.is_there:
            self.was_edited()
