"""`kind = "hotspot"`: a region of a figure."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field
from pydantic.config import JsonDict

from sciaquiz.deck.authored.common import EMPTY, Fault, Line, QuestionAuthored, Slug
from sciaquiz.deck.kinds import Hotspot
from sciaquiz.deck.limits import MOST_IN_A_LIST
from sciaquiz.ids import DeckId


class HotspotAuthored(QuestionAuthored):
    """A figure and what is right in it."""

    seen: ClassVar[tuple[str, ...]] = ("figure", "region", "regions", "asks")

    rules: ClassVar[JsonDict] = {
        "if": {"required": ["region"], "additionalProperties": True},
        "then": {"properties": {"regions": False}, "additionalProperties": True},
        "else": {"required": ["regions"], "additionalProperties": True},
    }

    kind: Literal["hotspot"]
    figure: Slug = Field(description="The id of a [[figure]] of this deck.")
    region: Line | None = Field(None, description="The key of the region that is right.")
    regions: Annotated[list[Line], Field(max_length=MOST_IN_A_LIST)] = Field(
        default_factory=list,
        json_schema_extra=EMPTY,
        description="In place of one region, several that are each right.",
    )
    asks: Literal["point", "name"] = Field(
        "point", description="“point”: the student points; “name”: the region is lit and the student names it."
    )

    def right(self) -> list[str]:
        """Return the keys that are right."""
        return self.regions or ([] if self.region is None else [self.region])

    def problems(self) -> list[Fault]:
        """Exactly one way of saying what is right."""
        found = super().problems()
        if (self.region is None) == (not self.regions):
            found.append((("region",), "no-key", "give either “region” or “regions”"))
        return found

    def question(self, deck_id: DeckId) -> Hotspot:
        """Return the question for the rest of the app."""
        return self.made(Hotspot, deck_id, regions=tuple(self.right()))
