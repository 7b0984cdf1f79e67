"""What the study screen shows at each stage of a question: the blocks of its sheet, and the rows beneath it."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, assert_never

from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.memory.schedule import preview
from sciaquiz.tui import page, status
from sciaquiz.tui.forms.form import Surface, keys_prompt
from sciaquiz.tui.telling import Telling
from sciaquiz.tui.text import AMBER, line, lines, say
from sciaquiz.view.words import back_words, short_interval_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from sciaquiz.journal.entries import Rating
    from sciaquiz.study.round import Round
    from sciaquiz.study.safekeeping import NotKeptError
    from sciaquiz.study.turns import Outcome
    from sciaquiz.tui.blocks import Block
    from sciaquiz.tui.forms.form import Form
    from sciaquiz.tui.widgets.sheet import Sheet


class Stage(Enum):
    """Where a question stands."""

    ASKED = auto()
    ANSWER_SHOWN = auto()  # a recall card whose answer is seen and not yet graded
    ANSWERED = auto()


class Page(Struct, frozen=True):
    """The blocks of the question, which keep their rows, and those of what is read below it."""

    question: Sequence[Block]
    reading: Sequence[Block] = ()

    @property
    def figure(self) -> int | None:
        """The place of the block that has to be seen to its end, if there is one."""
        return next((place for place, block in enumerate(self.question) if block.cell_targets), None)


def study_page(
    round_: Round, form: Form, stage: Stage, leech: Sequence[Block], *, draws_sharply: bool, all_whys: bool
) -> Page:
    """Return the card in front as it stands: asked, its answer shown, or answered.

    `leech` is what is told of a card that was forgotten often. The form draws on its own surface; a picture that is
    drawn sharply elsewhere is told in words.
    """
    shown, outcome = round_.shown, None if round_.tells_at_the_end else round_.outcome
    if shown is None:
        return Page(())
    deck = round_.deck(shown)
    above = page.asked(shown.card.question, deck, None if draws_sharply else form.surface)
    if outcome is None:
        if stage is Stage.ANSWER_SHOWN:
            return Page([*above, *form.uncovered()], form.answer_blocks())
        return Page([*above, *form.blocks()])
    note = round_.sitting.state(shown.card.id).marks.note
    reasons = form.reasons(outcome, all_whys=all_whys)
    corrected = round_.corrected(outcome)
    reading = page.feedback(outcome, deck, reasons, round_.mistakes(outcome), leech, note, corrected)
    return Page([*above, *form.revealed(outcome)], reading)


def told_of_a_leech(round_: Round, outcome: Outcome) -> list[Block]:
    """Return what stands beside the feedback on a card that is forgotten again and again: what it is taken for."""
    if not outcome.leech:
        return []
    round_.mistakes(outcome)  # this one counts too
    taken = round_.mixed_up.usually_taken_for(outcome, round_.deck(outcome.shown))
    return [page.leech(outcome.predicted.lapses, taken, suspended=bool(outcome.followed))]


def surface_of(sheet: Sheet, rows: int) -> Surface:
    """Return what a form may draw on: the room of the sheet with so many rows, and the colours of its terminal."""
    app = sheet.app
    if app.no_color or app.console.color_system is None:
        colours = 0
    else:
        colours = 16 if app.native_ansi_color or app.console.color_system == "standard" else 2**24
    return Surface(sheet.room, rows, app.current_theme.dark, colours)


class Told(Struct, frozen=True, kw_only=True):
    """What is to be said above the keys: a hint or a near miss, why a key did nothing or what was done just now.

    `trouble` is why the journal cannot be read, `refusal` why the answer is not saved.
    """

    reminder: str = ""
    refused: str = ""
    said: Sequence[Telling] = ()
    trouble: str = ""
    refusal: NotKeptError | None = None


def status_rows(
    round_: Round, form: Form, stage: Stage, told: Told, *, asks_certainty: bool, room: int, below: int
) -> Content:
    """Return the hairline with what is to be said, and what can be done now, in `room` cells.

    `below` is how many lines are below what is in sight.
    """
    trouble = [Telling(told.trouble, is_trouble=True)] if told.trouble and stage is Stage.ASKED else []
    refused = [Telling(told.refused)] if told.refused else []
    key = "PgDn" if stage is Stage.ASKED and (form.is_picking or form.wants_text) else "space"
    rule = status.hairline(room, [*trouble, *told.said, *refused], below=below, key=key)
    words = _strip(round_, form, stage, told, asks_certainty=asks_certainty, room=room)
    asks_back = [say(told.reminder, f"bold {AMBER}")] if told.reminder and stage is Stage.ASKED else []
    return lines([rule, *asks_back, words])


def _strip(round_: Round, form: Form, stage: Stage, told: Told, *, asks_certainty: bool, room: int) -> Content:
    now, outcome = round_.clock.now(), round_.outcome
    saved = status.kept(is_saved=round_.state is not None, is_trial=round_.is_trial)
    match stage:
        case Stage.ASKED if form.response is None:
            return form.prompt()
        case Stage.ASKED:
            return status.how_sure() if asks_certainty else keys_prompt("⏎", "answer")
        case Stage.ANSWER_SHOWN:
            return status.grades(round_.shown.previews if round_.shown else {}, now, 0 if round_.is_practice else room)
        case Stage.ANSWERED if told.refusal is not None:
            return status.unsaved(str(told.refusal), told.refusal.aside)
        case Stage.ANSWERED if round_.tells_at_the_end:
            return saved
        case Stage.ANSWERED if outcome is not None and outcome.is_practice:
            return status.practised(outcome, room, saved)
        case Stage.ANSWERED if outcome is not None:
            return _decided(round_, outcome, room, saved)
        case Stage.ANSWERED:
            return line()
        case _:
            assert_never(stage)


def _decided(round_: Round, outcome: Outcome, room: int, saved: Content) -> Content:
    """Return what was decided of an answer; the state that the journal returned counts once it is there."""
    given, shown, now = outcome.answer.moment, outcome.shown, round_.clock.now()
    state = round_.state or replace(shown.before, progress=outcome.predicted)
    progress = state.progress or outcome.predicted
    rating = progress.last_rating if progress.last_at == outcome.predicted.last_at else outcome.verdict.rating
    previews: dict[Rating, str] = {}
    if room >= status.WIDE:
        coming = preview(shown.before.progress, shown.card.id, given, shown.policy, shown.spreads)
        previews = {each: short_interval_words(then, given).removeprefix("in ") for each, then in coming.items()}
    back = back_words(state, progress, now, briefly=True)
    return status.strip(outcome, rating, back, room, saved=saved, previews=previews)
