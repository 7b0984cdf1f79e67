"""What a page is put together from: sections, pictures beside tables, and text that stays text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cell = str | tuple[str, str]
"""What stands in a cell of a table; with "number" it is aligned to the right."""


def section(name: str, lead: str, shown: str, *, is_wide: bool = False, is_long: bool = False) -> str:
    """Return a section with its head and what it is about; a long one may be divided between pages."""
    kinds = " ".join(filter(None, ["wide" if is_wide else "", "long" if is_long else ""]))
    role = f' class="{kinds}"' if kinds else ""
    told = f'<p class="aside">{said(lead)}</p>' if lead else ""
    return f"<section{role}><h2>{said(name)}</h2>{told}{shown}</section>"


def pair(picture: str, table: str) -> str:
    """Return a picture with a table beside it."""
    return f'<div class="pair">{figure(picture)}{table}</div>'


def figure(picture: str) -> str:
    """Return a picture."""
    return f"<figure>{picture}</figure>"


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a table; the first cell of a row is its head."""
    first, *others = head
    heads = f'<th scope="col">{said(first)}</th>'
    heads += "".join(f'<th scope="col" class="number">{said(name)}</th>' for name in others)
    body = "".join(f"<tr>{_heading(row[0])}{''.join(map(_cell, row[1:]))}</tr>" for row in rows)
    return f"<table><caption>{said(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _heading(cell: Cell) -> str:
    return f'<th scope="row">{said(cell if isinstance(cell, str) else cell[0])}</th>'


def _cell(cell: Cell) -> str:
    return f"<td>{said(cell)}</td>" if isinstance(cell, str) else f'<td class="{cell[1]}">{said(cell[0])}</td>'


def number(said: str) -> Cell:
    """Return a cell that is aligned to the right."""
    return said, "number"


def said(text: str) -> str:
    """Return foreign text so that it is nothing but text."""
    return escape(text, quote=True)
