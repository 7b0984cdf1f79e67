"""Reading one deck: strict, all problems at once, and a bad question disables only itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, get_args

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
from sciaquiz.deck.kinds import Asks, Hotspot
from sciaquiz.deck.limits import (
    DEEPEST,
    LARGEST_FILE,
    LONGEST_ID,
    LONGEST_TEXT,
    MOST_KEY_PARTS,
    MOST_LINES,
    MOST_QUESTIONS,
)
from sciaquiz.deck.locate import Places
from sciaquiz.deck.model import Case, Concept, Contrast, Deck, Question, Source
from sciaquiz.deck.picture import Picture, picture_fault
from sciaquiz.deck.problem import Problem, Severity
from sciaquiz.ids import ConceptId, DeckId, QuestionId, SourceId
from sciaquiz.text import paragraphs, tame, wild_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from sciaquiz.deck.authored.common import QuestionAuthored
    from sciaquiz.deck.figure import Figure

    Where = tuple[str | int, ...]

T = TypeVar("T", bound=Authored)
ARRAYS = ("source", "concept", "contrast", "figure", "case", "question")
NAMED = ("source", "concept", "figure", "case")
"""The arrays of tables that a question may name by their ids."""

HEAD_KEYS = (*DeckAuthored.model_fields, *ARRAYS)
ESSENTIAL = ("id", "title")
MOST_LISTED = 12
DOTTED = re.compile(rb"^[ \t\[]*(?:[^\"'#=\n.,]*\.){%d}" % MOST_KEY_PARTS, re.MULTILINE)


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
    text: bytes = b""
    order: Mapping[QuestionId, int] = field(default_factory=dict)

    def place(self, question_id: QuestionId, *inside: str | int) -> tuple[int, int]:
        """Return line and column of a question, or of something inside it."""
        return Places(self.text).of(("question", self.order[question_id], *inside))


def read_deck(path: Path) -> Reading:
    """Read a deck from a file. Never raises for what the file is or holds."""
    try:
        if not path.is_file():
            return _unreadable(path, "this is not a file" if path.exists() else "there is no such file")
        if path.stat().st_size > LARGEST_FILE:
            return _unreadable(path, f"the file is larger than {LARGEST_FILE // 1_000_000} MB")
        text = path.read_bytes()
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
    if deep := DOTTED.search(text):
        line = text.count(b"\n", 0, deep.start()) + 1
        return _unreadable(path, f"a key has more than {MOST_KEY_PARTS} parts", line, 1, "too-deep")
    try:
        document = tomli.loads(decoded)
    except tomli.TOMLDecodeError as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        words = getattr(error, "msg", str(error))
        return _unreadable(path, f"not valid TOML: {words}", line, column, "syntax")
    except (ValueError, RecursionError, OverflowError, MemoryError) as error:
        return _unreadable(path, f"cannot be read as TOML: {error}", code="syntax")
    return _Reader(path, text, document).read()


class _Reader:
    """Reads one document; collects problems as it goes."""

    def __init__(self, path: Path, text: bytes, document: dict[str, Any]) -> None:
        self._path = path
        self._text = text
        self._problems: list[Problem] = []
        self._document: dict[str, Any] = {}  # nothing of it may be told before it is tamed
        self._document = self._tamed(document, ())

    @cached_property
    def _places(self) -> Places:
        return Places(self._text)

    def read(self) -> Reading:
        """Read head, arrays and questions."""
        head = self._head()
        sources = self._array("source", SourceAuthored)
        concepts = self._array("concept", ConceptAuthored)
        contrasts = self._array("contrast", ContrastAuthored)
        for name in NAMED:
            self._unique(name)
        source_ids = [source.id for _, source in sources]
        concept_ids = [concept.id for _, concept in concepts]
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
            problems=tuple(sorted(self._problems)),
            accepted=accepted,
            text=self._text,
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
        if not isinstance(array, list) or not all(isinstance(table, dict) for table in array):
            self._tell((name,), "wrong-type", f"“{name}” has to be written as [[{name}]]")
            return
        if len(array) > MOST_QUESTIONS:
            self._tell((name,), "too-many", f"there are more than {MOST_QUESTIONS} [[{name}]] tables")
            return
        yield from enumerate(array)

    def _figures(self, source_ids: Sequence[str]) -> list[Figure]:
        found = []
        for place, authored in self._array("figure", FigureAuthored):
            faults = authored.problems()
            for inside, code, message in faults:
                self._tell(("figure", place, *inside), code, message)
            if self._refers(("figure", place, "sources"), authored.sources, source_ids, "source") and not faults:
                found.append(authored.figure())
        return found

    def _cases(self, source_ids: Sequence[str]) -> list[Case]:
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
                self._tell((*where, *inside), code, message, name)
                sound = False
            if name in order:
                first = self._places.of(("question", order[QuestionId(name)]))[0]
                self._tell((*where, "id"), "duplicate-id", f"the id is already used in line {first}", name)
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
        name = authored.id
        sound = self._refers((*where, "sources"), authored.sources, known.sources, "source", name)
        for inside, concept in authored.concepts():
            sound &= self._refers((*where, *inside), [concept], known.concepts, "concept", name)
        if authored.case is not None:
            sound &= self._refers((*where, "case"), [authored.case], list(known.cases), "case", name)
            case = known.cases.get(authored.case)
            if case is not None and authored.stage > len(case.stages):
                there = f"{len(case.stages)} stage{'' if len(case.stages) == 1 else 's'}"
                message = f"“stage” is {authored.stage}, and the case “{case.id}” has {there}"
                self._tell((*where, "stage"), "unknown-stage", message, name)
                sound = False
        if authored.picture is not None:
            fault = picture_fault(self._path.parent, authored.picture.file)
            if fault:
                self._tell((*where, "picture", "file"), "picture", fault, name)
                sound = False
        if isinstance(authored, HotspotAuthored):
            sound &= self._refers((*where, "figure"), [authored.figure], list(known.figures), "figure", name)
            figure = known.figures.get(authored.figure)
            if figure is not None:
                keys = [zone.key for zone in figure.zones()]
                at = "regions" if authored.regions else "region"
                sound &= self._refers((*where, at), authored.right(), keys, "region", name, listed=True)
        return sound

    def _question(self, place: int, table: dict[str, Any]) -> QuestionAuthored | None:
        where: Where = ("question", place)
        name = table.get("id") if isinstance(table.get("id"), str) else ""
        kind = table.get("kind")
        if not isinstance(kind, str) or kind not in KINDS:
            if kind is None:
                message = "“kind” is missing"
            else:
                near = get_close_matches(str(kind), KINDS, 1)
                message = f"there is no kind “{kind}”" + (
                    f"; did you mean “{near[0]}”?" if near else f"; there are: {', '.join(KINDS)}"
                )
            self._tell((*where, "kind"), "kind", message, str(name))
            return None
        model, _ = self._validate(KINDS[kind], table, where, str(name))
        return model

    def _unique(self, name: str) -> None:
        seen: dict[str, int] = {}
        for place, table in self._tables(name):
            found = table.get("id")
            if isinstance(found, str) and found in seen:
                line = self._places.of((name, seen[found]))[0]
                self._tell((name, place, "id"), "duplicate-id", f"the id is already used in line {line}")
            elif isinstance(found, str):
                seen[found] = place

    def _refers(
        self,
        where: Where,
        names: Sequence[str],
        known: Sequence[str],
        what: str,
        question_id: str = "",
        *,
        listed: bool = False,
    ) -> bool:
        missing = [(place, name) for place, name in enumerate(names) if name not in known]
        for place, name in missing:
            if (what, name) in self._declared:
                line = self._places.of((what, self._declared[what, name]))[0]
                message = f"the {what} “{name}” has errors of its own: mend it in line {line} first"
                self._tell((*where, place), f"broken-{what}", message, question_id)
                continue
            near = get_close_matches(name, known, 1)
            hint = f"; did you mean “{near[0]}”?" if near else ""
            if listed:
                hint += f"; there are: {_listed(known)}"
            self._tell((*where, place), f"unknown-{what}", f"there is no {what} “{name}”{hint}", question_id)
        return not missing

    @cached_property
    def _declared(self) -> Mapping[tuple[str, str], int]:
        """Where the tables that have an id stand in their arrays, sound or not."""
        found: dict[tuple[str, str], int] = {}
        for name in NAMED:
            array = self._document.get(name)
            for place, table in enumerate(array if isinstance(array, list) else []):
                if isinstance(table, dict) and isinstance(table.get("id"), str):
                    found.setdefault((name, table["id"]), place)
        return found

    # Problems

    def _validate(
        self, model: type[T], table: dict[str, Any], where: Where, question_id: str = "", *, tell: bool = True
    ) -> tuple[T | None, set[str]]:
        try:
            return model.model_validate(table), set()
        except ValidationError as error:
            bad = set()
            for fault in error.errors(include_url=False, include_context=True, include_input=True):
                if fault["loc"]:
                    bad.add(str(fault["loc"][0]))
                if tell:
                    self._fault(model, fault, where, question_id)
            return None, bad

    def _fault(self, model: type[Authored], fault: Any, where: Where, question_id: str) -> None:
        loc: Where = fault["loc"]
        key = str(loc[-1]) if loc else ""
        if fault["type"] == "extra_forbidden":
            self._unknown((*where, *loc), key, _keys_at(model, loc), question_id)
            return
        name = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
        self._tell((*where, *loc), fault["type"].replace("_", "-"), f"“{name}” {_words(fault)}", question_id)

    def _unknown(self, where: Where, key: str, known: Iterable[str], question_id: str = "") -> None:
        near = get_close_matches(key, list(known), 1)
        hint = f"; did you mean “{near[0]}”?" if near else ""
        self._tell(where, "unknown-key", f"unknown key “{key}”{hint}", question_id)

    def _tell(
        self, where: Where, code: str, message: str, question_id: str = "", severity: Severity = Severity.ERROR
    ) -> None:
        line, column = self._places.of(where)
        owner = f"question “{question_id}”" if question_id else self._owner(where)
        said = f"{owner}: {message}" if owner else message
        self._problems.append(
            Problem(
                path=self._path, line=line, column=column, message=said, code=code, severity=severity,
                question_id=question_id,
            )
        )  # fmt: skip

    def _owner(self, where: Where) -> str:
        """Return what its author calls the figure, case, source or concept that a place belongs to, if it has an id."""
        if len(where) < 2 or where[0] not in NAMED or not isinstance(where[1], int):
            return ""
        array = self._document.get(str(where[0]))
        name = array[where[1]].get("id") if isinstance(array, list) else None
        return f"{where[0]} “{name[:LONGEST_ID]}”" if isinstance(name, str) and name else ""

    def _tamed(self, value: Any, where: Where) -> Any:
        """Return a value with its texts tamed and folded; what is too long or too deep is told and emptied."""
        match value:
            case str():
                if found := wild_in(value):
                    message = f"signs that cannot be shown were taken out: {', '.join(found[:5])}"
                    self._tell(where, "wild-text", message, severity=Severity.WARNING)
                if len(value) > LONGEST_TEXT or value.count("\n") > MOST_LINES:
                    limit = f"{LONGEST_TEXT} characters and {MOST_LINES} lines"
                    self._tell(where, "too-long", f"the text is too long; at most {limit}")
                    return None
                return paragraphs(tame(value))
            case dict() | list() if len(where) > DEEPEST:
                self._tell(where, "too-deep", "tables and lists are nested too deeply")
                return None
            case dict():
                return {tame(key): self._tamed(part, (*where, key)) for key, part in value.items()}
            case list():
                return [self._tamed(part, (*where, place)) for place, part in enumerate(value)]
            case _:
                return value


@dataclass(frozen=True, slots=True)
class _Known:
    """What the questions of a deck may name."""

    sources: Sequence[str]
    concepts: Sequence[str]
    figures: Mapping[str, Figure]
    cases: Mapping[str, Case]


def _listed(names: Sequence[str]) -> str:
    """Return the first names, each once, and how many more there are."""
    once = list(dict.fromkeys(names))
    more = f" and {len(once) - MOST_LISTED} more" if len(once) > MOST_LISTED else ""
    return ", ".join(once[:MOST_LISTED]) + more


def _keys_at(model: type[Authored], loc: Where) -> Iterable[str]:
    """Return the keys known at the table that holds the last part of a place."""
    for part in loc[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            model = _table_in(model.model_fields[part].annotation) or model
    return model.model_fields


def _table_in(annotation: Any) -> type[Authored] | None:
    """Return the model of a table inside a list or an option, if there is one."""
    if isinstance(annotation, type) and issubclass(annotation, Authored):
        return annotation
    return next((found for part in get_args(annotation) if (found := _table_in(part))), None)


def _words(fault: Any) -> str:
    """Say what pydantic found in words that an author uses."""
    context = fault.get("ctx", {})
    match fault["type"]:
        case "missing":
            return "is missing"
        case "string_type":
            return "must be text"
        case "string_too_short":
            return "must not be empty"
        case "string_too_long":
            return f"is too long; at most {context['max_length']} characters"
        case "string_pattern_mismatch" if "a-z0-9]+" in context["pattern"]:
            return f"must be lower-case letters, digits and single hyphens, not “{str(fault['input'])[:60]}”"
        case "string_pattern_mismatch":
            return f"must be a language code such as en or pt-BR, not “{str(fault['input'])[:60]}”"
        case "list_type":
            return "must be a list in square brackets"
        case "too_short":
            return f"needs at least {context['min_length']}, there are {context['actual_length']}"
        case "too_long":
            return f"may have at most {context['max_length']}, there are {context['actual_length']}"
        case "bool_type":
            return "must be true or false"
        case "literal_error" | "enum":
            return f"must be {context['expected']}"
        case "float_type" | "finite_number":
            return "must be a number"
        case "greater_than_equal":
            return f"must be at least {context['ge']}"
        case "less_than_equal":
            return f"must be at most {context['le']}"
        case "date_type":
            return "must be a date such as 2026-11-23, without quotes"
        case "model_type" | "dict_type" | "model_attributes_type":
            return "must be a table"
        case _:
            return str(fault["msg"])
