"""`sciaquiz print`: an exam on paper, with its answer sheet and its key."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sciaquiz.cli.arguments import MOST_SEED, from_nought, share, whole_number
from sciaquiz.cli.console import EXIT_USAGE, say, warn
from sciaquiz.cli.finding import NO_DECK_AT
from sciaquiz.errors import SciaquizError
from sciaquiz.text import path_words, tame
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.deck.model import Deck
    from sciaquiz.printing.paper import Paper, Wanted
    from sciaquiz.printing.parts import Printed


class Size(NamedTuple):
    """What a size of paper is called in CSS and in typst."""

    css: str
    typst: str


NUMBER = 40
MOST_VERSIONS = 8
LONGEST_TITLE = 80
NAMES = re.compile(r"[A-Za-z0-9]{1,8}")
HANDED_OUT = ("paper", "sheet")
PARTS = (*HANDED_OUT, "key", "answers")
SIZES = {"a4": Size("A4", "a4"), "letter": Size("letter", "us-letter")}
OURS = b"sciaquiz print"
"""What every file of ours holds."""
LARGEST_EXAM = 100_000_000
"""Bytes that are looked through for that."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("deck", nargs="*", metavar="DECK", help="a deck's id, file or folder")
    parser.add_argument(
        "--mock",
        action="store_true",
        help="the mock exam that waits, or else the latest; DECK only where it is of a deck that is not installed",
    )
    parser.add_argument(
        "--blueprint", nargs="+", type=share, default=[], metavar="NAME=SHARE",
        help="so much of each topic, deck, level:NAME or kind:NAME, or of several at once (imaging+kind:hotspot=5)",
    )  # fmt: skip
    parser.add_argument("--n", type=whole_number, metavar="N", help=f"so many questions ({NUMBER})")
    parser.add_argument("--level", type=_names, default=(), metavar="LEVEL", help="only these levels: recall,apply")
    parser.add_argument("--kind", type=_kinds, default=(), metavar="KIND", help="only these kinds: single,matching")
    parser.add_argument("--seed", type=from_nought, metavar="N", help="the same seed draws the same exam")
    parser.add_argument("--versions", type=_versions, default=("A",), metavar="A,B", help="in other orders each")
    parser.add_argument("--title", help="what stands on top; the deck's title if not said")
    parser.add_argument("--date", default="", help="a date to print; none if not said")
    parser.add_argument("--size", choices=tuple(SIZES), default="a4", help="of the paper (a4)")
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="as PDF; needs the extra print")
    parser.add_argument("--html", type=Path, metavar="FILE", help="as one page for a browser; it prints as well")
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument(
        "--with", dest="more", type=_parts, default=(), metavar="PARTS", help="also print key, answers, or both"
    )
    chosen.add_argument(
        "--only", type=_parts, default=(), metavar="PARTS", help=f"print only some of {', '.join(PARTS)}"
    )
    parser.add_argument("--force", action="store_true", help="write FILE in place of a file that is no such exam")
    parser.set_defaults(run=run)


def _names(text: str) -> tuple[str, ...]:
    found = tuple(filter(None, (name.strip() for name in text.split(","))))
    if not found:
        raise argparse.ArgumentTypeError("must be names with commas between")
    return found


def _kinds(text: str) -> tuple[str, ...]:
    from sciaquiz.deck.model import Kind

    return _among(text, tuple(kind.value for kind in Kind))


def _parts(text: str) -> tuple[str, ...]:
    return _among(text, PARTS)


def _among(text: str, known: Sequence[str]) -> tuple[str, ...]:
    names = _names(text)
    if unknown := next((name for name in names if name not in known), ""):
        raise argparse.ArgumentTypeError(f"{unknown!r} is none of {', '.join(known)}")
    return names


def _versions(text: str) -> tuple[str, ...]:
    names = _names(text)
    if len(names) > MOST_VERSIONS or len(set(names)) < len(names) or not all(map(NAMES.fullmatch, names)):
        raise argparse.ArgumentTypeError(
            f"must be up to {MOST_VERSIONS} different names of letters and digits, as in A,B"
        )
    return names


