"""`sciaquiz mock`: a mock exam, in the app or in plain lines; those that wait, and what those of the past came to."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sciaquiz.cli import choosing
from sciaquiz.cli.arguments import MOST_SEED, add_json, from_nought, share, whole_number
from sciaquiz.cli.console import EXIT_USAGE, say, say_json, standard_input
from sciaquiz.cli.opening import open_workspace
from sciaquiz.cli.study import TRIED
from sciaquiz.errors import SciaquizError
from sciaquiz.text import tame

if TYPE_CHECKING:
    from sciaquiz.mock.attempt import Attempt
    from sciaquiz.mock.form import Terms
    from sciaquiz.mock.holding import Held
    from sciaquiz.mocks import Wanted
    from sciaquiz.workspace import Workspace

LONGEST_TITLE = 60
LONGEST_NUMBER = 9


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("deck", nargs="*", help="a deck's id, the path of a deck, or a query such as 'is:wrong foot'")
    parser.add_argument("--plain", action="store_true", help="as lines of text, for screen readers and pipes")
    parser.add_argument("--exam", metavar="NAME", help="with the blueprint of an exam that you plan for")
    parser.add_argument(
        "--blueprint", nargs="+", type=share, default=[], metavar="NAME=SHARE",
        help="so much of each topic or deck, as in roots=40 imaging=20",
    )  # fmt: skip
    parser.add_argument("--n", type=whole_number, metavar="N", help="so many questions")
    parser.add_argument("--minutes", type=from_nought, metavar="N", help="so much time; 0 for no limit")
    parser.add_argument("--pass", dest="mark", type=_per_cent, metavar="%", help="the pass mark; 0 for none")
    parser.add_argument("--seed", type=from_nought, metavar="N", help="the same seed draws the same questions")
    parser.add_argument(
        "--away", choices=["stops", "counts"], help="what the clock does in a pause and while it is closed"
    )
    parser.add_argument("--no-certainty", action="store_true", help="do not ask how sure you are")
    parser.add_argument("--title", help="what it is called")
    parser.add_argument(
        "--resume", nargs="?", const="", metavar="N",
        help="go on with the one that waits; of several with the N-th, else you are asked which",
    )  # fmt: skip
    parser.add_argument("--record", action="store_true", help="keep the answers to a deck that is named by its path")
    parser.add_argument("--list", action="store_true", help="list those that wait and those of the past")
    parser.add_argument(
        "--results", nargs="?", const=1, type=whole_number, metavar="N",
        help="what the latest came to, or the N-th of the list",
    )  # fmt: skip
    add_json(parser)
    parser.set_defaults(run=run)


def _per_cent(text: str) -> int:
    bare = text.removesuffix("%")
    if not bare.isdecimal() or int(bare) > 100:
        raise argparse.ArgumentTypeError("must be a percentage from 0 to 100")
    return int(bare)


def run(options: argparse.Namespace) -> int:
    """Begin a mock exam or go on with one, or tell of those there are."""
    from sciaquiz.workspace import split_names

    number = _number_of_waiting(options)
    lines, given = choosing.tell_apart(options.deck) if options.deck else ([], [])
    names, places = split_names(given)
    only_tries = bool(places) and not options.record
    with open_workspace(places, only_tries=only_tries) as workspace:
        if options.list or options.json or options.results is not None:
            return _tell(workspace, options)
        wanted = _wanted(workspace, options, names, lines)
        if options.plain or not (standard_input().isatty() and sys.stdout.isatty()):
            if not options.plain:
                sys.stderr.write("sciaquiz: this is not a terminal. Use: sciaquiz mock --plain\n")
                return EXIT_USAGE
            return _hold_plainly(workspace, wanted, number)
        if number:
            _chosen(workspace, number)
        from sciaquiz.tui.start import run_app

        status = run_app(workspace, None, mock=wanted, waiting=number or 0)
        if only_tries and not status:
            say(TRIED)
        return status


def _number_of_waiting(options: argparse.Namespace) -> int | None:
    """Return which of the exams that wait is gone on with, from 1 on; 0 for any, None for none.

    What stands behind --resume and is no number is a deck.
    """
    said: str | None = options.resume
    if not said:
        return None if said is None else 0
    if said.isdecimal():
        return int(said[:LONGEST_NUMBER])
    options.deck.insert(0, said)
    return 0


def _chosen(workspace: Workspace, number: int) -> Attempt:
    """Return the exam that waits with a number, the only one, or the one whose number is typed."""
    from sciaquiz import mocks
    from sciaquiz.plain.ways import asked_number
    from sciaquiz.view.mock import choice_lines

    waiting = mocks.open_attempts(workspace.journal)
    if not waiting:
        raise SciaquizError("no mock exam waits. To begin one: sciaquiz mock")
    if number > len(waiting):
        raise SciaquizError(f"no mock exam that waits has the number {number}. To see them: sciaquiz mock --list")
    if not number and len(waiting) > 1:
        for line in choice_lines(mocks.stand_words(waiting, workspace.clock.now())):
            say(line)
        number = asked_number(len(waiting), standard_input(), sys.stdout, say)
        if not number:
            raise SciaquizError("none was chosen; they all wait. To name one by its number: sciaquiz mock --resume 2")
    return waiting[max(0, number - 1)]


def _tell(workspace: Workspace, options: argparse.Namespace) -> int:
    """List exams, or tell what one came to."""
    from sciaquiz import mocks
    from sciaquiz.plain.mockresult import result_lines
    from sciaquiz.view.mock import as_json, listed, waiting_as_json, waiting_lines

    journal = workspace.journal
    results = mocks.results_in(journal)
    if options.results is not None:
        if not 1 <= options.results <= len(results):
            raise SciaquizError("there is no such mock exam. To see which there are: sciaquiz mock --list")
        found = results[options.results - 1]
        if options.json:
            say_json(as_json(found))
        else:
            for line in result_lines(found):
                say(line)
        return 0
    waiting, now = mocks.open_attempts(journal), workspace.clock.now()
    if options.json:
        told = [waiting_as_json(each, mocks.left_of(each, now)) for each in waiting]
        say_json({"waiting": told, "handed_in": [as_json(result) for result in results]})
        return 0
    for line in (*waiting_lines(mocks.stand_words(waiting, now)), *listed(results)):
        say(line)
    return 0


def _wanted(workspace: Workspace, options: argparse.Namespace, names: tuple[str, ...], lines: list[str]) -> Wanted:
    from sciaquiz.mocks import for_exam, usual
    from sciaquiz.sittings import choosing as looking
    from sciaquiz.study.choice import parse_choice

    choice, title = None, tame(options.title or "").strip()[:LONGEST_TITLE]
    if names or lines:
        decks = f"deck:{','.join(names)}" if names else ""
        parsed = parse_choice(" ".join((decks, *lines)), looking(workspace).matching.vocabulary())
        if parsed.faults:
            raise SciaquizError("\n".join(fault.message for fault in parsed.faults))
        choice = parsed.choice
    wanted = usual(workspace.settings, choice)
    if options.exam is not None:
        from sciaquiz.exams import ahead_in, exam_named

        ahead = ahead_in(workspace.journal, workspace.clock.now().study_day)
        wanted = replace(for_exam(wanted, exam_named(ahead, options.exam)), choice=choice)
    if title:
        wanted = replace(wanted, terms=replace(wanted.terms, title=title))
    if options.blueprint:
        wanted = replace(wanted, shares=dict(options.blueprint))
    return replace(wanted, terms=_terms(wanted.terms, options), number=options.n or wanted.number)


def _terms(terms: Terms, options: argparse.Namespace) -> Terms:
    from random import SystemRandom

    from sciaquiz.mock.form import MOST_MINUTES, Away

    if options.minutes is not None and options.minutes > MOST_MINUTES:
        raise SciaquizError(f"a mock exam takes up to {MOST_MINUTES} minutes.")
    return replace(
        terms,
        minutes=terms.minutes if options.minutes is None else options.minutes,
        pass_mark=terms.pass_mark if options.mark is None else options.mark,
        away=terms.away if options.away is None else Away(options.away),
        asks_certainty=terms.asks_certainty and not options.no_certainty,
        seed=SystemRandom().randrange(MOST_SEED) if options.seed is None else options.seed,
    )


def _hold_plainly(workspace: Workspace, wanted: Wanted, number: int | None) -> int:
    """Hold an exam over standard input and output: the one that waits with a number, or another. Return the exit
    status."""
    from sciaquiz.plain.mock import PlainMock
    from sciaquiz.plain.talking import Talking
    from sciaquiz.study.safekeeping import SafeKeeping

    journal = workspace.journal
    if journal.refusal:
        raise SciaquizError(journal.refusal)
    workspace.snapshot()
    held = _held(workspace, wanted, number)
    safe = SafeKeeping(workspace.set_aside, workspace.set_acts_aside)
    talk = Talking(standard_input(), sys.stdout)
    held.times_answers = held.times_answers and not talk.echoes
    status = PlainMock(held, journal, talk, safe, all_reasons=workspace.settings.all_reasons).run()
    if workspace.only_tries:
        say(TRIED)
    return status


def _held(workspace: Workspace, wanted: Wanted, number: int | None) -> Held:
    from sciaquiz import mocks
    from sciaquiz.view.mock import beginning_words, open_words, short_words, waiting_lines

    journal = workspace.journal
    if number is not None:
        held = mocks.go_on(workspace, journal, _chosen(workspace, number))
        say(f"{open_words(held.attempt, held.left_ms)}.")
        return held
    for line in waiting_lines(mocks.stand_words(mocks.open_attempts(journal), workspace.clock.now())):
        say(line)
    proposed = mocks.propose(workspace, wanted)
    say(beginning_words(len(proposed.form), wanted.terms))
    if told := short_words(proposed.short):
        say(told)
    return mocks.begin(workspace, journal, proposed)
