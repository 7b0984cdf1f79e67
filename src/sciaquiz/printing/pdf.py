"""A printed exam as PDF, set by typst: tagged, and PDF/UA-1 where its signs can be shown."""

from __future__ import annotations

import json
import re
import warnings
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sciaquiz.errors import SciaquizError
from sciaquiz.printing.parts import NAMES, TITLES, Part
from sciaquiz.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sciaquiz.printing.entries import Entry, Field
    from sciaquiz.printing.parts import Printed, Sheets, Table

WITHOUT = "a PDF needs typst: pip install 'sciaquiz[print]'. Without it there is --html FILE, which a browser prints."
FONTS = ("Libertinus Serif", "New Computer Modern", "New Computer Modern Math", "DejaVu Sans Mono")
"""Those that are in typst itself; a sign that none of them has is looked for in the fonts of the machine."""
HEIGHTS = {"a4": 250, "us-letter": 230}
"""Room on a page, in mm; what is higher is divided between pages."""
LINES = 24
"""Rows of circles in a column of an answer sheet, so that a page has room for them below its head."""
PIXEL = 0.75
"""In points."""
ACROSS = 12
"""Circles in a line of a column."""
LONG_RUN = re.compile(r"[^\s\u200b]{30}")
WHOLE = frozenset({"svg", "path", "alt", "marks"})
LANGUAGE = re.compile("[a-z]{2,3}")
PICTURE = b'#set document(title: "x")\n#image("/%s", alt: "x")'


class NoTypstError(SciaquizError):
    """The package that sets PDFs is not installed."""


class Pdf(Struct, frozen=True):
    """A PDF, and whether it is PDF/UA-1: not where some sign can be shown in no font."""

    content: bytes
    is_accessible: bool


def pdf_of(printed: Printed, size: str = "a4") -> Pdf:
    """Return the exam as PDF; `size` is what typst calls the paper. Raises SciaquizError."""
    try:
        import typst
    except ImportError:
        raise NoTypstError(WITHOUT) from None
    with TemporaryDirectory(prefix="sciaquiz-", ignore_cleanup_errors=True) as name:
        root = Path(name)
        pictures = _pictures(printed, root)
        data = json.dumps(_breakable(_data(printed, size, pictures)))
        (root / "data.json").write_text(data, encoding="utf-8")
        template = files("sciaquiz.printing").joinpath("exam.typ").read_bytes()
        for fonts_of_machine, is_accessible in ((False, True), (True, True), (True, False)):
            try:
                content = _compiled(template, root, fonts_of_machine=fonts_of_machine, is_accessible=is_accessible)
            except typst.TypstError as error:
                told = error.message
            else:
                return Pdf(content, is_accessible=is_accessible)
    raise SciaquizError(f"typst cannot set this exam: {shortened(told, 200)}. Nothing was written.")


def _compiled(source: bytes, root: Path, *, fonts_of_machine: bool, is_accessible: bool) -> bytes:
    import typst

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compiler = typst.Compiler(root=str(root), ignore_system_fonts=not fonts_of_machine)
        content = compiler.compile(source, format="pdf", pdf_standards=["ua-1"] if is_accessible else [])
    assert isinstance(content, bytes)  # noqa: S101 -- a PDF is one file
    return content


def _breakable(value: Any) -> Any:
    """Return data in which a word that is too long for a line can be broken; drawings and names of files stay."""
    match value:
        case str():
            return LONG_RUN.sub("\\g<0>\u200b", value)
        case dict():
            return {key: each if key in WHOLE else _breakable(each) for key, each in value.items()}
        case list() | tuple():
            return [_breakable(each) for each in value]
        case _:
            return value


def _pictures(printed: Printed, root: Path) -> dict[Path, str]:
    """Copy the pictures that typst can draw; return what each is called there."""
    import typst

    found: dict[Path, str] = {}
    wanted = {entry.picture.path for version in printed.versions for entry in version.entries if entry.picture}
    for number, path in enumerate(sorted(wanted)):
        name = f"picture-{number}{path.suffix.lower()}"
        try:
            (root / name).write_bytes(path.read_bytes())
            _compiled(PICTURE % name.encode(), root, fonts_of_machine=False, is_accessible=False)
        except (OSError, typst.TypstError):
            continue
        found[path] = name
    return found


