"""The commands. Each imports what it needs when it runs, so that none waits for another's weight."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import ExitStack
from datetime import datetime
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from sciaquiz import __version__
from sciaquiz.errors import SciaquizError
from sciaquiz.text import json_text, path_words, tame
from sciaquiz.words import count, instant_words, times

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    from sciaquiz.clock import Clock
    from sciaquiz.deck.model import Card, Deck
    from sciaquiz.ids import CardId
    from sciaquiz.store.jsonl import Exported, ImportReport
    from sciaquiz.study.sitting import Sitting
    from sciaquiz.workspace import Workspace

EXIT_TROUBLE = 1
EXIT_USAGE = 2
CARD_ACTS = ("resume", "suspend", "unbury", "bury", "unflag", "flag", "note")


at_the_end = ExitStack()
"""What is closed when a command is over."""


class ToldError(SciaquizError):
    """Something about a command that the student has to know."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status. No traceback ever reaches the student."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape", newline=None)
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        with at_the_end:
            return command(options)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Every answer you were told was saved is kept.\n")
        return 130
    except Exception as error:
        return _tell(error)


def _tell(error: Exception) -> int:
    """Tell an error: what the app raised for people as it is, a bug by the name of its log."""
    _warn(f"sciaquiz: {error if isinstance(error, SciaquizError) else tell_bug(error)}")
    return EXIT_TROUBLE


def tell_bug(error: BaseException) -> str:
    """Write a bug's traceback to the log and return the message that says where it is."""
    import traceback

    from sciaquiz.paths import user_paths

    log = user_paths().log
    report = "".join(traceback.format_exception(error))
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now().astimezone().isoformat()} sciaquiz {__version__}\n{report}\n")
    except OSError:
        return f"an error in the app ({error!r}). Answers that were said to be saved are kept."
    return f"an error in the app. Answers that were said to be saved are kept. The details are in {log}"


def _clock(rollover_hour: int) -> Clock:
    """Build the one clock: the machine's, or the instant in SCIAQUIZ_NOW."""
    from sciaquiz.clock import FixedClock, SystemClock

    fixed = os.environ.get("SCIAQUIZ_NOW")
    if not fixed:
        return SystemClock(rollover_hour)
    try:
        local = datetime.fromisoformat(fixed)
    except ValueError:
        raise ToldError(f"SCIAQUIZ_NOW is not an ISO instant such as 2026-11-22T09:00:00+01:00: {fixed}") from None
    return FixedClock(local if local.tzinfo else local.astimezone(), rollover_hour)


def _workspace(places: Sequence[Path] = ()) -> Workspace:
    from sciaquiz.paths import user_paths
    from sciaquiz.settings import read_settings
    from sciaquiz.workspace import Workspace

    paths = user_paths()
    settings, notices = read_settings(paths.settings)
    for notice in notices:
        _warn(f"sciaquiz: {notice}")
    workspace = Workspace(paths=paths, settings=settings, clock=_clock(settings.rollover_hour), places=tuple(places))
    at_the_end.callback(workspace.close)
    return workspace


def _existing(places: Sequence[Path]) -> Sequence[Path]:
    from sciaquiz.deck.finding import is_there

    for place in places:
        if not is_there(place):
            raise ToldError(f"{path_words(place)}: there is no such file or folder.")
    return places


def _say(text: str) -> None:
    sys.stdout.write(tame(text) + "\n")


def _warn(text: str) -> None:
    sys.stderr.write(tame(text) + "\n")


def _input() -> TextIO:
    """Return standard input; nothing can be read where it was closed."""
    return sys.stdin or StringIO()


# Studying


def _study(options: argparse.Namespace) -> int:
    from sciaquiz.workspace import split_names

    names, places = split_names(options.deck)
    workspace = _workspace(_existing(places))
    if options.plain or _is_dumb():
        return _study_plain(workspace, names, options)
    if not (_input().isatty() and sys.stdout.isatty()):
        sys.stderr.write("sciaquiz: this is not a terminal. Use: sciaquiz study --plain\n")
        return EXIT_USAGE
    from sciaquiz.tui.start import run_app

    starts_studying = bool(options.deck) or options.command == "study"
    return run_app(
        workspace, names if starts_studying else None, card_limit=options.limit, minute_limit=options.minutes
    )


def _is_dumb() -> bool:
    return os.environ.get("TERM", "") in ("dumb", "unknown") and _input().isatty()


