"""Which rules are asked: by their ids, or by what these begin with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.authoring.lint import CODES
from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    from collections.abc import Iterable


class RuleError(SciaquizError):
    """There is no such rule."""


class Chosen(Struct, frozen=True):
    """The rules that are selected, all if none is named, but for those that are ignored; the longer name wins."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def holds(self, code: str) -> bool:
        """Say whether a rule is asked; what is no rule, as an error of the form, always is."""
        if code not in CODES or not (self.select or self.ignore):
            return True
        wanted = max([len(name) for name in self.select if names(name, code)], default=-1)
        unwanted = max([len(name) for name in self.ignore if names(name, code)], default=-1)
        return unwanted < wanted if self.select else unwanted < 0


ALL = Chosen()


def names(name: str, code: str) -> bool:
    """Say whether a name is that of a rule, or of the group that the rule belongs to: TW, TW13, TW13-range."""
    return name == code or code.startswith(f"{name}-") or (name.isalpha() and _group(code) == name)


def _group(code: str) -> str:
    found = re.match(r"[A-Z]+", code)
    return found[0] if found else code


def chosen(select: Iterable[str], ignore: Iterable[str]) -> Chosen:
    """Return what names separated by commas mean, in capitals or not. Raises RuleError for a name of no rule."""
    return Chosen(tuple(_known(select)), tuple(_known(ignore)))


def _known(lists: Iterable[str]) -> Iterable[str]:
    spelt = {form.casefold(): form for code in CODES for form in (code, code.split("-")[0], _group(code)) if form}
    for name in (part.strip() for listed in lists for part in listed.split(",")):
        if not name:
            continue
        if name.casefold() not in spelt:
            raise RuleError(unknown(name))
        yield spelt[name.casefold()]


def unknown(name: str) -> str:
    """Say that there is no rule of a name, with the one that may be meant."""
    from sciaquiz.deck.importing.nearest import meant
    from sciaquiz.text import shortened

    return f"there is no rule “{shortened(name)}”{meant(name.upper(), CODES)}; docs/rules/README.md lists them"
