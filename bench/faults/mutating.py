"""Decks that went wrong: cut out of sound ones and changed at random, as a bad disk, a bad merge or a trap would."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sciaquiz.paths import shipped_decks

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Mutation = Callable[[list[str], Random], None]

SHOWCASE = Path(__file__).parents[2] / "tests" / "decks" / "showcase" / "deck.toml"
TABLE = re.compile(r"(?m)^(?=\[\[[a-z]+\]\]$)")
NAMED = re.compile(r'(?m)^id = "([^"]+)"$')
TEXT = re.compile('"([^"\\\\]*)"')
ESSENTIAL = ("kind =", "id =")
"""Keys whose spoiled values leave nothing to see of the others: they have mutations of their own."""

MOST_QUESTIONS = 4
WHOLE = 0.002
"""The share of mutants that are made of a whole deck."""

HOSTILE = (
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x1b]52;c;aGVsbG8=\x07",
    "\x9b2J",
    "\x00",
    "\r\nforged.toml:1:1: all is well",
    "\u202egnp.exe\u2066",
    "\u200b\ufeff\U000e0041",
    "[@click=app.quit]quit[/]",
    "[bold red]",
    "[/]",
    "[C5]",
    "%s %d {0} {x}",
    "{{c1::}}",
    "{{c1::a|b::c::d}}",
    "::error file=x::forged",
    "../../../etc/passwd",
    "\u0301" * 200,
    "\u0f73" * 200,
    "ﷺ" * 50,
    "a" * 11_000,
    "a" * 9_000,
    "word " * 1_900,
    "no word is said twice\n\n" * 90,
    "('" * 300,
    "(" * 9_000,
    "1." * 4_500,
    "} {" * 3_000,
    "座骨神経",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\\",
    "'''",
    '"""',
    " ",
    "",
)
VALUES = (
    "0",
    "-1",
    "1e999999",
    "-inf",
    "nan",
    "9" * 150,
    "9" * 5_000,
    "0x" + "f" * 190,
    "1e-300",
    "true",
    "2026-11-23",
    "2026-11-23T10:00:00Z",
    "10:00:00",
    "[]",
    "{}",
    '""',
    "[[]]",
    "[[[0.5, 0.5]]]",
    '["a", 1, true]',
    "[" * 40 + "]" * 40,
    "[" * 300 + "]" * 300,
    "{a=" * 20 + "1" + "}" * 20,
    "[" + "1," * 6_000 + "]",
    "{ id = 1, text = [], correct = 'x' }",
    '[{ id = "a", text = "A", correct = true }, { id = "a", text = "A" }, { id = "b", text = "B" }]',
    '{ file = "deck.toml", alt = "x" }',
    '{ file = "../x.png", alt = "x" }',
    '{ cx = 0.5, cy = 0.5, rx = 1e-300, ry = 1e-300 }',
)  # fmt: skip
LINES = (
    "[x.y.z]",
    "[[question]]",
    "[[question.options]]",
    "[question]",
    "[[figure.views]]",
    '"\u202e" = 1',
    "a.b.c.d.e.f.g.h.i.j = 1",
    "\x1b[31m = 1",
    '"" = 1',
    "accepts = ['TW1', 'nothing']",
    'accepts_why = "because"',
    'kind = "hotspot"',
    'kind = "cloze"',
    'kind = "typed"',
    'case = "none"',
    "stage = 20",
    'safety = "must-not-miss"',
    "shuffle = false",
    'asks = "name"',
    "tolerance = 1e12",
)


def sound_decks() -> list[str]:
    """Return the decks that mutants are made of."""
    paths = [*sorted(shipped_decks().glob("*/deck.toml")), SHOWCASE]
    return [path.read_text(encoding="utf-8") for path in paths]


def mutant(decks: list[str], random: Random) -> bytes:
    """Return a deck with one to four things wrong with it."""
    deck = random.choice(decks)
    lines = (deck if random.random() < WHOLE else small(deck, random)).split("\n")
    for _ in range(random.choice((1, 1, 2, 4))):
        random.choice(MUTATIONS)(lines, random)
    text = "\n".join(lines).encode("utf-8", "surrogatepass")
    return _with_other_bytes(text, random) if random.random() < 0.1 else text


def small(deck: str, random: Random) -> str:
    """Return a few questions of a deck with what they name."""
    head, questions, others = _parts(deck)
    chosen = random.sample(questions, min(len(questions), random.randint(1, MOST_QUESTIONS)))
    said = "".join(chosen)
    needed = [table for name, table in others if f'"{name}"' in said]
    return "".join((head, *needed, *chosen))


