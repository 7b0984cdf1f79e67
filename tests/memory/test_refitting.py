"""A fit to the student's own answers: what it reads, what it is tried on, and that the better one is kept."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from bench.made import made_student
from fitted import josh
from remembering import act, noon, review
from sciaquiz.ids import EntryId
from sciaquiz.journal.entries import Certainty, Event, EventKind, Mode, Review
from sciaquiz.memory.fits import DEFAULT_FITS, Fit, Fits
from sciaquiz.memory.fitting.recipe import fit
from sciaquiz.memory.fitting.seen import Seen, next_day
from sciaquiz.memory.guessing import DEFAULT_RATES, luck_of
from sciaquiz.memory.policy import FSRS6_PARAMETERS
from sciaquiz.memory.refitting import TooFewError, payload_of, refit, seen_of
from sciaquiz.memory.replay import in_force

if TYPE_CHECKING:
    from sciaquiz.memory.fitting.seen import Log

OTHER = (0.02, 0.4, 0.6, 2.0, *FSRS6_PARAMETERS[4:20], 0.45)


def first(log: Log, reviews: int) -> Log:
    """The log up to so many next-day reviews."""
    until = sorted(seen.at for card in log for seen in next_day(card))[reviews - 1]
    return [card for card in ([seen for seen in card if seen.at <= until] for card in log) if card]


def own_of(reviews: int) -> Fit:
    """A fit in force that was made of so many next-day reviews, with everyone's parameters."""
    return Fit(
        id=EntryId("own"), model="fsrs-6", parameters=FSRS6_PARAMETERS, recipe="map@1", reviews=reviews, days=9,
        study_day=noon(0).study_day, kept=True, told={},
    )  # fmt: skip


def seen(*entries: Review | Event) -> list[Seen]:
    reviews = [entry for entry in entries if isinstance(entry, Review)]
    return seen_of(in_force(reviews, [entry for entry in entries if isinstance(entry, Event)]))


def test_only_answers_in_study_that_count_are_read() -> None:
    found = seen(
        review(1, noon(0)),
        review(2, noon(1), 1),
        review(3, noon(2), mode=Mode.DRILL),
        review(4, noon(2), mode=Mode.PRACTICE),
        review(5, noon(3), 1, mode=Mode.EXAM),
        review(6, noon(4)),
        act(7, EventKind.VOID, noon(4, 1), target="laptop-6"),
        review(8, noon(5), 4),
    )
    assert [(each.day - found[0].day, each.grade, each.right) for each in found] == [
        (0, 3, True),
        (1, 1, False),
        (5, 4, True),
    ]
    assert found[2].at - found[0].at == pytest.approx(5)


def test_a_right_guess_is_right_with_a_floor_and_moves_the_state_as_it_was_rated() -> None:
    given = review(2, noon(1), 1, correct=True, certainty=Certainty.GUESS, response={"guess_probability": 0.25})
    [_, found] = seen(review(1, noon(0)), given)
    assert (found.grade, found.right, found.floor, found.luck) == (1, True, 0.25, None)
    rated = seen_of(in_force([given], []), lambda answer: luck_of(answer, DEFAULT_RATES))
    assert rated[0].luck == pytest.approx(0.25 * 0.65 / 0.03)


def test_what_the_student_overruled_is_what_they_say_it_was() -> None:
    given = review(1, noon(0), 3, response={"guess_probability": 0.25})
    [found] = seen(given, act(2, EventKind.OVERRULE, noon(0, 1), {"rating": 1}, target=given.id))
    assert (found.grade, found.right, found.floor) == (1, False, 0.0)


def test_what_came_before_the_key_was_corrected_is_left_out() -> None:
    corrected = act(2, EventKind.CORRECTED, noon(1), {"from": "old", "to": "new"})
    assert len(seen(review(1, noon(0)), corrected, review(3, noon(2)), review(4, noon(3)))) == 2


def test_too_few_next_day_reviews_are_refused_with_their_number() -> None:
    with pytest.raises(TooFewError, match="63"):
        refit(first(josh(), 63), DEFAULT_FITS)


@pytest.mark.parametrize(("reviews", "unseen"), [(64, 13), (96, 16)])
def test_a_fit_is_tried_on_reviews_that_it_has_not_seen(reviews: int, unseen: int) -> None:
    log = first(josh(), reviews)
    shares: list[float] = []
    found = refit(log, DEFAULT_FITS, shares.append)
    assert (found.model, found.reviews) == ("fsrs-6", reviews)
    assert found.new.reviews == found.old.reviews == reviews // 6 * 5
    since = refit(log, Fits(own=own_of(reviews * 4 // 5)))
    assert since.new.reviews == since.old.reviews == unseen
    assert found.parameters == fit(log, "fsrs-6").parameters
    assert found.kept == (found.new.log_loss <= found.old.log_loss)
    assert found.moves.low <= found.moves.median <= found.moves.high
    assert shares == sorted(shares)
    assert all(0 < share <= 1 for share in shares)
    assert refit(log, DEFAULT_FITS) == found


def test_what_fits_a_student_is_kept_and_what_does_not_is_not() -> None:
    log = made_student(Random(7), "fsrs-6", OTHER, cards=40, days=50)
    found = refit(log, DEFAULT_FITS)
    assert found.kept
    assert found.new.log_loss < found.old.log_loss
    same = refit(log, Fits(six=found.parameters))
    assert not same.is_news
    assert same.moves.median == pytest.approx(1)
    truth = refit(log, Fits(six=OTHER))  # nothing foretells this student better than their own memory
    assert not truth.kept


def test_what_the_journal_keeps_is_plain_values() -> None:
    import json

    from sciaquiz.view.fitting import fit_lines

    found = refit(first(josh(), 64), DEFAULT_FITS)
    payload = payload_of(found, noon(0).study_day)
    assert json.loads(json.dumps(payload)) == payload
    for kept in (True, False):
        for is_trial in (True, False):
            told = " ".join(fit_lines({**payload, "kept": kept}, is_trial=is_trial))
            assert "64 next-day answers" in told
            assert ("in force from now on" in told) == (kept and not is_trial)
            assert ("Nothing was changed" in told) == (not kept or is_trial)
