"""Decks, questions and states as typed JSON: what is decoded is what its type says, or it is an error."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from sciaquiz.deck.kinds import (
    Cloze,
    Hotspot,
    Matching,
    MultipleAnswer,
    Numeric,
    Ordering,
    Recall,
    SingleBestAnswer,
    TrueFalse,
    Typed,
)
from sciaquiz.deck.model import Deck, DeckHead, Kind
from sciaquiz.journal.entries import CardState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sciaquiz.deck.kinds import Question

HEAD = tuple(DeckHead.__struct_fields__)
TYPES: dict[Kind, type[Question]] = {
    kind.kind: kind
    for kind in (
        SingleBestAnswer,
        Recall,
        MultipleAnswer,
        TrueFalse,
        Typed,
        Numeric,
        Cloze,
        Ordering,
        Matching,
        Hotspot,
    )
}
CODEC_FAULTS = (msgspec.MsgspecError, ValueError, KeyError)
"""What decoding a damaged row raises."""


def _path_as_text(path: Path) -> str:
    """Return a path sign by byte: the name of a file need not be text."""
    return os.fsencode(path).decode("latin-1")


ENCODER = msgspec.json.Encoder(enc_hook=_path_as_text)


def encode(value: Question | CardState) -> bytes:
    """Return a question or a state as JSON."""
    return ENCODER.encode(value)


def encode_head(deck: Deck) -> bytes:
    """Return a deck without its questions as JSON."""
    return ENCODER.encode(DeckHead(**{name: getattr(deck, name) for name in HEAD}))


def question_from(kind: str, stored: bytes) -> Question:
    """Return a question. Raises one of CODEC_FAULTS."""
    found: Question = _question_decoder(kind).decode(stored)
    return found


def question_of(content: Mapping[str, Any]) -> Question | None:
    """Return a question from the plain values that the journal keeps of it; None if they are not one as of today."""
    try:
        found: Question = msgspec.convert(dict(content), TYPES[Kind(content["kind"])], dec_hook=_path)
    except CODEC_FAULTS:
        return None
    return found


def head_from(stored: bytes, questions: Sequence[Question]) -> Deck:
    """Return a deck with these questions. Raises one of CODEC_FAULTS."""
    head: DeckHead = _heads().decode(stored)
    return Deck(**{name: getattr(head, name) for name in HEAD}, questions=questions)


def state_from(stored: bytes) -> CardState:
    """Return a state. Raises one of CODEC_FAULTS."""
    found: CardState = _states().decode(stored)
    return found


@cache
def _question_decoder(kind: str) -> Any:
    return msgspec.json.Decoder(TYPES[Kind(kind)], dec_hook=_path)


@cache
def _heads() -> Any:
    return msgspec.json.Decoder(DeckHead, dec_hook=_path)


@cache
def _states() -> Any:
    return msgspec.json.Decoder(CardState)


def _path(kind: type, value: Any) -> Any:
    if kind is Path and isinstance(value, str):
        return Path(os.fsdecode(value.encode("latin-1")))
    raise NotImplementedError(kind)