def _study_plain(workspace: Workspace, names: Sequence[str], options: argparse.Namespace) -> int:
    from sciaquiz.study.opening import open_sitting

    decks = workspace.decks(names)
    errors = [problem for problem in workspace.library.problems if problem.severity == "error"]
    if errors and not any(deck.questions for deck in decks):
        more = f" It is the first of {len(errors)} errors; to see all: sciaquiz check PATH" if len(errors) > 1 else ""
        raise ToldError(f"{errors[0]}\nNo question can be asked.{more}")
    for problem in errors:
        _warn(f"{problem}")
    if not decks:
        raise ToldError("there is no deck to study. Run: sciaquiz check PATH")
    journal = workspace.journal
    now = workspace.clock.now()
    suspect, seen = journal.clock_suspect(now), journal.snapshot(now.study_day)
    if suspect:
        sys.stderr.write(
            f"sciaquiz: your clock is behind your last answer ({instant_words(suspect)} UTC). Check the date.\n"
        )
    sitting = open_sitting(workspace, decks, seen, card_limit=options.limit, minute_limit=options.minutes)
    return _hold_plainly(workspace, decks, sitting)


def _hold_plainly(workspace: Workspace, decks: Sequence[Deck], sitting: Sitting) -> int:
    from sciaquiz.plain.sitting import PlainSitting
    from sciaquiz.study.confusions import ledger
    from sciaquiz.study.mixing import MixedUp
    from sciaquiz.study.round import Round
    from sciaquiz.study.safekeeping import SafeKeeping, words_on_return

    journal = workspace.journal
    if journal.refusal:
        raise ToldError(journal.refusal)
    for line in words_on_return(workspace.still_aside(journal)):
        sys.stderr.write(f"sciaquiz: {line}\n")
    face = PlainSitting(
        round=Round(
            sitting, workspace.clock, {deck.id: deck for deck in decks}, MixedUp(ledger(decks, journal.given()))
        ),
        journal=journal,
        safe=SafeKeeping(workspace.set_aside),
        lines=_input(),
        out=sys.stdout,
        ask_certainty=workspace.settings.ask_certainty,
    )
    return face.run()


def _drill(options: argparse.Namespace) -> int:
    """List what was mixed up, and hold the first drill that can be held."""
    from sciaquiz.study.confusions import ledger
    from sciaquiz.study.drill import drills
    from sciaquiz.study.opening import open_drill

    workspace = _workspace()
    decks, journal = workspace.library.decks, workspace.journal
    seen = journal.snapshot(workspace.clock.now().study_day)
    found = drills(decks, ledger(decks, journal.given()), seen.states)
    if not found:
        _say("Nothing is mixed up now.")
    for drill in found:
        one, other = drill.sides
        waits = "" if drill.is_ready else "; still being learned"
        _say(f"{one.name} and {other.name}: {times(drill.confusion.count)}{waits}")
    ready = next((drill for drill in found if drill.is_ready), None)
    if ready is None or options.list:
        return 0
    _say(f"\n{ready.sides[0].name} or {ready.sides[1].name}. {ready.discriminator}\n")
    return _hold_plainly(workspace, decks, open_drill(workspace, ready, seen))


# Looking


def _decks(options: argparse.Namespace) -> int:
    from sciaquiz.insight.overview import overview_of

    workspace = _workspace()
    summary = overview_of(
        workspace, workspace.library.decks, workspace.journal.snapshot(workspace.clock.now().study_day)
    )
    if options.json:
        _say_json(
            [
                {
                    "id": row.deck.id,
                    "title": row.deck.title,
                    "version": row.deck.version,
                    "questions": len(row.deck.questions),
                    "cards": row.cards,
                    "due": row.due,
                    "new": row.unseen,
                    "new_today": row.new,
                    "learning": row.learning,
                    "known": round(row.known, 4),
                    "path": str(row.deck.path) if row.deck.path else None,
                }
                for row in summary.rows
            ]
        )
        return 0
    width = max([len(row.deck.title) for row in summary.rows], default=0)
    for row in summary.rows:
        questions = f"{len(row.deck.questions):4} {'question' if len(row.deck.questions) == 1 else 'questions':<9}"
        counts = f"{row.due:4} due {row.learning:4} learning {row.unseen:4} new"
        _say(f"{row.deck.title:<{width}}  {questions} {counts}   {row.deck.id}")
    for words in summary.limit_words:
        _say(words)
    if not summary.rows:
        _say("No decks are installed.")
    errors = sum(problem.severity == "error" for problem in workspace.library.problems)
    if errors:
        sys.stderr.write(f"sciaquiz: {count(errors, 'problem')} in these decks. Run: sciaquiz check\n")
    return 0


