"""Which model of memory is in force, and with which parameters: everyone's, or fitted to the student's own answers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.journal.entries import Event, EventKind
from sciaquiz.memory.model import SEVEN, SIX, model_named, name_of
from sciaquiz.memory.policy import FSRS6_PARAMETERS, Policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sciaquiz.ids import EntryId
    from sciaquiz.journal.entries import Memory, Rating

Parameters = tuple[float, ...]
FIRST_FIT = 64
"""Next-day reviews from which on a fit makes sense."""
GROWTH = 1.25
"""By how much they have to grow until the next one does."""


class Fit(Struct, frozen=True, kw_only=True):
    """Parameters that were fitted, and on what: so many next-day `reviews` on so many `days`.

    `recipe` is the version of how it was done. `kept` says whether they did better than those in force; if not, they
    are not used. `told` is all else that was written down, for whoever looks back.
    """

    id: EntryId
    model: str
    parameters: Parameters
    recipe: str
    reviews: int
    days: int
    study_day: date
    kept: bool
    told: Mapping[str, Any]


class Fits(Struct, frozen=True):
    """The model in force, and the parameters by which the states of each are read.

    After a change of model, a card is remembered by the one before until it is answered again. `own` is the fit that
    is in force, None for everyone's parameters; `before` the one that was in force before it; `tried` counts the
    next-day reviews that the latest fit was made of, whatever came of it.
    """

    six: Parameters = FSRS6_PARAMETERS
    seven: Parameters | None = None
    own: Fit | None = None
    before: Fit | None = None
    tried: int = 0
    tried_on: date | None = None

    @property
    def model(self) -> str:
        """The name of the model in force."""
        return SIX if self.own is None else self.own.model

    @property
    def parameters(self) -> Parameters:
        """The parameters in force."""
        return self.of(self.model)

    def of(self, model: str) -> Parameters:
        """Return the parameters of a model."""
        if model == SIX:
            return self.six
        if self.seven is None:
            from sciaquiz.memory.fsrs7 import FSRS7_PARAMETERS

            return FSRS7_PARAMETERS
        return self.seven

    def recall(self, memory: Memory, days: float) -> float:
        """Return the chance of recall, 0..1, after so many days, by the model that the memory is of."""
        name = name_of(memory)
        return model_named(name).retrievability(self.of(name), memory, days)

    def first(self, rating: Rating) -> Memory:
        """Return the memory after the first answer to a card, by the model in force."""
        return model_named(self.model).first(self.parameters, rating)

    def after(self, memory: Memory, days: float, rating: Rating) -> Memory:
        """Return a memory after one more answer, by the model that it is of."""
        name = name_of(memory)
        return model_named(name).after(self.of(name), memory, days, rating)

    def interval(self, memory: Memory, retention: float) -> float:
        """Return after how many days the chance of recall falls to `retention`."""
        name = name_of(memory)
        return model_named(name).interval(self.of(name), memory, retention)

    def reading(self, policy: Policy, memory: Memory) -> Policy:
        """Return the policy with the model that a memory is of: the one given, but before the first answer under it."""
        name = name_of(memory)
        return policy if policy.model == name else replace(policy, model=name, parameters=self.of(name))


DEFAULT_FITS = Fits()


def is_fit_due(fits: Fits, reviews: int, today: date) -> bool:
    """Say whether a fit makes sense: from so many next-day reviews on, once they have grown, and on a new study day."""
    has_grown = reviews >= max(FIRST_FIT, GROWTH * fits.tried)
    return has_grown and (fits.tried_on is None or today > fits.tried_on)


def fits_of(events: Iterable[Event], gone: Iterable[object] = ()) -> Fits:
    """Return what is in force after the fits among these events, in the order that counts.

    A fit is taken back by another event of its kind that names it as its target, or by a void: `gone` are the ids of
    those. One that cannot be used is passed over.
    """
    fits = [event for event in events if event.kind is EventKind.FIT]
    taken_back = {*gone, *(event.target for event in fits)}
    made = [(event, fit) for event in fits if event.target is None and (fit := fit_of(event)) is not None]
    kept = [fit for event, fit in made if fit.kept and event.id not in taken_back]
    was = {fit.model: fit.parameters for _, fit in made if fit.kept}
    now = {fit.model: fit.parameters for fit in kept}
    own = kept[-1] if kept else None
    return Fits(
        six=now.get(SIX, FSRS6_PARAMETERS),
        seven=now.get(SEVEN, was.get(SEVEN)),
        own=own,
        before=kept[-2] if len(kept) > 1 else None,
        tried=made[-1][1].reviews if made else 0,
        tried_on=made[-1][1].study_day if made else None,
    )


def fit_of(event: Event) -> Fit | None:
    """Return the fit that an event tells of; None if it is not one (it may come from another journal)."""
    said: Any = event.payload
    try:
        model, parameters = str(said["model"]), tuple(said["parameters"])
        Policy(model=model, parameters=parameters)
        counts = [said[name] for name in ("reviews", "days")]
        if not (all(type(count) is int and count >= 0 for count in counts) and isinstance(said["kept"], bool)):
            return None
        day = date.fromisoformat(said["study_day"])
    except (TypeError, ValueError, LookupError, ArithmeticError):
        return None
    reviews, days = counts
    return Fit(
        id=event.id,
        model=model,
        parameters=parameters,
        recipe=str(said["recipe"]),
        reviews=reviews,
        days=days,
        study_day=day,
        kept=said["kept"],
        told=said,
    )
