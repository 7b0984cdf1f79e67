"""Decks that no author writes: each under the largest size, each made to keep a reader busy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = 'id = "d"\ntitle = "D"\nversion = "1"\nlicence = "CC0-1.0"\n'
MARKS = "\u0301\u0316"
"""Combining marks in the order that is slowest to sort."""


def many(count: int, part: Callable[[int], str]) -> str:
    """Return so many parts."""
    return "".join(map(part, range(count)))


def question(name: object, extra: str = "") -> str:
    """Return a recall question."""
    return f'[[question]]\nid = "q{name}"\nkind = "recall"\nstem = "What is {name}?"\nanswer = "That."\n{extra}'


def cloze(name: object, text: str) -> str:
    """Return a cloze question."""
    return f'[[question]]\nid = "q{name}"\nkind = "cloze"\ntext = "{text}"\n'


def options(text: str, count: int = 3) -> str:
    """Return options of a question, the first of them right."""
    entries = (f'{{ id = "o{n}", text = "{text}{n}", correct = {"false" if n else "true"} }}' for n in range(count))
    return f"options = [{', '.join(entries)}]\n"


def single(name: object, stem: str, text: str) -> str:
    """Return a single best answer."""
    return f'[[question]]\nid = "q{name}"\nkind = "single"\nshuffle = false\nstem = "{stem}"\n{options(text)}'


def typed(name: object, text: str) -> str:
    """Return a term to type with as many answers as there may be."""
    answers = ", ".join(f'"{text}{n}"' for n in range(90))
    return f'[[question]]\nid = "q{name}"\nkind = "typed"\nstem = "What?"\nanswers = [{answers}]\n'


def figure(points: int = 3, regions: int = 1, label: str = "[0.5, 0.25]") -> str:
    """Return a figure of a view with so many regions, and a question that points at one of them."""
    polygon = (
        ", ".join(f"[{n % 100 / 100}, {n % 7 / 7}]" for n in range(points)) if points > 3 else "[0, 0], [1, 0], [1, 1]"
    )
    region = f'{{ key = "k%d", name = "n", describe = "d", label = {label}, polygons = [[{polygon}]] }},\n'
    return (
        '[[figure]]\nid = "f"\ntitle = "F"\ncaption = "C"\nalt = "A"\n[[figure.views]]\nid = "v"\ntitle = "V"\naspect = 1.0\n'
        f"outline = [[0, 0], [1, 0], [1, 1]]\nregions = [\n{many(regions, lambda n: region % n)}]\n"
        '[[question]]\nid = "h"\nkind = "hotspot"\nstem = "Where?"\nfigure = "f"\nregion = "k0"\n'
    )


REFUSED: dict[str, tuple[Callable[[], str], str]] = {
    "a line of spaces": (lambda: HEAD + " " * 200_000, "5:1: the line is longer than 100000 bytes"),
    "a line of brackets": (lambda: "[" * 200_000, "1:1: the line is longer than 100000 bytes"),
    "lines of brackets": (lambda: HEAD + ("[" * 45 + "\n") * 20_000, "6:1: brackets are nested more than 50 deep"),
    "a list in a list": (lambda: HEAD + "x = " + "[" * 99_000, "5:1: brackets are nested more than 50 deep"),
    "tables in tables": (
        lambda: HEAD + "x = " + "{ a = " * 390 + "1" + " }" * 390,
        "5:1: brackets are nested more than 50 deep",
    ),
    "a list in one line": (lambda: HEAD + "x = [" + "1," * 400_000 + "]", "5:1: the line is longer than 100000 bytes"),
    "lists in many lines": (
        lambda: HEAD + "x = [\n" + ("1," * 20_000 + "\n") * 20 + "]",
        "10:1: the file holds more than 100000 values: divide it into several decks",
    ),
    "lines": (lambda: HEAD + "\n" * 1_900_000, "100001:1: the file has more than 100000 lines"),
    "parts of a key": (lambda: HEAD + ("a.b." * 50 + "c = 1\n") * 8_000, "5:1: a key has more than 8 parts"),
    "parts in quotes": (lambda: HEAD + ('"a" . "b".' * 50 + "c = 1\n") * 3_000, "5:1: a key has more than 8 parts"),
    "parts in a table": (lambda: HEAD + "x = { " + "a." * 400 + "b = 1 }\n", "5:1: a key has more than 8 parts"),
    "digits": (lambda: HEAD + "x = 1" + "0" * 90_000, "5:1: a number or a key is longer than 200 characters"),
    "digits of a fraction": (lambda: HEAD + "x = 0." + "1" * 90_000, "5:1: a number or a key is longer than 200"),
    "a number in hexadecimal": (
        lambda: HEAD + question(1).replace('"recall"', "0x" + "F" * 9_000),
        "7:1: a number or a key is longer than 200 characters",
    ),
    "a long key": (lambda: HEAD + "k" * 90_000 + " = 1\n", "5:1: a number or a key is longer than 200 characters"),
    "a text that is not closed": (
        lambda: HEAD + 'x = """' + ('\\"""' * 20_000 + "\n") * 20,
        "5:5: the text that begins here is never closed",
    ),
    "tables": (lambda: HEAD + many(90_000, lambda n: f"[a{n}]\n"), "1:1: a table may have at most 200 keys"),
    "lists of tables": (lambda: HEAD + "[[x]]\n" * 90_000, "5:1: there are more than 5000 [[x]] tables"),
    "keys of a question": (
        lambda: HEAD + question(1) + many(90_000, lambda n: f"a{n} = 1\n"),
        "5:1: question “q1”: a table may have at most 200 keys, there are 90004",
    ),
    "topics": (
        lambda: HEAD + question(1, "topics = [" + ('"a",' * 5_000 + "\n") * 2 + "]\n"),
        "10:1: question “q1”: there are more than 5000 entries in the list",
    ),
    "a key of marks": (
        lambda: HEAD + f'"{MARKS * 20_000}" = 1\n',
        "5:1: the key is longer than 80 characters",
    ),
    "a text of marks": (
        lambda: HEAD + question(1, f'explanation = "{MARKS * 20_000}"\n'),
        "10:1: question “q1”: the text is too long; at most 10000 characters and 200 lines",
    ),
    "gaps": (
        lambda: HEAD + many(170, lambda n: cloze(n, "{{c1::a}}" * 1_000)),
        "8:1: question “q0”: there are 1000 gaps; a text may have at most 50",
    ),
    "zones of a view": (lambda: HEAD + figure(regions=17), "figure “f”: “regions” may have at most 16, there are 17"),
    "a tiny ellipse": (
        lambda: HEAD + figure().replace("polygons = ", "ellipse = { cx = 0.5, cy = 0.2, rx = 1e-300, ry = 1 }, x = "),
        "16:96: figure “f”: “rx” must be at least 0.001",
    ),
    "a point far away": (
        lambda: HEAD + figure(label="[1e999999, -1e999999]"),
        "figure “f”: “label” must be",
    ),
    "a kind in digits": (
        lambda: HEAD + question(1).replace('"recall"', "0x" + "F" * 190),
        "7:1: question “q1”: “kind” must be text",
    ),
    "unknown names": (
        lambda: (
            HEAD
            + many(2_000, lambda n: f'[[source]]\nid = "source-{n}"\ncitation = "C"\n')
            + many(5_000, lambda n: question(n, f'sources = ["sauce-{n}"]\n'))
        ),
        "1:1: there are more than 1000 errors: the rest is told when these are mended",
    ),
    "names that are nearly alike": (
        lambda: (
            HEAD
            + many(2_000, lambda n: f'[[concept]]\nid = "{"a" * 74}-{n}"\nname = "C"\n')
            + many(4_000, lambda n: question(n, f'concept = "{"a" * 70}-b-{n}"\n'))
        ),
        "there is no concept “",
    ),
    "problems of a question": (
        lambda: HEAD + many(450, lambda n: question(n) + many(190, lambda key: f"a{key} = 1\n")),
        "question “q0”: unknown key “a0”",
    ),
    "types": (
        lambda: (
            HEAD + many(4_900, lambda _: '[[question]]\nid = 1\nkind = "single"\nstem = 2\noptions = [1, 2, 3, 4]\n')
        ),
        "“id” must be text",
    ),
    "one id for all": (lambda: HEAD + many(5_000, lambda _: question(1)), "the id is already used in line 5"),
    "what was meant as gaps": (lambda: HEAD + many(170, lambda n: cloze(n, "a" * 9_900)), "there is no gap"),
    "braces": (lambda: HEAD + many(170, lambda n: cloze(n, ("a" * 30 + "}") * 300)), "there is no gap"),
}
"""What is refused, and how the problem that says so begins, after the name of the file."""

READ: dict[str, Callable[[], str]] = {
    "marks in many texts": lambda: HEAD + many(90, lambda n: question(n, f'explanation = "{MARKS * 4_900}"\n')),
    "marks that fall apart": lambda: HEAD + many(60, lambda n: question(n, f'explanation = "{chr(0xF73) * 9_000}"\n')),
    "paragraphs": lambda: (
        HEAD + many(190, lambda n: question(n, "explanation = '''" + ("\n" + " " * 49) * 199 + "'''\n"))
    ),
    "escapes": lambda: HEAD + many(100, lambda n: question(n, 'explanation = "' + "\\u001b" * 3_000 + '"\n')),
    "gaps of many groups": lambda: (
        HEAD + many(170, lambda n: cloze(n, many(50, lambda g: f"{{{{c{g + 1}::a}}}} ") + "b " * 4_600))
    ),
    "words": lambda: HEAD + many(40, lambda n: single(n, "abcdefgh " * 1_000, "abcdefgh " * 1_000)),
    "numbers": lambda: HEAD + many(40, lambda n: single(n, "1?", "1." * 4_900)),
    "units": lambda: HEAD + many(40, lambda n: single(n, "1?", "1" + "a" * 9_900)),
    "denials": lambda: HEAD + many(40, lambda n: single(n, "not " * 2_400, "all of the " * 900)),
    "brackets in terms": lambda: HEAD + many(20, lambda n: typed(n, "(" * 900)),
    "terms": lambda: HEAD + many(20, lambda n: typed(n, "ab-c/d " * 140)),
    "a large deck": lambda: (
        HEAD
        + many(5_000, lambda n: f'[[source]]\nid = "s{n}"\ncitation = "C"\n')
        + many(5_000, lambda n: question(n, f'sources = ["s{n}"]\n'))
    ),
    "many points": lambda: HEAD + figure(points=190, regions=16),
}
"""What is read, however strange."""
