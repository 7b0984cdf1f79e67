"""`kind = "recall"`: answered in the head, graded by the student."""

import json
from typing import Any, Literal

from pydantic import Field

from sciaquiz.deck.authored.common import QuestionAuthored, Text
from sciaquiz.deck.model import Recall
from sciaquiz.ids import DeckId, digest_of


class RecallAuthored(QuestionAuthored):
    """A question and its answer."""

    kind: Literal["recall"]
    answer: Text = Field(description="The answer, and what to look for when grading oneself.")

    def question(self, deck_id: DeckId) -> Recall:
        """Return the question for the rest of the app."""
        version = digest_of(json.dumps(self.visible(), sort_keys=True))
        return Recall(**self.common(deck_id, version), answer=self.answer)

    def visible(self) -> dict[str, Any]:
        """The answer is seen."""
        return {**super().visible(), "answer": self.answer}
