"""How each kind of question is asked and read as lines of text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from msgspec import Struct

from sciaquiz.deck.kinds import (
    Asks,
    Cloze,
    Gap,
    Gaps,
    Hotspot,
    Matching,
    MultipleAnswer,
    Numeric,
    Ordering,
    Recall,
    SingleBestAnswer,
    TrueFalse,
    Typed,
)
from sciaquiz.journal.entries import Certainty
from sciaquiz.marking.response import Choice, Choices, Judgements, Pairs, Pointed, Sequence, Written
from sciaquiz.plain.commands import command_in, command_or_text
from sciaquiz.study.shown import figure_shown
from sciaquiz.text import LETTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sciaquiz.deck.figure import Figure
    from sciaquiz.deck.model import Card, Deck, Option, Question
    from sciaquiz.ids import OptionId
    from sciaquiz.marking.response import Response
    from sciaquiz.plain.commands import Command
    from sciaquiz.study.turns import Shown

LONGEST_TYPED = 200
"""Characters of a typed answer, as in the app; what is longer is no term."""

FOR_HELP = ":help for the words"
"""What a prompt says where a command has to begin with a sign."""

CERTAINTIES = {"1": Certainty.GUESS, "2": Certainty.THINK_SO, "3": Certainty.CERTAIN}


class Asked(Struct, frozen=True):
    """What is printed, and how the line that comes back is read: into a response, or None where it is not one.

    `takes_text` says that any line may be the answer, so that no bare word is a command. `self_graded` reads nothing:
    the answer is shown and graded, whatever was typed before.
    """

    lines: tuple[str, ...]
    prompt: str
    read: Callable[[str], Response | None]
    expected: str
    takes_text: bool = False
    self_graded: bool = False

    def told_apart(self, said: str) -> Command | str:
        """Return the command that a line is, or the line as it is to be read for an answer."""
        if self.takes_text:
            return command_or_text(said)
        return command_in(said, lambda answer: self.read(answer) is not None) or said

    def answer_in(self, said: str) -> tuple[Response | None, Certainty | None]:
        """Read a line as an answer; a last digit that is no part of the answer says how sure the student is."""
        response = self.read(said)
        if response is None and said[-1:] in CERTAINTIES:
            return self.read(said[:-1]), CERTAINTIES[said[-1]]
        return response, None


def asked(shown: Shown, deck: Deck | None) -> Asked:
    """Return how a card is asked."""
    match shown.card.question:
        case SingleBestAnswer(options=options):
            return _choice(shown.order, in_order(options, shown.order))
        case MultipleAnswer(options=options):
            return _several(shown.order, in_order(options, shown.order))
        case TrueFalse(statements=statements):
            return _judged(shown.order, in_order(statements, shown.order))
        case Recall():
            return _revealed((), f"Answer in your head, then press Enter to see it ({FOR_HELP}): ")
        case Cloze(gaps=Gaps.REVEALED) as question:
            text = cloze_line(question, shown.card.part, filled=False)
            return _revealed((text,), f"Fill the gap in your head, then press Enter to see it ({FOR_HELP}): ")
        case Cloze() as question:
            return _gaps(question, shown.card.part)
        case Typed():
            return Asked((), f"Answer ({FOR_HELP}, :hint for a hint): ", _written, "your answer", takes_text=True)
        case Numeric(unit=unit):
            wanted = f"a number in {unit}" if unit else "a number"
            return Asked((), f"Answer, {wanted} ({FOR_HELP}): ", _written, wanted, takes_text=True)
        case Ordering(items=items):
            return _ordered(shown.order, [next(i.text for i in items if i.id == item) for item in shown.order])
        case Matching() as question:
            return _matched(question, shown.order)
        case Hotspot() as question:
            return _pointed(question, shown, deck)
        case _ as never:
            assert_never(never)


def leading_up(question: Question, deck: Deck | None) -> list[str]:
    """Return what is printed before the answers: the vignette, the stem, what a picture shows, and the convention."""
    case = deck.case_of(question) if deck else None
    texts = [case.title, *case.stages[: question.stage]] if case else []
    lines = [paragraph for text in (*texts, question.stem) for paragraph in text.split("\n\n")]
    lines += [f"Picture: {question.picture.alt}"] if question.picture is not None else []
    return lines + ([f"According to: {question.according_to}"] if question.according_to else [])


def in_order(options: Iterable[Option], order: Iterable[OptionId]) -> list[str]:
    """Return the texts of options in the order shown."""
    text_of = {option.id: option.text for option in options}
    return [text_of[option] for option in order]


def _listed(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"  {letter}. {text}" for letter, text in zip(LETTERS, texts, strict=False))


def _places(said: str, count: int) -> list[int] | None:
    """Read letters, with or without spaces and commas between; None if one of them is not on the list."""
    found = [LETTERS.find(letter) for letter in re.sub(r"[\s,;]+", "", said.lower())]
    return found if found and all(0 <= place < count for place in found) else None


def _letters(count: int) -> str:
    return f"a to {LETTERS[count - 1]}"


def _choice(order: tuple[OptionId, ...], texts: list[str]) -> Asked:
    def read(said: str) -> Response | None:
        places = _places(said, len(texts))
        return Choice(order[places[0]], order) if places and len(places) == 1 else None

    prompt = f"Answer (a-{LETTERS[len(texts) - 1]}, ? for help): "
    return Asked(_listed(texts), prompt, read, f"one of the letters {_letters(len(texts))}")


def _several(order: tuple[OptionId, ...], texts: list[str]) -> Asked:
    def read(said: str) -> Response | None:
        places = _places(said, len(texts))
        if not places or len(set(places)) < len(places):
            return None
        return Choices(tuple(order[place] for place in sorted(places)), order)

    prompt = f"All that apply (letters {_letters(len(texts))}, such as ac; ? for help): "
    return Asked(_listed(texts), prompt, read, f"the letters that apply, {_letters(len(texts))}, such as ac")


def _judged(order: tuple[OptionId, ...], texts: list[str]) -> Asked:
    def read(said: str) -> Response | None:
        answers = re.sub(r"[\s,;]+", "", re.sub(r"\b(?:(t)rue|(f)alse)\b", r"\1\2", said.lower()))
        if len(answers) != len(order) or set(answers) - set("tf"):
            return None
        return Judgements(tuple((entry, answer == "t") for entry, answer in zip(order, answers, strict=True)))

    lines = tuple(f"  {place}. {text}" for place, text in enumerate(texts, start=1))
    wanted = f"{len(order)} letters, t for true and f for false, such as {('tf' * len(order))[: len(order)]}"
    return Asked(lines, f"True or false ({wanted}; ? for help): ", read, wanted)


def _revealed(lines: tuple[str, ...], prompt: str) -> Asked:
    return Asked(lines, prompt, lambda _: None, "Enter", takes_text=True, self_graded=True)


def _written(said: str) -> Response | None:
    return Written((said.strip()[:LONGEST_TYPED],)) if said.strip() else None


def _gaps(question: Cloze, group: str) -> Asked:
    count = len(question.gaps_of(group))

    def read(said: str) -> Response | None:
        texts = tuple(text.strip()[:LONGEST_TYPED] for text in (said.split(";") if count > 1 else [said]))
        return Written(texts) if len(texts) == count and any(texts) else None

    wanted = "what is missing" if count == 1 else f"{count} answers, with ; between"
    text = cloze_line(question, group, filled=False)
    expected = wanted if count == 1 else f"{wanted}, and nothing there for a gap that you do not know"
    return Asked((text,), f"Type {wanted} ({FOR_HELP}, :hint for a hint): ", read, expected, takes_text=True)


def _ordered(order: tuple[OptionId, ...], texts: list[str]) -> Asked:
    def read(said: str) -> Response | None:
        places = _places(said, len(texts))
        if not places or sorted(places) != list(range(len(texts))):
            return None
        return Sequence(tuple(order[place] for place in places), order)

    wanted = f"all letters {_letters(len(texts))} in the right order, such as {LETTERS[: len(texts)][::-1]}"
    return Asked(_listed(texts), f"Order ({wanted}; ? for help): ", read, wanted)


def _matched(question: Matching, order: tuple[OptionId, ...]) -> Asked:
    options = question.options

    def read(said: str) -> Response | None:
        places = _places(_in_turn(said, len(order)), len(options))
        if not places or len(places) != len(order):
            return None
        if not question.reuse and len(set(places)) < len(places):
            return None
        pairs = tuple((stem, options[place].id) for stem, place in zip(order, places, strict=True))
        return Pairs(pairs, order)

    text_of = {stem.id: stem.text for stem in question.stems}
    stems = tuple(f"  {place}. {text_of[stem]}" for place, stem in enumerate(order, start=1))
    once = "" if question.reuse else ", each once"
    wanted = f"{len(order)} letters {_letters(len(options))}, one for each number in turn{once}"
    lines = (*_listed(option.text for option in options), "Match:", *stems)
    return Asked(lines, f"Match ({wanted}; ? for help): ", read, wanted)


def _in_turn(said: str, count: int) -> str:
    """Return the letters in the order of the numbers beside them (2b 1a, or b2 a1); the line itself if it has none.

    A line whose numbers are not 1 to `count`, each beside a letter, is not read at all: nothing is returned.
    """
    compact = re.sub(r"[\s,;]+", "", said.lower())
    if not re.search("[0-9]", compact):
        return said
    for pattern in ("(?P<number>[0-9]{1,2})(?P<letter>[a-z])", "(?P<letter>[a-z])(?P<number>[0-9]{1,2})"):
        pairs = list(re.finditer(pattern, compact))
        numbered = sorted((int(pair["number"]), pair["letter"]) for pair in pairs)
        is_all = "".join(pair[0] for pair in pairs) == compact
        if is_all and [number for number, _ in numbered] == list(range(1, count + 1)):
            return "".join(letter for _, letter in numbered)
    return ""


def _pointed(question: Hotspot, shown: Shown, deck: Deck | None) -> Asked:
    figure = figure_shown(question, shown.answer_id, deck)
    zones = figure.zones() if figure else ()
    targets = area_targets(question, figure)
    if question.asks is Asks.NAME:
        from sciaquiz.view.answered import area_meant

        lines = (area_meant(question, figure) if figure else "", *_listed(zones[place].name for _, place in targets))
    else:
        about = f"{figure.title}. {len(zones)} areas." if figure else ""
        lines = (about, *_listed(figure.where(zone) for zone in zones if figure))

    def read(said: str) -> Response | None:
        places = _places(said, len(targets))
        return Pointed(*targets[places[0]]) if places and len(places) == 1 else None

    prompt = f"Answer (a-{LETTERS[max(0, len(targets) - 1)]}, ? for help): "
    return Asked(lines, prompt, read, f"one of the letters {_letters(max(1, len(targets)))}")


def area_targets(question: Hotspot, figure: Figure | None) -> list[tuple[str, int]]:
    """Return the key and the place of each area that has a letter, in the order of the letters."""
    zones = figure.zones() if figure else ()
    if question.asks is Asks.POINT:
        return [(zone.key, place) for place, zone in enumerate(zones)]
    keys = {zone.name: (zone.key, place) for place, zone in reversed(list(enumerate(zones)))}
    return [keys[name] for name in sorted(keys)]  # in the order of the zones they would say where each lies


def asked_in_a_line(card: Card) -> str:
    """Return what a card asks, without what leads up to it."""
    if isinstance(card.question, Cloze):
        return cloze_line(card.question, card.part, filled=False)
    return card.question.stem.split("\n\n")[-1]


def cloze_line(question: Cloze, group: str, *, filled: bool) -> str:
    """Return the text of a cloze in one line, the gaps of a group open or filled."""
    return "".join(
        part if isinstance(part, str) else part.answers[0] if filled or part.group != group else _gap(part)
        for part in question.parts
    )


def _gap(gap: Gap) -> str:
    return f"[... {gap.hint}]" if gap.hint else "[...]"
