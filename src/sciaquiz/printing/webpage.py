"""A printed exam as one HTML file: no script, nothing to fetch, and it prints well."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING

from sciaquiz.printing.parts import NAMES, Part
from sciaquiz.printing.style import STYLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sciaquiz.deck.picture import Picture
    from sciaquiz.printing.entries import Drawn, Entry, Field
    from sciaquiz.printing.parts import Printed, Sheets, Table

MARK = '<meta name="generator" content="sciaquiz print">'
"""By this a file is known to be a page of ours."""


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
    for part, version in printed.in_turn():
        names = "".join(f"<span>{name}</span>" for name in NAMES[part])
        below = printed.below(version)
        yield (
            f'<section class="part"><header class="lead"><h1>{_said(printed.title)}</h1>'
            + (f"<p><b>{_said(below)}</b></p>" if below else "")
            + (f'<div class="names">{names}</div>' if names else "")
            + f"<p>{_said(printed.lead(part))}</p></header>{''.join(_body(printed, part, version))}</section>"
        )


def _body(printed: Printed, part: Part, version: Sheets | None) -> Iterable[str]:
    entries = (version or printed.versions[0]).entries
    match part:
        case Part.PAPER:
            return _exam(entries)
        case Part.SHEET:
            return _sheet(entries)
        case Part.KEY:
            return map(_table, printed.key)
        case Part.ANSWERS:
            return map(_answer, entries)


def _exam(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        if entry.vignette:
            title = f"<h3>{_said(entry.vignette_title)}</h3>" if entry.vignette_title else ""
            yield f'<div class="vignette">{title}{_paragraphs(entry.vignette)}</div>'
        told = f'<p class="told">{_said(entry.told)}</p>' if entry.told else ""
        picture = "" if entry.picture is None else _picture(entry, entry.picture)
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


def _picture(entry: Entry, picture: Picture) -> str:
    try:
        data = picture.path.read_bytes()
    except OSError:
        return _paragraphs([entry.without_picture])
    kind = "png" if picture.path.suffix.lower() == ".png" else "jpeg"
    return (
        f'<figure><img src="data:image/{kind};base64,{b64encode(data).decode()}" alt="{_said(picture.alt)}"></figure>'
    )


def _sheet(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield the answer sheet: what is marked in two columns, and below it what is written."""
    marked = "".join(_row(entry) for entry in entries if not entry.is_written)
    written = "".join(_row(entry) for entry in entries if entry.is_written)
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
    def cell(place: int, text: str) -> str:
        role = ' class="number"' if place in table.numbers else ""
        return f'<th scope="row"{role}>{_said(text)}</th>' if not place else f"<td{role}>{_said(text)}</td>"

    head = "".join(f'<th scope="col">{_said(name)}</th>' for name in table.head)
    rows = "".join(f"<tr>{''.join(cell(place, text) for place, text in enumerate(row))}</tr>" for row in table.rows)
    return f"<h2>{_said(table.title)}</h2><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _answer(entry: Entry) -> str:
    sources = f'<p class="small">Sources: {_said("; ".join(entry.sources))}</p>' if entry.sources else ""
    return (
        f'<div class="entry"><h3>{entry.number}.</h3>{_paragraphs(entry.stem)}'
        f"<p><b>{_said(entry.right)}</b></p>{_paragraphs(entry.explanation)}{_pairs(entry.whys)}{sources}"
        f'<p class="small">{_said(entry.name)}</p></div>'
    )


def _said(text: str) -> str:
    return escape(text, quote=True)
