"""Following decks while their author writes: each card in turn, what is wrong at its place, the last good state."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.deck.finding import find_decks
from sciaquiz.deck.kinds import Cloze, Hotspot, Matching
from sciaquiz.deck.library import read_all
from sciaquiz.deck.problem import Problem, Severity
from sciaquiz.study.shown import shuffled_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sciaquiz.deck.model import Card, Deck
    from sciaquiz.deck.reading import Reading
    from sciaquiz.marking.lexicon import Lexicon

GONE = "this file is gone; its questions are shown as they last could be read"

SYNTAX = "syntax"
"""The code of an error by which text is no TOML: what stands behind it may not have been read."""


class Entry(Struct, frozen=True, kw_only=True):
    """A card in front of its author, or a question that cannot be read, at its line of a file.

    `card` is None for a question that never could be read. One that `is_stale` is shown as it read before the errors,
    with the deck that it was in then.
    """

    id: str
    question_id: str
    file: Path
    line: int
    deck: Deck | None = None
    card: Card | None = None
    is_stale: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Seen:
    """Decks as they are now: their cards in the author's order, and what is wrong.

    `problems` is all of it; `apart` is what belongs to no question in particular.
    """

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    apart: tuple[Problem, ...] = ()

    @cached_property
    def decks(self) -> tuple[Deck, ...]:
        """The decks that the cards stand in, as they last could be read."""
        latest_last = sorted(self.entries, key=lambda entry: not entry.is_stale)
        return tuple({entry.deck.id: entry.deck for entry in latest_last if entry.deck is not None}.values())

    @cached_property
    def lexicon(self) -> Lexicon:
        """The terms that a typing error must not be taken for."""
        from sciaquiz.marking.lexicon import Lexicon

        return Lexicon.from_decks(self.decks)

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards, as they last could be read."""
        return tuple(entry.card for entry in self.entries if entry.card is not None)

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    def told_with(self, place: int) -> tuple[Problem, ...]:
        """Return what is wrong with an entry, and the errors that belong to no question, the entry's own first.

        Of one that cannot be read for an error in another's text that is its own, too.
        """
        entry = self.entries[place] if place < len(self.entries) else None
        own = entry.problems if entry else ()
        if entry is not None and entry.is_stale and not own:
            own = tuple(each for each in self.problems if each.path == entry.file and each.code == SYNTAX)
        rest = self.apart if not self.entries else [each for each in self.apart if each.severity is Severity.ERROR]
        worst_first = sorted(own, key=lambda problem: problem.severity is not Severity.ERROR)
        return tuple(dict.fromkeys((*worst_first, *rest)))

    def place_of(self, wanted: str) -> int | None:
        """Return the place of a card or question by its id; None if there is none."""
        exact = (place for place, entry in enumerate(self.entries) if entry.id == wanted)
        named = (place for place, entry in enumerate(self.entries) if entry.question_id == wanted)
        return next(exact, next(named, None))

    def near(self, wanted: str) -> list[str]:
        """Return the ids that are much like one, or begin with it or have it in them."""
        from difflib import get_close_matches

        ids = [entry.id for entry in self.entries]
        within = [each for each in ids if wanted.casefold() in each.casefold()]
        return list(dict.fromkeys([*within, *get_close_matches(wanted, ids, 3)]))

    def place_after(self, before: Seen, place: int) -> int:
        """Return where the entry of a place before stands now: by its id, else at the same place."""
        if not before.entries or not self.entries:
            return 0
        was = before.entries[place]
        for wanted in (was.id, was.question_id):
            found = self.place_of(wanted)
            if found is not None:
                return found
        return min(place, len(self.entries) - 1)


