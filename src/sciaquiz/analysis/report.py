"""The report of a class: each question with its indices, what to look at first, and the forms that were sat."""

from __future__ import annotations

import csv
import io
from html import escape
from typing import TYPE_CHECKING, Any

from msgspec import Struct, to_builtins

from sciaquiz.analysis.advice import Advice, advice
from sciaquiz.analysis.indices import ENOUGH, indices, reliabilities
from sciaquiz.deck.kinds import Hotspot, MultipleAnswer, SingleBestAnswer
from sciaquiz.ids import QuestionId
from sciaquiz.words import count, percent

if TYPE_CHECKING:
    from sciaquiz.analysis.indices import ItemIndex, Reliability
    from sciaquiz.analysis.logs import Logs
    from sciaquiz.deck.model import Deck, Question
    from sciaquiz.deck.reading import Reading

LONGEST_STEM = 70


class Row(Struct, frozen=True, kw_only=True):
    """A card: its indices, what to look at, and where it stands. `is_current` says whether its text is the deck's."""

    index: ItemIndex
    advice: tuple[Advice, ...]
    place: str
    stem: str
    right: tuple[str, ...]
    is_current: bool


class ItemReport(Struct, frozen=True, kw_only=True):
    """What the logs of a class say of a deck: the rows to look at first come first."""

    deck: Deck
    rows: tuple[Row, ...]
    forms: tuple[Reliability, ...]
    learners: int
    answers: int
    later: int


def report_of(reading: Reading, deck: Deck, logs: Logs) -> ItemReport:
    """Work out the report of a deck that was read from a file."""
    questions = {question.id: question for question in deck.questions}
    rows = []
    for index in indices(logs):
        question = questions.get(QuestionId(index.card.split("#")[0]))
        right, written = _options(question)
        line = reading.place(question.id)[0] if question is not None else 0
        rows.append(
            Row(
                index=index,
                advice=tuple(advice(index, right, written)),
                place=f"{reading.path}:{line}" if question is not None else "no longer in the deck",
                stem=_opening(question),
                right=right,
                is_current=question is not None and question.version == index.version,
            )
        )
    return ItemReport(
        deck=deck,
        rows=tuple(sorted(rows, key=_weight)),
        forms=tuple(reliabilities(logs)),
        learners=len(logs.learners),
        answers=logs.lines - logs.later,
        later=logs.later,
    )


def _weight(row: Row) -> tuple[object, ...]:
    first = row.advice[0].weight if row.advice else 9
    rest = row.index.item_rest
    return not row.is_current, first, -len(row.advice), 1.0 if rest is None else rest, row.index.card


def _opening(question: Question | None) -> str:
    from sciaquiz.study.summary import opening

    return "" if question is None else opening(question, LONGEST_STEM)


