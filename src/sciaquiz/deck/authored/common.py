"""What all kinds of question share, and the head of a deck, as an author writes them."""

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from sciaquiz.deck.limits import LONGEST_ID, LONGEST_LINE, MOST_IN_A_LIST
from sciaquiz.deck.model import Question, Safety
from sciaquiz.ids import DeckId, Digest, QuestionId, SourceId

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=LONGEST_ID)]
Line = Annotated[str, Field(min_length=1, max_length=LONGEST_LINE)]
Text = Annotated[str, Field(min_length=1)]
Retention = Annotated[float, Field(ge=0.70, le=0.99, allow_inf_nan=False)]


class Authored(BaseModel):
    """A table of the file: strict, and no key is allowed that is not known."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SourceAuthored(Authored):
    """Where keys come from."""

    id: Slug = Field(description="What questions call this source.", examples=["esene-2012"])
    citation: Line = Field(description="The reference as a reader needs it.")
    doi: Line | None = Field(None, description="Only where it is known.")
    pmid: Line | None = Field(None, description="Only where it is known.")
    url: Line | None = Field(None, description="Only where it is known.")


class ConceptAuthored(Authored):
    """Something that can be taken for something else."""

    id: Slug = Field(description="What options and contrasts call this concept.")
    name: Line
    aliases: Annotated[list[Line], Field(max_length=MOST_IN_A_LIST)] = []


class ContrastAuthored(Authored):
    """Two concepts that are mixed up."""

    between: Annotated[list[Slug], Field(min_length=2, max_length=2, description="The ids of two concepts.")]
    discriminator: Line = Field(description="The one line that tells them apart.")
    sources: Annotated[list[Slug], Field(max_length=MOST_IN_A_LIST)] = []


class DeckAuthored(Authored):
    """The head of a deck: all keys but the arrays of tables."""

    id: Slug = Field(description="The deck's identity; never change it.")
    title: Line
    version: Line = Field("0", description="Any text; a date such as 2026.11 reads well.")
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = Field(
        "en", description="As in BCP 47."
    )
    licence: str = Field("", max_length=LONGEST_LINE, description="For example CC-BY-4.0.")
    authors: Annotated[list[Line], Field(max_length=MOST_IN_A_LIST)] = []
    description: str = Field("", description="One or two sentences for a student.")
    desired_retention: Retention | None = Field(None, description="The recall wanted when a card is due.")


class QuestionAuthored(Authored):
    """The keys of every question."""

    wants: ClassVar[str] = ""

    id: Slug = Field(description="The question's identity: edits keep the students' history, a new id loses it.")
    kind: str
    stem: Text = Field(description="The question; a blank line starts a new paragraph. End with the question itself.")
    topics: Annotated[list[Line], Field(max_length=MOST_IN_A_LIST)] = []
    according_to: str = Field("", max_length=LONGEST_LINE, description="The convention that a contested key rests on.")
    explanation: str = Field("", description="The principle, in two or three sentences.")
    sources: Annotated[list[Slug], Field(max_length=MOST_IN_A_LIST)] = []
    safety: Literal["must-not-miss"] | None = Field(None, description="A wrong belief here can hurt someone.")
    desired_retention: Retention | None = None
    reviewed_on: date | None = Field(None, description="When a person last checked key and sources.")
    accepts: Annotated[list[str], Field(max_length=MOST_IN_A_LIST)] = Field(
        [], description="Codes of warnings that do not apply to this question."
    )
    accepts_why: str = Field("", max_length=LONGEST_LINE, description="Why they do not apply.")

    def problems(self) -> list[tuple[tuple[str | int, ...], str, str]]:
        """Return what is wrong beyond the form: (place inside the question, code, message)."""
        if self.accepts and not self.accepts_why:
            return [(("accepts",), "accepts-why", "“accepts” needs “accepts_why”: say why the warning does not apply")]
        return []

    def question(self, deck_id: DeckId) -> Question:
        """Return the question for the rest of the app."""
        raise TypeError(f"{type(self).__name__} makes no question")

    def common(self, deck_id: DeckId, version: Digest) -> dict[str, Any]:
        """Return what all kinds hand on alike."""
        return {
            "id": QuestionId(self.id),
            "deck_id": deck_id,
            "version": version,
            "stem": self.stem,
            "topics": tuple(self.topics),
            "according_to": self.according_to,
            "explanation": self.explanation,
            "sources": tuple(SourceId(source) for source in self.sources),
            "safety": None if self.safety is None else Safety(self.safety),
            "desired_retention": self.desired_retention,
            "reviewed_on": self.reviewed_on,
        }

    def visible(self) -> dict[str, Any]:
        """Return all that a student can see, for the digest that detects an edit."""
        return {
            "kind": self.kind,
            "stem": self.stem,
            "according_to": self.according_to,
            "explanation": self.explanation,
        }
