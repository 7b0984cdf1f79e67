"""What the study screen shows at each stage of a question: the blocks of its sheet, and the line of keys beneath it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, assert_never

from sciaquiz.tui import page, status
from sciaquiz.tui.forms.form import Surface, keys_prompt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from sciaquiz.study.round import Round
    from sciaquiz.study.safekeeping import NotKeptError
    from sciaquiz.study.turns import Outcome
    from sciaquiz.tui.forms.form import Form
    from sciaquiz.tui.widgets.sheet import Block, Sheet


class Stage(Enum):
    """Where a question stands."""

    ASKED = auto()
    ANSWER_SHOWN = auto()  # a recall card whose answer is seen and not yet graded
    ANSWERED = auto()


@dataclass(frozen=True, slots=True)
class Page:
    """The blocks of the sheet; `feedback` is the place of the first that has to be seen once it was answered."""

    blocks: Sequence[Block]
    feedback: int | None = None

    @property
    def figure(self) -> int | None:
        """The place of the block that has to be seen to its end, if there is one."""
        return next((place for place, block in enumerate(self.blocks) if block.cell_targets), None)


def study_page(
    round_: Round, form: Form, stage: Stage, place: str, leech: Sequence[Block], *, draws_sharply: bool, all_whys: bool
) -> Page:
    """Return the card in front as it stands: asked, its answer shown, or answered.

    `place` says which question of the sitting it is, `leech` what is told of a card that was forgotten often. The form
    draws on its own surface; a picture that is drawn sharply elsewhere is told in words.
    """
    shown, outcome = round_.shown, round_.outcome
    if shown is None:
        return Page(())
    question, deck, surface = shown.card.question, round_.deck(shown), form.surface
    above = [
        page.head(question, deck, place, surface.width),
        *page.asked(question, deck, None if draws_sharply else surface),
    ]
    if outcome is None:
        return Page([*above, *(form.answer_blocks() if stage is Stage.ANSWER_SHOWN else form.blocks())])
    note = round_.sitting.state(shown.card.id).marks.note
    verdict, *reasons = page.feedback(outcome, deck, round_.mistakes(outcome), leech, note)
    revealed = form.revealed(outcome, all_whys=all_whys)
    if form.verdict_first:
        return Page([*above, verdict, *revealed, *reasons], 0)
    return Page([*above, *revealed, verdict, *reasons], len(above) + len(revealed))


def told_of_a_leech(round_: Round, outcome: Outcome) -> list[Block]:
    """Return what stands beside the feedback on a card that is forgotten again and again: what it is taken for."""
    if not outcome.leech:
        return []
    round_.mistakes(outcome)  # this one counts too
    taken = round_.mixed_up.usually_taken_for(outcome, round_.deck(outcome.shown))
    return [page.leech(outcome.predicted.lapses, taken, suspended=bool(outcome.followed))]


def surface_of(sheet: Sheet) -> Surface:
    """Return what a form may draw on: the room of the sheet and the colours of its terminal."""
    app = sheet.app
    if app.no_color or app.console.color_system is None:
        colours = 0
    else:
        colours = 16 if app.native_ansi_color or app.console.color_system == "standard" else 2**24
    return Surface(sheet.room, sheet.size.height, app.current_theme.dark, colours)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said above the keys: a hint or a near miss, why a key did nothing, why the journal cannot be read.

    `refusal` is why the answer is not saved.
    """

    reminder: str = ""
    refused: str = ""
    trouble: str = ""
    refusal: NotKeptError | None = None


def status_line(
    round_: Round, form: Form, stage: Stage, told: Told, *, asks_certainty: bool, room: int, goes_on: bool
) -> Content:
    """Return what can be done now, in `room` cells; `goes_on` is whether there is more below what is in sight."""
    words = _keys(round_, form, stage, told, asks_certainty=asks_certainty, room=room, goes_on=goes_on)
    if told.trouble and stage is Stage.ASKED:
        words = status.reminded(f"! {told.trouble}", words)
    if told.refused:
        words = status.reminded(told.refused, words)
    is_saved = stage is Stage.ANSWERED and told.refusal is None and round_.state is not None
    return status.with_more(words, room) if goes_on and not is_saved else words


def _keys(
    round_: Round, form: Form, stage: Stage, told: Told, *, asks_certainty: bool, room: int, goes_on: bool
) -> Content:
    now = round_.clock.now()
    match stage:
        case Stage.ASKED if form.response is None:
            return status.reminded(told.reminder, form.prompt())
        case Stage.ASKED:
            return status.how_sure() if asks_certainty else keys_prompt("⏎", "answer")
        case Stage.ANSWER_SHOWN:
            return status.grades(round_.shown.previews if round_.shown else {}, now, room)
        case Stage.ANSWERED if told.refusal is not None:
            return status.unsaved(str(told.refusal), told.refusal.aside)
        case Stage.ANSWERED if round_.state is None or round_.outcome is None:
            return status.saving()
        case Stage.ANSWERED:
            progress = round_.state.progress or round_.outcome.predicted
            return status.saved(round_.state, progress, now, room, goes_on=goes_on)
        case _:
            assert_never(stage)
