"""`kind = "numeric"`: a number with its unit."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field
from pydantic.config import JsonDict

from sciaquiz.deck.authored.common import Fault, QuestionAuthored
from sciaquiz.deck.kinds import Numeric
from sciaquiz.ids import DeckId

Number = Annotated[float, Field(ge=-1e12, le=1e12, allow_inf_nan=False)]


class NumericAuthored(QuestionAuthored):
    """A value with a tolerance, or a range."""

    seen: ClassVar[tuple[str, ...]] = ("value", "tolerance", "low", "high", "unit")

    rules: ClassVar[JsonDict] = {
        "if": {"required": ["value"], "additionalProperties": True},
        "else": {"required": ["low", "high"], "additionalProperties": True},
        "dependencies": {"low": ["high"], "high": ["low"], "tolerance": ["value"]},
    }

    kind: Literal["numeric"]
    value: Number | None = Field(None, description="The number; with a tolerance it may differ by as much.")
    tolerance: Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)] = 0.0
    low: Number | None = Field(None, description="The least that counts as right, in place of a value.")
    high: Number | None = Field(None, description="The most that counts as right.")
    unit: str = Field("", max_length=20, description="For example mL, mm, degrees, %, hours.")

    def problems(self) -> list[Fault]:
        """Either a value or a range."""
        found = super().problems()
        if (self.low is None) != (self.high is None):
            found.append((("low" if self.low is not None else "high",), "half-range", "a range needs “low” and “high”"))
        elif self.value is None and self.low is None:
            found.append(((), "no-key", "“value” is missing, or a range of “low” and “high”"))
        elif self.low is not None and self.high is not None:
            if self.low > self.high:
                found.append((("low",), "range", "“low” is more than “high”"))
            elif self.tolerance:
                told = "“tolerance” belongs to “value”; a range of “low” and “high” says itself what is right"
                found.append((("tolerance",), "tolerance", told))
            elif self.value is not None and not self.low <= self.value <= self.high:
                found.append((("value",), "range", "“value” lies outside of the range"))
        return found

    def question(self, deck_id: DeckId) -> Numeric:
        """Return the question for the rest of the app."""
        if self.low is not None and self.high is not None:
            low, high = self.low, self.high
        else:
            middle, by = Decimal(repr(self.value or 0.0)), Decimal(repr(self.tolerance))
            low, high = float(middle - by), float(middle + by)
        return self.made(Numeric, deck_id, low=low, high=high)
