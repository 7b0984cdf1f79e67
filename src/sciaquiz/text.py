"""Taming foreign text, once, at the door: what comes out can be shown anywhere and stored anywhere."""

from __future__ import annotations

import re
import unicodedata

LETTERS = "abcdefghimorstvy"
"""The letters that name options, in order. Those left out mean something else while a question is asked."""

# C0 but tab and newline, DEL, C1, bidi controls, zero-width signs but the joiners that scripts need, line and
# paragraph separators, BOM, tags, surrogates.
WILD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


MOST_MARKS = 30
"""Combining marks in a row, as in the stream-safe form of Unicode: no script needs as many."""

MANY_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{MOST_MARKS + 1}}}")
"""What a run of more than MOST_MARKS combining marks looks like: none of them is a letter, a digit or a space."""

BLANK_LINE = re.compile(r"\n[ \t]*\n")
LONGEST_QUOTED = 60
"""Cells of foreign text in a message."""

LAST_WORD = re.compile(r"\w+\Z")
LOOSE_ENDS = " \t([{“‘,;:–-"
"""What looks forlorn before an ellipsis."""


def tame(text: str) -> str:
    """Return text without control characters, escape sequences and direction overrides, in NFC."""
    if text.isascii() and text.isprintable():
        return text
    tamed = WILD.sub("", text.replace("\r\n", "\n"))
    return tamed if tamed.isascii() else in_one_form(tamed)


def in_one_form(text: str) -> str:
    """Return text in NFC, with at most MOST_MARKS combining marks in a row."""
    many = len(text.encode("utf-8", "surrogatepass")) - len(text) > MOST_MARKS and MANY_MARKS.search(text)
    return unicodedata.normalize("NFC", _stream_safe(text) if many else text)


def _stream_safe(text: str) -> str:
    """Return text with at most MOST_MARKS combining marks in a row: sorting them takes the square of their number."""
    kept = []
    marks = 0
    for sign in text:
        marks = marks + 1 if unicodedata.category(sign)[0] == "M" else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


def wild_in(text: str) -> tuple[str, ...]:
    """Return the code points that `tame` takes out, each once, as U+XXXX."""
    if text.isprintable():  # as most texts are, and none that holds such a sign
        return ()
    return tuple(dict.fromkeys(f"U+{ord(found):04X}" for found in WILD.findall(text.replace("\r\n", "\n"))))


def shortened(text: str, longest: int = LONGEST_QUOTED) -> str:
    """Return a text in one line of at most so many cells, cut at a word where it is longer."""
    begins = " ".join(text[: 2 * longest].split())
    return cut(begins if len(text) <= 2 * longest else f"{begins} …", longest)


def cut(line: str, longest: int) -> str:
    """Return a line of at most so many cells; a longer one is cut, at a word if one ends near, with an ellipsis."""
    if 2 * len(line) <= longest or cells(line) <= longest:
        return line
    kept, room = 0, longest - 1
    while (room := room - cells(line[kept])) >= 0:
        kept += 1
    begins = line[:kept]
    if line[kept].isalnum() and (at_word := LAST_WORD.sub("", begins)) and 2 * cells(at_word) >= longest:
        begins = at_word
    return f"{begins.rstrip(LOOSE_ENDS)}…" if longest > 0 else ""


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes: two for a sign of East Asia, none for a combining mark."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(sign) in ("Mn", "Me", "Cf") else 1 + (unicodedata.east_asian_width(sign) in "WF")
        for sign in text
    )


def visible(text: str) -> str:
    """Return text with what a terminal would obey, or cannot show, written as an escape; line ends and tabs stay."""
    return text if text.isprintable() else WILD.sub(_escape, text)


def path_words(path: object) -> str:
    """Return the name of a file or folder in one line, as people may read it on any terminal."""
    return visible(str(path)).replace("\n", "\\n").replace("\t", "\\t")


def json_text(value: object) -> str:
    """Return a value as JSON that people may read on any terminal."""
    import json

    said = json.dumps(value, indent=2, ensure_ascii=False)
    return WILD.sub(lambda found: json.dumps(found[0])[1:-1], said)


def _escape(found: re.Match[str]) -> str:
    """Write a character as Python does; a byte of a name that is not UTF-8 as that byte."""
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def is_folded(line: str) -> bool:
    """Say whether a printable text of one line has no spaces that `paragraphs` would take out."""
    return "  " not in line and line[:1] != " " and line[-1:] != " "


def paragraphs(text: str) -> str:
    """Fold single line ends into spaces; a blank line separates paragraphs."""
    if "\n" not in text:
        return " ".join(text.split())
    folded = [" ".join(part.split()) for part in BLANK_LINE.split(text)]
    return "\n\n".join(part for part in folded if part)
