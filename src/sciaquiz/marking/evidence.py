"""Gathering the evidence of an answer: when it is given, and again from what the journal kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.journal.assumed import assumed_in
from sciaquiz.journal.entries import Certainty
from sciaquiz.marking.rating import EASILY_GUESSED, MOSTLY, Evidence, is_fast, is_slow
from sciaquiz.marking.response import SelfGrade, Written, from_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sciaquiz.journal.assumed import Assumed
    from sciaquiz.journal.entries import Answer
    from sciaquiz.marking.marked import Marked
    from sciaquiz.marking.response import Response


def evidence_for(
    response: Response,
    marked: Marked,
    *,
    certainty: Certainty | None,
    latency_ms: int | None,
    usual_ms: int | None,
    guess_probability: float,
    hands_back_near_misses: bool = True,
    assumed: Assumed | None = None,
) -> Evidence:
    """Return what is known about an answer that was just given.

    A number that could not be read is handed back too, but that tells nothing about what is right.
    """
    return Evidence(
        correct=marked.correct,
        score=marked.score,
        certainty=certainty,
        latency_ms=latency_ms,
        usual_ms=usual_ms,
        guess_probability=guess_probability,
        hints=int(isinstance(response, Written) and response.hinted),
        near_misses=int(isinstance(response, Written) and response.reminded and hands_back_near_misses),
        self_grade=response.rating if isinstance(response, SelfGrade) else None,
        assumed=assumed,
    )


def circumstances(evidence: Evidence) -> Mapping[str, object]:
    """Return what the journal keeps of the evidence beside the answer itself, so that a newer rule can read it."""
    return {
        "usual_ms": evidence.usual_ms,
        "guess_probability": round(evidence.guess_probability, 4),
        "near_misses": evidence.near_misses,
        **(evidence.assumed.kept() if evidence.assumed else {}),
    }


def evidence_of(answer: Answer) -> Evidence:
    """Return the evidence of an answer in the journal; what an older version did not keep is not known."""
    response = from_json(answer.response)
    usual, guess = answer.response.get("usual_ms"), answer.response.get("guess_probability")
    near = answer.response.get("near_misses", int(isinstance(response, Written) and response.reminded))
    return Evidence(
        correct=answer.correct,
        score=answer.score,
        certainty=answer.certainty,
        latency_ms=answer.latency_ms,
        usual_ms=usual if isinstance(usual, int) else None,
        guess_probability=float(guess) if isinstance(guess, int | float) else 0.0,
        hints=int(isinstance(response, Written) and response.hinted),
        near_misses=near if isinstance(near, int) else 0,
        self_grade=response.rating if isinstance(response, SelfGrade) else None,
        assumed=assumed_in(answer.response),
    )


def circumstances_in_words(answer: Answer) -> tuple[str, ...]:
    """Return all that a rule may look at: how right it was, what helped, how sure the student was, how long it took."""
    evidence = evidence_of(answer)
    partly = "mostly right" if evidence.score >= MOSTLY else "partly right"
    found = ["right" if evidence.correct else partly if evidence.score else "wrong"]
    if evidence.self_grade is not None:
        found.append("your own grade")
    if evidence.hints:
        found.append("with a hint")
    if evidence.near_misses:
        found.append("at the second try")
    if evidence.certainty is not None:
        assumed = f" ({evidence.assumed.words()})" if evidence.assumed else ""
        found.append(evidence.certainty.name.lower().replace("_", " ") + assumed)
    if evidence.latency_ms is not None:
        found.append(f"{evidence.latency_ms / 1000:.0f} s")
    if is_slow(evidence):
        found.append("slow for you")
    if is_fast(evidence):
        found.append("fast for you")
        if evidence.certainty is Certainty.CERTAIN and evidence.guess_probability > EASILY_GUESSED:
            found.append("but easily guessed")
    return tuple(found)