def _stats(options: argparse.Namespace) -> int:
    from sciaquiz.insight.statistics import as_lines, statistics

    workspace = _workspace()
    figures = statistics(workspace)
    if options.json:
        _say_json(figures)
    else:
        for line in as_lines(figures):
            _say(line)
    return 0


def _why(options: argparse.Namespace) -> int:
    from sciaquiz.journal.entries import CardState
    from sciaquiz.memory.explain import explain_card
    from sciaquiz.plain.asking import asked_in_a_line
    from sciaquiz.view.reasons import lines

    workspace = _workspace(_existing(options.place))
    card = _cards(workspace).get(options.card) or _no_card(workspace, options.card)
    journal = workspace.journal
    reviews, events = journal.history(card.id)
    state = journal.states().get(card.id) or CardState(card_id=card.id)
    _say(asked_in_a_line(card))
    policy = workspace.policy_for(card.question)
    for line in lines(explain_card(state, reviews, events, workspace.clock.now(), policy, journal.policies())):
        _say(line)
    return 0


def _cards(workspace: Workspace) -> dict[CardId, Card]:
    return {card.id: card for deck in workspace.library.decks for card in deck.cards()}


def _no_card(workspace: Workspace, wanted: str) -> NoReturn:
    from difflib import get_close_matches

    near = get_close_matches(wanted, _cards(workspace), 3)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    where = "this deck" if workspace.places else "the installed decks"
    raise ToldError(f"there is no card {wanted!r} in {where}.{hint}")


def _card(options: argparse.Namespace) -> int:
    """Show what is set on a card, or on all, or act on one."""
    from sciaquiz.journal.acts import entry_of
    from sciaquiz.journal.entries import CardState
    from sciaquiz.plain.card import KnownCard, act_named, set_apart
    from sciaquiz.view.acts import done_words

    workspace = _workspace(_existing(options.place))
    journal, cards, now = workspace.journal, _cards(workspace), workspace.clock.now()
    states = journal.states()
    if options.card is None:
        found = set_apart(states, cards, now.study_day)
        if options.json:
            _say_json([known.as_json() for known in found])
            return 0
        for known in found:
            _say(known.line(now.study_day))
        if not found:
            _say("No card is suspended, flagged or put off.")
        return 0
    if options.card not in cards and options.card not in states:
        _no_card(workspace, options.card)
    state = states.get(options.card) or CardState(card_id=options.card)
    said = ""
    if options.act == "note" and not options.text:
        said = f"Your note: {state.marks.note}" if state.marks.note else "There is no note."
    elif options.act is not None:
        act = act_named(options.act, tame(" ".join(options.text)).strip(), now.study_day)
        state = journal.act(entry_of(act, state.card_id, now))
        said = done_words(act)
    known = KnownCard(state, cards.get(state.card_id))
    if options.json:
        _say_json(known.as_json())
        return 0
    for line in [said] if said else known.lines(now):
        _say(line)
    return 0


def _doctor(options: argparse.Namespace) -> int:
    from sciaquiz.doctor import examine

    return examine(_workspace(), _say)


# Authoring


def _check(options: argparse.Namespace) -> int:
    from sciaquiz.authoring.report import run_check
    from sciaquiz.deck.finding import is_there
    from sciaquiz.paths import shipped_decks, user_paths

    paths = options.path or [place for place in (shipped_decks(), user_paths().decks) if is_there(place)]
    return run_check(paths, options.format, sys.stdout)


def _schema(options: argparse.Namespace) -> int:
    from sciaquiz.authoring.schema import deck_schema

    _say_json(deck_schema())
    return 0


# Keeping


def _journal_export(options: argparse.Namespace) -> int:
    journal = _workspace().journal
    if str(options.file) == "-":
        return _tell_left_out(journal.export_to(sys.stdout))
    partial = options.file.with_name(options.file.name + ".part")
    try:
        with partial.open("w", encoding="utf-8") as file:
            exported = journal.export_to(file)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(options.file)
    except OSError as error:
        name = path_words(options.file)
        raise ToldError(f"{name}: cannot be written ({error.strerror}). Nothing was changed.") from None
    _say(f"{exported.words()} written to {path_words(options.file)}")
    return _tell_left_out(exported)