def run(options: argparse.Namespace) -> int:
    """Draw an exam and write it."""
    if options.html is None and options.pdf is None:
        sys.stderr.write("sciaquiz: say where to: --pdf FILE or --html FILE\n")
        return EXIT_USAGE
    if not options.deck and not options.mock:
        sys.stderr.write("sciaquiz: say which decks, or --mock for the mock exam that waits\n")
        return EXIT_USAGE
    from sciaquiz.mock.form import MOST_QUESTIONS
    from sciaquiz.printing.parts import Part, printed

    number = options.n or _number(options)
    if number > MOST_QUESTIONS:
        raise SciaquizError(f"an exam has up to {MOST_QUESTIONS} questions, not {number}. Nothing was written.")
    if not options.force:
        for file in filter(None, (options.pdf, options.html)):
            _refuse_another(file)
    paper = _mock(options) if options.mock else _draw(options)
    ready = printed(paper, frozenset(map(Part, options.only or (*HANDED_OUT, *options.more))))
    if options.pdf is not None:
        from sciaquiz.printing.pdf import pdf_of

        pdf = pdf_of(ready, SIZES[options.size].typst)
        _write(options.pdf, pdf.content)
        _tell(options.pdf, ready)
        if not pdf.is_accessible:
            warn(f"sciaquiz: {path_words(options.pdf)} has a sign that no font can show, so that it is not PDF/UA-1.")
    if options.html is not None:
        from sciaquiz.printing.webpage import page_of

        _write(options.html, page_of(ready, SIZES[options.size].css).encode())
        _tell(options.html, ready)
    for name, missing in paper.short.items():
        say(f"There are {missing} too few of {name}; others took their place where there were any.")
    say(f"The same again, or its key: --seed {paper.seed}")
    return 0


def _write(file: Path, content: bytes) -> None:
    from sciaquiz.deck.files import write_whole

    try:
        write_whole(file, content)
    except OSError as error:
        raise SciaquizError(f"{path_words(file)}: cannot be written ({error.strerror}).") from None


def _tell(file: Path, ready: Printed) -> None:
    versions = f" in {count(len(ready.versions), 'version')}" if ready.versions[1:] else ""
    parts = ", ".join(part for part in PARTS if part in ready.parts)
    say(f"Written to {path_words(file)}: {count(ready.number, 'question')}{versions} ({parts}).")


def _draw(options: argparse.Namespace) -> Paper:
    """Return an exam that is drawn from decks. Raises SciaquizError."""
    from sciaquiz.printing.paper import UnknownGroupError, draw_paper

    decks = _decks(options.deck)
    wanted = _wanted(options, " and ".join(deck.title for deck in decks))
    try:
        paper = draw_paper(decks, wanted)
    except UnknownGroupError as error:
        raise SciaquizError(
            f"no question here is in {str(error)!r}: a topic, a deck, level:NAME, kind:NAME, or these joined by +."
        ) from None
    if not paper.versions[0].asked:
        raise SciaquizError(_nothing(decks, wanted))
    return paper


def _mock(options: argparse.Namespace) -> Paper:
    """Return the mock exam that waits, or the latest. Raises SciaquizError."""
    from sciaquiz import mocks
    from sciaquiz.cli.opening import open_workspace
    from sciaquiz.printing.paper import paper_of_form
    from sciaquiz.workspace import split_names

    _, places = split_names(options.deck)
    with open_workspace(places) as workspace:
        found = [attempt for attempt in mocks.attempts_in(workspace.journal) if not attempt.is_dropped]
        if not found:
            raise SciaquizError("there is no mock exam yet. To begin one: sciaquiz mock. To print one: name decks.")
        attempt = next((attempt for attempt in reversed(found) if attempt.is_open), found[-1])
        form, held = attempt.form, mocks.paper_of(workspace, workspace.journal, attempt)
        options.seed = form.terms.seed if options.seed is None else options.seed
        paper = paper_of_form(form, held, workspace.clock.now(), _wanted(options, form.terms.title))
        gone = len(form) - len(paper.versions[0].asked)
        if gone == len(form):
            raise SciaquizError(
                "no question of this mock exam is installed any more; nothing was written. "
                "Where you have its deck, name the file: sciaquiz print --mock DECK"
            )
        if gone:
            warn(f"sciaquiz: {count(gone, 'question is', 'questions are')} left out: no longer installed.")
        return paper


