"""`kind = "recall"`: answered in the head, graded by the student."""

from typing import ClassVar, Literal

from pydantic import Field

from sciaquiz.deck.authored.common import QuestionAuthored, Text
from sciaquiz.deck.kinds import Recall
from sciaquiz.ids import DeckId


class RecallAuthored(QuestionAuthored):
    """A question and its answer."""

    seen: ClassVar[tuple[str, ...]] = ("answer",)

    kind: Literal["recall"]
    answer: Text = Field(description="The answer, and what to look for when grading oneself.")

    def question(self, deck_id: DeckId) -> Recall:
        """Return the question for the rest of the app."""
        return self.made(Recall, deck_id)
