"""`sciaquiz journal`: exporting, importing, merging, verifying and rebuilding the journal of answers."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from sciaquiz.cli.arguments import whole_number
from sciaquiz.cli.console import EXIT_TROUBLE, say, standard_input, warn
from sciaquiz.cli.opening import open_workspace
from sciaquiz.deck.files import open_named, replacing
from sciaquiz.errors import SciaquizError
from sciaquiz.text import path_words
from sciaquiz.words import count, instant_words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from typing import TextIO

    from sciaquiz.store.journal import Journal
    from sciaquiz.store.jsonl import Exported, ImportReport


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.description = None  # the help of each part says what it does
    parts = parser.add_subparsers(title="commands", metavar="COMMAND", dest="part", required=True)
    export = parts.add_parser("export", help="Write every entry as JSON lines.")
    export.add_argument("file", nargs="?", type=Path, default=Path("-"), metavar="FILE", help="- is standard output")
    export.add_argument(
        "--anonymous", action="store_true", help="only what tells of the questions: outcomes, options, certainty, days"
    )
    export.set_defaults(run=_export)
    imports = parts.add_parser("import", help="Take in entries from another journal; what is known is left as it is.")
    imports.add_argument("file", nargs="?", type=Path, default=Path("-"), metavar="FILE", help="- is standard input")
    imports.set_defaults(run=_import)
    merge = parts.add_parser(
        "merge", help="Take in entries from a journal.db itself: a copy, a backup; it is left as it is."
    )
    merge.add_argument("file", type=Path, metavar="FILE")
    merge.set_defaults(run=_merge)
    verify = parts.add_parser("verify", help="Check the file, every row, and that the schedule follows from them.")
    verify.set_defaults(run=_verify)
    rebuild = parts.add_parser("rebuild", help="Work out the schedule anew from the journal.")
    rebuild.add_argument("--rule", type=whole_number, metavar="N", help="rate all answers by this version of the rule")
    rebuild.add_argument("--dry-run", action="store_true", help="show what --rule would change, and change nothing")
    rebuild.add_argument("--undo", action="store_true", help="take back the last time that answers were rated anew")
    rebuild.set_defaults(run=_rebuild)


def _export(options: argparse.Namespace) -> int:
    with open_workspace() as workspace:
        journal = workspace.journal
        write = _anonymously(journal) if options.anonymous else journal.export_to
        if str(options.file) == "-":
            return _report_left_out(write(sys.stdout))
        try:
            with replacing(options.file) as file:
                text = TextIOWrapper(file, encoding="utf-8")
                exported = write(text)
                text.detach()
        except OSError as error:
            name = path_words(options.file)
            raise SciaquizError(f"{name}: cannot be written ({error.strerror}). Nothing was changed.") from None
    told = count(exported.entries, "answer") if options.anonymous else exported.words()
    say(f"{told} written to {path_words(options.file)}")
    return _report_left_out(exported)


def _anonymously(journal: Journal) -> Callable[[TextIO], Exported]:
    """Return what writes an export under a name that is made for it alone."""
    from secrets import token_hex

    return lambda out: journal.export_anonymously_to(out, token_hex(8))


def _report_left_out(exported: Exported) -> int:
    for damage in exported.left_out:
        sys.stderr.write(f"sciaquiz: damaged, left out: {damage}\n")
    return EXIT_TROUBLE if exported.left_out else 0


def _import(options: argparse.Namespace) -> int:
    is_piped = str(options.file) == "-"
    name = "standard input" if is_piped else path_words(options.file)
    with open_workspace() as workspace:
        now = workspace.clock.now()
        try:
            if is_piped:
                report = workspace.journal.import_from(standard_input(), now)
            else:
                with TextIOWrapper(open_named(options.file), encoding="utf-8", errors="surrogateescape") as file:
                    report = workspace.journal.import_from(file, now)
        except OSError as error:
            raise SciaquizError(f"{name}: cannot be read ({error.strerror}).") from None
        workspace.still_aside(workspace.journal)  # a file that was set aside and is taken in now goes
    return _report_imported(name, report)


def _merge(options: argparse.Namespace) -> int:
    from sciaquiz.store.merge import merge

    with open_workspace() as workspace:
        report, damaged = merge(options.file, workspace.journal, workspace.clock.now())
    for damage in damaged:
        warn(f"damaged, left out: {damage}")
    return _report_imported(path_words(options.file), report) or (EXIT_TROUBLE if damaged else 0)


def _report_imported(name: str, report: ImportReport) -> int:
    for problem in report.problems:
        warn(f"{name}:{problem.line}: {problem.message}")
    if (more := report.refused - len(report.problems)) and not report.refusal:
        warn(f"… and {count(more, 'more line')}")
    say(report.words())
    return EXIT_TROUBLE if report.refused or report.refusal else 0


def _verify(_: argparse.Namespace) -> int:
    with open_workspace() as workspace:
        verification = workspace.journal.verify()
    for line in verification.lines():
        say(line)
    return 0 if verification.sound else EXIT_TROUBLE


def _rebuild(options: argparse.Namespace) -> int:
    if options.undo:
        if options.rule is not None or options.dry_run:
            raise SciaquizError("--undo goes alone: it takes back the last time that answers were rated anew")
        return _take_back()
    if options.rule is not None:
        return _rate_anew(options.rule, dry_run=options.dry_run)
    if options.dry_run:
        raise SciaquizError("--dry-run needs --rule N: it shows what another rule would have rated")
    with open_workspace() as workspace:
        cards = workspace.journal.rebuild()
    say(f"The schedule of {count(cards, 'card')} was worked out anew from the journal.")
    return 0


def _rate_anew(rule: int, *, dry_run: bool) -> int:
    """Tell what another version of the rating rule makes of the answers, and put it in force."""
    from sciaquiz.insight.rerate import rerate
    from sciaquiz.marking.rating import RULES
    from sciaquiz.memory.guessing import rates_from

    if rule not in RULES:
        raise SciaquizError(f"there is no rule {rule}; there are: {', '.join(map(str, RULES))}")
    with open_workspace() as workspace:
        journal, now = workspace.journal, workspace.clock.now()
        rates = rates_from(journal.snapshot(now.study_day).avowals())
        found = rerate(journal.states(), journal.history, journal.policies(), rule, rates)
        for text in found.lines():
            say(text)
        if dry_run:
            say("Nothing was changed: the journal keeps what was rated when you answered.")
        elif not found.ratings:
            say(f"Nothing was changed: every answer has the rating that rule {rule} gives.")
        else:
            journal.act_on_each(found.acts(now))
            say(f"{count(len(found.ratings), 'card')} rated anew by rule {rule}; your own word over a rating stays.")
            say("To take it back: sciaquiz journal rebuild --undo")
    return 0


def _take_back() -> int:
    from sciaquiz.insight.rerate import undoing

    with open_workspace() as workspace:
        journal = workspace.journal
        found = undoing(journal.states(), journal.history, workspace.clock.now())
        if found.rated is None:
            raise SciaquizError("no answers were rated anew: there is nothing to take back")
        journal.act_on_each(found.acts)
    cards = count(len(found.acts), "card")
    say(f"The ratings of {cards} are as they were before {instant_words(found.rated.local)}.")
    return 0
