"""The question under the cursor, as a list shows it beside it: the answer only when it is asked for."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from textual.containers import VerticalScroll

from sciaquiz.deck.kinds import Cloze, Matching, MultipleAnswer, Ordering, SingleBestAnswer, TrueFalse
from sciaquiz.deck.solution import solution
from sciaquiz.memory.replay import in_force
from sciaquiz.memory.schedule import elapsed_days
from sciaquiz.study.shown import is_shuffled
from sciaquiz.text import LETTERS, cut
from sciaquiz.tui.signs import sign_of
from sciaquiz.tui.text import ACCENT, AMBER, LINE, MUTED, RIGHT, WRONG, line, lines, say, spread
from sciaquiz.tui.widgets.drawn import Drawn
from sciaquiz.view.decks import about_words
from sciaquiz.view.kinds import KIND
from sciaquiz.view.said import wrong_words
from sciaquiz.view.standing import STANDING, back_in_words, standing_of
from sciaquiz.words import day_words, percent, times

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual.app import ComposeResult
    from textual.content import Content

    from sciaquiz.catalogue.matching import Row
    from sciaquiz.clock import Moment
    from sciaquiz.deck.model import Card, Case, Deck, Question
    from sciaquiz.deck.solution import Line as Answer
    from sciaquiz.ids import Digest
    from sciaquiz.journal.entries import Event, Review
    from sciaquiz.memory.fits import Fits

MOST_ANSWERS = 12
LEAST_VIGNETTE = 4
"""Rows of what leads to a question that stay beside the list."""
NARROWEST = 20
"""Cells in which a question can be read."""


class Preview(Struct, frozen=True):
    """A card of a list, with its question and the answers to it that count, the latest first; `recall` is the chance of
    it now, 0..1, None for a card that was never answered. `said` is what each of the answers was, in words. `case` is
    the vignette that the question needs, `about` what is said of its deck."""

    row: Row
    card: Card
    recall: float | None = None
    reviews: tuple[Review, ...] = ()
    said: tuple[str, ...] = ()
    case: Case | None = None
    about: str = ""

    @property
    def wrong(self) -> int:
        """How many of the answers were wrong."""
        return sum(not review.correct for review in self.reviews)

    def wrong_words(self, place: int) -> str:
        """Return "taken for “L5”", of the answer in a place; nothing where it was right, or is not known in words."""
        if self.reviews[place].correct or place >= len(self.said) or not self.said[place]:
            return ""
        return wrong_words(self.card.question, self.said[place])


class PreviewPane(VerticalScroll, can_focus=False):
    """The question under the cursor: below the list in a few lines, or beside it at length."""

    def compose(self) -> ComposeResult:
        """Lay out the pane."""
        yield Drawn(self._draw)

    def show(self, preview: Preview | None, now: Moment, *, shows_answer: bool) -> None:
        """Show a question, or none."""
        self._shown = (preview, now, shows_answer)
        self.query_one(Drawn).refresh(layout=True)
        self.scroll_home(animate=False)

    _shown: tuple[Preview | None, Moment | None, bool] = (None, None, False)

    def _draw(self, width: int) -> Content:
        preview, now, shows_answer = self._shown
        if preview is None or now is None or width < NARROWEST:
            return line()
        if self.screen.has_class("-wide") or self.screen.has_class("-huge"):
            return lines(beside(preview, now, width, self.content_size.height, shows_answer=shows_answer))
        return lines(below(preview, width, max(1, self.content_size.height), shows_answer=shows_answer))


class Entry(NamedTuple):
    """One of the things to choose from, or to put in order."""

    text: str
    is_right: bool | None
    why: str = ""


def preview_of(
    row: Row, card: Card, entries: tuple[Sequence[Review], Sequence[Event]], texts: Mapping[Digest, Question],
    now: Moment, fits: Fits, case: Case | None = None, deck: Deck | None = None,
) -> Preview:  # fmt: skip
    """Gather what a preview shows; `texts` are those that were answered, by their version."""
    from sciaquiz.view.history import Answered, Told, history

    progress, standing = row.state.progress, in_force(*entries)
    recall = None if progress is None else fits.recall(progress.memory, elapsed_days(progress, now.study_day))
    rows = history(standing, Told(question=card.question, deck=deck, texts=texts, part=card.part)).rows
    return Preview(
        row,
        card,
        recall,
        tuple(reversed(standing.reviews)),
        tuple(each.answer for each in rows if isinstance(each, Answered)),
        case,
        about_words(deck) if deck else "",
    )


def beside(preview: Preview, now: Moment, width: int, height: int = 0, *, shows_answer: bool) -> list[Content]:
    """Return the lines of a preview that stands beside the list: with the state of the card and its history.

    Where they are more than its rows, what leads to the question gives way; no height is all that is needed.
    """
    row = preview.row
    head = spread(say(row.deck, f"bold {ACCENT}"), say(KIND[preview.card.question.kind], MUTED), width)
    drawn = [*head.split(), *(_topics(preview).wrap(width) if preview.card.question.topics else [])]
    vignette, question = ([row for text in texts for row in (line(), *text.wrap(width))] for texts in _texts(preview))
    top, drawn = drawn, question
    choices = _choices(preview, width, shows_answer=shows_answer, columns=1)
    drawn += [line(), *choices] if choices else []
    if shows_answer:
        drawn += _explanation(preview, width)
        drawn += [line(), *say(f"Deck: {preview.about}", MUTED).wrap(width)] if preview.about else []
    else:
        drawn += [line(), line(say("o", f"bold {ACCENT}"), say(" shows the answer", MUTED))]
    drawn += [line(), say("─" * width, LINE), line(), *_state(preview, now, width)]
    if preview.reviews:
        drawn += [line(), say("History", "bold"), *_history(preview, now, width)]
    room = max(LEAST_VIGNETTE, height - len(top) - len(drawn)) if height else len(vignette)
    return [*top, *_cut(vignette, room), *drawn]


def below(preview: Preview, width: int, height: int, *, shows_answer: bool) -> list[Content]:
    """Return so many lines of a preview that stands below the list: what leads to the question gives way first."""
    row = preview.row
    head = line(say(row.deck, f"bold {ACCENT}"), "  ", _topics(preview))
    kind = say(KIND[preview.card.question.kind], MUTED)
    first = spread(head.truncate(width - kind.cell_length - 2, ellipsis=True), kind, width)
    vignette, question = ([row for text in texts for row in text.wrap(width)] for texts in _texts(preview))
    choices = _choices(preview, width, shows_answer=shows_answer, columns=2)
    foot = _whys(preview, width) if shows_answer else [_foot(preview, width)]
    room = height - 1 - len(question) - len(choices) - len(foot)
    drawn = [first, *_cut(vignette, max(0, room)), *question]
    drawn += _cut(choices, max(1, height - len(drawn) - (0 if shows_answer else 1)))
    return drawn + _cut(foot, max(0, height - len(drawn)))


def _cut(rows: list[Content], most: int) -> list[Content]:
    """Return so many rows; a sign says that there are more."""
    return rows if len(rows) <= most else [*rows[: most - 1], say("…", MUTED)] if most > 1 else []


def _foot(preview: Preview, width: int) -> Content:
    key = line(say("o", f"bold {ACCENT}"), say(" answer", MUTED))
    told = line(_sign(preview.row), say(f" {_standing(preview)}", MUTED))
    return spread(told.truncate(width - key.cell_length - 2, ellipsis=True), key, width)


def _topics(preview: Preview) -> Content:
    topics = ", ".join(topic.replace("-", " ") for topic in preview.card.question.topics)
    return say(topics, MUTED)


def _texts(preview: Preview) -> tuple[list[Content], list[Content]]:
    """Return what leads up to what is asked, the vignette first; and that, with what else is asked beside it."""
    question, case = preview.card.question, preview.case
    *before, last = question.stem.split("\n\n")
    before = [*(case.stages[: question.stage] if case else ()), *before]
    asked = [say(last, "bold" if before else "")]
    if isinstance(question, Cloze):
        asked.append(say("".join(part if isinstance(part, str) else "[…]" for part in question.parts)))
    if isinstance(question, Matching):
        asked.append(say("; ".join(option.text for option in question.options), MUTED))
    return [say(text) for text in before], asked


def _entries(card: Card) -> list[Entry]:
    """Return what can be chosen from, in an order that tells nothing: the author's own begins with what is right."""
    match card.question:
        case SingleBestAnswer(options=options) | MultipleAnswer(options=options):
            found = [Entry(option.text, option.correct, option.why) for option in options]
        case TrueFalse(statements=statements):
            found = [Entry(statement.text, statement.correct, statement.why) for statement in statements]
        case Ordering(items=items):
            found = [Entry(item.text, None) for item in items]
        case Matching() as question:
            found = [Entry(stem.text, None) for stem in question.stems_of(card.part)]
        case _:
            return []
    return sorted(found, key=lambda entry: entry.text.casefold()) if is_shuffled(card.question) else found


