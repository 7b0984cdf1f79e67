"""Options with their rationales, as several kinds of question have them."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal, Protocol

from pydantic import Field
from pydantic.config import JsonDict

from sciaquiz.deck.authored.common import Authored, Fault, Slug, Text
from sciaquiz.text import shortened

CONFUSES = "The id of the concept that a student who answers so has in mind."


class OptionAuthored(Authored):
    """One option."""

    id: Slug = Field(description="Stays the same when the text is edited; answers are kept by it.")
    text: Text
    correct: bool = False
    why: str = Field("", description="Why it is right, or why a student would choose it and why it is wrong.")
    confuses: Slug | None = Field(None, description=CONFUSES)
    urgency: Literal["now", "same-day", "urgent", "routine", "none"] | None = Field(
        None, description="How fast it acts, where the question asks what to do: on all options or on none."
    )
    harm: bool = Field(False, description="Whether acting on it would hurt a patient, where safety is must-not-miss.")


MARKS = {"urgency", "harm"}
"""What a student never sees of an option: it makes no new version of the question."""


HAS_RIGHT: JsonDict = {
    "contains": {"properties": {"correct": {"const": True}}, "required": ["correct"], "additionalProperties": True}
}
"""What the schema says of options of which one has to be right."""


class HasId(Protocol):
    """Something that its question knows by an id."""

    @property
    def id(self) -> str: ...


class HasText(Protocol):
    """Something that a student tells from its neighbours by its text."""

    @property
    def text(self) -> str: ...


def repeated(key: str, entries: Sequence[HasId], what: str) -> list[Fault]:
    """Return a fault for each id that stands twice in a list."""
    return [
        ((key, place, "id"), "duplicate-id", f"two {what}s have the id “{entry_id}”")
        for entry_id, place in standing_twice([entry.id for entry in entries])
    ]


def same_text(key: str, entries: Sequence[HasText], what: str) -> list[Fault]:
    """Return a fault for each text that stands twice in a list: nobody can tell which of the two is meant."""
    told = "two {}s have the same text “{}”: make them differ, or leave one out"
    return [
        ((key, place, "text"), "same-text", told.format(what, shortened(text)))
        for text, place in standing_twice([entry.text for entry in entries])
    ]


def harmful_key(options: Sequence[OptionAuthored]) -> list[Fault]:
    """Return a fault for each right option that is said to harm."""
    told = "the option is right and marked “harm”: what is right hurts nobody; leave one of the two out"
    return [
        (("options", place, "harm"), "harmful-key", told)
        for place, option in enumerate(options)
        if option.correct and option.harm
    ]


def standing_twice(values: Sequence[str]) -> list[tuple[str, int]]:
    """Return each value that stands in a list more than once, with its last place."""
    if len(set(values)) == len(values):
        return []
    last = {value: place for place, value in enumerate(values)}
    return [(value, last[value]) for value, count in Counter(values).items() if count > 1]
