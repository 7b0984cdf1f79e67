"""`sciaquiz fit`: fitting the model of memory to the student, going back, and how well models foretell reviews."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sciaquiz.cli.arguments import add_json
from sciaquiz.cli.console import say, say_json, warn
from sciaquiz.cli.opening import open_workspace
from sciaquiz.errors import SciaquizError
from sciaquiz.words import percent

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from sciaquiz.memory.fits import Fits


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    instead.add_argument("--back", action="store_true", help="go back to what was in force before the latest fit")
    instead.add_argument("--compare", action="store_true", help="compare the models on your own answers")
    instead.add_argument(
        "--log",
        type=Path,
        metavar="FILE.csv",
        help="compare the models on this log of reviews instead: card_id, review_time_ms, day, rating",
    )
    add_json(parser)
    parser.add_argument("--progress", action="store_true", help="tell how far it is on standard error, a line each")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Fit and keep what is better, go back, or compare; as lines or as JSON."""
    if options.log is not None:
        from sciaquiz.cli.fitlog import compare_log

        return compare_log(options.log, as_json=options.json)
    if options.compare:
        return _compare(as_json=options.json)
    return _back(as_json=options.json) if options.back else _fit(options)


def _fit(options: argparse.Namespace) -> int:
    from sciaquiz.memory.refitting import TooFewError, payload_of
    from sciaquiz.ownfit import fit_own, keep_fit
    from sciaquiz.view.fitting import fit_lines, same_lines, too_few_words

    with open_workspace() as workspace:
        if not options.dry_run and workspace.journal.refusal:
            raise SciaquizError(workspace.journal.refusal)
        try:
            found = fit_own(workspace, _teller(told=options.progress))
        except TooFewError as error:
            raise SciaquizError(f"{too_few_words(error.reviews)} Nothing was changed.") from None
        is_kept = found.is_news and not options.dry_run
        fits = keep_fit(workspace, found) if is_kept else workspace.journal.fits()
        told = payload_of(found, workspace.clock.now().study_day)
    if options.json:
        say_json({"fit": told, "written": is_kept, "in_force": _in_force(fits)})
    elif found.is_news:
        _say_all(fit_lines(told, is_trial=options.dry_run))
    else:
        _say_all(same_lines(found.reviews, found.days))
    return 0


def _back(*, as_json: bool) -> int:
    from sciaquiz.ownfit import go_back
    from sciaquiz.view.fitting import NO_WAY_BACK, back_lines

    with open_workspace() as workspace:
        gone = go_back(workspace.journal, workspace.clock.now())
        if gone is None:
            raise SciaquizError(NO_WAY_BACK)
        taken, fits = gone
        today = workspace.clock.now().study_day
    if as_json:
        say_json({"taken_back": taken.id, "in_force": _in_force(fits)})
    else:
        _say_all(back_lines(taken, fits, today))
    return 0


def _compare(*, as_json: bool) -> int:
    from sciaquiz.cli.fitlog import compare_cards
    from sciaquiz.ownfit import own_log

    with open_workspace() as workspace:
        log = own_log(workspace)
    return compare_cards(log, "your answers", as_json=as_json)


def _in_force(fits: Fits) -> dict[str, Any]:
    return {"model": fits.model, "own": fits.own is not None, "parameters": list(fits.parameters)}


def _say_all(lines: Sequence[str]) -> None:
    for line in lines:
        say(line)


def _teller(*, told: bool) -> Callable[[float], None]:
    """Return what hears how far a fit is: it says so in whole percents where it was asked to, or someone waits."""
    last = -1

    def hear(share: float) -> None:
        nonlocal last
        now = int(share * 100)
        if now > last:
            last = now
            if told:
                warn(f"progress {now}")
            elif sys.stderr.isatty():
                sys.stderr.write(f"\rfitting {percent(share)} ")

    return hear