@cache
def _parts(deck: str) -> tuple[str, list[str], list[tuple[str, str]]]:
    """Return the head of a deck, its questions, and each other table that they may name with its name."""
    head, *tables = TABLE.split(deck)
    questions = [table for table in tables if table.startswith("[[question]]")]
    others = [table for table in tables if not table.startswith(("[[question]]", "[[contrast]]"))]
    return head, questions, [(found[1], table) for table in others if (found := NAMED.search(table))]


def _with_other_bytes(text: bytes, random: Random) -> bytes:
    changed = bytearray(text)
    for _ in range(random.choice((1, 3, 30))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed[: random.randrange(len(changed))] if random.random() < 0.3 else changed)


# Each changes the lines of a deck in place


def _place(lines: list[str], random: Random) -> int:
    return random.randrange(len(lines))


def _cut_a_line(lines: list[str], random: Random) -> None:
    place = _place(lines, random)
    lines[place : place + random.choice((1, 1, 5))] = []
    lines.append("")


def _say_a_line_twice(lines: list[str], random: Random) -> None:
    place = _place(lines, random)
    lines.insert(_place(lines, random) if random.random() < 0.5 else place, lines[place])


def _say_a_table_twice(lines: list[str], random: Random) -> None:
    starts = [place for place, text in enumerate(lines) if text.startswith("[")] or [0]
    start = random.choice(starts)
    end = next((place for place in starts if place > start), len(lines))
    place = random.choice(starts)
    lines[place:place] = lines[start:end] * random.choice((1, 2, 20))


def _swap_values(lines: list[str], random: Random) -> None:
    places = [place for place, text in enumerate(lines) if " = " in text]
    if len(places) >= 2:
        one, other = random.sample(places, 2)
        (one_key, one_value), (other_key, other_value) = (lines[place].split(" = ", 1) for place in (one, other))
        lines[one], lines[other] = f"{one_key} = {other_value}", f"{other_key} = {one_value}"


def _put_a_value(lines: list[str], random: Random) -> None:
    places = [place for place, text in enumerate(lines) if " = " in text] or [0]
    place = random.choice(places)
    lines[place] = f"{lines[place].split(' = ', 1)[0]} = {random.choice(VALUES)}"


def _put_into_a_text(lines: list[str], random: Random) -> None:
    """As it is, or escaped so that the file stays sound."""
    _put_into(lines, [_place(lines, random) for _ in range(3)], random)


def _put_into_many_texts(lines: list[str], random: Random) -> None:
    _put_into(lines, random.sample(range(len(lines)), len(lines) // 3), random)


def _put_into(lines: list[str], places: list[int], random: Random) -> None:
    put = random.choice(HOSTILE)
    if random.random() < 0.8:
        put = "".join(sign if sign.isalnum() or sign in " []@=:{}|" else f"\\U{ord(sign):08x}" for sign in put)
    for place in places:
        found = [] if lines[place].startswith(ESSENTIAL) else list(TEXT.finditer(lines[place]))
        if found:
            text = random.choice(found)
            at = random.randint(*text.span(1))
            lines[place] = lines[place][:at] + put + lines[place][at:]


def _put_a_line(lines: list[str], random: Random) -> None:
    lines.insert(_place(lines, random), random.choice((*LINES, *HOSTILE)))


def _change_a_key(lines: list[str], random: Random) -> None:
    keys = [(place, text.split(" = ", 1)) for place, text in enumerate(lines) if " = " in text]
    if keys:
        place, (_, value) = random.choice(keys)
        _, (key, _) = random.choice(keys)
        lines[place] = f"{key} = {value}"


def _change_an_id(lines: list[str], random: Random) -> None:
    ids = [place for place, text in enumerate(lines) if text.startswith("id = ")]
    if ids:
        spoiled = "".join(f"\\U{ord(sign):08x}" for sign in random.choice(HOSTILE))
        lines[random.choice(ids)] = random.choice((lines[random.choice(ids)], f'id = "{spoiled}"'))


MUTATIONS: tuple[Mutation, ...] = (
    _cut_a_line,
    _say_a_line_twice,
    _say_a_table_twice,
    _swap_values,
    _put_a_value,
    _put_a_value,
    _put_into_a_text,
    _put_into_many_texts,
    _put_a_line,
    _change_a_key,
    _change_an_id,
)
