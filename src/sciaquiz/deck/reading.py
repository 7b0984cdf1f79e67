"""Reading one deck: strict, all problems at once, and a bad question disables only itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

import tomli
from pydantic import ValidationError

from sciaquiz.deck.authored import KINDS
from sciaquiz.deck.authored.common import (
    Authored,
    CaseAuthored,
    ConceptAuthored,
    ContrastAuthored,
    DeckAuthored,
    SourceAuthored,
)
from sciaquiz.deck.authored.figure import FigureAuthored
from sciaquiz.deck.authored.hotspot import HotspotAuthored
from sciaquiz.deck.bounds import too_much
from sciaquiz.deck.files import NotAFileError, read_file
from sciaquiz.deck.findings import NAMED, Findings, tables_with_ids
from sciaquiz.deck.kinds import Asks, Hotspot
from sciaquiz.deck.limits import LARGEST_FILE, LONGEST_MESSAGE
from sciaquiz.deck.locate import Places
from sciaquiz.deck.model import Case, Concept, Contrast, Deck, Question, Source
from sciaquiz.deck.nearest import meant
from sciaquiz.deck.picture import Picture, picture_fault
from sciaquiz.deck.problem import Problem
from sciaquiz.deck.saying import keys_at, listed, words
from sciaquiz.deck.taming import tamed
from sciaquiz.ids import ConceptId, DeckId, QuestionId, SourceId
from sciaquiz.text import shortened
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from sciaquiz.deck.authored.common import QuestionAuthored
    from sciaquiz.deck.figure import Figure

    Where = tuple[str | int, ...]

T = TypeVar("T", bound=Authored)
ARRAYS = ("source", "concept", "contrast", "figure", "case", "question")
HEAD_KEYS = (*DeckAuthored.model_fields, *ARRAYS)
ESSENTIAL = ("id", "title")


def with_choices(question: Hotspot, figure: Figure) -> Hotspot:
    """Return the question with how many zones of its figure, or names of them, there are, and how many are right."""
    if question.asks is Asks.NAME:
        named = {zone.name: zone.key for zone in figure.zones()}
        keys = tuple(named.values())
    else:
        keys = tuple(zone.key for zone in figure.zones())
    return replace(question, choices=len(keys), right_choices=sum(key in question.regions for key in keys))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A deck as far as it could be read, and all that is wrong with it.

    `lines` gives the line and column of each question; `accepted` the warnings accepted for it.
    """

    path: Path
    deck: Deck | None
    problems: tuple[Problem, ...]
    accepted: Mapping[QuestionId, tuple[str, ...]] = field(default_factory=dict)
    places: Places = field(default_factory=partial(Places, b""))
    order: Mapping[QuestionId, int] = field(default_factory=dict)

    def place(self, question_id: QuestionId, *inside: str | int) -> tuple[int, int]:
        """Return line and column of a question, or of something inside it."""
        return self.places.of(("question", self.order[question_id], *inside))


def read_deck(path: Path) -> Reading:
    """Read a deck from a file. Never raises for what the file is or holds."""
    try:
        text = read_file(path, LARGEST_FILE)
    except NotAFileError:
        return _unreadable(path, "this is not a file")
    except FileNotFoundError:
        return _unreadable(path, "the link leads nowhere" if path.is_symlink() else "there is no such file")
    except OSError as error:
        return _unreadable(path, f"the file cannot be read ({error.strerror})")
    return read_deck_text(text, path)


def _unreadable(path: Path, message: str, line: int = 1, column: int = 1, code: str = "unreadable") -> Reading:
    return Reading(
        path=path, deck=None, problems=(Problem(path=path, line=line, column=column, message=message, code=code),)
    )


def read_deck_text(text: bytes, path: Path) -> Reading:
    """Read a deck from its bytes; `path` is what problems call it."""
    text = text.removeprefix(b"\xef\xbb\xbf")
    if len(text) > LARGEST_FILE:
        return _unreadable(path, f"the file is larger than {LARGEST_FILE // 1_000_000} MB")
    try:
        decoded = text.decode("utf-8")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        column = error.start - (text.rfind(b"\n", 0, error.start) + 1) + 1
        return _unreadable(path, "this is not UTF-8 text; save the file as UTF-8", line, column, "not-utf8")
    if found := too_much(text):
        return _unreadable(path, found.message, found.line, 1, found.code)
    try:
        document = tomli.loads(decoded)
    except tomli.TOMLDecodeError as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        said = shortened(getattr(error, "msg", str(error)), LONGEST_MESSAGE)
        return _unreadable(path, f"not valid TOML: {said}", line, column, "syntax")
    except (ValueError, RecursionError, OverflowError, MemoryError) as error:
        return _unreadable(path, f"cannot be read as TOML: {error}", code="syntax")
    findings = Findings(path, text, document)
    sound = tamed(document, (), findings)
    if sound is None:
        return Reading(path=path, deck=None, problems=findings.sorted())
    return _Reader(path, sound, findings).read()


