"""After the answer nothing moves: measured over every shipped question, answered right and wrong, at 80×24."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from answering import NOW, STEADY
from drawn import text_of
from responding import responses
from rows import each_row
from sciaquiz.clock import FixedClock
from sciaquiz.deck.kinds import Cloze, Matching, SingleBestAnswer
from sciaquiz.journal.entries import Certainty
from sciaquiz.marking.lexicon import Lexicon
from sciaquiz.marking.response import Choice, Choices, Judgements, Pairs, Pointed, Sequence, Written
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.round import Round
from sciaquiz.study.sitting import Sitting
from sciaquiz.text import LETTERS
from sciaquiz.tui.blocks import LEAST_TO_READ, TO_READ, Yields, lay_out, rows_of
from sciaquiz.tui.forms import form_for
from sciaquiz.tui.forms.form import Surface
from sciaquiz.tui.screens.studypage import Stage, study_page
from sciaquiz.tui.widgets.sheet import Sheet
from shipped import DECKS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from sciaquiz.deck.model import Card
    from sciaquiz.marking.response import Response
    from sciaquiz.study.turns import Shown
    from sciaquiz.tui.app import SciaquizApp
    from sciaquiz.tui.blocks import Laid
    from sciaquiz.tui.forms.form import Form

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]

WIDTH, HEIGHT = 76, 18
"""What a terminal of 80×24 leaves for a question."""

CARDS = [card for deck in DECKS for card in deck.cards()]


def say(form: Form, shown: Shown, response: Response) -> None:
    """Give a form the response by the keys that a student presses."""
    order = [str(entry) for entry in shown.order]
    match response:
        case Choice(option=option):
            form.letter(LETTERS[order.index(option)])
        case Choices(options=options):
            for option in options:
                form.letter(LETTERS[order.index(option)])
        case Judgements(answers=answers):
            for _, answer in answers:
                form.letter("t" if answer else "f")
        case Sequence(items=items):
            for item in items[:-1]:
                form.letter(LETTERS[order.index(item)])
        case Pairs(pairs=pairs):
            assert isinstance(shown.card.question, Matching)
            ids = [option.id for option in shown.card.question.options]
            for _, option in pairs:
                form.letter(LETTERS[ids.index(option)])
        case Written(texts=texts):
            for text in texts:
                form.submit(text)
        case Pointed(place=place):
            form.letter(LETTERS[place])
        case _:
            pass


class Asking:
    """One sitting of all shipped cards, each asked and answered as often as is wanted."""

    def __init__(self) -> None:
        self.sitting = Sitting(
            CardPool(CARDS, {}), policy_for=lambda _: STEADY, limits=Limits(9, 9), now=NOW, lexicon=Lexicon
        )
        self.round = Round(self.sitting, FixedClock(NOW.instant), {deck.id: deck for deck in DECKS})

    def both(self, card: Card) -> Iterable[tuple[Laid, Laid]]:
        """Yield a card as rows once all is said and once it was answered: rightly, and with the longest wrong reason."""
        round_, sitting = self.round, self.sitting
        shown = sitting.show(card.id, NOW)
        deck = round_.deck(shown)
        assert deck is not None
        right, wrong = responses(shown, deck)
        for response in (right, max(wrong, key=lambda each: self._reason(shown, each))):
            form = form_for(shown, deck)
            form.surface = Surface(WIDTH, HEIGHT)
            round_.shown, round_.outcome = shown, None
            say(form, shown, response)
            asked = study_page(round_, form, Stage.ASKED, (), draws_sharply=False, all_whys=False)
            round_.outcome = sitting.answer(shown, response, NOW, certainty=Certainty.CERTAIN)
            told = study_page(round_, form, Stage.ANSWERED, (), draws_sharply=False, all_whys=False)
            yield lay_out(asked.question, (), WIDTH, HEIGHT), lay_out(told.question, told.reading, WIDTH, HEIGHT)

    @staticmethod
    def _reason(shown: Shown, response: Response) -> int:
        question = shown.card.question
        if not isinstance(question, SingleBestAnswer) or not isinstance(response, Choice):
            return 0
        return next(len(option.why) for option in question.options if option.id == response.option)


def question_rows(page: Laid) -> int:
    """How many blocks of a page belong to the question: those above the first that is read."""
    return sum(start < page.pinned for start in page.starts)


def words(page: Laid, row: int) -> str:
    """The text of a row without the signs before it, and without what stands aside."""
    line = page.lines[row]
    return line.content.plain[line.left :].split("   ")[0].rstrip()


def is_folded(page: Laid) -> bool:
    return "above  PgUp" in page.lines[0].content.plain


def the_stem_and_every_option_stay_in_their_rows_or_only_what_leads_to_the_question_makes_room(
    laid: list[tuple[Card, Laid, Laid]],
) -> None:
    for card, before, after in laid:
        if is_folded(after):
            continue
        shown = question_rows(after) if after.pinned else len(before.starts)
        same = min(shown, len(before.starts))
        assert list(after.starts[:same]) == list(before.starts[:same]), card.id
        for place in range(same):
            row = after.starts[place]
            if place == 0 or (after.blocks[place].wraps and not isinstance(card.question, Cloze)):
                assert words(after, row) == words(before, row), card.id
        signs = {block.mark.plain for block in after.blocks[:same] if block.mark is not None}
        assert signs & {"✓", "✗"} or after.hidden == 0, card.id
        assert after.hidden <= 6, card.id


def what_was_chosen_and_what_is_right_is_in_sight_whatever_is_read(laid: list[tuple[Card, Laid, Laid]]) -> None:
    """Pinned rows never scroll; only what is taller than the page itself scrolls with what is read, from its own rows."""
    for card, _, after in laid:
        if after.pinned:
            assert after.pinned <= HEIGHT - LEAST_TO_READ, card.id
            stays = [block for block in after.blocks[: question_rows(after)] if block.yields is Yields.STAYS]
            assert any("bold" in str(span.style) for block in stays for span in block.text.spans), card.id
        else:
            kept = [block for block in after.blocks if block.yields is Yields.STAYS]
            assert len(rows_of(kept, WIDTH).lines) > HEIGHT - TO_READ, card.id


def where_it_is_folded_the_question_and_the_two_options_are_what_is_left(
    laid: list[tuple[Card, Laid, Laid]],
) -> None:
    folded = [(card, before, after) for card, before, after in laid if is_folded(after)]
    assert folded
    for card, before, after in folded:
        left = after.blocks[1 : question_rows(after)]
        stays = [block.text.plain for block in before.blocks if block.yields is Yields.STAYS]
        assert [block.text.plain for block in left if block.mark is None][:1] == stays[:1], card.id
        signs = {block.mark.plain for block in left if block.mark is not None}
        assert signs & {"✓", "✗"}, card.id
        assert f"{after.hidden} lines above" in after.lines[0].content.plain or after.hidden == 1


def most_questions_need_no_fold_and_most_feedback_is_seen_at_once(laid: list[tuple[Card, Laid, Laid]]) -> None:
    single = [after for card, _, after in laid if isinstance(card.question, SingleBestAnswer)]
    assert sum(not is_folded(after) for after in single) / len(single) > 0.8
    assert sorted(len(after.lines) - HEIGHT for after in single)[int(0.9 * len(single))] <= 6


@pytest.fixture
def laid() -> list[tuple[Card, Laid, Laid]]:
    """Every shipped card twice; it takes seconds, so that one test looks at them in every way."""
    asking = Asking()
    return [(card, before, after) for card in CARDS for before, after in asking.both(card)]


@each_row(
    "holds",
    [
        the_stem_and_every_option_stay_in_their_rows_or_only_what_leads_to_the_question_makes_room,
        what_was_chosen_and_what_is_right_is_in_sight_whatever_is_read,
        where_it_is_folded_the_question_and_the_two_options_are_what_is_left,
        most_questions_need_no_fold_and_most_feedback_is_seen_at_once,
    ],
)
def test_on_every_shipped_card(
    holds: Callable[[list[tuple[Card, Laid, Laid]]], None], laid: list[tuple[Card, Laid, Laid]]
) -> None:
    holds(laid)


async def test_a_question_that_was_read_to_its_end_is_answered_from_the_beginning_of_its_reasons(
    make_app: MakeApp, press: Press
) -> None:
    app = make_app()
    async with app.run_test(size=(60, 20)) as pilot:
        await press(pilot, "enter", "l", "pagedown", "B")
        sheet = app.screen.query_one("#sheet", Sheet)
        assert sheet.scroll_offset.y == 0
        seen = text_of(app)
        assert "It everts the foot." in seen
        assert "lines above  PgUp" in seen
        assert "A runner has pain" not in seen
        await press(pilot, "pageup")
        assert "A runner has pain" in text_of(app)
        await press(pilot, "enter")
        assert sheet.scroll_offset.y == 0


async def test_the_rows_of_the_screen_stay_while_the_feedback_scrolls(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "l")
        sheet = app.screen.query_one("#sheet", Sheet)
        assert (sheet.size.width, app.screen.query_one("#body").size.height) == (WIDTH, HEIGHT)
        asked = text_of(app).splitlines()
        await press(pilot, "B")
        answered = text_of(app).splitlines()
        stem = next(row for row, line in enumerate(asked) if "A runner has pain" in line)
        assert answered[stem] == asked[stem]
        for name in ("Tibial nerve", "Common fibular"):
            row = next(row for row, line in enumerate(asked) if name in line)
            assert name in answered[row]
        await press(pilot, "o", "pagedown")
        scrolled = text_of(app).splitlines()
        assert sheet.scroll_offset.y > 0
        assert scrolled[: stem + 12] == answered[: stem + 12]
        assert "The principle behind q2" in text_of(app)