def _data(printed: Printed, size: str, pictures: dict[Path, str]) -> dict[str, Any]:
    language = LANGUAGE.match(printed.language.lower())
    return {
        "title": printed.title,
        "size": size,
        "height": HEIGHTS[size],
        "fonts": FONTS,
        "language": language[0] if language else "en",
        "parts": [_told(printed, part, pictures) for part in printed.in_turn()],
    }


def _told(printed: Printed, part: tuple[Part, Sheets | None], pictures: dict[Path, str]) -> dict[str, Any]:
    kind, version = part
    below = printed.below(version)
    told: dict[str, Any] = {
        "kind": kind.value,
        "names": NAMES[kind],
        "name": " · ".join(filter(None, [below, TITLES[kind]])),
        "lead": printed.lead(kind),
        "footer": " · ".join(filter(None, [printed.title, below])),
    }
    entries = (version or printed.versions[0]).entries
    match kind:
        case Part.PAPER:
            told["entries"] = [_entry(entry, pictures) for entry in entries]
        case Part.SHEET:
            told["columns"] = [[list(map(_row, column)) for column in chunk] for chunk in _columns(entries)]
            told["written"] = [_row(entry) for entry in entries if entry.is_written]
        case Part.KEY:
            told["tables"] = [_table(table) for table in printed.key]
        case Part.ANSWERS:
            told["entries"] = [_answer(entry) for entry in entries]
    return told


def _entry(entry: Entry, pictures: dict[Path, str]) -> dict[str, Any]:
    picture = missing = None
    if entry.picture is not None:
        name = pictures.get(entry.picture.path)
        picture = None if name is None else {"path": f"/{name}", "alt": entry.picture.alt}
        missing = entry.without_picture if name is None else None
    figure = entry.figure and {
        "svg": entry.figure.svg,
        "alt": entry.figure.alt,
        "caption": entry.figure.caption,
        "width": _side(entry.figure.svg, "width"),
        "height": _side(entry.figure.svg, "height"),
    }
    return {
        "number": entry.number,
        "vignette_title": entry.vignette_title,
        "vignette": entry.vignette,
        "stem": entry.stem,
        "told": entry.told,
        "choices": entry.choices,
        "rows": entry.rows,
        "picture": picture,
        "missing": missing or "",
        "figure": figure,
    }


def _side(svg: str, name: str) -> float:
    """Return how wide or high a drawing is, in points."""
    return float(svg.split(f'{name}="', 1)[1].split('"', 1)[0]) * PIXEL


def _row(entry: Entry) -> dict[str, Any]:
    return {"number": entry.number, "fields": [_field(field) for field in entry.fields]}


def _field(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "marks": field.marks,
        "boxes": field.boxes,
        "lines": field.lines,
        "unit": field.unit,
    }


def _columns(entries: Sequence[Entry]) -> Iterator[tuple[list[Entry], list[Entry]]]:
    """Yield the rows that are marked in two columns of like length, as many as a page has room for."""
    page: list[Entry] = []
    lines = 0
    for entry in (entry for entry in entries if not entry.is_written):
        if page and lines + _lines(entry) > 2 * LINES:
            yield _halves(page)
            page, lines = [], 0
        page.append(entry)
        lines += _lines(entry)
    if page:
        yield _halves(page)


def _lines(entry: Entry) -> int:
    """Return how many lines an entry takes in a column."""
    return sum(max(1, -(-len(field.marks) // ACROSS)) for field in entry.fields)


def _halves(entries: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Divide entries where both sides have nearly as many lines, the left the more."""
    sizes = [_lines(entry) for entry in entries]
    at = min(range(1, len(entries) + 1), key=lambda at: (abs(sum(sizes[:at]) - sum(sizes[at:])), -at))
    return entries[:at], entries[at:]


def _table(table: Table) -> dict[str, Any]:
    return {"title": table.title, "head": table.head, "rows": table.rows, "numbers": table.numbers}


def _answer(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "name": entry.name,
        "stem": entry.stem,
        "right": entry.right,
        "explanation": entry.explanation,
        "whys": entry.whys,
        "sources": f"Sources: {'; '.join(entry.sources)}" if entry.sources else "",
    }