def _options(question: Question | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the options that are right, and all that are written."""
    match question:
        case SingleBestAnswer(options=options) | MultipleAnswer(options=options):
            return tuple(o.id for o in options if o.correct), tuple(o.id for o in options)
        case Hotspot(regions=regions):
            return tuple(regions), tuple(regions)
        case _:
            return (), ()


def plain(report: ItemReport) -> dict[str, Any]:
    """Return the report as plain values; shares are 0..1, what cannot be said is null."""
    return {
        "deck": report.deck.id,
        "version": report.deck.version,
        "learners": report.learners,
        "answers": report.answers,
        "enough": ENOUGH,
        "forms": to_builtins(report.forms),
        "questions": [
            {
                **to_builtins(row.index),
                "place": row.place,
                "current": row.is_current,
                "right": list(row.right),
                "advice": [{"code": each.code, "text": each.text} for each in row.advice],
            }
            for row in report.rows
        ],
    }


COLUMNS = ("card", "version", "current", "kind", "n", "facility", "low", "high", "mean", "item_rest", "discrimination",
           "certain_and_wrong", "options", "advice", "place")  # fmt: skip


def as_csv(report: ItemReport) -> str:
    """Return the rows as CSV; a text that a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in report.rows:
        index = row.index
        options = "; ".join(f"{each.option}={each.share:.3f}" for each in index.options)
        told = "; ".join(each.code for each in row.advice)
        writer.writerow(
            _harmless(value)
            for value in (index.card, index.version, row.is_current, index.kind, index.n, index.facility,
                          *index.interval, index.mean, index.item_rest, index.discrimination,
                          index.certain_and_wrong, options, told, row.place)
        )  # fmt: skip
    return out.getvalue()


def _harmless(value: object) -> object:
    if isinstance(value, float):
        return round(value, 6)
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t" else value


def lines(report: ItemReport) -> list[str]:
    """Return the report in plain lines."""
    told = [
        f"{report.deck.title}: {count(report.learners, 'learner')}, {count(report.answers, 'first answer')}"
        + (f"; {count(report.later, 'later answer')} not counted" if report.later else "")
    ]
    told += [form_words(form) for form in report.forms]
    flagged = [row for row in report.rows if row.advice and row.is_current]
    told.append("")
    if flagged:
        told.append("To look at first:")
    elif any(row.index.n >= ENOUGH and row.is_current for row in report.rows):
        told.append("Nothing stands out.")
    elif not report.answers:
        told.append(f"There is no first answer to a question of “{report.deck.id}” here.")
    for row in flagged:
        told.append(f"{row.place}: {row.index.card}, {index_words(row.index)}")
        told += [f"    {each.text}" for each in row.advice]
    few = sum(row.index.n < ENOUGH and row.is_current for row in report.rows)
    if few:
        told.append(f"{count(few, 'question')} with fewer than {ENOUGH} first answers: no index is given.")
    old = sum(not row.is_current for row in report.rows)
    if old:
        told.append(f"{count(old, 'text')} that the deck no longer has: see --json or --csv.")
    return told


def index_words(index: ItemIndex) -> str:
    """Return the indices of a card in words."""
    low, high = index.interval
    told = [f"{percent(index.facility)} of {index.n} right ({percent(low)}–{percent(high)})"]
    if index.item_rest is not None:
        told.append(f"item-rest {index.item_rest:.2f}")
    if index.discrimination is not None:
        told.append(f"D {index.discrimination:.2f}")
    return ", ".join(told)


def form_words(form: Reliability) -> str:
    """Return how reliable a form of a mock exam was."""
    told = f"Mock exam of {count(form.k, 'question')}, sat by {form.n}: mean {form.mean:.1f}, sd {form.deviation:.1f}"
    if form.alpha is None or form.error is None:
        return f"{told}; all scores are alike"
    return f"{told}, alpha (KR-20) {form.alpha:.2f}, standard error {form.error:.1f} points"


STYLE = """
:root{color-scheme:light dark;--t:#1f262c;--m:#59626a;--b:#fbfaf6;--l:#cfccc5;--w:#a32020;--a:#0b6377}
@media(prefers-color-scheme:dark){:root{--t:#dbe0e5;--m:#99a4af;--b:#14171a;--l:#343a41;--w:#f09385;--a:#7ccbda}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--t);background:var(--b);max-width:70rem;margin:2rem auto;
padding:0 1rem}
table{border-collapse:collapse;inline-size:-webkit-fill-available;inline-size:stretch}
th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--l);
vertical-align:top}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}.m{color:var(--m)}.w{color:var(--w)}
code{font-size:.9em}tr{break-inside:avoid}@media print{body{max-width:none;margin:0}}
"""


def as_html(report: ItemReport) -> str:
    """Return the report as one page with everything in it: no script, light and dark, made to be printed."""
    rows = "\n".join(_html_row(row) for row in report.rows)
    forms = "".join(f"<p>{escape(form_words(form))}</p>" for form in report.forms)
    told = f"{count(report.learners, 'learner')}, {count(report.answers, 'first answer')}"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="generator" content="sciaquiz items">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(report.deck.title)}: items'
        f"</title><style>{STYLE}</style></head><body>\n<h1>{escape(report.deck.title)}</h1><p>{escape(told)}. First "
        f"answers of each learner alone; no index below {ENOUGH}.</p>{forms}\n<table><thead><tr><th>question</th>"
        '<th class="n">n</th><th class="n">right</th><th class="n">95% interval</th><th class="n">item-rest</th>'
        '<th class="n">D</th><th>options</th><th>to look at</th></tr></thead><tbody>\n'
        f"{rows}\n</tbody></table>\n</body></html>\n"
    )


def _html_row(row: Row) -> str:
    index = row.index
    low, high = index.interval
    options = "<br>".join(
        escape(f"{'✓ ' if each.option in row.right else ''}{each.option} {percent(each.share)}"
               + ("" if each.correlation is None else f" ({each.correlation:+.2f})"))
        for each in index.options
    )  # fmt: skip
    told = "<br>".join(escape(each.text) for each in row.advice)
    numbers = (
        str(index.n),
        percent(index.facility),
        f"{percent(low)}–{percent(high)}",
        "·" if index.item_rest is None else f"{index.item_rest:.2f}",
        "·" if index.discrimination is None else f"{index.discrimination:.2f}",
    )
    cells = "".join(f'<td class="n">{escape(text)}</td>' for text in numbers)
    older = "" if row.is_current else ' <span class="m">an older text</span>'
    name = (
        f"<code>{escape(index.card)}</code>{older}<br>{escape(row.stem)}<br><span class='m'>{escape(row.place)}</span>"
    )
    return f'<tr><td>{name}</td>{cells}<td>{options}</td><td class="w">{told}</td></tr>'
