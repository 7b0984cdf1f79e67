"""The words of a term as they are compared: without case, accents, punctuation, articles and plurals."""

from __future__ import annotations

import re
from functools import lru_cache

from sciaquiz.marking.signs import GREEK_NAMES, folded

ARTICLES = frozenset({"a", "an", "the"})
THE = frozenset({"the", "teh", "hte"})

# A comma before three digits, as in 1,000, is a thousands separator in the English of the decks.
THOUSANDS = re.compile(r"(?<![\w.,])[1-9]\d{0,2}(?:,\d{3})+(?![\w,]|\.\d)")
APOSTROPHE = re.compile(r"'s?(?![a-z])|'")
LEVEL_APART = re.compile(r"\b([ctls]|co)(?:[ -]|\. ?)(?=\d{1,2}\b)")
LEVELS_TOGETHER = re.compile(r"\b((?:[ctls]|co)\d{1,2})(?=(?:[ctls]|co)\d{1,2}\b)")
LEVEL_SERIES = re.compile(
    r"\b(?P<region>[ctls]|co)\d{1,2}"
    r"(?:(?:\s*[-/,]\s*|\s+(?:to|through)\s+)\d{1,2}(?!\w|\.\d|\s*%)"
    r"|(?:,?\s+and)?\s+\d{1,2}(?!\w|\.\d|\s*[a-z%]))+"
)
LEVEL_IN_SERIES = re.compile(r"(?P<between>[^\d]*?)(?P<number>\d{1,2})")
LEVEL_RANGE = re.compile(r"\b((?:[ctls]|co)\d{1,2})(?:\s*-\s*|\s+(?:to|through)\s+)((?:[ctls]|co)\d{1,2})\b")
INITIALS = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
SIGN_IN_BRACKETS = re.compile(r"\(\s*([-+])\s*\)")
MINUS = re.compile(
    rf"(?<![\w.])(?P<symbol>[^\W\d_]{{1,3}}|{'|'.join(sorted(GREEK_NAMES))}|[^\W_]{{0,7}}\d)"
    r"(?:(?P<last> ?-(?=\s*(?:$|[),;])))|-(?=/\d|\s(?!\s*(?:and|or|nor|to|but)\b)))"
)
"""A minus behind a symbol, as in O−, HCO3− or 4−. What two words share ends in a hyphen too: pre- and postnatal."""

NUMBER_AND_UNIT = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)(?!(?:st|nd|rd|th)\b)(?=[^\W\d_])")
DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
LOOSE_POINT = re.compile(r"(?<!\d)\.|\.(?!\d)")
LOOSE_HYPHEN = re.compile(r"(?<=\S)-|-(?!\d)")
LOOSE_SLASH = re.compile(r"(?<!\d)/|/(?!\d)")
LEVEL = re.compile(r"([ctls]|co)(\d{1,2})")
LEVELS = [*(f"c{n}" for n in range(1, 9)), *(f"t{n}" for n in range(1, 13))]
LEVELS += [*(f"l{n}" for n in range(1, 6)), *(f"s{n}" for n in range(1, 6)), "co1"]

ABBREVIATIONS = {
    "n": ("nerve",), "nn": ("nerve",), "m": ("muscle",), "mm": ("muscle",), "a": ("artery",), "aa": ("artery",),
    "v": ("vein",), "vv": ("vein",), "lig": ("ligament",), "ligg": ("ligament",), "ligs": ("ligament",),
    "r": ("ramus", "branch"), "rr": ("ramus", "branch"), "br": ("branch", "ramus"), "brs": ("branch", "ramus"),
    "tend": ("tendon",), "tendd": ("tendon",), "ggl": ("ganglion",), "gangl": ("ganglion",), "gang": ("ganglion",),
    "for": ("foramen",), "forr": ("foramen",), "proc": ("process",), "procc": ("process",), "foss": ("fossa",),
    "art": ("artery", "joint"), "artt": ("joint",), "sup": ("superior",), "inf": ("inferior",), "ant": ("anterior",),
    "post": ("posterior",), "lat": ("lateral", "lateralis"), "med": ("medial", "medialis"),
    "cut": ("cutaneous", "cutaneus"),
}  # fmt: skip
"""What an abbreviation may stand for, as it is compared; the first is read where nothing else tells which."""

ABBREVIATED = re.compile(rf"(?<![\w.])({'|'.join(ABBREVIATIONS)})\.(?=[\s,;)]|$)")

