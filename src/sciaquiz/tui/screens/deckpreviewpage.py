"""What is drawn of a deck in front of its author: where it stands, what is wrong, and the question in plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.deck.problem import Severity
from sciaquiz.plain.answers import solution
from sciaquiz.plain.asking import asked, leading_up
from sciaquiz.plain.feedback import feedback
from sciaquiz.study.mixing import MixedUp
from sciaquiz.tui import page, status
from sciaquiz.tui.blocks import Block
from sciaquiz.tui.forms.form import keys_prompt
from sciaquiz.tui.screens.studypage import Page, Stage, study_page
from sciaquiz.tui.text import ACCENT, AMBER, MUTED, WRONG, line, lines, say, spread
from sciaquiz.view.preview import entry_words, place_words, problem_words, state_words, worst_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from sciaquiz.deck.problem import Problem
    from sciaquiz.previewing import Entry, Seen
    from sciaquiz.study.round import Round
    from sciaquiz.tui.forms.form import Form

SIGN = {Severity.ERROR: ("✗", WRONG), Severity.WARNING: ("!", AMBER)}
SIGN_WIDTH = 2


def top(seen: Seen, place: int, width: int) -> Content:
    """Return which card is in front and where it stands, over a line that fills with the cards of the deck."""
    if not seen.entries:
        return lines([say("Preview", f"bold {ACCENT}"), page.filled(0, width)])
    entry = seen.entries[place]
    right = say(place_words(seen, place), MUTED)
    title = say(entry.deck.title if entry.deck else "Preview", f"bold {ACCENT}")
    room = max(0, width - right.cell_length - 2)
    left = line(title, say(f"   {entry_words(entry)}", MUTED))
    if left.cell_length > room:
        left = say(entry_words(entry), f"bold {ACCENT}")
    share = (place + 1) / len(seen.entries)
    return lines([spread(left.truncate(room, ellipsis=True), right, width), page.filled(share, width)])


def wrong_rows(problems: Sequence[Problem], entry: Entry | None, width: int, most: int) -> list[Content]:
    """Return what is wrong in at most so many rows, and why what is shown is no more than it was."""
    found: list[Content] = []
    for problem in problems:
        sign, style = SIGN[problem.severity]
        wrapped = say(problem_words(problem), style).wrap(max(8, width - SIGN_WIDTH))
        found += [line(say(sign if not row else " ", f"bold {style}"), " ", part) for row, part in enumerate(wrapped)]
    state = state_words(entry) if entry is not None else ""
    told = list(say(state, f"bold {AMBER}").wrap(width)) if state else []
    room = max(1, most - len(told))
    if len(found) > room:
        hidden = len(found) - room + 1
        more = line(say(f"  {hidden} more rows  ", MUTED), say("w", f"bold {ACCENT}"))
        found = [*found[: room - 1], more]
    return [*found, *told]


def whole(seen: Seen, width: int) -> Content:
    """Return all that is wrong with the decks."""
    return lines(wrong_rows(seen.problems, None, width, len(seen.problems) * 100 + 1))


def drawn(round_: Round, form: Form, stage: Stage, *, draws_sharply: bool) -> Page:
    """Return the card in front as a student would see it, with all reasons and its sources once it was answered."""
    found = study_page(round_, form, stage, (), draws_sharply=draws_sharply, all_whys=True)
    shown, outcome = round_.shown, round_.outcome
    if shown is None or outcome is None:
        return found
    deck = round_.deck(shown)
    cited = [source.citation for source in deck.sources if source.id in shown.card.question.sources] if deck else []
    sources = [Block(text=say(f"Source: {text}", MUTED), above=int(not place)) for place, text in enumerate(cited)]
    return Page(found.question, [*found.reading, *sources])


def plainly(round_: Round, stage: Stage) -> Page:
    """Return the card in front as plain mode says it."""
    shown, outcome = round_.shown, round_.outcome
    if shown is None:
        return Page(())
    deck = round_.deck(shown)
    form = asked(shown, deck)
    told = [*leading_up(shown.card.question, deck), *form.lines]
    if stage is Stage.ANSWER_SHOWN:
        told += solution(shown)
    elif outcome is None:
        told.append(form.prompt)
    else:
        told += ["", *feedback(outcome, deck, MixedUp().mistakes(outcome, deck), "", all_whys=True)]
    return Page([Block(text=say(text), close=True) for text in told])


def prompt(round_: Round, form: Form, stage: Stage, width: int, *, asks_certainty: bool) -> Content:
    """Return what can be done now, or what was decided of an answer."""
    match stage:
        case _ if round_.shown is None:
            return keys_prompt("e", "edit", "n", "next")
        case Stage.ANSWERED if round_.outcome is not None:
            return status.tried(round_.outcome, width)
        case Stage.ANSWER_SHOWN:
            return status.grades(round_.shown.previews, round_.clock.now(), 0)
        case _ if form.wants_text and form.is_left:
            return keys_prompt("⏎", "type an answer")
        case _ if form.response is None:
            return form.prompt()
        case _:
            return status.how_sure() if asks_certainty else keys_prompt("⏎", "answer")


def question_row(entry: Entry, place: int, width: int) -> Content:
    """Return a question in a row of the list: its number, whether something is wrong with it, its id and its line."""
    worst = worst_of(entry.problems)
    sign, style = SIGN[worst] if worst is not None else (" ", "")
    row = line(
        say(f"{place + 1:>4} ", MUTED), say(sign, f"bold {style}" if style else ""), say(f" {entry_words(entry)}")
    )
    return row.truncate(max(0, width), ellipsis=True)
