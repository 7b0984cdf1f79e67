"""What a fit came to, in words and figures: the commands and the app say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sciaquiz.memory.fits import FIRST_FIT
from sciaquiz.words import count, day_words, percent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sciaquiz.memory.fits import Fit, Fits

MOVES_LATER = "A card's due day moves when you answer it next."
NOTHING_CHANGED = "Nothing was changed."
BACK = "sciaquiz fit --back goes back to what was in force before."
STOPPED = f"The fit was stopped. {NOTHING_CHANGED}"
NO_WAY_BACK = "No fit is in force: there is nothing to go back from."
RETENTION = 0.9


def too_few_words(reviews: int) -> str:
    """Say that a fit has to wait, and for what."""
    return (
        f"There are {count(reviews, 'answer')} in study on a later day than the card's answer before (none of drills, "
        f"practice and mock exams is counted); a fit makes sense from {FIRST_FIT} on."
    )


def offer_words(reviews: int) -> str:
    """Offer a fit, in plain lines."""
    return f"How you forget can be learned from {count(reviews, 'answer')} of yours now: sciaquiz fit"


def offer_lines(fits: Fits, today: date) -> list[str]:
    """Say what a fit does, before it is begun."""
    return [
        "How you forget is learned from your own answers. What is found is tried on answers that it has not seen, and "
        "is used only if it foretells them better than what is in force.",
        "It may take a minute; you can study meanwhile. No due day moves before its card is answered, and there is a "
        "way back.",
        f"In force: {in_force_words(fits.own, today)}.",
    ]


def fit_lines(told: Mapping[str, Any], *, is_trial: bool = False) -> list[str]:
    """Say what the journal keeps of a fit; see `memory.refitting.payload_of`. A trial changes nothing."""
    made = f"{model_words(told['model'])} was fitted to {count(told['reviews'], 'next-day answer')}"
    made += f" on {count(told['days'], 'day')}"
    old, new = told["old"], told["new"]
    tried = (
        f"Tried on {new['reviews']} of them, each time fitted only to those before: log loss {new['log_loss']:.4f}, "
        f"in force {old['log_loss']:.4f}; RMSE(bins) {new['rmse_bins']:.4f}, in force {old['rmse_bins']:.4f}. "
        "Less is better."
    )
    if not told["kept"]:
        return [f"{made}. It did worse than what is in force, which stays.", tried, NOTHING_CHANGED]
    moves = told["intervals"]
    at = f"For a recall of {percent(RETENTION)}, intervals"
    middle = f"for half of your cards by {moves['low']:.2f} to {moves['high']:.2f}"
    longer = f"{at} {'would change' if is_trial else 'change'} by a factor of {moves['median']:.2f} ({middle})."
    if is_trial:
        return [f"{made}. It would be put in force.", tried, longer, NOTHING_CHANGED]
    return [f"{made}, and is in force from now on.", tried, longer, f"{MOVES_LATER} {BACK}"]


def same_lines(reviews: int, days: int) -> list[str]:
    """Say that a fit to so many answers gives what is in force already."""
    fitted = f"Fitted to {count(reviews, 'next-day answer')} on {count(days, 'day')}"
    return [f"{fitted}, the parameters are those that are in force already.", NOTHING_CHANGED]


def back_lines(taken: Fit, fits: Fits, today: date) -> list[str]:
    """Say what is in force after a fit was taken back."""
    gone = f"The fit of {day_words(taken.study_day, today)} is taken back."
    return [gone, f"In force is {in_force_words(fits.own, today)} again. {MOVES_LATER}"]


def in_force_words(own: Fit | None, today: date) -> str:
    """Name the model of memory that is in force, and whose parameters it has."""
    if own is None:
        return "FSRS-6 with everyone's parameters"
    on = day_words(own.study_day, today)
    return f"{model_words(own.model)}, fitted on {on} to {count(own.reviews, 'answer')} of yours"


def model_words(model: str) -> str:
    """Return the name of a model as it is written."""
    return model.upper()