LATIN = {
    "nervus": "nerve", "nervi": "nerve", "nervorum": "nerve", "musculus": "muscle", "musculi": "muscle",
    "musculorum": "muscle", "arteria": "artery", "vena": "vein", "ligamentum": "ligament", "ligamenta": "ligament",
    "ligamenti": "ligament", "tendo": "tendon", "tendine": "tendon", "tendinis": "tendon", "processus": "process",
    "articulatio": "joint", "articulatione": "joint",
}  # fmt: skip
"""Latin words for the sort of thing that a name names: only these, which stand for no other sort."""


def normal(text: str, *, keeps_article: bool = False) -> str:
    """Return the text in lower case, without accents, punctuation and articles, its words apart by one space.

    Digits, decimal points, signs before a number, fractions, % and the mathematical signs stay. Levels take one form:
    "L 4/5", "L4-L5" and "L4–5" are all "l4 l5"; a range names all that lie in it, so that "S2–S4" is "s2 s3 s4" and
    "S2, S4" is not. The usual abbreviations are written out where they end in a full stop.
    """
    plain = " ".join(APOSTROPHE.sub("", SIGN_IN_BRACKETS.sub(r" \1", folded(text))).split())
    plain = INITIALS.sub(lambda found: found[0].replace(".", ""), plain)
    plain = THOUSANDS.sub(lambda found: found[0].replace(",", ""), plain)
    plain = with_levels(ABBREVIATED.sub(lambda found: ABBREVIATIONS[found[1]][0], plain))
    plain = DECIMAL_COMMA.sub(".", MINUS.sub(with_minus, plain))
    plain = NUMBER_AND_UNIT.sub(r"\1 ", plain)
    hyphenated = plain.startswith(("a-", "an-"))
    plain = LOOSE_HYPHEN.sub(" ", LOOSE_SLASH.sub(" ", LOOSE_POINT.sub(" ", plain.replace(",", " "))))
    return " ".join(without_articles(plain.split(), keep_first=hyphenated or keeps_article))


def with_minus(found: re.Match[str]) -> str:
    """Return a symbol and its minus as words. Before another word only a letter or two, or a digit, has one."""
    symbol = found["symbol"]
    is_sign = found["last"] or len(symbol) < 3
    return f"{symbol} minus" if is_sign and not is_level(symbol) else found[0]


def with_levels(text: str) -> str:
    """Return the text with every level written out: "s2-4" becomes "s2 s3 s4", "l5s1" becomes "l5 s1"."""
    text = LEVELS_TOGETHER.sub(r"\1 ", LEVEL_APART.sub(r"\1", text))
    text = LEVEL_SERIES.sub(written_out, text)
    while (wider := LEVEL_RANGE.sub(lambda found: " ".join(between(found[1], found[2])), text)) != text:
        text = wider
    return text


def written_out(series: re.Match[str]) -> str:
    """Return a series of levels with the region before each: "s2, 4" becomes "s2 s4", "s2-4" becomes "s2-s4"."""
    region = series["region"]
    return region + "".join(
        f"{'-' if found['between'].strip() in ('-', 'to', 'through') else ' '}{region}{found['number']}"
        if place
        else found["number"]
        for place, found in enumerate(LEVEL_IN_SERIES.finditer(series[0].removeprefix(region)))
    )


def between(first: str, last: str) -> list[str]:
    """Return the levels from one to another, both included; just the two where that is no range."""
    if first in LEVELS and last in LEVELS and LEVELS.index(first) < LEVELS.index(last):
        return LEVELS[LEVELS.index(first) : LEVELS.index(last) + 1]
    return [first, last]


def without_articles(words: list[str], *, keep_first: bool) -> list[str]:
    """Drop "the" anywhere and "a" or "an" at the start; "type A", "A and F" and "A delta" name something."""
    rest = [word for word in words if word not in THE]
    names = keep_first or len(rest) < 2 or len(rest[1]) == 1 or rest[1] in {"and", "or", *GREEK_NAMES}
    return rest[1:] if rest and rest[0] in ARTICLES and not names else rest