class _Reader:
    """Reads one tamed document; collects problems as it goes."""

    def __init__(self, path: Path, document: dict[str, Any], findings: Findings) -> None:
        self._path = path
        self._document = document
        self._findings = findings
        self._tell = findings.tell
        self._picture_fault = cache(partial(picture_fault, path.parent))

    def read(self) -> Reading:
        """Read head, arrays and questions."""
        head = self._head()
        sources = self._array("source", SourceAuthored)
        concepts = self._array("concept", ConceptAuthored)
        contrasts = self._array("contrast", ContrastAuthored)
        for name in NAMED:
            self._unique(name)
        source_ids = {source.id: None for _, source in sources}
        concept_ids = {concept.id: None for _, concept in concepts}
        sound = [
            contrast
            for place, contrast in contrasts
            if self._refers(("contrast", place, "between"), contrast.between, concept_ids, "concept")
            and self._refers(("contrast", place, "sources"), contrast.sources, source_ids, "source")
        ]
        deck_id = DeckId(head.id) if head else DeckId("")
        figures = self._figures(source_ids)
        cases = self._cases(source_ids)
        known = _Known(source_ids, concept_ids, {figure.id: figure for figure in figures}, {c.id: c for c in cases})
        questions, accepted, order = self._questions(deck_id, known)
        deck = None
        if head is not None:
            deck = Deck(
                id=deck_id,
                title=head.title,
                version=head.version,
                language=head.language,
                licence=head.licence,
                authors=tuple(head.authors),
                description=head.description,
                desired_retention=head.desired_retention,
                sources=tuple(
                    Source(id=SourceId(s.id), citation=s.citation, doi=s.doi, pmid=s.pmid, url=s.url)
                    for _, s in sources
                ),
                concepts=tuple(Concept(id=ConceptId(c.id), name=c.name, aliases=tuple(c.aliases)) for _, c in concepts),
                contrasts=tuple(
                    Contrast(
                        between=(ConceptId(c.between[0]), ConceptId(c.between[1])),
                        discriminator=c.discriminator,
                        sources=tuple(SourceId(source) for source in c.sources),
                    )
                    for c in sound
                ),
                figures=tuple(figures),
                cases=tuple(cases),
                questions=tuple(questions),
                path=self._path,
            )
        return Reading(
            path=self._path,
            deck=deck,
            problems=self._findings.sorted(),
            accepted=accepted,
            places=self._findings.places,
            order=order,
        )

    # Parts

    def _head(self) -> DeckAuthored | None:
        head = {key: value for key, value in self._document.items() if key not in ARRAYS}
        for key in list(head):
            if key not in HEAD_KEYS:
                self._unknown((key,), key, HEAD_KEYS)
                del head[key]
        model, bad = self._validate(DeckAuthored, head, ())
        if model is None and not bad & set(ESSENTIAL):
            model, _ = self._validate(DeckAuthored, {k: v for k, v in head.items() if k not in bad}, (), tell=False)
        return model

    def _array(self, name: str, model: type[T]) -> list[tuple[int, T]]:
        found = []
        for place, table in self._tables(name):
            read, _ = self._validate(model, table, (name, place))
            if read is not None:
                found.append((place, read))
        return found

    def _tables(self, name: str) -> Iterable[tuple[int, dict[str, Any]]]:
        array = self._document.get(name, [])
        if not isinstance(array, list) or not all(table is None or isinstance(table, dict) for table in array):
            self._tell((name,), "wrong-type", f"“{name}” has to be written as [[{name}]]")
            return
        yield from ((place, table) for place, table in enumerate(array) if table is not None)

    def _figures(self, source_ids: Collection[str]) -> list[Figure]:
        found = []
        for place, authored in self._array("figure", FigureAuthored):
            faults = authored.problems()
            for inside, code, message in faults:
                self._tell(("figure", place, *inside), code, message)
            if self._refers(("figure", place, "sources"), authored.sources, source_ids, "source") and not faults:
                found.append(authored.figure())
        return found

    def _cases(self, source_ids: Collection[str]) -> list[Case]:
        return [
            authored.case()
            for place, authored in self._array("case", CaseAuthored)
            if self._refers(("case", place, "sources"), authored.sources, source_ids, "source")
        ]

    def _questions(
        self, deck_id: DeckId, known: _Known
    ) -> tuple[list[Question], dict[QuestionId, tuple[str, ...]], dict[QuestionId, int]]:
        questions: list[Question] = []
        accepted: dict[QuestionId, tuple[str, ...]] = {}
        order: dict[QuestionId, int] = {}
        for place, table in self._tables("question"):
            authored = self._question(place, table)
            if authored is None:
                continue
            where: Where = ("question", place)
            name = authored.id
            sound = self._refers_soundly(where, authored, known)
            for inside, code, message in authored.problems():
                self._tell((*where, *inside), code, message)
                sound = False
            if name in order:
                first = self._findings.places.of(("question", order[QuestionId(name)]))[0]
                self._tell((*where, "id"), "duplicate-id", f"the id is already used in line {first}")
                sound = False
            if sound:
                question = authored.question(deck_id)
                if isinstance(question, Hotspot):
                    question = with_choices(question, known.figures[question.figure])
                if authored.picture is not None:
                    path = self._path.parent / authored.picture.file
                    question = replace(question, picture=Picture(path, authored.picture.alt))
                questions.append(question)
                order[question.id] = place
                accepted[question.id] = tuple(authored.accepts)
        return questions, accepted, order

    def _refers_soundly(self, where: Where, authored: QuestionAuthored, known: _Known) -> bool:
        """Say whether everything that a question names is in the deck."""
        sound = self._refers((*where, "sources"), authored.sources, known.sources, "source")
        for inside, concept in authored.concepts():
            sound &= self._refers((*where, *inside), [concept], known.concepts, "concept")
        if authored.case is not None:
            sound &= self._refers((*where, "case"), [authored.case], known.cases, "case")
            case = known.cases.get(authored.case)
            if case is not None and authored.stage > len(case.stages):
                there = f"{count(len(case.stages), 'stage')}"
                message = f"“stage” is {authored.stage}, and the case “{case.id}” has {there}"
                self._tell((*where, "stage"), "unknown-stage", message)
                sound = False
        if authored.picture is not None:
            fault = self._picture_fault(authored.picture.file)
            if fault:
                self._tell((*where, "picture", "file"), "picture", fault)
                sound = False
        if isinstance(authored, HotspotAuthored):
            sound &= self._refers((*where, "figure"), [authored.figure], known.figures, "figure")
            figure = known.figures.get(authored.figure)
            if figure is not None:
                keys = [zone.key for zone in figure.zones()]
                at = "regions" if authored.regions else "region"
                sound &= self._refers((*where, at), authored.right(), keys, "region", choices=True)
        return sound

    def _question(self, place: int, table: dict[str, Any]) -> QuestionAuthored | None:
        where: Where = ("question", place)
        kind = table.get("kind")
        if not isinstance(kind, str) or kind not in KINDS:
            if kind is None:
                message = "“kind” is missing"
            elif isinstance(kind, str):
                hint = meant(kind, KINDS) or f"; there are: {', '.join(KINDS)}"
                message = f"there is no kind “{shortened(kind)}”{hint}"
            else:
                message = "“kind” must be text"
            self._tell((*where, "kind"), "kind", message)
            return None
        model, _ = self._validate(KINDS[kind], table, where)
        return model

    def _unique(self, name: str) -> None:
        seen: dict[str, int] = {}
        for place, table in self._tables(name):
            found = table.get("id")
            if isinstance(found, str) and found in seen:
                line = self._findings.places.of((name, seen[found]))[0]
                self._tell((name, place, "id"), "duplicate-id", f"the id is already used in line {line}")
            elif isinstance(found, str):
                seen[found] = place

    def _refers(
        self,
        where: Where,
        names: Sequence[str],
        known: Collection[str],
        what: str,
        *,
        choices: bool = False,
    ) -> bool:
        missing = [(place, name) for place, name in enumerate(names) if name not in known]
        for place, name in missing[: 0 if self._findings.is_full else None]:
            if (what, name) in self._declared:
                line = self._findings.places.of((what, self._declared[what, name]))[0]
                message = f"the {what} “{name}” has errors of its own: mend it in line {line} first"
                self._tell((*where, place), f"broken-{what}", message)
                continue
            hint = meant(name, known)
            if choices:
                hint += f"; there are: {listed(known)}"
            self._tell((*where, place), f"unknown-{what}", f"there is no {what} “{shortened(name)}”{hint}")
        return not missing

    @cached_property
    def _declared(self) -> Mapping[tuple[str, str], int]:
        """Where the tables that have an id stand in their arrays, sound or not."""
        found: dict[tuple[str, str], int] = {}
        for array, place, name in tables_with_ids(self._document):
            found.setdefault((array, name), place)
        return found

    # Problems

    def _validate(
        self, model: type[T], table: dict[str, Any], where: Where, *, tell: bool = True
    ) -> tuple[T | None, set[str]]:
        try:
            return model.model_validate(table), set()
        except ValidationError as error:
            bad = set()
            for fault in error.errors(include_url=False, include_context=True, include_input=True):
                if fault["loc"]:
                    bad.add(str(fault["loc"][0]))
                if tell and not self._findings.is_full:
                    self._fault(model, fault, where)
            return None, bad

    def _fault(self, model: type[Authored], fault: Any, where: Where) -> None:
        loc: Where = fault["loc"]
        key = str(loc[-1]) if loc else ""
        if fault["type"] == "extra_forbidden":
            self._unknown((*where, *loc), key, keys_at(model, loc))
            return
        name = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
        self._tell((*where, *loc), fault["type"].replace("_", "-"), f"“{name}” {words(fault)}")

    def _unknown(self, where: Where, key: str, known: Iterable[str]) -> None:
        self._tell(where, "unknown-key", f"unknown key “{shortened(key)}”{meant(key, known)}")


@dataclass(frozen=True, slots=True)
class _Known:
    """What the questions of a deck may name."""

    sources: Collection[str]
    concepts: Collection[str]
    figures: Mapping[str, Figure]
    cases: Mapping[str, Case]
