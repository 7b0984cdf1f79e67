"""The names things go by: one new type for each kind of identifier."""

from __future__ import annotations

from hashlib import blake2b
from typing import NewType

DeckId = NewType("DeckId", str)
QuestionId = NewType("QuestionId", str)
OptionId = NewType("OptionId", str)
ConceptId = NewType("ConceptId", str)
SourceId = NewType("SourceId", str)
FigureId = NewType("FigureId", str)
CaseId = NewType("CaseId", str)

CardId = NewType("CardId", str)
"""What gets scheduled: the question's id, followed by `#part` where a question gives several cards."""

EntryId = NewType("EntryId", str)
"""A UUIDv7 in text: the identity of one entry in the journal, a review or an event."""

DeviceId = NewType("DeviceId", str)

Digest = NewType("Digest", str)
"""32 hexadecimal digits of BLAKE2b over canonical JSON: detects a change, names nothing."""


def digest_of(canonical: str) -> Digest:
    """Digest of a text that was brought into one canonical form."""
    return Digest(blake2b(canonical.encode(), digest_size=16).hexdigest())


def new_entry_id() -> EntryId:
    """Make an identity that nothing else has and that sorts roughly by the time it was made."""
    from uuid_utils import uuid7  # imported here: the first frame does not need it

    return EntryId(str(uuid7()))