IRREGULAR: dict[str, str] = {
    plural: one
    for one, plurals in {
        "acetabulum": "acetabula", "alveolus": "alveoli", "apex": "apices", "appendix": "appendices",
        "atrium": "atria", "axis": "axes", "bacterium": "bacteria", "bronchus": "bronchi", "calcaneus": "calcanei",
        "calf": "calves", "condylus": "condyli", "corpus": "corpora", "cortex": "cortices", "crisis": "crises",
        "crus": "crura", "diverticulum": "diverticula", "fasciculus": "fasciculi", "femur": "femora",
        "focus": "foci", "foot": "feet", "foramen": "foramina foramens", "ganglion": "ganglia",
        "gemellus": "gemelli", "gluteus": "glutei", "gyrus": "gyri", "half": "halves", "humerus": "humeri",
        "ileum": "ilea", "ilium": "ilia", "index": "indices", "interosseus": "interossei", "ischium": "ischia",
        "labrum": "labra", "lumen": "lumina", "malleolus": "malleoli", "malleus": "mallei", "meniscus": "menisci",
        "metastasis": "metastases", "nucleus": "nuclei", "pelvis": "pelves pelvises", "peroneus": "peronei",
        "phalanx": "phalanges", "radius": "radii", "ramus": "rami", "rectus": "recti", "retinaculum": "retinacula",
        "sacrum": "sacra", "septum": "septa", "stimulus": "stimuli", "sulcus": "sulci", "talus": "tali",
        "thrombus": "thrombi", "tooth": "teeth", "tuberculum": "tubercula", "vastus": "vasti",
    }.items()
    for plural in plurals.split()
}  # fmt: skip

NOT_PLURAL = frozenset({
    "aids", "alias", "always", "ascites", "caries", "dens", "diabetes", "facies", "gens", "has", "herpes", "lens",
    "mons", "nares", "pancreas", "pons", "psoas", "pubes", "rabies", "scabies", "series", "species", "stapes", "tabes",
    "this", "was", "whereas", "yes",
})  # fmt: skip


def singular(word: str) -> str:
    """Return the singular of a normalised word, or the word itself where it may not be a plural.

    Latin endings that may be another case or another word (-i, -a) are known word by word.
    """
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) < 4 or word in NOT_PLURAL or any(sign.isdigit() for sign in word):
        return word
    for ending, one, shortest in (
        ("ae", "a", 5), ("ies", "y", 6), ("oses", "osis", 8), ("eses", "esis", 7), ("lyses", "lysis", 8),
        ("sses", "ss", 6), ("uses", "us", 7), ("xes", "x", 5), ("ches", "ch", 6), ("shes", "sh", 6),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) >= shortest:
            return word.removesuffix(ending) + one
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "os", "ceps", "psoas", "erens", "icans")):
        short = word.endswith("as") and len(word) < 6
        return word if short else word[:-1]
    return word


SPELLINGS = (
    ("aem", "em"), ("aesth", "esth"), ("caec", "cec"), ("coeliac", "celiac"), ("disk", "disc"), ("faec", "fec"),
    ("fibre", "fiber"), ("centre", "center"), ("foet", "fet"), ("gynaec", "gynec"), ("litre", "liter"),
    ("metre", "meter"), ("oedem", "edem"), ("oesoph", "esoph"), ("paed", "ped"), ("rrhoea", "rrhea"),
    ("tumour", "tumor"), ("colour", "color"), ("behaviour", "behavior"),
)  # fmt: skip

SPOKEN = {
    "plus": "+",
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip
ORDINALS = {
    "1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth", "6th": "sixth",
    "7th": "seventh", "8th": "eighth", "9th": "ninth", "10th": "tenth", "11th": "eleventh", "12th": "twelfth",
}  # fmt: skip


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return one form for the spellings of a normalised word: British or American, one or many, "five" or "5"."""
    if word in SPOKEN:
        return SPOKEN[word]
    word = ORDINALS.get(word) or LATIN.get(word) or singular(word)
    word = LATIN.get(word, word)
    for british, american in SPELLINGS:
        word = word.replace(british, american)
    return word


@lru_cache(maxsize=8192)
def spelt(text: str, *, keeps_article: bool = False) -> tuple[str, ...]:
    """Return the normalised words of a term as they were spelt. "and" between two levels says nothing."""
    words = normal(text, keeps_article=keeps_article).split()
    around = zip(["", *words], words, [*words[1:], ""], strict=False)
    return tuple(
        "and" if word == "+" and after else word
        for before, word, after in around
        if word not in ("and", "+") or not (is_level(before) and is_level(after))
    )


@lru_cache(maxsize=8192)
def key(text: str) -> tuple[str, ...]:
    """Return the words of a term as they are compared. Two texts with one key are the same answer."""
    return tuple(stem(word) for word in spelt(text))


def is_level(word: str) -> bool:
    """Say whether a normalised word is a spinal level, such as "l5"."""
    return LEVEL.fullmatch(word) is not None
