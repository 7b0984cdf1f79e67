"""What all kinds of question share, and the head of a deck, as an author writes them."""

import json
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, TypeVar, get_args

from msgspec import convert
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.config import JsonDict

from sciaquiz.deck.kinds import Question
from sciaquiz.deck.limits import LONGEST_ID, LONGEST_LINE, MOST_IN_A_LIST
from sciaquiz.deck.model import Case
from sciaquiz.ids import CaseId, DeckId, SourceId, digest_of

Q = TypeVar("Q", bound=Question)
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=LONGEST_ID)]
Line = Annotated[str, Field(min_length=1, max_length=LONGEST_LINE)]
Text = Annotated[str, Field(min_length=1)]
EMPTY: JsonDict = {"default": []}
"""What the schema says of a list that may be left out. A list as the default itself would be copied for each table."""

CANONICAL = json.JSONEncoder(sort_keys=True, check_circular=False)
Fault = tuple[tuple[str | int, ...], str, str]
"""Something wrong inside a table: where, a code, and words for the author."""
Retention = Annotated[float, Field(ge=0.70, le=0.99, allow_inf_nan=False)]


ChangeWord = Literal["typo", "clarification", "distractor", "key"]
CHANGE_WORDS: JsonDict = {"enum": list(get_args(ChangeWord))}


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
    aliases: Annotated[list[Line], Field(max_length=MOST_IN_A_LIST)] = Field(
        default_factory=list, json_schema_extra=EMPTY
    )


class ContrastAuthored(Authored):
    """Two concepts that are mixed up."""

    between: Annotated[list[Slug], Field(min_length=2, max_length=2, description="The ids of two concepts.")]
    discriminator: Line = Field(description="The one line that tells them apart.")
    sources: Annotated[list[Slug], Field(max_length=MOST_IN_A_LIST)] = Field(
        default_factory=list, json_schema_extra=EMPTY
    )


class CaseAuthored(Authored):
    """A vignette, revealed in stages to the questions that name it."""

    id: Slug = Field(description="What the linked questions call it.")
    title: Line
    stages: Annotated[list[Text], Field(min_length=1, max_length=20)] = Field(
        description="The texts, in the order in which they become known."
    )
    sources: Annotated[list[Slug], Field(max_length=MOST_IN_A_LIST)] = Field(
        default_factory=list, json_schema_extra=EMPTY
    )

    def case(self) -> Case:
        """Return the case for the rest of the app."""
        return Case(
            id=CaseId(self.id),
            title=self.title,
            stages=tuple(self.stages),
            sources=tuple(SourceId(source) for source in self.sources),
        )


class AllowAuthored(Authored):
    """A rule that does not apply."""

    rule: Line = Field(description="The id of a rule of check, such as TW1.")
    because: Line = Field(description="Why it does not apply here.")


class DeckAuthored(Authored):
    """The head of a deck: all keys but the arrays of tables."""

    id: Slug = Field(description="The deck's identity; never change it.")
    title: Line
    version: Line = Field("0", description="Any text; a date such as 2026.11 reads well.")
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = Field(
        "en", description="As in BCP 47."
    )
    licence: str = Field("", max_length=LONGEST_LINE, description="For example CC-BY-4.0.")
    authors: Annotated[list[Line], Field(max_length=MOST_IN_A_LIST)] = Field(
        default_factory=list, json_schema_extra=EMPTY
    )
    description: str = Field("", description="One or two sentences for a student.")
    desired_retention: Retention | None = Field(None, description="The recall wanted when a card is due.")
    allow: Annotated[list[AllowAuthored], Field(max_length=MOST_IN_A_LIST)] = Field(
        default_factory=list, json_schema_extra=EMPTY, description="Rules that do not apply to the deck, and why."
    )


class PictureAuthored(Authored):
    """A picture in the folder of the deck."""

    file: Line = Field(description="A .png, .jpg or .jpeg file beside the deck.")
    alt: Text = Field(description="What it shows, in words; always told.")