def _solution(card: Card) -> list[Answer]:
    """Return the answer; of a question of several cards, what this one asks."""
    answers, question = solution(card.question), card.question
    if not isinstance(question, Matching):
        return list(answers)
    asked = question.stems_of(card.part)
    return [answer for answer, stem in zip(answers, question.stems, strict=True) if stem in asked]


def _choices(preview: Preview, width: int, *, shows_answer: bool, columns: int) -> list[Content]:
    """Return what there is to choose from, or the answer where that is none of it. What is right is marked in place."""
    question, entries = preview.card.question, _entries(preview.card)
    if shows_answer and (not entries or entries[0].is_right is None):
        drawn: list[Content] = []
        for answer in _solution(preview.card):
            sign = say("✓", RIGHT) if answer.right else say("✗", WRONG)
            drawn += _hung(line(sign, "  "), say(answer.text, "bold" if answer.right else MUTED), width)
        return drawn
    labelled: list[tuple[Content, Content]] = []
    for letter, entry in zip(LETTERS, entries, strict=False):
        sign = say(" ")
        if shows_answer and (entry.is_right or isinstance(question, TrueFalse)):
            sign = say("✓", RIGHT) if entry.is_right else say("✗", WRONG)
        text = say(entry.text, "" if not shows_answer else "bold" if entry.is_right else MUTED)
        labelled.append((line(say(letter, MUTED), "" if columns == 2 else " ", sign, " "), text))
    if columns == 2 and (paired := _in_two_columns(labelled, width)):
        return paired
    drawn = []
    for (label, text), entry in zip(labelled, entries, strict=False):
        drawn += _hung(label, text, width)
        if shows_answer and entry.is_right and entry.why and columns == 1:
            drawn += _hung(line(" " * label.cell_length), say(entry.why, MUTED), width)
    return drawn


