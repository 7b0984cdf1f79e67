"""What every face needs at hand: settings, clock, decks and the journal, each fetched when it is asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sciaquiz.errors import SciaquizError
from sciaquiz.paths import shipped_decks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from sciaquiz.catalogue.catalogue import Catalogue
    from sciaquiz.catalogue.files import Progress
    from sciaquiz.clock import Clock
    from sciaquiz.deck.finding import Library
    from sciaquiz.deck.model import Case, Deck, Question
    from sciaquiz.deck.problem import Problem
    from sciaquiz.ids import CardId
    from sciaquiz.journal.corrections import Corrected
    from sciaquiz.journal.entries import Act, Answer
    from sciaquiz.journal.snapshot import Snapshot
    from sciaquiz.marking.lexicon import Lexicon
    from sciaquiz.memory.balance import Load
    from sciaquiz.memory.fits import Fits
    from sciaquiz.memory.policy import Policy
    from sciaquiz.paths import Paths
    from sciaquiz.settings import Settings
    from sciaquiz.store.journal import Journal
    from sciaquiz.study.budget import Budget
    from sciaquiz.study.confusions import Ledger
    from sciaquiz.study.pool import Pool
    from sciaquiz.study.queue import Limits
    from sciaquiz.study.safekeeping import Aside
    from sciaquiz.tally.tally import Tally


class UnknownDeckError(SciaquizError):
    """A deck was asked for that is not installed. The message is for the student."""


class Workspace:
    """Where one run of the app works: paths, settings and clock are given, decks and journal opened when asked for.

    `places` are deck files or folders named by the student, instead of the installed ones. With `only_tries` they are
    being tried: the journal is one that is thrown away. `corrections` are what is to be told of corrected keys, once
    `updating.bring_up` was called.
    """

    def __init__(
        self,
        *,
        paths: Paths,
        settings: Settings,
        clock: Clock,
        places: tuple[Path, ...] = (),
        only_tries: bool = False,
    ) -> None:
        self.paths = paths
        self.settings = settings
        self.clock = clock
        self.places = places
        self.only_tries = only_tries
        self._library: Library | None = None
        self._journal: Journal | None = None
        self._policy_for: Callable[[Question], Policy] | None = None
        self._fits: Fits | None = None
        self._entries: int | None = None
        self._tally: Tally | None = None
        self.corrections: dict[CardId, Corrected] = {}

    @cached_property
    def catalogue(self) -> Catalogue:
        """The decks that can be found, and what their cards have come to: of those named, else of those that ship and
        the student's own. Decks that were named are kept in memory."""
        from sciaquiz.catalogue.catalogue import Catalogue

        return Catalogue(self._catalogue, self._where, self.paths.journal)

    @property
    def library(self) -> Library:
        """Every deck that can be studied, and what is wrong with those that were found."""
        return self.read_decks()

    def read_decks(self, progress: Progress | None = None) -> Library:
        """Return the library, read on the first call; `progress` hears of each file that has to be read for it."""
        from sciaquiz.deck.finding import Library

        if self._library is None:
            self.catalogue.bring_up(progress)
            self._library = Library(self.catalogue.decks, self.catalogue.problems)
        return self._library

    def read_again(self, file: Path) -> tuple[Problem, ...]:
        """Read the decks again after a file was edited, and return what is wrong with that file."""
        self._library, self._policy_for = None, None
        return tuple(problem for problem in self.library.problems if problem.path == file)

    def pool(self, decks: Iterable[Deck]) -> Pool:
        """The cards of some decks."""
        return self.catalogue.pool([deck.id for deck in decks])

    def ledger(self, decks: Iterable[Deck], journal: Journal) -> Ledger:
        """What was taken for what in these decks. Raises StoreError."""
        from sciaquiz.study.confusions import ledger

        cards = self.pool(decks).with_concepts()
        return ledger(cards, journal.given([card.id for card in cards]))

    def snapshot(self) -> Snapshot:
        """Where everything stands now, with the catalogue brought up to it. Raises StoreError."""
        seen = self.journal.snapshot(self.clock.now().study_day, self.catalogue.mirror)
        self.note(seen)
        return seen

    @property
    def tally(self) -> Tally:
        """Sums over all answers, by the decks as they are now; of decks that were named they are kept in memory."""
        if self._tally is None:
            from sciaquiz.tally.tally import Tally

            place = None if self.places else self.paths.statistics
            self._tally = Tally(place, self.paths.journal, self.catalogue)
        return self._tally

    @property
    def has_pictures(self) -> bool:
        """Whether any deck has pictures; asked before the decks are needed."""
        from sciaquiz.catalogue.pictures import has_pictures

        return has_pictures(self._catalogue, self._where)

    @property
    def _catalogue(self) -> Path | None:
        return None if self.places else self.paths.catalogue

    @property
    def _where(self) -> tuple[Path, ...]:
        return self.places or (shipped_decks(), self.paths.decks)

    @property
    def journal(self) -> Journal:
        """The journal, opened for writing. Raises StoreError."""
        if self._journal is None:
            from sciaquiz.store.journal import Journal

            self._journal = Journal.open(self.paths.journal, self.clock.now(), self._entries)
        return self._journal

    @cached_property
    def lexicon(self) -> Lexicon:
        """Every term that a typing error must not be taken for, of all installed decks."""
        from sciaquiz.catalogue.terms import CatalogueLexicon

        return CatalogueLexicon(self.catalogue)

    @property
    def limits(self) -> Limits:
        """The student's limits of a usual day."""
        from sciaquiz.study.queue import Limits

        return Limits(self.settings.new_per_day, self.settings.reviews_per_day)

    def limits_on(self, snapshot: Snapshot) -> Limits:
        """The daily limits in force: those for catching up while more is due than they hold, else those of its
        weekday; and the time of the day, where it is limited or a break is planned."""
        from sciaquiz.study.days import new_on
        from sciaquiz.study.queue import Limits

        most, today = self.settings.catch_up_per_day, self.clock.now().study_day
        budget = self._budget(snapshot, today)
        if most:
            [due] = self.catalogue.pool().forecast(today, 1)
            if due + snapshot.tally(today).reviewed > most:
                return Limits(new_per_day=0, reviews_per_day=most, budget=budget, is_catching_up=True)
        return Limits(new_on(self.settings, today), self.settings.reviews_per_day, budget)

    def _budget(self, snapshot: Snapshot, today: date) -> Budget | None:
        """The time of the day; how the student has studied is read only where it is needed for that."""
        if not (self.settings.minutes_per_day or self.settings.breaks):
            return None
        from sciaquiz.study.days import budget_on

        return budget_on(self.settings, today, snapshot.habits)

    def load(self) -> Load:
        """Return how many cards are due on each day to come, of all decks, and how large each day is to be."""
        from sciaquiz.catalogue.standing import due_by_day
        from sciaquiz.memory.balance import LOAD_DAYS, Load
        from sciaquiz.study.days import share_of

        due = due_by_day(self.catalogue, self.clock.now().study_day, LOAD_DAYS)
        return Load(due, share_of(self.settings))

    @property
    def fits(self) -> Fits:
        """Which model of memory is in force, and with which parameters, as of the last look at the journal."""
        from sciaquiz.memory.fits import DEFAULT_FITS
        from sciaquiz.store.fits import read_fits

        if self._fits is None:
            self._fits = read_fits(self.paths.journal)
        return self._fits or DEFAULT_FITS

    def note(self, seen: Snapshot) -> None:
        """Go on with what was read: what comes into the journal after that, though before it is opened, is news."""
        self._entries = seen.entries
        self.note_fits(seen.fits)

    def note_fits(self, fits: Fits) -> None:
        """Go on with what is in force. A sitting that was opened before keeps the policies that it began with."""
        if fits != self._fits:
            self._fits, self._policy_for = fits, None

    @property
    def policy_for(self) -> Callable[[Question], Policy]:
        """The scheduling policy of each question."""
        if self._policy_for is None:
            from sciaquiz.memory.policies import policies

            self._policy_for = policies(self.library.decks, self.settings, self.fits)
        return self._policy_for

    def gone_words(self, card_id: CardId) -> str:
        """Say why a card that is not installed cannot be shown, as the rest of a sentence."""
        named = card_id.partition("#")[0]
        is_retired = any(named in deck.retired for deck in self.library.decks)
        return "its author has retired it" if is_retired else "its deck is not installed, or no longer has it"

    def case_of(self, question: Question) -> Case | None:
        """Return the vignette that a question needs."""
        named = question.case is not None
        deck = next((deck for deck in self.library.decks if named and deck.id == question.deck_id), None)
        return deck.case_of(question) if deck else None

    @property
    def refusal(self) -> str:
        """Why nothing can be kept, if the place of the journal cannot be written; empty otherwise."""
        from sciaquiz.store.connect import can_write
        from sciaquiz.store.errors import ReadOnlyError

        journal = self.paths.journal
        if not journal.parent.exists() or can_write(journal):
            return ""
        return str(ReadOnlyError(journal))

    def set_aside(self, answer: Answer, policy: Policy, question: Question) -> Aside:
        """Write an answer that the journal cannot take to a file of its own, in the first place that takes it."""
        from sciaquiz.store.rescue import entry_lines, set_aside
        from sciaquiz.study.safekeeping import Aside

        lines = entry_lines(answer, policy, question)
        return Aside(file=set_aside(answer.id, lines, self._refuges), line=lines[-1])

    def set_acts_aside(self, acts: Sequence[Act]) -> Aside:
        """Write acts that the journal cannot take to a file of their own, in the first place that takes it."""
        from sciaquiz.store.rescue import act_lines, set_aside
        from sciaquiz.study.safekeeping import Aside

        lines = act_lines(acts)
        return Aside(file=set_aside(acts[0].id, lines, self._refuges), line="\n".join(lines))

    def still_aside(self, journal: Journal) -> tuple[Path, ...]:
        """Return the files with answers that were set aside and are not in the journal yet. Raises StoreError."""
        from sciaquiz.store.rescue import set_aside_before, still_aside

        return still_aside(journal, set_aside_before(self._refuges))

    @property
    def _refuges(self) -> tuple[Callable[[], Path], ...]:
        """Where an answer goes that the journal cannot take; each place may turn out not to exist."""
        import tempfile

        return (lambda: self.paths.data, Path.home, lambda: Path(tempfile.gettempdir()))

    def apply(self, settings: Settings) -> None:
        """Go on with other settings. A sitting that was opened before keeps the policies that it began with."""
        self.settings = settings
        self.clock = self.clock.ending_days_at(settings.rollover_hour)
        self._policy_for = None

    def close(self) -> None:
        """Close the files that were opened."""
        if self._journal is not None:
            self._journal.close()
        self.close_caches()

    def close_caches(self) -> None:
        """Close what is derived from decks and journal."""
        if self._tally is not None:
            self._tally.close()
        self.catalogue.close()

    def decks(self, wanted: Sequence[str] = ()) -> tuple[Deck, ...]:
        """Return the decks with these ids, or all. Raises UnknownDeckError, which names what is meant or installed."""
        installed = {str(deck.id): deck for deck in self.library.decks}
        if not wanted:
            return tuple(self.library.decks)
        from difflib import get_close_matches

        for name in wanted:
            if name not in installed:
                near = get_close_matches(name, installed, 1)
                hint = f" Did you mean {near[0]}?" if near else f" Installed: {', '.join(installed) or 'none'}."
                raise UnknownDeckError(f"There is no deck {name!r}.{hint}")
        return tuple(installed[name] for name in wanted)


def split_names(names: Sequence[str]) -> tuple[tuple[str, ...], tuple[Path, ...]]:
    """Tell deck ids from paths: a name with a separator or an ending, or one that exists, is a path."""
    from sciaquiz.deck.finding import is_there

    ids, places = [], []
    for name in names:
        path = _expanded(name)
        if "/" in name or "\\" in name or name.endswith(".toml") or is_there(path):
            places.append(path)
        else:
            ids.append(name)
    return tuple(ids), tuple(places)


def _expanded(name: str) -> Path:
    """Return a path with the home in place of ~; one of a user who does not exist stays as it is."""
    try:
        return Path(name).expanduser()
    except RuntimeError:
        return Path(name)
