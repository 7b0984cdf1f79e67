"""Mock exams that were handed in, made from what was right and how sure the student was."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sciaquiz.clock import moment_at
from sciaquiz.ids import CardId, DeckId, Digest, EntryId
from sciaquiz.journal.entries import Answer, Certainty, Mode, Rating
from sciaquiz.mock.attempt import Attempt, By, Ended
from sciaquiz.mock.form import Form, Item, Terms
from sciaquiz.mock.result import result_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sciaquiz.mock.result import Result

    Said = tuple[bool, Certainty | None] | None
    """Whether it was right and how sure the student was; None for no answer."""

NOON = moment_at(datetime(2026, 11, 22, 12, tzinfo=UTC))


def made(
    said: Sequence[Said],
    *,
    taken_back: Iterable[EntryId] = (),
    left_out: dict[int, str] | None = None,
    topics: Sequence[str] = (),
    first: Sequence[bool] = (),
    chances: Sequence[float | None] = (),
    **terms: Any,
) -> Result:
    """Return what an exam came to in which this was said, question by question."""
    items = tuple(
        Item(
            card_id=CardId(f"q{place}"),
            deck_id=DeckId("demo"),
            version=Digest(f"v{place}"),
            answer_id=EntryId(f"answer-{place}"),
            topic=topics[place] if topics else "topic",
            is_first=bool(first) and first[place],
            chance=chances[place] if chances else 0.7,
        )
        for place in range(len(said))
    )
    terms = {"title": "Trial", **terms}
    form = Form(id=EntryId("mock"), end_id=EntryId("end"), terms=Terms(**terms), items=items, began=NOON)
    attempt = Attempt(form=form, last=NOON, used_ms=51 * 60_000, ended=Ended(NOON, By.STUDENT, left_out or {}))
    answers = {
        item.answer_id: answer_to(item, *each) for item, each in zip(items, said, strict=True) if each is not None
    }
    return result_of(attempt, answers, taken_back)


result = made


def answer_to(item: Item, correct: bool, certainty: Certainty | None) -> Answer:
    """Return an answer as the journal has it."""
    return Answer(
        id=item.answer_id,
        card_id=item.card_id,
        deck_id=item.deck_id,
        question_version=item.version,
        moment=NOON,
        response={},
        correct=correct,
        score=float(correct),
        certainty=certainty,
        latency_ms=None,
        rating=Rating.GOOD if correct else Rating.AGAIN,
        rule="test@1",
        policy=Digest("p"),
        mode=Mode.PRACTICE,
    )


__all__ = ["answer_to", "made", "result"]