def _wanted(options: argparse.Namespace, title: str) -> Wanted:
    from random import SystemRandom

    from sciaquiz.printing.paper import Wanted

    return Wanted(
        title=(tame(options.title or "").strip() or title)[:LONGEST_TITLE],
        number=options.n or _number(options),
        seed=SystemRandom().randrange(MOST_SEED) if options.seed is None else options.seed,
        shares=dict(options.blueprint),
        kinds=options.kind,
        levels=options.level,
        versions=options.versions,
        date=tame(options.date).strip()[:LONGEST_TITLE],
    )


def _number(options: argparse.Namespace) -> int:
    """Return how many questions are meant where it is not said: as many as a blueprint of whole numbers comes to."""
    total = sum(value for _, value in options.blueprint)
    return int(total) if total and total == int(total) <= 9999 else NUMBER


def _nothing(decks: Sequence[Deck], wanted: Wanted) -> str:
    levels = sorted({question.level for deck in decks for question in deck.questions if question.level})
    known = f" The levels here: {', '.join(levels)}." if wanted.levels and levels else ""
    return f"there is no question for such an exam here; nothing was written.{known}"


def _decks(names: Sequence[str]) -> list[Deck]:
    """Return the decks that are named. Raises SciaquizError; what is wrong with their questions is a warning."""
    from difflib import get_close_matches

    from sciaquiz.deck.finding import is_there
    from sciaquiz.deck.library import read_library
    from sciaquiz.deck.problem import Severity
    from sciaquiz.paths import shipped_decks, user_paths
    from sciaquiz.workspace import split_names

    ids, places = split_names(names)
    for place in places:
        if not is_there(place):
            raise SciaquizError(f"{path_words(place)}: there is no such file or folder.")
    library = read_library([*places, *((shipped_decks(), user_paths().decks) if ids else ())])
    found = {str(deck.id): deck for deck in library.decks}
    for name in ids:
        if name not in found:
            near = get_close_matches(name, found, 1)
            hint = f" Did you mean {near[0]}?" if near else f" Installed: {', '.join(found)}."
            raise SciaquizError(f"There is no deck {name!r}.{hint}")
    chosen = [
        deck
        for deck in library.decks
        if deck.id in ids or (deck.path is not None and any(_is_at(deck.path, place) for place in places))
    ]
    read = {deck.path for deck in chosen}
    errors = [
        problem
        for problem in library.problems
        if problem.severity is Severity.ERROR
        and (problem.path in read or any(_is_at(problem.path, place) for place in places))
    ]
    if errors and not chosen:
        raise SciaquizError(f"{errors[0]}. Nothing was written.")
    if errors:
        warn(f"sciaquiz: {count(len(errors), 'error')} left questions out. To see them: sciaquiz check. {errors[0]}")
    if not chosen:
        raise SciaquizError(NO_DECK_AT.format(path_words(places[0])))
    return chosen


def _is_at(path: Path, place: Path) -> bool:
    return path == place or path.is_relative_to(place)


def _refuse_another(file: Path) -> None:
    """Raise SciaquizError where a file stands that is no exam of ours."""
    from sciaquiz.deck.files import read_file

    try:
        is_ours = OURS in read_file(file, LARGEST_EXAM)
    except FileNotFoundError:
        return
    except OSError as error:
        raise SciaquizError(f"{path_words(file)}: cannot be written ({error.strerror}).") from None
    if not is_ours:
        raise SciaquizError(
            f"{path_words(file)}: another file stands there, and was left as it is. Name a new one, or add --force."
        )
