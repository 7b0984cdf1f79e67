"""Statistics in plain lines: the same words and numbers as on the screen, and no picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.insight.scope import EVERYTHING, Period, Scope
from sciaquiz.study.query import Field
from sciaquiz.study.querying import parse
from sciaquiz.view import statistics as words
from sciaquiz.view.standing import STANDING
from sciaquiz.view.statistics import FIRST, PERIOD, Section
from sciaquiz.words import as_sentence, count, percent, times, weekday_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sciaquiz.insight.report import CardRow, Cards, Report, Row
    from sciaquiz.insight.shares import Share
    from sciaquiz.study.querying import Vocabulary
    from sciaquiz.view.statistics import Told

MOST_ROWS = 10
DAYS_TOLD = 7
HOW = "After stats, say a period (7, 30, 90 or all) and one deck:, topic: or kind:, as in stats 90 topic:foot-drop"


def asked_for(text: str, vocabulary: Vocabulary) -> tuple[Scope, Period] | str:
    """Return what is to be counted, as the words behind “stats” say it, or what is wrong with them."""
    periods = {str(period.days or "all"): period for period in Period}
    said = text.split()
    named = [periods[word] for word in said if word in periods]
    parsed = parse(" ".join(word for word in said if word not in periods), vocabulary)
    terms = parsed.query.terms
    if parsed.faults:
        return parsed.faults[0].message
    scoped = all(term.field in (Field.DECK, Field.TOPIC, Field.KIND) and not term.excluded for term in terms)
    if len(named) > 1 or len(terms) > 1 or not scoped or any(len(term.values) > 1 for term in terms):
        return HOW
    scope = Scope(terms[0].field, terms[0].values[0]) if terms else EVERYTHING
    return scope, named[0] if named else Period.MONTH


def lines(report: Report) -> Iterator[str]:
    """Yield the statistics, a section after the other; one without answers says from when on it has some."""
    of = "" if report.scope == EVERYTHING else f" of {report.name}"
    if not report.answers.n and report.first_day is None:
        yield f"No answers yet{of}. Begin with: sciaquiz study"
        return
    right = f"{count(report.answers.n, 'answer')}, {report.answers.right} right"
    yield f"Statistics{of}, {PERIOD[report.period]}: {right}."
    yield from _section(Section.REMEMBERED, _shares(words.remembered(report)), words.remembered_words(report))
    notes = [words.sure_words(report), *map(as_sentence, filter(None, [words.certain_and_wrong_words(report)]))]
    yield from _section(Section.SURE, _shares(words.sureness(report)), *notes)
    yield from _section(Section.CALENDAR, _days(report))
    yield from _section(Section.COMING, _coming(report))
    yield from _section(Section.TIME, _time(report))
    yield from _section(Section.KNOWN, _known(report))
    for name, rows in ((Section.TOPICS, report.topics), (Section.KINDS, report.kinds), (Section.DECKS, report.decks)):
        yield from _section(name, _rows(words.with_answers(rows)))
    yield from _section(Section.HOURS, _hours(report))
    yield from _section(Section.CALIBRATION, _shares(words.calibration(report)), words.calibration_words(report))
    yield from _section(Section.FIRM, _counts(words.firmness(report)), words.firm_words(report))
    yield from _section(Section.DIFFICULT, _counts(words.difficulties(report)), words.difficult_words(report))
    yield from _section(Section.PLACES, _shares(words.places(report)))
    yield from _section(Section.UNSAFE, _cards(report.unsafe))
    yield from _section(Section.MIXED_UP, [f"{_both(pair.names)}, {times(pair.times)}" for pair in report.mixed_up])
    off = words.off_in_sureness(report)
    told = [f"{row.name}: {words.sureness_words(row.certainty)} right" for row in off]
    yield from _section(Section.TOO_SURE, told)
    yield from _section(Section.WEAKEST, _cards(report.hardest))
    yield from _section(Section.LEECHES, _cards(report.leeches))
    told = [f"{words.missed_words(each)}, {each.answers} of {report.misses.wrong}" for each in report.misses.reasons]
    yield from _section(Section.WHY_WRONG, told)


def _section(name: Section, rows: Sequence[str], *notes: str) -> Iterator[str]:
    if not rows:
        yield f"{name}: {FIRST[name]}"
        return
    yield f"{name}:"
    yield from (f"  {row}" for row in rows)
    yield from (f"  {note if note.endswith('.') else as_sentence(note)}" for note in notes if note)


def _shares(told: Sequence[Told]) -> list[str]:
    return [_share(each) for each in told] if any(each.share.n for each in told) else []


def _of(share: Share) -> str:
    """Return "62% of 88 right"."""
    if share.is_few:
        return f"{words.asked_words(share)} right, {words.FEW}"
    return f"{words.share_words(share)} of {share.n} right"


def _share(told: Told) -> str:
    if told.share.is_few:
        return f"{told.name}: {_of(told.share)}"
    parts = [f"{told.name}: {told.words} of {told.share.n} ({words.interval_words(told.share)})"]
    parts += [f"predicted {percent(told.expected)}"] if told.expected is not None else []
    parts += [f"a blind guess {percent(told.chance)}"] if told.chance is not None else []
    return ", ".join(parts)


def _days(report: Report) -> list[str]:
    told = [f"{weekday_words(day.day)}: {count(day.right.n, 'answer')}" for day in report.days[-DAYS_TOLD:]]
    row = ", ".join(filter(None, [words.streak_words(report), words.longest_words(report)]))
    return [*([row] if row else []), *told] if report.calendar else []


def _coming(report: Report) -> list[str]:
    aside = words.coming_words(report)
    return [f"{aside}, over the next {count(min(words.AHEAD, len(report.forecast)), 'day')}"] if aside else []


def _time(report: Report) -> list[str]:
    aside = words.time_words(report)
    return [aside, " ".join(words.whole_time_words(report))] if aside else []


def _known(report: Report) -> list[str]:
    if not report.knowledge.known:
        return []
    told = (words.known_words, words.week_words, words.unseen_words)
    return [said for said in (tell(report.knowledge) for tell in told) if said]


def _rows(rows: Sequence[Row]) -> list[str]:
    told = []
    for row in rows[:MOST_ROWS]:
        moved = words.moved_words(row.moved)
        week = f", {moved} in a week" if moved else ""
        told.append(f"{row.name}: {_of(row.right)}, {round(row.known)} of {row.cards} known{week}")
    return [*told, *([f"and {len(rows) - MOST_ROWS} more"] if len(rows) > MOST_ROWS else [])]


def _hours(report: Report) -> list[str]:
    given = [(hour, share) for hour, share in enumerate(report.hours) if share.n]
    aside = words.hours_words(report)
    return [*([aside] if aside else []), *(f"at {hour}: {_of(share)}" for hour, share in given)]


def _counts(counts: Sequence[tuple[str, int]]) -> list[str]:
    told = [f"{name}: {count(cards, 'question')}" for name, cards in counts]
    return told if any(cards for _, cards in counts) else []


def _cards(cards: Cards) -> list[str]:
    told = [_card(card) for card in cards.rows]
    return [*told, *([f"{cards.total} in all"] if cards.total > len(cards.rows) else [])]


def _card(card: CardRow) -> str:
    return f"{card.begins} ({card.card_id}), {words.asked_words(card.right)} right, {STANDING[card.standing]}"


def _both(names: tuple[str, str]) -> str:
    one, other = (name.split(" (")[0] for name in names)
    return f"{one} and {other}"