class QuestionAuthored(Authored):
    """The keys of every question."""

    seen: ClassVar[tuple[str, ...]] = ()
    """The keys that a student sees beside those of every question: an edit of them makes a new version."""

    rules: ClassVar[JsonDict] = {}
    """What the schema says of the keys of this kind together; `problems` says it in words, and more."""

    confusing: ClassVar[str] = ""
    """The key of a list whose entries may say what a student takes for what."""

    id: Slug = Field(description="The question's identity: edits keep the students' history, a new id loses it.")
    kind: str
    stem: Text = Field(description="The question; a blank line starts a new paragraph. End with the question itself.")
    topics: Annotated[list[Line], Field(max_length=MOST_IN_A_LIST)] = Field(
        default_factory=list, json_schema_extra=EMPTY
    )
    level: Slug | None = Field(None, description="What answering takes, by which students may choose: recall, apply.")
    according_to: str = Field("", max_length=LONGEST_LINE, description="The convention that a contested key rests on.")
    explanation: str = Field("", description="The principle, in two or three sentences.")
    sources: Annotated[list[Slug], Field(max_length=MOST_IN_A_LIST)] = Field(
        default_factory=list, json_schema_extra=EMPTY
    )
    safety: Literal["must-not-miss"] | None = Field(None, description="A wrong belief here can hurt someone.")
    desired_retention: Retention | None = None
    reviewed_on: date | None = Field(None, description="When a person last checked key and sources.")
    concept: Slug | None = Field(None, description="What the question is about: the id of a concept.")
    case: Slug | None = Field(None, description="The id of the [[case]] whose vignette the question needs.")
    stage: Annotated[int, Field(ge=1, le=20)] = Field(1, description="How many stages of the case are shown.")
    picture: PictureAuthored | None = Field(None, description="A picture that the question is about.")
    accepts: Annotated[list[str], Field(max_length=MOST_IN_A_LIST)] = Field(
        default_factory=list,
        json_schema_extra=EMPTY,
        description="Codes of warnings that do not apply to this question.",
    )
    allow: Annotated[list[AllowAuthored], Field(max_length=MOST_IN_A_LIST)] = Field(
        default_factory=list, json_schema_extra=EMPTY, description="Rules that do not apply to this question, and why."
    )
    meta: dict[str, Any] | None = Field(None, description="Whatever else the author wants to keep; never studied.")
    retired: bool = Field(False, description="true: asked no more; students keep their history of it.")
    replaces: Annotated[list[Slug], Field(max_length=MOST_IN_A_LIST)] = Field(
        default_factory=list,
        json_schema_extra=EMPTY,
        description="The ids that the question had before; the history of the first goes on. Leave them here for good.",
    )
    change: Annotated[
        list[ChangeWord],
        Field(max_length=MOST_IN_A_LIST),
        BeforeValidator(lambda said: [said] if isinstance(said, str) else said),
        WithJsonSchema({"anyOf": [CHANGE_WORDS, {"type": "array", "items": CHANGE_WORDS}]}),
    ] = Field(
        default_factory=list,
        description="What the last edit changes, in your word, which counts; or all edits so far, the last one last.",
    )
    accepts_why: str = Field("", max_length=LONGEST_LINE, description="Why they do not apply.")

    def problems(self) -> list[Fault]:
        """Return what is wrong beyond the form."""
        found: list[Fault] = []
        if self.accepts and not self.accepts_why:
            told = "“accepts” needs “accepts_why”: say why the warning does not apply"
            found.append((("accepts",), "accepts-why", told))
        if "stage" in self.model_fields_set and self.case is None:
            told = "“stage” needs “case”: say whose stages are meant, or leave it out"
            found.append((("stage",), "stage-without-case", told))
        if self.id in self.replaces:
            told = f"“{self.id}” cannot replace itself: “replaces” names the ids that the question had before"
            found.append((("replaces",), "replaces", told))
        return found

    def question(self, deck_id: DeckId) -> Question:
        """Return the question for the rest of the app."""
        raise TypeError(f"{type(self).__name__} makes no question")

    def made(self, kind: type[Q], deck_id: DeckId, **other: Any) -> Q:
        """Return a question of a kind: what has the same name is handed on, but for the picture and what is `other`."""
        version = digest_of(CANONICAL.encode(self.visible()))
        named = {**self.__dict__, "deck_id": deck_id, "version": version, "picture": None, **other}
        return convert(named, kind, from_attributes=True)

    def visible(self) -> dict[str, Any]:
        """Return all that a student can see, for the digest that detects an edit."""
        shown: dict[str, Any] = {
            "kind": self.kind,
            "stem": self.stem,
            "according_to": self.according_to,
            "explanation": self.explanation,
        }
        if self.picture is not None:
            shown["picture"] = self.picture.model_dump()
        if self.seen:
            shown |= self.model_dump(mode="json", include=set(self.seen))
        return shown

    def concepts(self) -> list[tuple[tuple[str | int, ...], str]]:
        """Return every concept that the question names, and where."""
        found: list[tuple[tuple[str | int, ...], str]] = []
        if self.concept is not None:
            found.append((("concept",), self.concept))
        for place, entry in enumerate(getattr(self, self.confusing) if self.confusing else ()):
            if entry.confuses is not None:
                found.append(((self.confusing, place, "confuses"), entry.confuses))
        return found
