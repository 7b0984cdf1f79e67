"""The signs of a term as they are compared: without case and accents, one for all that look alike or mean the same."""

from __future__ import annotations

import re
import unicodedata

LETTERS = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "×": "x"}

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho",
    "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
GREEK_NAMES = frozenset(GREEK.values())

SIGNS = {"&": " and ", "%": " % ", "°": " degrees "} | {sign: sign for sign in ",./'"}

# Told apart before anything else: what Unicode holds for compatible with them is a space and an accent, or a letter.
ALIKE = str.maketrans(
    dict.fromkeys("’‘‛ʼʻʽ´`′‵ʹˈ＇ꞌʾʿˊˋ՚׳", "'")
    | dict.fromkeys("“”„‟«»″‶ʺ＂〃", " ")
    | dict.fromkeys("º˚∘◦", "°")
    | dict.fromkeys("−⁻˗➖⁃", "-")
    | dict.fromkeys("✕✖⨯⨉╳", "×")
    | dict.fromkeys("⋅∙•‧・·", " ")
    | {"⁄": "/", "∕": "/", "⩽": "≤", "≦": "≤", "⩾": "≥", "≧": "≥"}
)
TWO_SIGNS = {"<=": "≤", ">=": "≥", "+/-": "±", "+-": "±"}
DEGREE = re.compile(r"(?<=\d)⁰(?![⁰¹²³⁴-⁹])")
RAISED = re.compile(r"(?<=[\d₀-₉])(?=[⁺⁻]?[⁰¹²³⁴-⁹])")
"""Between a digit and one that is raised: 10⁶ is not 106."""

FRACTION = re.compile("(?<=[0-9])(?=[¼-¾⅐-⅞])")
LONE_SHARP_S = re.compile("(?<![^\\W\\d_])(?<![\u0300-\u036f])ß(?![^\\W\\d_])")
"""A German letter that stands for β: alone, it is no letter of a word, whose last letter may carry an accent."""

MARKS = re.compile("([^\\W\\d_])([\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+)")
SHORT_I = "и\u0306"
SYMBOL = re.compile(r"(?<![Ͱ-Ͽ])[α-ω]{1,2}(?![Ͱ-Ͽ])")
"""One or two Greek letters are symbols, as in γδ; more are a word."""

NAME_AND_NUMBER = re.compile(rf"(?<![^\W\d_])({'|'.join(sorted(GREEK_NAMES))})(?=\d)")


class Fold(dict[int, str]):
    """A table for `str.translate` that decides about each character when it first meets it."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = fold_sign(chr(code))
        return folded


def fold_sign(sign: str) -> str:
    """Return what stands for one character; symbols stay, as words of their own: < is not >, ↑ is not ↓."""
    for table in (LETTERS, SIGNS):
        if sign in table:
            return table[sign]
    match unicodedata.category(sign):
        case "Pd":
            return "-"
        case "Cf" | "Cs" | "Co" | "Cn":
            return ""
        case "Cc":
            return " " if sign.isspace() else ""
        case "Sm" | "Sc" | "So":
            return f" {sign} "
        case category if category[0] in "PZS":
            return " "
        case _:
            return sign


FOLD = Fold()


def folded(text: str) -> str:
    """Return the text in lower case, without accents, with one sign for each that means the same.

    A Greek symbol is its English name, apart by hyphens: "α1" is "alpha-1". Hyphens, commas, points, slashes,
    apostrophes and the mathematical signs stay.
    """
    for two, one in TWO_SIGNS.items():
        text = text.replace(two, one)
    apart = FRACTION.sub(" ", RAISED.sub(" ", DEGREE.sub("°", text))).translate(ALIKE)
    apart = re.sub(r"(?<=\d)\*(?!\s*\d)", " star ", re.sub(r"(?<=\d)\s*[×x*]\s*(?=\d)", " x ", apart))
    small = unicodedata.normalize("NFKC", LONE_SHARP_S.sub("β", apart)).translate(ALIKE).casefold()
    bare = unicodedata.normalize("NFC", MARKS.sub(without_marks, unicodedata.normalize("NFD", small)))
    named = NAME_AND_NUMBER.sub(r"\1-", SYMBOL.sub(names_of, bare))
    return named.translate(FOLD)


def without_marks(found: re.Match[str]) -> str:
    """Return a letter without its marks; the Cyrillic short i is a letter of its own."""
    return SHORT_I if found[0].startswith(SHORT_I) else found[1]


def names_of(found: re.Match[str]) -> str:
    """Return the names of Greek symbols, with hyphens to what they are joined to."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    named = "-".join(GREEK[sign] for sign in found[0] if sign in GREEK)
    return f"{'-' if before.isalnum() else ''}{named}{'-' if after.isalnum() else ''}"
