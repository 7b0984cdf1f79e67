"""`kind = "true-false"`: statements under one stem, each true or false."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sciaquiz.deck.authored.common import Authored, Fault, QuestionAuthored, Slug, Text
from sciaquiz.deck.authored.options import CONFUSES, repeated, same_text
from sciaquiz.deck.kinds import TrueFalse
from sciaquiz.deck.limits import MOST_OPTIONS
from sciaquiz.deck.model import Option
from sciaquiz.ids import ConceptId, DeckId, OptionId


class StatementAuthored(Authored):
    """One statement."""

    id: Slug = Field(description="Stays the same when the text is edited; answers are kept by it.")
    text: Text
    answer: bool = Field(description="Whether the statement is true.")
    why: str = Field("", description="Why it is true or false.")
    confuses: Slug | None = Field(None, description=CONFUSES)


class TrueFalseAuthored(QuestionAuthored):
    """One to eight statements."""

    seen: ClassVar[tuple[str, ...]] = ("statements",)
    confusing: ClassVar[str] = "statements"

    kind: Literal["true-false"]
    statements: Annotated[list[StatementAuthored], Field(min_length=1, max_length=MOST_OPTIONS)]
    shuffle: bool = Field(True, description="false keeps the statements in the order written.")

    def problems(self) -> list[Fault]:
        """Each statement has an id and a text of its own."""
        found = super().problems() + repeated("statements", self.statements, "statement")
        return found + same_text("statements", self.statements, "statement")

    def question(self, deck_id: DeckId) -> TrueFalse:
        """Return the question for the rest of the app."""
        return self.made(
            TrueFalse,
            deck_id,
            statements=tuple(
                Option(
                    id=OptionId(statement.id),
                    text=statement.text,
                    correct=statement.answer,
                    why=statement.why,
                    confuses=None if statement.confuses is None else ConceptId(statement.confuses),
                )
                for statement in self.statements
            ),
        )
