"""`kind = "multiple"`: several right options."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from sciaquiz.deck.authored.common import Fault, QuestionAuthored
from sciaquiz.deck.authored.options import HAS_RIGHT, MARKS, OptionAuthored, harmful_key, repeated, same_text
from sciaquiz.deck.kinds import MultipleAnswer
from sciaquiz.deck.limits import FEWEST_OPTIONS, MOST_OPTIONS
from sciaquiz.ids import DeckId


class MultipleAuthored(QuestionAuthored):
    """Three to eight options, some of them right."""

    seen: ClassVar[tuple[str, ...]] = ("options",)
    confusing: ClassVar[str] = "options"

    kind: Literal["multiple"]
    options: Annotated[list[OptionAuthored], Field(min_length=FEWEST_OPTIONS, max_length=MOST_OPTIONS)] = Field(
        json_schema_extra=HAS_RIGHT
    )
    credit: Literal["right-minus-wrong", "all-or-nothing"] = Field(
        "right-minus-wrong", description="What a partly right choice is worth; never below 0."
    )
    shuffle: bool = Field(True, description="false keeps the options in the order written.")

    def problems(self) -> list[Fault]:
        """At least one option is right and one is wrong, and no two are the same."""
        found = super().problems()
        right = sum(option.correct for option in self.options)
        if right == 0:
            found.append(
                (("options",), "no-key", "no option is marked correct: write correct = true on the right ones")
            )
        if right == len(self.options):
            found.append((("options",), "no-distractor", "every option is marked correct: add one that is wrong"))
        found += repeated("options", self.options, "option") + harmful_key(self.options)
        return found + same_text("options", self.options, "option")

    def question(self, deck_id: DeckId) -> MultipleAnswer:
        """Return the question for the rest of the app."""
        return self.made(MultipleAnswer, deck_id)

    def visible(self) -> dict[str, Any]:
        """Options are seen without their marks."""
        return {**super().visible(), "options": [option.model_dump(exclude=MARKS) for option in self.options]}
