"""`kind = "matching"`: one list of options for many stems."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sciaquiz.deck.authored.common import Authored, Fault, QuestionAuthored, Slug, Text
from sciaquiz.deck.authored.options import repeated, same_text
from sciaquiz.deck.kinds import Matching
from sciaquiz.deck.limits import MOST_MATCHING
from sciaquiz.ids import DeckId


class EntryAuthored(Authored):
    """One entry of the list."""

    id: Slug = Field(description="Stays the same when the text is edited; answers are kept by it.")
    text: Text


class MatchingStemAuthored(Authored):
    """One stem and the option it belongs to."""

    id: Slug = Field(description="Stays the same when the text is edited; answers are kept by it.")
    text: Text
    answer: Slug = Field(description="The id of the option it belongs to.")
    why: str = Field("", description="Why it belongs there.")


class MatchingAuthored(QuestionAuthored):
    """A list of options and the stems that are matched to it."""

    seen: ClassVar[tuple[str, ...]] = ("options", "stems")

    kind: Literal["matching"]
    options: Annotated[list[EntryAuthored], Field(min_length=2, max_length=MOST_MATCHING)]
    stems: Annotated[list[MatchingStemAuthored], Field(min_length=1, max_length=MOST_MATCHING)]
    reuse: bool = Field(True, description="Whether an option may be the answer of more than one stem.")
    one_card_per_stem: bool = Field(False, description="true schedules each stem by itself.")

    def problems(self) -> list[Fault]:
        """Every answer is an option, and serves once unless it may be reused; no two entries are the same."""
        found = super().problems()
        known = [option.id for option in self.options]
        for place, stem in enumerate(self.stems):
            if stem.answer not in known:
                found.append((("stems", place, "answer"), "unknown-option", f"there is no option “{stem.answer}”"))
            elif not self.reuse and stem.answer in [earlier.answer for earlier in self.stems[:place]]:
                told = f"“{stem.answer}” is the answer of two stems; set “reuse = true” if it may be"
                found.append((("stems", place, "answer"), "reused", told))
        found += repeated("options", self.options, "option") + repeated("stems", self.stems, "stem")
        return found + same_text("options", self.options, "option") + same_text("stems", self.stems, "stem")

    def question(self, deck_id: DeckId) -> Matching:
        """Return the question for the rest of the app."""
        return self.made(Matching, deck_id)
