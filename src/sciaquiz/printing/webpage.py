"""A printed exam as one HTML file: no script, nothing to fetch, and it prints well."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING

from sciaquiz.printing.parts import Part
from sciaquiz.printing.style import STYLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sciaquiz.deck.picture import Picture
    from sciaquiz.printing.entries import Drawn, Entry, Field
    from sciaquiz.printing.parts import Printed, Sheets, Table

MARK = '<meta name="generator" content="sciaquiz print">'
"""By this a file is known to be a page of ours."""
NAMES = ("Name", "Number", "Date", "Signature")


def page_of(printed: Printed, size: str = "A4") -> str:
    """Return the page: HTML with everything in it; `size` is what CSS calls the paper."""
    return (
        f'<!doctype html>\n<html lang="{_said(printed.language)}">\n<head>\n<meta charset="utf-8">\n{MARK}\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_said(printed.title)}</title>\n<style>{STYLE.replace('PAGE', size)}</style>\n</head>\n<body>\n"
        + "\n".join(_parts(printed))
        + "\n</body>\n</html>\n"
    )


def _parts(printed: Printed) -> Iterator[str]:
    for version in printed.versions:
        if Part.PAPER in printed.parts:
            yield _part(printed, version, printed.lead, _exam(version), names=NAMES[:2])
        if Part.SHEET in printed.parts:
            yield _part(
                printed, version, "Answer sheet. Fill in the circles that are right.", _sheet(version), names=NAMES
            )
    if Part.KEY in printed.parts:
        lead = f"Key. Not for students. Drawn with --seed {printed.seed}."
        yield _part(printed, None, lead, map(_table, printed.key))
    if Part.ANSWERS in printed.parts:
        yield _part(printed, None, _answers_lead(printed), map(_answer, printed.versions[0].entries))


def _answers_lead(printed: Printed) -> str:
    numbers = f", by the numbers of version {printed.versions[0].name}" if len(printed.versions) > 1 else ""
    return f"Answers and why{numbers}. Not for students."


def _part(printed: Printed, version: Sheets | None, lead: str, body: Iterable[str], names: Iterable[str] = ()) -> str:
    told = [] if version is None else [printed.version_words(version)]
    below = " · ".join(filter(None, [*told, printed.date]))
    lines = "".join(f"<span>{name}</span>" for name in names)
    return (
        f'<section class="part"><header class="lead"><h1>{_said(printed.title)}</h1>'
        + (f"<p><b>{_said(below)}</b></p>" if below else "")
        + (f'<div class="names">{lines}</div>' if lines else "")
        + f"<p>{_said(lead)}</p></header>{''.join(body)}</section>"
    )


def _exam(version: Sheets) -> Iterator[str]:
    for entry in version.entries:
        if entry.vignette:
            title = f"<h3>{_said(entry.vignette_title)}</h3>" if entry.vignette_title else ""
            yield f'<div class="vignette">{title}{_paragraphs(entry.vignette)}</div>'
        told = f'<p class="told">{_said(entry.told)}</p>' if entry.told else ""
        picture = "" if entry.picture is None else _picture(entry.picture)
        figure = "" if entry.figure is None else _figure(entry.figure)
        body = f"{_paragraphs(entry.stem)}{picture}{figure}{told}{_pairs(entry.choices)}{_pairs(entry.rows)}"
        yield f'<div class="entry"><h3>{entry.number}.</h3>{body}</div>'


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{_said(text)}</p>" for text in texts)


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    told = "".join(f"<dt>{_said(name)}</dt><dd>{_said(text)}</dd>" for name, text in pairs)
    return f"<dl>{told}</dl>" if told else ""


def _figure(drawn: Drawn) -> str:
    svg = drawn.svg.replace("<svg ", f'<svg role="img" aria-label="{_said(drawn.alt)}" ', 1)
    return f"<figure>{svg}<figcaption>{_said(drawn.caption)}</figcaption></figure>"


def _picture(picture: Picture) -> str:
    try:
        data = picture.path.read_bytes()
    except OSError:
        return f"<p>[The picture cannot be read. It shows: {_said(picture.alt)}]</p>"
    kind = "png" if picture.path.suffix.lower() == ".png" else "jpeg"
    return (
        f'<figure><img src="data:image/{kind};base64,{b64encode(data).decode()}" alt="{_said(picture.alt)}"></figure>'
    )


def _sheet(version: Sheets) -> Iterator[str]:
    """Yield the answer sheet: what is marked in two columns, and below it what is written."""
    marked = "".join(_row(entry) for entry in version.entries if not entry.is_written)
    written = "".join(_row(entry) for entry in version.entries if entry.is_written)
    yield f'<div class="rows">{marked}</div>{written}'


def _row(entry: Entry) -> str:
    fields = "".join(map(_field, entry.fields))
    return f'<div class="row"><b>{entry.number}.</b><div class="fields">{fields}</div></div>'


def _field(field: Field) -> str:
    name = f'<span class="name">{_said(field.name)}</span>' if field.name else ""
    marks = "".join(f'<span class="mark">{mark}</span>' for mark in field.marks)
    boxes = '<span class="box"></span>' * field.boxes
    lines = '<span class="line"></span>' + '<span class="line full"></span>' * (field.lines - 1) if field.lines else ""
    return f"<div>{name}{marks}{boxes}{lines}{_said(field.unit)}</div>"


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{_said(cell)}</th>' for cell in table.head)
    rows = "".join(
        f'<tr><th scope="row">{_said(row[0])}</th>{"".join(f"<td>{_said(cell)}</td>" for cell in row[1:])}</tr>'
        for row in table.rows
    )
    return f"<h2>{_said(table.title)}</h2><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _answer(entry: Entry) -> str:
    words = f" ({'; '.join(entry.words)})" if entry.words else ""
    sources = f'<p class="small">Sources: {_said("; ".join(entry.sources))}</p>' if entry.sources else ""
    return (
        f'<div class="entry"><h3>{entry.number}.</h3>{_paragraphs(entry.stem)}'
        f"<p><b>{_said(entry.key + words)}</b></p>{_paragraphs(entry.explanation)}{_pairs(entry.whys)}{sources}"
        f'<p class="small">{_said(entry.name)}</p></div>'
    )


def _said(text: str) -> str:
    return escape(text, quote=True)
