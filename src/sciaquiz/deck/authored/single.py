"""`kind = "single"`: a single best answer."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from sciaquiz.deck.authored.common import Fault, QuestionAuthored
from sciaquiz.deck.authored.options import HAS_RIGHT, OptionAuthored, harmful_key, repeated
from sciaquiz.deck.kinds import SingleBestAnswer
from sciaquiz.deck.limits import FEWEST_OPTIONS, MOST_OPTIONS
from sciaquiz.ids import DeckId


class SingleAuthored(QuestionAuthored):
    """Three to eight options, one of them right."""

    confusing: ClassVar[str] = "options"

    kind: Literal["single"]
    options: Annotated[list[OptionAuthored], Field(min_length=FEWEST_OPTIONS, max_length=MOST_OPTIONS)] = Field(
        json_schema_extra=HAS_RIGHT
    )
    shuffle: bool = Field(True, description="false keeps the options in the order written.")

    def problems(self) -> list[Fault]:
        """Exactly one option is right, and each has an id of its own."""
        found = super().problems()
        right = [option.correct for option in self.options].count(True)
        if right == 0:
            found.append((("options",), "no-key", "no option is marked correct: write correct = true on the right one"))
        if right > 1:
            told = f'{right} options are marked correct; a single has one, and several make it kind = "multiple"'
            found.append((("options",), "several-keys", told))
        return found + repeated("options", self.options, "option") + harmful_key(self.options)

    def question(self, deck_id: DeckId) -> SingleBestAnswer:
        """Return the question for the rest of the app."""
        return self.made(SingleBestAnswer, deck_id)

    def visible(self) -> dict[str, Any]:
        """Options are seen with their reasons."""
        seen = [[option.id, option.text, option.correct, option.why] for option in self.options]
        return {**super().visible(), "options": seen}
