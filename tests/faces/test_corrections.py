"""A corrected key is told in the same words after an answer, in the app and in plain lines."""

from __future__ import annotations

from datetime import date

from sciaquiz.ids import CardId
from sciaquiz.journal.corrections import Corrected
from sciaquiz.plain import feedback as plain
from sciaquiz.tui import page
from sciaquiz.view.feedback import Line, Role
from sciaquiz.view.updating import corrected_words, correction_words, would_be_corrected_words

DAY = date(2026, 11, 29)


def test_both_faces_say_when_and_what_was_right_before() -> None:
    told = correction_words(Corrected(CardId("q"), DAY, "Tibial nerve"))
    assert told == "The key was corrected on Sun 29 Nov; before, “Tibial nerve” was right."
    said = Line(Role.CORRECTED, told)
    assert plain.laid_out(said) == [told]
    [block] = page.laid_out(said)
    assert block.text.plain == told


def test_where_the_old_text_is_not_kept_only_the_day_is_told() -> None:
    assert correction_words(Corrected(CardId("q"), DAY, "")) == "The key was corrected on Sun 29 Nov."


def test_one_card_and_several_are_told_in_plain_english() -> None:
    assert corrected_words(1) == "The key of a card that you had learned was corrected: it is asked again."
    assert corrected_words(12) == "The keys of 12 cards that you had learned were corrected: they are asked again."
    assert would_be_corrected_words(1) == "You have learned 1 card by a key that is another now: asked again."