def _tell_left_out(exported: Exported) -> int:
    for damage in exported.left_out:
        sys.stderr.write(f"sciaquiz: damaged, left out: {damage}\n")
    return EXIT_TROUBLE if exported.left_out else 0


def _journal_import(options: argparse.Namespace) -> int:
    workspace = _workspace()
    now = workspace.clock.now()
    is_piped = str(options.file) == "-"
    name = "standard input" if is_piped else path_words(options.file)
    try:
        if is_piped:
            report = workspace.journal.import_from(_input(), now)
        else:
            with options.file.open(encoding="utf-8", errors="surrogateescape") as file:
                report = workspace.journal.import_from(file, now)
    except OSError as error:
        raise ToldError(f"{name}: cannot be read ({error.strerror}).") from None
    workspace.still_aside(workspace.journal)  # a file that was set aside and is taken in now goes
    return _tell_taken(name, report)


def _journal_merge(options: argparse.Namespace) -> int:
    from sciaquiz.store.merge import merge

    workspace = _workspace()
    report, damaged = merge(options.file, workspace.journal, workspace.clock.now())
    for damage in damaged:
        _warn(f"damaged, left out: {damage}")
    return _tell_taken(path_words(options.file), report) or (EXIT_TROUBLE if damaged else 0)


def _tell_taken(name: str, report: ImportReport) -> int:
    for problem in report.problems:
        _warn(f"{name}:{problem.line}: {problem.message}")
    if (more := report.refused - len(report.problems)) and not report.refusal:
        _warn(f"… and {count(more, 'more line')}")
    _say(report.words())
    return EXIT_TROUBLE if report.refused or report.refusal else 0


def _journal_verify(options: argparse.Namespace) -> int:
    verification = _workspace().journal.verify()
    for line in verification.lines():
        _say(line)
    return 0 if verification.sound else EXIT_TROUBLE


def _journal_rebuild(options: argparse.Namespace) -> int:
    if options.rule is not None:
        return _journal_under_rule(options.rule, dry_run=options.dry_run)
    if options.dry_run:
        raise ToldError("--dry-run needs --rule N: it shows what another rule would have rated")
    cards = _workspace().journal.rebuild()
    _say(f"The schedule of {count(cards, 'card')} was worked out anew from the journal.")
    return 0


def _journal_under_rule(rule: int, *, dry_run: bool) -> int:
    from sciaquiz.insight.rerate import rerate
    from sciaquiz.marking.rating import RULES

    if rule not in RULES:
        raise ToldError(f"there is no rule {rule}; there are: {', '.join(map(str, RULES))}")
    if not dry_run:
        raise ToldError("--rule needs --dry-run: answers keep the rating they were given when you answered")
    journal = _workspace().journal
    for text in rerate(journal.states(), journal.history, journal.policies(), rule).lines():
        _say(text)
    return 0


def _backup(options: argparse.Namespace) -> int:
    from sciaquiz.store.backup import back_up

    workspace = _workspace()
    journal = workspace.journal
    made = back_up(journal.path, workspace.paths.backups, workspace.clock.now().study_day, to=options.file)
    _say(f"Backup written and checked: {path_words(made)}")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from sciaquiz.store.beside import list_asides, list_backups
    from sciaquiz.store.restore import restore

    workspace = _workspace()
    if options.file is None:
        found = (*list_backups(workspace.paths.backups), *list_asides(workspace.paths.journal))
        if not found:
            _say("There are no backups yet.")
        for backup in found:
            _say(path_words(backup))
        if found:
            _say("To restore one: sciaquiz restore FILE")
        return 0
    aside = restore(options.file, workspace.paths.journal, workspace.clock.now())
    _say(f"Restored from {path_words(options.file)}.")
    if aside:
        _say(f"What was there before is kept in {path_words(aside)}")
    return 0


