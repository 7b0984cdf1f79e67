"""What was not meant to be read by a student: texts still to be written, markup, escapes that became other signs.

The file is looked at first: most decks hold none of the signs, and their questions need not be gone through.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sciaquiz.authoring.lint.look import words_of
from sciaquiz.authoring.lint.rule import DECK
from sciaquiz.deck.folding import texts_in
from sciaquiz.deck.kinds import Cloze

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sciaquiz.authoring.lint.rule import Found
    from sciaquiz.deck.model import Deck, Question
    from sciaquiz.ids import QuestionId

TAGS = "b|i|u|em|strong|sub|sup|br|p|div|span|img|ul|ol|li|table|tr|td|font|a"
ENTITIES = "nbsp|amp|lt|gt|quot|deg|mdash|ndash|times|mu|alpha|beta|rarr|le|ge|plusmn|middot|frac12|eacute|#\\d{2,5}"
COMMANDS = words_of(
    "theta tau text times tan tfrac textbf textit therefore to top triangle beta bar begin bf big binom bot box bullet "
    "frac forall fbox flat rho rightarrow right rm rangle rceil root"
)
"""What an escape may have been meant to be: a command of TeX. Other words behind an escape begin a line or a column."""

SHOWN = " is shown as it stands: texts are plain, without markup"
SIGNS: tuple[tuple[str, str, str, str], ...] = (
    ("TODO", r"TODO\b", "DOC-todo", " is still to be written"),
    ("FIXME", r"FIXME\b", "DOC-todo", " is still to be written"),
    ("&", rf"&(?:{ENTITIES});", "DOC-markup", SHOWN),
    ("<", rf"</?(?:{TAGS})(?:\s[^<>]*)?/?>", "DOC-markup", SHOWN),
    ("**", r"\*\*[^*\s][^*\n]*\*\*", "DOC-markup", SHOWN),
    ("](", r"\]\((?:https?:|\.|/)[^)\s]+\)", "DOC-markup", SHOWN),
    ("`", r"`[^`\n]+`", "DOC-markup", SHOWN),
    ("$", r"\$[^$\s](?:[^$\n]{0,60}[^$\s])?\$(?!\d)", "DOC-markup", SHOWN),
    ("\\", r"\\(?:frac|theta|alpha|beta|circ|times|text|mathrm|mu|rightarrow)\b|\\\(.+?\\\)", "DOC-markup", SHOWN),
    ("___", "___", "ID15", ' in the stem has to be read twice: ask a question, or make it kind = "cloze"'),
)
"""What is looked for: the beginning, by which most files are passed over; all of it; the rule; what is said of it."""

GRAMMAR = (
    (
        r" a[ \n]+(?!(?:and|are|also|alone|always|one|once|only|over|into|else|each|either|even|often|e[uw]|ou)[a-z]*)"
        r"[aeio][a-z]{2,}\b",
        ": write “an” before a vowel",
    ),
    (
        r" an[ \n]+(?!(?:hour|honest|honou?r|heir|herb|histor)[a-z]*)[bcdfghjklmnpqrstvwxz][a-z]*[aeiouy][a-z]*\b",
        ": write “a” before a consonant",
    ),
    (
        r" (the|a|an|of|to|in|is|are|was|were|and|or|for|with|by|at|from|be|as|which|not)[ \n]+\1(?=[ \n])",
        ": a word stands twice",
    ),
)
"""Slips that signs show by themselves, and what is said of them."""

ENGLISH = re.compile(r"\b(?:the|are|and|which|what|does|with|this|from|where|who)\b", re.IGNORECASE)
"""One of these is in every English question; in other languages “a” and “an” are other words."""

PATTERNS = (
    *((sign, re.compile(pattern), code, told) for sign, pattern, code, told in SIGNS),
    *((" ", re.compile(pattern), "ID20", told) for pattern, told in GRAMMAR),
)
ABOUT_MARKUP = re.compile(r"\b(?:html|markdown|latex|tex|xml|mark-?up|syntax|code)\b", re.IGNORECASE)
"""What the stem of a question speaks of whose answers are markup."""

ESCAPE = re.compile(rb"\\[bfrt][a-z]{2,}")


def left_over(deck: Deck, text: bytes, question_at: Callable[[int], Question | None]) -> Iterable[Found]:
    """Yield what of the texts of a deck was not meant to be read; `question_at` says which question holds a byte."""
    for sign, pattern, code, told in PATTERNS:
        if sign.encode() in text:
            yield from _matching(deck, text, pattern, code, told, question_at)
    if b"\\" in text:
        yield from _escapes(text, question_at)


def _matching(
    deck: Deck,
    text: bytes,
    pattern: re.Pattern[str],
    code: str,
    told: str,
    question_at: Callable[[int], Question | None],
) -> Iterable[Found]:
    """Look at the file, then at the questions in which it seems to stand, where comments and free keys do not count."""
    of: dict[QuestionId, tuple[Question | None, list[re.Match[bytes]]]] = {}
    for written in re.finditer(pattern.pattern.encode(), text):
        question = question_at(written.start())
        of.setdefault(question.id if question is not None else DECK, (question, []))[1].append(written)
    for question, hits in of.values():
        if question is not None:
            if code == "DOC-markup" and ABOUT_MARKUP.search(question.stem):
                continue
            texts = [question.stem] if code == "ID15" else list(texts_in(question))
            if code == "ID20" and not ENGLISH.search("\n".join(texts)):
                continue
            found = next((hit for said in texts if (hit := pattern.search(said))), None)
            if found is not None and not (code == "ID15" and isinstance(question, Cloze)):
                yield code, _place_of(found[0], hits), question.id, f"“{found[0].strip()}”{told}"
    for place, said in _around(deck) if DECK in of and code not in ("ID15", "ID20") else ():
        if found := pattern.search(said):
            yield code, place, DECK, f"“{found[0]}”{told}"


def _place_of(said: str, hits: Iterable[re.Match[bytes]]) -> tuple[str | int, ...]:
    """Return the first place in the file where this stands in no comment; none where it is written in another way."""
    for hit in hits:
        line = hit.string[hit.string.rfind(b"\n", 0, hit.start()) + 1 : hit.start()]
        if hit[0].split() == said.encode().split() and not line.lstrip().startswith(b"#"):
            return "byte", hit.end() - len(hit[0].lstrip())
    return ()


def _around(deck: Deck) -> Iterable[tuple[tuple[str | int, ...], str]]:
    """Yield the texts of a deck beside its questions, with their places."""
    yield ("title",), deck.title
    yield ("description",), deck.description
    yield ("licence",), deck.licence
    for source in deck.sources:
        yield ("source", str(source.id), "citation"), source.citation
    for concept in deck.concepts:
        yield ("concept", str(concept.id), "name"), concept.name
    for at, contrast in enumerate(deck.contrasts):
        yield ("contrast", at, "discriminator"), contrast.discriminator
    for case in deck.cases:
        yield ("case", str(case.id), "title"), case.title
        yield ("case", str(case.id), "stages"), "\n".join(case.stages)
    for figure in deck.figures:
        yield ("figure", str(figure.id), "title"), figure.title
        yield ("figure", str(figure.id), "caption"), figure.caption
        yield ("figure", str(figure.id), "alt"), figure.alt
        zones = (part for zone in figure.zones() for part in (zone.name, zone.describe))
        yield ("figure", str(figure.id)), "\n".join(zones)


def _escapes(text: bytes, question_at: Callable[[int], Question | None]) -> Iterable[Found]:
    for found in ESCAPE.finditer(text):
        command = found[0][1:].decode()
        if command in COMMANDS and _is_escape(text, found.start()):
            question = question_at(found.start())
            told = f"“\\{command}” is read as an unseen sign and “{command[1:]}”"
            message = f"{told}: write the text between single quotes, or with two backslashes"
            yield "DOC-escape", ("byte", found.start()), question.id if question is not None else DECK, message


def _is_escape(text: bytes, at: int) -> bool:
    """Say whether a backslash begins an escape: it stands in a text with double quotes and is not itself escaped."""
    before = text[text.rfind(b"\n", 0, at) + 1 : at]
    if (len(before) - len(before.rstrip(b"\\"))) % 2:
        return False
    first = re.search(rb"[\"']", before)
    return first[0] == b'"' if first is not None else text.count(b'"""', 0, at) % 2 == 1
