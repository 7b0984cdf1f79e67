"""What can be done to cards where they are looked at: the same acts, keys and words on every such screen."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.binding import Binding

from sciaquiz.journal.acts import Bury, Flag, Note, Resume, Suspend, Unbury, Unflag, entry_of, void
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens.forauthor import ForAuthorScreen, author_bindings
from sciaquiz.tui.screens.front import PlacedScreen
from sciaquiz.view.acts import all_done_words
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from sciaquiz.deck.model import Card
    from sciaquiz.ids import CardId
    from sciaquiz.journal.acts import CardAct
    from sciaquiz.journal.entries import Act, CardState


def act_bindings(screen: str) -> list[Binding]:
    """Return the keys of the acts, with ids that belong to a screen."""
    return [
        Binding("asterisk", "flag", "flag", id=f"{screen}.flag", tooltip="Flag, or flag no longer"),
        Binding("n", "note", "note", id=f"{screen}.note", tooltip="Your note"),
        Binding("x", "suspend", "suspend", id=f"{screen}.suspend", tooltip="Never ask it again, or resume it"),
        Binding("z", "bury", "tomorrow", id=f"{screen}.bury", tooltip="Not before tomorrow, or no longer put off"),
        Binding("u", "undo", "undo", id=f"{screen}.undo", tooltip="Take back what was done last"),
        *author_bindings(screen, "E"),
    ]


class ActingScreen(PlacedScreen[None], ForAuthorScreen):
    """A screen with a card under the cursor, or none."""

    PLACE = "browse"
    _together: Sequence[Act] = ()
    """The entries of what was done last, if that was to several cards at once."""

    def card_in_front(self) -> CardState | None:
        """Return what is known of the card under the cursor."""
        raise NotImplementedError

    def question_in_front(self) -> Card | None:
        """Return the card under the cursor with its question."""
        state = self.card_in_front()
        return None if state is None else self.app.workspace.catalogue.card(state.card_id)

    def was_edited(self) -> None:
        """Show the cards as they are now."""
        self.look_again()

    async def cards_to_act_on(self) -> Sequence[CardState]:
        """Return what is known of the cards to which something is to be done."""
        state = self.card_in_front()
        return [] if state is None else [state]

    def look_again(self) -> None:
        """Read and show what has become of the cards."""
        raise NotImplementedError

    def action_flag(self) -> None:
        """Mark the cards, or take the mark away."""
        self._do(flagging)

    def action_suspend(self) -> None:
        """Suspend the cards, or resume them."""
        self._do(suspending)

    def action_bury(self) -> None:
        """Put the cards off until tomorrow, or no longer."""
        self._do(partial(putting_off, today=self.app.workspace.clock.now().study_day))

    @work(exclusive=True, group="note")
    async def action_note(self) -> None:
        """Keep a note with the cards."""
        from sciaquiz.tui.screens.note import NoteScreen

        states = await self.cards_to_act_on()
        if not states:
            return
        note = states[0].marks.note if len(states) == 1 else ""
        text = await self.app.push_screen_wait(NoteScreen(note))
        if text is not None and text != note:
            self._do(partial(noting, text=text))

    @work(group="act")
    @tells_errors
    async def _do(self, choose: Callable[[Sequence[CardState]], Sequence[tuple[CardId, CardAct]]]) -> None:
        acts = choose(await self.cards_to_act_on())
        if not acts:
            return
        now = self.app.workspace.clock.now()
        entries = [entry_of(act, card_id, now) for card_id, act in acts]
        self._together = ()
        await self.app.journal.call(lambda journal: [journal.act(entry) for entry in entries])
        self._together = entries if len(entries) > 1 else ()
        self.app.notify(all_done_words(acts[0][1], len(acts)), markup=False)
        self.look_again()

    @work(exclusive=True, group="undo")
    @tells_errors
    async def action_undo(self) -> None:
        """Take back what was done last, on whichever card and day; what was done to several at once, as one."""
        entries, self._together = self._together, ()
        is_last = bool(entries) and await self.app.journal.call(lambda journal: entries[-1].id in journal.would_undo())
        if is_last:
            now = self.app.workspace.clock.now()
            voids = [void(entry.id, entry.card_id, now) for entry in entries if entry.card_id is not None]
            await self.app.journal.call(lambda journal: [journal.act(entry) for entry in voids])
            self.app.notify(f"Undone, for {count(len(voids), 'question')}.", markup=False)
            self.look_again()
        elif await self.app.undo_last():
            self.look_again()


def flagging(states: Sequence[CardState]) -> list[tuple[CardId, CardAct]]:
    """Return what marks the cards, or takes the mark from all of them if each has it."""
    bare = [state for state in states if not state.marks.flagged]
    return [(state.card_id, Flag()) for state in bare] or [(state.card_id, Unflag()) for state in states]


def suspending(states: Sequence[CardState]) -> list[tuple[CardId, CardAct]]:
    """Return what suspends the cards, or resumes all of them if each is suspended."""
    asked = [state for state in states if not state.marks.suspended]
    return [(state.card_id, Suspend()) for state in asked] or [(state.card_id, Resume()) for state in states]


def putting_off(states: Sequence[CardState], today: date) -> list[tuple[CardId, CardAct]]:
    """Return what puts the cards off until tomorrow, or no longer if each is put off."""
    asked = [state for state in states if state.marks.buried_until is None or state.marks.buried_until <= today]
    tomorrow = Bury(today + timedelta(days=1))
    return [(state.card_id, tomorrow) for state in asked] or [(state.card_id, Unbury()) for state in states]


def noting(states: Sequence[CardState], text: str) -> list[tuple[CardId, CardAct]]:
    """Return what keeps a note with the cards; where there are several, behind the note that a card has already."""
    if len(states) == 1:
        return [(states[0].card_id, Note(text))]
    return [(state.card_id, Note(f"{state.marks.note} {text}".strip())) for state in states if text]
