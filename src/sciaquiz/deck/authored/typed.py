"""`kind = "typed"`: a term that the student types."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sciaquiz.deck.authored.common import Authored, Line, QuestionAuthored, Slug
from sciaquiz.deck.authored.options import CONFUSES
from sciaquiz.deck.kinds import Typed
from sciaquiz.deck.limits import MOST_IN_A_LIST
from sciaquiz.ids import DeckId


class WrongAuthored(Authored):
    """A wrong answer that deserves a reason."""

    text: Line
    why: str = Field("", description="Why it is wrong.")
    confuses: Slug | None = Field(None, description=CONFUSES)


class TypedAuthored(QuestionAuthored):
    """One or more accepted answers."""

    seen: ClassVar[tuple[str, ...]] = ("answers", "hint")
    confusing: ClassVar[str] = "wrong"

    kind: Literal["typed"]
    answers: Annotated[list[Line], Field(min_length=1, max_length=MOST_IN_A_LIST)] = Field(
        description="The first is the one shown; then synonyms and abbreviations."
    )
    wrong: Annotated[list[WrongAuthored], Field(max_length=MOST_IN_A_LIST)] = Field(
        default_factory=list, description="Wrong answers that deserve a reason."
    )
    hint: str = Field("", description="Shown when the student asks for it.")
    exact: bool = Field(False, description="true allows no typing error at all.")

    def question(self, deck_id: DeckId) -> Typed:
        """Return the question for the rest of the app."""
        return self.made(Typed, deck_id)
