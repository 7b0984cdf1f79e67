"""`kind = "ordering"`: steps to bring into order."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sciaquiz.deck.authored.common import Authored, Fault, QuestionAuthored, Slug, Text
from sciaquiz.deck.authored.options import repeated, same_text
from sciaquiz.deck.kinds import Ordering
from sciaquiz.ids import DeckId


class ItemAuthored(Authored):
    """One step."""

    id: Slug = Field(description="Stays the same when the text is edited; answers are kept by it.")
    text: Text
    why: str = Field("", description="Why it stands where it stands.")


class OrderingAuthored(QuestionAuthored):
    """Three to eight steps, written in the right order; the app shuffles them."""

    seen: ClassVar[tuple[str, ...]] = ("items",)

    kind: Literal["ordering"]
    items: Annotated[list[ItemAuthored], Field(min_length=3, max_length=8)]

    def problems(self) -> list[Fault]:
        """Each step has an id and a text of its own."""
        return super().problems() + repeated("items", self.items, "item") + same_text("items", self.items, "item")

    def question(self, deck_id: DeckId) -> Ordering:
        """Return the question for the rest of the app."""
        return self.made(Ordering, deck_id)
