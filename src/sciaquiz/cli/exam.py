"""`sciaquiz exam`: plan for an exam, see what the plan brings, and study today's part of it."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from sciaquiz.cli.arguments import add_json
from sciaquiz.cli.console import say, say_json
from sciaquiz.cli.opening import open_workspace
from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.exam.exam import Exam
    from sciaquiz.workspace import Workspace

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NO_DAYS = "none"


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    acts = parser.add_subparsers(title="what to do", metavar="ACT", dest="act")
    parser.set_defaults(run=run, exam=None, json=False)
    add_json(parser)
    add = acts.add_parser("add", help="plan for an exam")
    add.add_argument("exam", metavar="NAME", help="what it is called")
    _declare_options(add)
    change = acts.add_parser("change", help="change what is set of one")
    change.add_argument("exam", metavar="EXAM", help="its id or name")
    change.add_argument("--name", help="call it so")
    _declare_options(change)
    acts.add_parser("list", help="list the exams")
    show = acts.add_parser("show", help="what the plan of one brings, and what other plans would")
    show.add_argument("exam", nargs="?", metavar="EXAM", help="its id or name; the next one without it")
    show.add_argument("--without", metavar="TOPIC", help="also the score if this topic or deck is left out")
    remove = acts.add_parser("remove", help="remove one; cards and answers stay as they are")
    remove.add_argument("exam", metavar="EXAM", help="its id or name")
    today = acts.add_parser("today", help="study today's part of the plan of all exams ahead")
    today.add_argument("--plain", action="store_true", help="as lines of text, for screen readers and pipes")
    for each in acts.choices.values():
        each.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="as JSON")


def _declare_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--date", type=_day, metavar="DAY", help="the day of the exam, as in 2027-02-18")
    parser.add_argument("--decks", nargs="+", metavar="DECK", help="the decks it is about; all without it")
    parser.add_argument(
        "--blueprint", nargs="+", type=_share, metavar="TOPIC=PERCENT",
        help="the share of topics or decks, as in roots=40 variants=60; without it every question counts the same",
    )  # fmt: skip
    parser.add_argument("--minutes", type=_number, metavar="N", help="minutes a day")
    parser.add_argument("--days-off", nargs="+", type=_weekdays, metavar="DAY", help="such as sat sun; none for none")
    parser.add_argument("--target", type=_number, metavar="PERCENT", help="the score you want")
    parser.add_argument("--pass", dest="pass_mark", type=_number, metavar="PERCENT", help="the score it takes to pass")
    parser.add_argument("--questions", type=_number, metavar="N", help="how many questions the paper has")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("must be a day such as 2027-02-18") from None


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 4:
        raise argparse.ArgumentTypeError(f"must be a whole number from 0 to 9999, not {text!r}")
    return int(text)


def _share(text: str) -> tuple[str, float]:
    name, sign, share = text.rpartition("=")
    try:
        percent = float(share.removesuffix("%"))
    except ValueError:
        percent = -1.0
    if not (sign and name.strip() and 0 <= percent <= 100):
        raise argparse.ArgumentTypeError(f"must be a topic or deck and its percent, as in roots=40, not {text!r}")
    return name.strip(), percent


def _weekdays(text: str) -> frozenset[int]:
    names = [name.strip().casefold() for name in text.split(",") if name.strip()]
    if names == [NO_DAYS]:
        return frozenset()
    found = {number for number, day in enumerate(DAYS) for name in names if len(name) >= 3 and _is_day(name, day)}
    if not names or len(found) != len(set(names)):
        raise argparse.ArgumentTypeError(f"must be days of the week such as sat or sun, or {NO_DAYS}, not {text!r}")
    return frozenset(found)


def _is_day(name: str, day: str) -> bool:
    from sciaquiz.words import WEEKDAYS

    return WEEKDAYS[DAYS.index(day)].casefold().startswith(name)


def run(options: argparse.Namespace) -> int:
    """Do what was asked; list the exams where nothing was."""
    with open_workspace() as workspace:
        match options.act:
            case "add" | "change":
                return _keep(workspace, options)
            case "remove":
                return _remove(workspace, options)
            case "show":
                return _show(workspace, options)
            case "today":
                return _today(workspace, options)
            case _:
                return _list(workspace, options)


def _keep(workspace: Workspace, options: argparse.Namespace) -> int:
    from sciaquiz.exam.exam import Exam
    from sciaquiz.exams import exam_named, exams_in, free_id, keep_exam
    from sciaquiz.view.exam import exam_json, kept_words

    today, known = workspace.clock.now().study_day, exams_in(workspace.journal)
    if options.act == "add":
        if options.date is None:
            raise SciaquizError("When is the exam? Add its day: --date 2027-02-18")
        if any(exam.name == options.exam and exam.is_ahead(today) for exam in known):
            raise SciaquizError(f"There is an exam {options.exam!r} already. To change it: sciaquiz exam change")
        exam = Exam(id=free_id(known, options.exam), name=options.exam, day=options.date)
    else:
        exam = exam_named(known, options.exam)
    exam = keep_exam(workspace, replace(exam, **_given(options)))
    if options.json:
        say_json(exam_json(exam))
    else:
        say(kept_words(exam, today))
    return 0


def _given(options: argparse.Namespace) -> dict[str, Any]:
    """Return what is set of an exam by the options that were given."""
    given: dict[str, Any] = {
        name: value
        for name in ("minutes", "target", "pass_mark", "questions")
        if (value := getattr(options, name)) is not None
    }
    if options.act == "change" and options.name is not None:
        given["name"] = options.name
    if options.date is not None:
        given["day"] = options.date
    if options.decks is not None:
        given["decks"] = tuple(options.decks)
    if options.days_off is not None:
        given["days_off"] = frozenset().union(*options.days_off)
    if options.blueprint is not None:
        names = [name for name, _ in options.blueprint]
        if twice := [name for name in names if names.count(name) > 1]:
            raise SciaquizError(f"The blueprint has {twice[0]!r} twice. Name it once, with one share.")
        given["blueprint"] = dict(options.blueprint)
    return given


def _list(workspace: Workspace, options: argparse.Namespace) -> int:
    from sciaquiz.exams import exams_in
    from sciaquiz.view.exam import exam_json, exam_line

    exams, today = exams_in(workspace.journal), workspace.clock.now().study_day
    if options.json:
        say_json([exam_json(exam) for exam in exams])
        return 0
    for exam in exams:
        say(exam_line(exam, today))
    if not exams:
        say("There is no exam. To plan one: sciaquiz exam add NAME --date 2027-02-18")
    return 0


def _remove(workspace: Workspace, options: argparse.Namespace) -> int:
    from sciaquiz.exams import exam_named, exams_in, remove_exam
    from sciaquiz.view.exam import REMOVED, exam_json

    exam = exam_named(exams_in(workspace.journal), options.exam)
    remove_exam(workspace, exam)
    if options.json:
        say_json({**exam_json(exam), "removed": True})
    else:
        say(REMOVED)
    return 0


def _ahead(workspace: Workspace, name: str | None = None) -> tuple[Sequence[Exam], Exam]:
    from sciaquiz.exams import exam_named, exams_in

    exams, today = exams_in(workspace.journal), workspace.clock.now().study_day
    ahead = [exam for exam in exams if exam.is_ahead(today)]
    return ahead, exam_named(exams if name is not None else ahead, name)


def _show(workspace: Workspace, options: argparse.Namespace) -> int:
    from sciaquiz.exam.outlook import outlook, variants, without
    from sciaquiz.exams import NOT_INSTALLED, prepare
    from sciaquiz.view.exam import outlook_json, outlook_lines, points

    ahead, exam = _ahead(workspace, options.exam)
    if exam not in ahead:
        return _show_past(workspace, options, exam)
    preparation = prepare(workspace, ahead)
    if exam not in preparation.exams:
        raise SciaquizError(NOT_INSTALLED)
    number = preparation.exams.index(exam)
    seen, told = outlook(preparation, number), variants(preparation, number)
    lines = outlook_lines(seen, told, preparation.today)
    figures = outlook_json(seen, told)
    if options.without is not None:
        parts = [part.name for part in seen.parts]
        if options.without not in parts:
            raise SciaquizError(f"{options.without!r} is not part of this exam. It has: {', '.join(parts)}.")
        score = without(preparation, number, options.without)
        lines.append(f"Without {options.without} from now on: {points(score)} instead of {points(seen.then.score)}.")
        figures["without"] = {"part": options.without, "score": round(score, 1)}
    if options.json:
        say_json(figures)
        return 0
    for line in lines:
        say(line)
    return 0


def _show_past(workspace: Workspace, options: argparse.Namespace, exam: Exam) -> int:
    from sciaquiz.exams import after
    from sciaquiz.view.exam import after_json, after_lines

    if options.without is not None:
        raise SciaquizError(f"{exam.name} was on {exam.day}. There is nothing left to plan.")
    found = after(workspace, exam)
    if options.json:
        say_json(after_json(found))
        return 0
    for line in after_lines(found, workspace.clock.now().study_day):
        say(line)
    return 0


def _today(workspace: Workspace, options: argparse.Namespace) -> int:
    from sciaquiz.cli.study import begin
    from sciaquiz.exams import prepare, todays_part
    from sciaquiz.view.exam import NONE_LEFT, ending_words

    ahead, _ = _ahead(workspace)
    choice = todays_part(prepare(workspace, ahead))
    if options.json:
        say_json({"cards": list(choice.cards), "minutes": choice.minutes} if choice else {"cards": [], "minutes": 0})
        return 0
    if choice is None:
        say(NONE_LEFT)
        return 0
    if options.plain:
        say(ending_words(choice.minutes))
    return begin(workspace, options, choice)
