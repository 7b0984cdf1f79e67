"""What can be done to a card where it is looked at: the same acts, keys and words on every such screen."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from textual import work
from textual.binding import Binding

from sciaquiz.journal.acts import Bury, Flag, Note, Resume, Suspend, Unbury, Unflag, entry_of
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens.front import PlacedScreen
from sciaquiz.view.acts import done_words

if TYPE_CHECKING:
    from sciaquiz.ids import CardId
    from sciaquiz.journal.acts import CardAct
    from sciaquiz.journal.entries import CardState


def act_bindings(screen: str) -> list[Binding]:
    """Return the keys of the acts, with ids that belong to a screen."""
    return [
        Binding("asterisk", "flag", "flag", id=f"{screen}.flag", tooltip="Mark the card, or take the mark away"),
        Binding("x", "suspend", "suspend", id=f"{screen}.suspend", tooltip="Suspend the card, or resume it"),
        Binding("z", "bury", "put off", id=f"{screen}.bury", tooltip="Put the card off until tomorrow, or no longer"),
        Binding("n", "note", "note", id=f"{screen}.note", tooltip="Keep a note with the card"),
        Binding("u", "undo", "undo", id=f"{screen}.undo", tooltip="Take back what was done last"),
    ]


class ActingScreen(PlacedScreen[None]):
    """A screen with a card under the cursor, or none."""

    PLACE = "browse"

    def card_in_front(self) -> CardState | None:
        """Return what is known of the card under the cursor."""
        raise NotImplementedError

    def look_again(self) -> None:
        """Read and show what has become of the cards."""
        raise NotImplementedError

    def action_flag(self) -> None:
        """Mark the card, or take the mark away."""
        if state := self.card_in_front():
            self._do(Unflag() if state.marks.flagged else Flag(), state.card_id)

    def action_suspend(self) -> None:
        """Suspend the card, or resume it."""
        if state := self.card_in_front():
            self._do(Resume() if state.marks.suspended else Suspend(), state.card_id)

    def action_bury(self) -> None:
        """Put the card off until tomorrow, or no longer."""
        today = self.app.workspace.clock.now().study_day
        if state := self.card_in_front():
            until = state.marks.buried_until
            is_off = until is not None and until > today
            self._do(Unbury() if is_off else Bury(today + timedelta(days=1)), state.card_id)

    @work(exclusive=True, group="note")
    async def action_note(self) -> None:
        """Keep a note with the card."""
        from sciaquiz.tui.screens.note import NoteScreen

        state = self.card_in_front()
        if state is None:
            return
        text = await self.app.push_screen_wait(NoteScreen(state.marks.note))
        if text is not None and text != state.marks.note:
            self._do(Note(text), state.card_id)

    @work(group="act")
    @tells_errors
    async def _do(self, act: CardAct, card_id: CardId) -> None:
        entry = entry_of(act, card_id, self.app.workspace.clock.now())
        await self.app.journal.call(lambda journal: journal.act(entry))
        self.app.notify(done_words(act), markup=False)
        self.look_again()

    @work(exclusive=True, group="undo")
    @tells_errors
    async def action_undo(self) -> None:
        """Take back what was done last, on whichever card and day that was."""
        if await self.app.undo_last():
            self.look_again()