def _in_two_columns(labelled: Sequence[tuple[Content, Content]], width: int) -> list[Content]:
    """Return the choices in two columns, the letters going down; none if one of them is too long."""
    drawn = [line(label, text) for label, text in labelled]
    column = (width + 2) // 2
    if len(drawn) < 3 or any(each.cell_length > column - 2 for each in drawn):
        return []
    half = (len(drawn) + 1) // 2
    right = [*drawn[half:], line()]
    return [line(each, " " * (column - each.cell_length), right[place]) for place, each in enumerate(drawn[:half])]


def _whys(preview: Preview, width: int) -> list[Content]:
    """Return why what is right is right, then the explanation."""
    whys = [entry.why for entry in _entries(preview.card) if entry.is_right and entry.why]
    return [row for text in [*whys, preview.card.question.explanation] if text for row in say(text, MUTED).wrap(width)]


def _explanation(preview: Preview, width: int) -> list[Content]:
    text = preview.card.question.explanation
    return [line(), *say(text).wrap(width)] if text else []


def _hung(label: Content, text: Content, width: int) -> list[Content]:
    """Return a text beside its label, the lines after the first below its own beginning."""
    wrapped = text.wrap(max(8, width - label.cell_length))
    return [line(label if not place else " " * label.cell_length, row) for place, row in enumerate(wrapped)]


def _sign(row: Row) -> Content:
    return sign_of(standing_of(row.state, must_not_miss=row.must_not_miss))


def _standing(preview: Preview) -> str:
    row = preview.row
    words = STANDING[standing_of(row.state, must_not_miss=row.must_not_miss)]
    told = f"{words}; wrong {preview.wrong} of {len(preview.reviews)}" if preview.wrong else words
    last = next((place for place, review in enumerate(preview.reviews) if not review.correct), None)
    said = "" if last is None else preview.wrong_words(last)
    return f"{told}, {said}" if said else told


def _state(preview: Preview, now: Moment, width: int) -> Iterable[Content]:
    """Yield what the card has come to: a label and a value a line."""
    row, reviews = preview.row, preview.reviews
    marks, progress = row.state.marks, row.state.progress
    words = STANDING[standing_of(row.state, must_not_miss=row.must_not_miss)]
    yield _labelled("state", line(_sign(row), f" {words}"), width)
    yield _labelled("back in", back_in_words(row.state, now), width)
    if progress is not None and preview.recall is not None:
        yield _labelled("recall now", percent(preview.recall), width)
        days = progress.memory.stability
        yield _labelled("stability", f"{days:.1f} days" if days >= 1 else "less than a day", width)
    if reviews:
        yield _labelled(
            "answered", f"{times(len(reviews))}, {f'wrong {preview.wrong}' if preview.wrong else 'all right'}", width
        )
    timed = [review.latency_ms for review in reviews if review.latency_ms is not None]
    if timed:
        yield _labelled("median time", f"{median(timed) / 1000:.0f} s", width)
    if marks.flagged:
        yield _labelled("flag", line(say("*", AMBER), " flagged"), width)
    if marks.note:
        yield from _hung(line(say("▌ ", ACCENT)), say(marks.note), width)


def _labelled(label: str, value: Content | str, width: int) -> Content:
    return spread(say(label, MUTED), value if not isinstance(value, str) else say(value), width)


def _history(preview: Preview, now: Moment, width: int) -> Iterable[Content]:
    for place, review in enumerate(preview.reviews[:MOST_ANSWERS]):
        sign = say("✓", RIGHT) if review.correct else say("✗", WRONG)
        sure = "" if review.certainty is None else review.certainty.name.lower().replace("_", " ")
        seconds = "" if review.latency_ms is None else f"{review.latency_ms / 1000:.0f} s"
        day = day_words(review.moment.study_day, now.study_day)
        told = line(say(f"{day:>6}  ", MUTED), sign, f" {sure:<9}", say(f"{seconds:>5}", MUTED))
        yield spread(told, say(review.rating.name.capitalize(), MUTED), width)
        if words := preview.wrong_words(place):
            yield say(cut(f"{'':8}{words}", width), MUTED)
    if len(preview.reviews) > MOST_ANSWERS:
        yield say(f"and {len(preview.reviews) - MOST_ANSWERS} before", MUTED)
