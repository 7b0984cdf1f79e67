"""The ways to study as lines: what Home shows when all is done, and after a break; one is chosen by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.plain.lines import line_editor, read_edited, read_line
from sciaquiz.words import count, percent, weekday_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TextIO

    from sciaquiz.insight.beside import Break
    from sciaquiz.insight.overview import Overview
    from sciaquiz.insight.recent import Recent
    from sciaquiz.insight.ways import Offer

QUESTION = "How do you want to come back?"


def break_lines(seen: Overview, back: Break) -> Iterator[str]:
    """Yield how long the student was away, what is due, how much of it is probably still known, and the ways back."""
    known = round(seen.waiting - seen.fading)
    last = f" Last answer {weekday_words(seen.last_day)}." if seen.last_day else ""
    yield f"{count(back.days, 'day')} away. {count(seen.waiting, 'card is', 'cards are')} due.{last}"
    yield f"{known} of them you probably still know ({percent(known / max(1, seen.waiting))})."
    yield QUESTION
    yield from way_lines(back.offers)


def done_lines(seen: Overview, today: Recent, offers: Sequence[Offer]) -> Iterator[str]:
    """Yield that all of today is done, what was done, and what else there is."""
    told = [f"{seen.done_today} answered", f"{today.right} right"] if seen.done_today else []
    yield f"Done for today{': ' if told else ''}{', '.join(told)}."
    yield from way_lines(offers)


def way_lines(offers: Sequence[Offer]) -> Iterator[str]:
    """Yield the ways with their numbers, each group below its name."""
    group = ""
    for number, offer in enumerate(offers, 1):
        if offer.group != group:
            group = offer.group
            yield f"{group}:" if group else ""
        yield f"  {number}. {offer.title}: {', '.join(part for part in (offer.detail, offer.effect) if part)}."


def asked_way(
    offers: Sequence[Offer], lines: TextIO, out: TextIO, say: Callable[[str], None], *, default: int = 0
) -> Offer | None:
    """Ask for the number of a way; Enter takes the default, or none where there is none. None if the input ends."""
    number = asked_number(len(offers), lines, out, say, default=default)
    return offers[number - 1] if number else None


def asked_number(most: int, lines: TextIO, out: TextIO, say: Callable[[str], None], *, default: int = 0) -> int:
    """Ask for a number from 1 on; Enter takes the default. 0 for none, and if the input ends."""
    edited, echoes = line_editor(lines, out), not lines.isatty()
    rest = f" [{default}]: " if default else ", or Enter to end: "
    prompt = f"Which (1-{most}){rest}"
    numbers = {str(number): number for number in range(1, most + 1)}
    while True:
        out.write("" if edited else prompt)
        out.flush()
        line = read_line(lines) if edited is None else read_edited(edited, prompt, lines)
        said = line.text.strip()
        if echoes:
            out.write(f"{line.text}\n")
        if line.fault:
            say(line.fault)
        elif line.is_last or said in ("q", "quit"):
            return 0
        elif not said:
            return default
        elif said.lstrip("0") in numbers:
            return numbers[said.lstrip("0")]
        else:
            say(f"Please type a number from 1 to {most}, or q.")
        if line.is_last:
            return 0
