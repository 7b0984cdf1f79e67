"""Decks that are followed and answered as a student would, and nothing of it kept: all but what is drawn."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual import work

from sciaquiz.journal.entries import Certainty, Rating
from sciaquiz.marking.response import SelfGrade
from sciaquiz.previewing import Seen, looks_alike, takes_the_same
from sciaquiz.sittings import open_trial
from sciaquiz.study.round import Round
from sciaquiz.study.shown import shuffled_ids
from sciaquiz.tui.forms import form_for
from sciaquiz.tui.forms.form import Form
from sciaquiz.tui.screens.answering import AnsweringScreen
from sciaquiz.tui.screens.studypage import Stage
from sciaquiz.tui.widgets.sharppicture import SharpPicture
from sciaquiz.view.preview import followed_words, unknown_words

if TYPE_CHECKING:
    from sciaquiz.deck.model import Card
    from sciaquiz.marking.response import Response
    from sciaquiz.previewing import Entry, Following
    from sciaquiz.workspace import Workspace


class FollowingScreen(AnsweringScreen):
    """A screen with one card of the decks that are followed in front, or with none."""

    def __init__(self, following: Following, workspace: Workspace) -> None:
        self._sitting = open_trial(workspace, (), ())
        super().__init__(Round(self._sitting, workspace.clock, {}))
        self._following = following
        self._workspace = workspace
        self._seen = Seen()
        self._place = 0
        self._is_looking = self._has_read = False
        self._only_looks = True
        self._is_checked = False
        self._checking = asyncio.Lock()

    def _draw_all(self, *, from_top: bool = False) -> None:
        """Draw everything."""
        raise NotImplementedError

    # Following

    def look(self) -> None:
        """Read the decks again if one of their files was written, unless that is under way."""
        if not self._is_looking and self.is_there:
            self._is_looking = True
            self._follow()

    @work(group="follow")
    async def _follow(self) -> None:
        try:
            if await asyncio.to_thread(self._following.changed):
                before, place = self._seen, self._place
                seen = await asyncio.to_thread(self._following.read)
                self._take_in(seen)
                self._check(seen, before, place)
        finally:
            self._is_looking = False

    @work(group="check", description="check")  # else Textual writes out all decks for one
    async def _check(self, seen: Seen, before: Seen, place: int) -> None:
        """Add what the rules of writing say: one check at a time, and none of what was written again meanwhile."""
        async with self._checking:
            if self._seen is not seen:
                return
            checked = await asyncio.to_thread(self._following.check, seen)
        if self.is_there and self._seen is seen:
            self._seen = checked
            self._is_checked = True
            self._tell_what_was_read(before, place)
            self._draw_all()

    def _take_in(self, seen: Seen) -> None:
        """Show the question in front as it reads now; the answer at hand stays as long as it answers the same."""
        if not self.is_there:
            return
        before, was = self._entry, self._seen
        self._place = seen.place_after(was, self._place)
        if not self._has_read and self._following.begin:
            self._place = seen.place_of(self._following.begin) or 0
        self._seen = seen
        self._is_checked = False
        self._sitting = open_trial(self._workspace, seen.cards, seen.decks, lambda: seen.lexicon)
        now = self._entry
        if before is not None and now is not None and looks_alike(before, now):
            self._draw_all()
        elif before is not None and now is not None and takes_the_same(before, now):
            self._ask(again=True)
        else:
            self._ask()

    def _tell_what_was_read(self, before: Seen, place: int) -> None:
        if self._has_read:
            words = followed_words(before, place, self._seen)
            self.app.notify(words, severity="warning" if self._seen.errors else "information")
        elif self._following.begin and self._seen.place_of(self._following.begin) is None:
            self.app.notify(unknown_words(self._seen, self._following.begin), severity="warning")
        self._has_read = True

    @property
    def _entry(self) -> Entry | None:
        return self._seen.entries[self._place] if self._seen.entries else None

    def question_in_front(self) -> Card | None:
        """Return the card in front."""
        return self._entry.card if self._entry is not None else None

    # Asking

    def _ask(self, *, again: bool = False) -> None:
        """Put the question in front on the screen; `again` with the order and the answer that it had."""
        entry, shown_before, outcome, stage = self._entry, self._shown, self._outcome, self._stage
        card, deck = (entry.card, entry.deck) if entry is not None else (None, None)
        self._round = Round(self._sitting, self._workspace.clock, {deck.id: deck} if deck else {})
        form = Form()
        if card is not None:
            shown = replace(self._sitting.show(card.id, self._workspace.clock.now()), card=card)
            if again and shown_before is not None and sorted(shown_before.order) == sorted(shuffled_ids(card)):
                shown = replace(shown, order=shown_before.order, answer_id=shown_before.answer_id)
            self._round.shown = shown
            form = form_for(shown, deck)
        draft = self._form.partial if again else None
        self._only_looks = not (again and not self._only_looks)
        if self.app.draws_sharply:
            self.query_one(SharpPicture).show(card.question.picture if card is not None else None)
        if draft is not None:
            form.restore(draft)
        self._begin_draft(form)
        if again and outcome is not None:
            self._answer(outcome.response, outcome.answer.certainty)
            return
        if again and stage is Stage.ANSWER_SHOWN:
            self._stage = stage
        self._draw_all(from_top=not again)

    def action_turn(self, by: int) -> None:
        """Go to the next question, or the one before; behind the last comes the first."""
        if self._seen.entries:
            self._place = (self._place + by) % len(self._seen.entries)
            self._ask()

    def _advance(self) -> None:
        self.action_turn(1)

    @work(exclusive=True, group="dialogue")
    async def action_find(self) -> None:
        """Go to a question by its id."""
        from sciaquiz.tui.screens.deckpreviewlist import FindScreen

        wanted = await self.app.push_screen_wait(FindScreen(self._seen, self._place))
        place = self._seen.place_of(wanted) if wanted else None
        if place is not None:
            self._place = place
            self._ask()

    # Answering

    def action_go_on(self) -> None:
        """Answer, or go to the next question."""
        match self._stage:
            case _ if self._shown is None:
                self.action_turn(1)
            case Stage.ASKED if self._form.self_graded:
                self._stage = Stage.ANSWER_SHOWN
                self._changed_look()
            case Stage.ASKED if self._form.response is not None:
                self._commit(Certainty.THINK_SO if self._asks_certainty else None)
            case Stage.ASKED if self._form.wants_text:
                self._only_looks = False
                self._ask_to_type()
                self._draw_status()
            case Stage.ASKED if self._form.commits_at_once and self._drafts.step(self._form.pick):
                self._changed()
            case Stage.ASKED:
                self._refuse(self._form.missing())
            case Stage.ANSWER_SHOWN:
                self._answer(SelfGrade(Rating.GOOD), None)
            case Stage.ANSWERED:
                self.action_turn(1)

    def action_number(self, number: int) -> None:
        """Say how sure, or grade what was answered in the head."""
        if self._stage is Stage.ANSWER_SHOWN:
            self._answer(SelfGrade(Rating(number)), None)
        elif self._stage is Stage.ASKED and self._form.response is not None and number <= len(Certainty):
            self._commit(Certainty(number) if self._asks_certainty else None)
        else:
            self._refuse(f"{number} means nothing here.")

    def _commit(self, certainty: Certainty | None) -> None:
        if self._form.response is not None:
            self._answer(self._form.response, certainty)

    def _answer(self, response: Response, certainty: Certainty | None) -> None:
        if self._shown is not None:
            self._round.answer(response, certainty=certainty)
            self._stage = Stage.ANSWERED
            self._ask_to_type()
            self._draw_all()

    def _ask_to_type(self) -> None:
        """Leave the keys to the screen until the author wants to type."""
        if not self._only_looks:
            super()._ask_to_type()
            return
        self.query_one("#line").display = self._stage is Stage.ASKED and self._form.wants_text
        self._form.is_left = True
        self.set_focus(None)

    def action_retype(self) -> None:
        """Take back the last step, or the whole answer."""
        if self._stage is Stage.ANSWERED:
            self._ask()
        else:
            super().action_retype()

    def _takes(self, letter: str) -> bool:
        """Let the form take a letter that means something else where it does not."""
        if self._stage is Stage.ASKED and self._drafts.step(lambda: self._form.letter(letter)):
            self._changed()
            return True
        return False

    async def _answer_is_kept(self) -> None:
        """Nothing is ever kept here."""