def _say_json(value: object) -> None:
    sys.stdout.write(json_text(value) + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="sciaquiz",
        description="Quiz and spaced repetition for sciatic pain. Without a command, it opens the app.",
    )
    parser.add_argument("--version", action="version", version=f"sciaquiz {__version__}")
    parser.set_defaults(run=_study, command=None, deck=[], plain=False, limit=0, minutes=0)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")

    def add(name: str, action: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=words, description=words)
        command.set_defaults(run=action)
        return command

    study = add("study", _study, "Study now: all decks, or those named by id, file or folder.")
    study.add_argument("deck", nargs="*", help="a deck's id, or the path of a deck")
    study.add_argument("--plain", action="store_true", help="as lines of text, for screen readers and pipes")
    study.add_argument("--limit", type=_count, default=0, metavar="N", help="end after N cards")
    study.add_argument("--minutes", type=_count, default=0, metavar="N", help="end after N minutes")

    drill = add("drill", _drill, "List what you mix up, and drill it in plain lines: both sides in turn.")
    drill.add_argument("--list", action="store_true", help="only list")
    decks = add("decks", _decks, "List the decks and what waits in each.")
    decks.add_argument("--json", action="store_true", help="as JSON")
    stats = add("stats", _stats, "Show what you have done and how well you remember.")
    stats.add_argument("--json", action="store_true", help="as JSON")
    why = add("why", _why, "Explain when a card comes back, and why.")
    why.add_argument("card", metavar="CARD", help="a card's id")
    why.add_argument(
        "--deck", dest="place", action="append", type=Path, default=[], metavar="PATH", help="look in this deck instead"
    )
    card = add("card", _card, "Show what is set on a card, or change it; without CARD, list what is set apart.")
    card.add_argument("card", nargs="?", metavar="CARD", help="a card's id")
    card.add_argument("act", nargs="?", choices=CARD_ACTS, metavar="ACT", help=", ".join(CARD_ACTS))
    card.add_argument("text", nargs="*", metavar="TEXT", help="the note; note without it reads the note")
    card.add_argument("--json", action="store_true", help="as JSON")
    card.add_argument(
        "--deck", dest="place", action="append", type=Path, default=[], metavar="PATH", help="look in this deck instead"
    )
    add("doctor", _doctor, "Show versions, places, the state of the journal and of the terminal.")

    check = add("check", _check, "Check decks; the exit status is 1 if there are errors.")
    check.add_argument("path", nargs="*", type=Path, metavar="PATH", help="deck files or folders")
    check.add_argument("--format", choices=("text", "json", "github"), default="text")
    add("schema", _schema, "Print the JSON Schema of a deck, for editors.")

    journal = commands.add_parser("journal", help="Export, import, verify or rebuild the journal of answers.")
    parts = journal.add_subparsers(title="commands", metavar="COMMAND", dest="part", required=True)
    export = parts.add_parser("export", help="Write every entry as JSON lines.")
    export.add_argument("file", nargs="?", type=Path, default=Path("-"), metavar="FILE", help="- is standard output")
    export.set_defaults(run=_journal_export)
    imports = parts.add_parser("import", help="Take in entries from another journal; what is known is left as it is.")
    imports.add_argument("file", nargs="?", type=Path, default=Path("-"), metavar="FILE", help="- is standard input")
    imports.set_defaults(run=_journal_import)
    merge = parts.add_parser(
        "merge", help="Take in entries from a journal.db itself: a copy, a backup; it is left as it is."
    )
    merge.add_argument("file", type=Path, metavar="FILE")
    merge.set_defaults(run=_journal_merge)
    verify = parts.add_parser("verify", help="Check the file, every row, and that the schedule follows from them.")
    verify.set_defaults(run=_journal_verify)
    rebuild = parts.add_parser("rebuild", help="Work out the schedule anew from the journal.")
    rebuild.add_argument("--rule", type=_count, metavar="N", help="a version of the rating rule; with --dry-run only")
    rebuild.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")
    rebuild.set_defaults(run=_journal_rebuild)

    backup = add("backup", _backup, "Write a backup now, and check it.")
    backup.add_argument("file", nargs="?", type=Path, metavar="FILE", help="where; else in the folder of backups")
    restore = add("restore", _restore, "Put a backup in place; without FILE, list them.")
    restore.add_argument("file", nargs="?", type=Path, metavar="FILE")
    return parser


class _Parser(argparse.ArgumentParser):
    """Usage errors in one line, with the way to help."""

    def error(self, message: str) -> NoReturn:
        self.exit(EXIT_USAGE, f"sciaquiz: {tame(message)}. See: {self.prog} --help\n")


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 9999:
        raise argparse.ArgumentTypeError("must be a whole number from 1 to 9999")
    return int(text)
