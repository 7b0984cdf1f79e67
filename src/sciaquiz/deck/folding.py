"""The words by which a question is found, and by parts of them: some scripts put no spaces between words."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.deck.model import Question

ACCENT = re.compile("[\u0300-\u036f]")
STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ς": "σ"})
"""What stands for letters that have no accent to take away."""
BETWEEN = re.compile(r"[\W_]+")


def words_of(question: Question) -> str:
    """Return every word of a question that a student can see, for searching."""
    return "\n".join([*question.topics, *texts_in(question)])


READ = {"stem", "explanation", "text", "why", "answer", "answers", "hint", "options", "statements", "items", "stems",
        "parts", "wrong"}  # fmt: skip
"""The fields of a question that hold words for the student, or tables that do."""


def texts_in(value: object) -> Iterable[str]:
    """Yield the words of a question that a student can read, whatever its kind."""
    match value:
        case str():
            yield value
        case tuple():
            for part in value:
                yield from texts_in(part)
        case Struct():
            for name in value.__struct_fields__:
                if name in READ:
                    yield from texts_in(getattr(value, name))
        case _:
            return


def folded(text: str) -> str:
    """Return the words of a text, in one case and without accents, with a space around each."""
    plain = ACCENT.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(STROKES)
    return f" {' '.join(BETWEEN.split(plain))} "