@dataclass
class Following:
    """Decks at some places, read again whenever one of their files is written. Nothing here raises for what they hold.

    All methods take as long as reading does, and none is to be called by two threads at once.
    """

    places: Sequence[Path]
    begin: str = ""
    """The id of the question that is to be in front at first."""
    _stamps: dict[Path, tuple[int, ...]] = field(default_factory=dict)
    _good: dict[Path, dict[str, Entry]] = field(default_factory=dict)
    _warned: tuple[Problem, ...] = ()

    def changed(self) -> bool:
        """Say whether anything was written, renamed or deleted since the last time that this was asked."""
        stamps = {path: _stamp(path) for path in (*self.places, *find_decks(self.places).paths)}
        was, self._stamps = self._stamps, stamps
        return stamps != was

    def read(self) -> Seen:
        """Read the decks as they are now; what the rules of writing say of them is told by `check`."""
        library, readings = read_all(self.places)
        decks = {deck.path: deck for deck in library.decks}
        problems = list(library.problems)
        entries: list[Entry] = []
        for reading in readings:
            told = [problem for problem in problems if problem.path == reading.path]
            entries += self._follow(reading, decks.get(reading.path), told)
        there = {deck.id for deck in library.decks}
        for path in [path for path in self._good if path not in {reading.path for reading in readings}]:
            if any(entry.deck is not None and entry.deck.id in there for entry in self._good[path].values()):
                del self._good[path]  # it has another name now
                continue
            problems.append(Problem(path=path, line=1, column=1, message=GONE, code="gone"))
            entries += [replace(entry, is_stale=True) for entry in self._good[path].values()]
        return _seen(entries, problems)

    def check(self, seen: Seen) -> Seen:
        """Return the same with what `sciaquiz check` says besides: its rules take longer than reading does."""
        from sciaquiz.authoring.check import check

        known = set(seen.problems)
        more = [
            problem
            for problem in check(self.places).problems
            if problem not in known and not (problem.code == "no-deck" and problem.path in self._good)
        ]
        return _seen(seen.entries, [*seen.problems, *more])

    def _follow(self, reading: Reading, deck: Deck | None, told: Sequence[Problem]) -> list[Entry]:
        """Return the entries of a file in the order of their lines, and keep those that could be read."""
        path = reading.path
        before = self._good.get(path, {})
        errors = [problem for problem in told if problem.severity is Severity.ERROR]
        found = [
            Entry(
                id=card.id, question_id=question.id, file=path, line=reading.place(question.id)[0], deck=deck, card=card
            )
            for question in (deck.questions if deck else ())
            for card in question.cards()
        ]
        sound = {entry.question_id for entry in found}
        broken = {problem.question_id: problem.line for problem in reversed(errors) if problem.question_id}
        is_cut_short = any(not problem.question_id or problem.code == SYNTAX for problem in errors)
        kept = [
            replace(entry, is_stale=True, line=broken.get(entry.question_id, entry.line))
            for entry in before.values()
            if entry.question_id not in sound and (entry.question_id in broken or is_cut_short)
        ]
        known = sound | {entry.question_id for entry in kept}
        never = [
            Entry(id=name, question_id=name, file=path, line=line) for name, line in broken.items() if name not in known
        ]
        entries = sorted([*found, *kept, *never], key=lambda entry: entry.line)
        self._good[path] = {entry.id: replace(entry, is_stale=False) for entry in entries if entry.card is not None}
        return entries


def looks_alike(one: Entry, other: Entry) -> bool:
    """Whether a student would see the same of two entries: the card, and what it takes from its deck."""
    if one.deck is None or other.deck is None:
        return one.id == other.id and one.card is other.card
    heads = (replace(one.deck, version="", questions=()), replace(other.deck, version="", questions=()))
    return one.card == other.card and one.is_stale == other.is_stale and heads[0] == heads[1]


def takes_the_same(one: Entry, other: Entry) -> bool:
    """Whether an answer to one entry answers the other, which may read otherwise: the parts have the same ids."""
    return one.card is not None and other.card is not None and _parts(one.card) == _parts(other.card)


def _parts(card: Card) -> tuple[object, ...]:
    question = card.question
    more: object = ()
    match question:
        case Matching(options=options):
            more = tuple(option.id for option in options)
        case Cloze():
            more = len(question.gaps_of(card.part))
        case Hotspot():
            more = (question.figure, question.asks, question.choices)
        case _:
            pass
    return card.id, question.kind, sorted(shuffled_ids(card)), more


def _seen(entries: Iterable[Entry], problems: Iterable[Problem]) -> Seen:
    """Give each entry what is wrong with it."""
    told: dict[tuple[Path, str], list[Problem]] = {}
    entries = tuple(entries)
    owners = {(entry.file, entry.question_id) for entry in entries}
    apart = []
    everything = sorted(set(problems))
    for problem in everything:
        owner = (problem.path, problem.question_id)
        if owner in owners:
            told.setdefault(owner, []).append(problem)
        else:
            apart.append(problem)
    entries = tuple(replace(entry, problems=tuple(told.get((entry.file, entry.question_id), ()))) for entry in entries)
    return Seen(entries, tuple(everything), tuple(apart))


def _stamp(path: Path) -> tuple[int, ...]:
    """Return what changes whenever a file is written or another takes its name; nothing of one that is not there."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size
