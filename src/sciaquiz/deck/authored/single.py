"""`kind = "single"`: a single best answer."""

import json
from collections import Counter
from typing import Annotated, Any, Literal

from pydantic import Field

from sciaquiz.deck.authored.common import Authored, QuestionAuthored, Slug, Text
from sciaquiz.deck.limits import FEWEST_OPTIONS, MOST_OPTIONS
from sciaquiz.deck.model import Option, SingleBestAnswer
from sciaquiz.ids import ConceptId, DeckId, OptionId, digest_of


class OptionAuthored(Authored):
    """One option."""

    id: Slug = Field(description="Stays the same when the text is edited; answers are kept by it.")
    text: Text
    correct: bool = False
    why: str = Field("", description="Why it is right, or why a student would choose it and why it is wrong.")
    confuses: Slug | None = Field(None, description="The id of the concept that a student who picks it has in mind.")


class SingleAuthored(QuestionAuthored):
    """Three to five options, one of them right."""

    kind: Literal["single"]
    options: Annotated[list[OptionAuthored], Field(min_length=FEWEST_OPTIONS, max_length=MOST_OPTIONS)]
    shuffle: bool = Field(True, description="false keeps the options in the order written.")

    def problems(self) -> list[tuple[tuple[str | int, ...], str, str]]:
        """Exactly one option is right, and each has an id of its own."""
        found = super().problems()
        right = sum(option.correct for option in self.options)
        if right == 0:
            found.append((("options",), "no-key", "no option is marked correct"))
        if right > 1:
            found.append((("options",), "several-keys", f"{right} options are marked correct; a single has one"))
        for option_id, count in Counter(option.id for option in self.options).items():
            if count > 1:
                place = max(place for place, option in enumerate(self.options) if option.id == option_id)
                found.append((("options", place, "id"), "duplicate-id", f"two options have the id “{option_id}”"))
        return found

    def question(self, deck_id: DeckId) -> SingleBestAnswer:
        """Return the question for the rest of the app."""
        options = tuple(
            Option(
                id=OptionId(option.id),
                text=option.text,
                correct=option.correct,
                why=option.why,
                confuses=None if option.confuses is None else ConceptId(option.confuses),
            )
            for option in self.options
        )
        version = digest_of(json.dumps(self.visible(), sort_keys=True))
        return SingleBestAnswer(**self.common(deck_id, version), options=options, shuffle=self.shuffle)

    def visible(self) -> dict[str, Any]:
        """Options are seen with their reasons."""
        seen = [[option.id, option.text, option.correct, option.why] for option in self.options]
        return {**super().visible(), "options": seen}
