"""A screen with a card in front: what can be done with it, and read about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from sciaquiz.deck.concepts import concept_of
from sciaquiz.journal.acts import Miss, Note, Overrule, Refused
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens.forauthor import ForAuthorScreen
from sciaquiz.view.acts import done_words

if TYPE_CHECKING:
    from sciaquiz.deck.model import Card
    from sciaquiz.journal.acts import CardAct
    from sciaquiz.journal.entries import Rating
    from sciaquiz.study.round import Round
    from sciaquiz.study.turns import Outcome, Shown


class FrontCardScreen(ForAuthorScreen):
    """Acts on the card in front of a round."""

    def __init__(self, round_: Round) -> None:
        super().__init__()
        self._round = round_

    def _advance(self) -> None:
        """Go to the next card."""
        raise NotImplementedError

    def _draw_anew(self) -> None:
        """Draw what an act on the card may have changed."""
        raise NotImplementedError

    @property
    def _shown(self) -> Shown | None:
        return self._round.shown

    @property
    def _outcome(self) -> Outcome | None:
        return self._round.outcome

    @work(group="act")
    async def _do(self, act: CardAct) -> None:
        """Do one act on the card in front."""
        await self._act(act)

    async def _act(self, act: CardAct) -> bool:
        """Do one act on the card in front, and say so once it is done; False, and said why, if it was refused."""
        if self._shown is None:
            return False
        done = await self.app.carry_out(self._round.do(act, self._shown.card.id))
        if isinstance(done, Refused):
            self.app.notify(done.why, severity="error", markup=False)
            return False
        if self._round.shown is None:
            self._advance()
        else:
            self._draw_anew()
        self.app.notify(done_words(act), markup=False)
        return True

    def _overrule(self, rating: Rating) -> None:
        if self._outcome is not None and not self._round.is_unsaved:
            self._do(Overrule(self._outcome.answer.id, rating))

    def action_flag(self) -> None:
        """Mark the card, or take the mark away."""
        if self._shown is not None:
            self._do(self._round.flag_or_unflag(self._shown.card.id))

    def action_bury(self) -> None:
        """Put the card off until tomorrow, or no longer."""
        if self._shown is not None:
            self._do(self._round.bury_or_unbury(self._shown.card.id))

    def action_suspend(self) -> None:
        """Do not ask the card again until it is resumed, or resume it."""
        if self._shown is not None:
            self._do(self._round.suspend_or_resume(self._shown.card.id))

    @work(group="note")
    async def action_note(self) -> None:
        """Keep a note with the card; a note that is refused is not lost."""
        from sciaquiz.tui.screens.note import NoteScreen

        if self._shown is None:
            return
        text = await self.app.push_screen_wait(NoteScreen(self._round.sitting.state(self._shown.card.id).marks.note))
        while text is not None and not await self._act(Note(text)):
            text = await self.app.push_screen_wait(NoteScreen(text))

    def action_why(self) -> None:
        """Show when the card comes back, and why."""
        self._show_why()

    def question_in_front(self) -> Card | None:
        """Return the card in front."""
        return None if self._shown is None else self._shown.card

    @property
    def _may_say_why_wrong(self) -> bool:
        """Whether the answer in front was wrong, and nothing was said of that yet."""
        outcome = self._outcome
        if outcome is None or outcome.marked.correct or self._round.tells_at_the_end:
            return False
        return self.app.workspace.settings.ask_why_wrong and self._round.why_wrong(outcome) is None

    @work(group="dialogue")
    async def action_why_wrong(self) -> None:
        """Let the student say why the answer was wrong; Enter goes on, as it does without this."""
        from sciaquiz.tui.screens.whywrong import WhyWrongScreen

        outcome = self._outcome
        if outcome is None or not self._may_say_why_wrong:
            return
        asks = WhyWrongScreen()
        reason = await self.app.push_screen_wait(asks)
        if asks.goes_on:
            self.action_go_on()
        elif reason is not None:
            await self._answer_is_kept()
            if not self._round.is_unsaved:
                await self._act(Miss(outcome.answer.id, reason))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is about an answer once there is one."""
        if action == "why_wrong":
            return self._may_say_why_wrong
        return self._outcome is not None if action in ("report", "edit") else True

    def action_go_on(self) -> None:
        """Go on."""
        raise NotImplementedError

    async def _answer_is_kept(self) -> None:
        """Wait until the answer in front is in the journal, or could not be kept."""
        raise NotImplementedError

    @work(group="why")
    @tells_errors
    async def _show_why(self) -> None:
        from sciaquiz.memory.explain import explain_card
        from sciaquiz.tui.screens.message import MessageScreen
        from sciaquiz.view.reasons import lines as reasons_in_words

        if self._shown is None:
            return
        card = self._shown.card
        reviews, events = await self.app.journal.call(lambda journal: journal.history(card.id))
        policies = await self.app.journal.call(lambda journal: journal.policies())
        sitting, now = self._round.sitting, self.app.workspace.clock.now()
        state, policy, fits = sitting.state(card.id), sitting.policy(card), sitting.fits
        reasons = explain_card(state, reviews, events, now, policy, policies, sitting.load, fits)
        told = reasons_in_words(reasons, crowded=sitting.is_crowded, minutes=sitting.minutes_of_day)
        title = "Why this card" if self._outcome is None else f"Why: {card.id}"  # an id may say what is right
        self.show(MessageScreen(title, "\n".join(told)))

    @work(group="contrast")
    @tells_errors
    async def action_contrast(self) -> None:
        """Show both sides of what was just mixed up, and drill them if both are past learning."""
        from sciaquiz.study.drill import drills
        from sciaquiz.tui.screens.contrast import ContrastScreen

        if self._outcome is None:
            return
        decks = tuple(self._round.decks.values())
        mistakes = self._round.mistakes(self._outcome)
        has_deck = self._round.deck(self._outcome.shown) is not None
        concept = concept_of(self._outcome.shown.card.question) if has_deck else None
        ledger = await self.app.ledger(decks)
        states = (await self.app.snapshot()).states
        open_now = drills(decks, ledger, states)
        pairs = {mistake.pair for mistake in mistakes}
        fitting = [drill for drill in open_now if drill.confusion.pair in pairs or concept in drill.confusion.pair]
        drill = min(fitting, key=lambda drill: drill.confusion.pair not in pairs, default=None)
        if drill is None:
            self.app.notify("This was not taken for anything else.", markup=False)
        else:
            self.show(ContrastScreen(decks, drill))
