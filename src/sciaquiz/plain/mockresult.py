"""What a mock exam came to, in lines; then each question that was wrong, or all, with key and reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.marking.response import SelfGrade
from sciaquiz.plain.answers import LONGEST_RETOLD, key_line, named
from sciaquiz.plain.feedback import feedback
from sciaquiz.plain.talking import InputEndedError
from sciaquiz.view.mock import (
    certain_and_wrong_words,
    changed_words,
    ended_words,
    left_out_words,
    marks_words,
    predicted_words,
    score_words,
    sure_words,
    time_words,
)
from sciaquiz.words import percent

if TYPE_CHECKING:
    from sciaquiz.mock.holding import Held
    from sciaquiz.mock.result import Marked, Result
    from sciaquiz.plain.talking import Talking


def result_lines(result: Result) -> list[str]:
    """Return what an exam came to."""
    came, share, passed = score_words(result)
    texts = [f"{', '.join(part for part in (came, share, passed) if part)}. {time_words(result)}."]
    texts += [ended_words(result)] if ended_words(result) else []
    for topic in result.topics:
        low, high = topic.interval
        predicted = "" if topic.predicted is None else f", predicted {percent(topic.predicted)}"
        wide = f"{100 * low:.0f}–{100 * high:.0f}"
        label = topic.label.replace("-", " ")
        texts.append(f"  {label}: {topic.right} of {topic.of}, {percent(topic.share)} ({wide}){predicted}")
    sure = ", ".join(f"{name} {of}" for name, of in sure_words(result))
    more = [predicted_words(result), f"{sure}." if sure else "", marks_words(result)]
    alarm = f"! {certain_and_wrong_words(result)}" if certain_and_wrong_words(result) else ""
    return [*texts, *(text for text in (*more, alarm) if text), *left_out_words(result), changed_words(result)]


def tell_result(result: Result, held: Held, talk: Talking, all_reasons: bool) -> None:
    """Tell what an exam came to, then what was wrong or every question, with key and reasons, as is asked."""
    for text in result_lines(result):
        talk.say(text)
    wrong = result.wrong
    if not result.counted:
        return
    try:
        said = talk.read(f"Press Enter for the {len(wrong)} wrong ones, or type all or quit: ").strip().lower()
    except InputEndedError:
        talk.say("")
        return
    if said in ("q", "quit"):
        return
    for each in result.counted if said == "all" else wrong:
        for text in marked_lines(each, held, all_reasons):
            talk.say(text)


def marked_lines(each: Marked, held: Held, all_reasons: bool) -> list[str]:
    """Return a question as it was answered, with what is right and why."""
    said = held.attempt.said.get(each.place)
    shown = held.shown(each.place)
    if shown is None:
        return []
    deck = held.paper.decks.get(each.item.deck_id)
    head = f"\n{each.place + 1}. {named(shown.card.question, deck, LONGEST_RETOLD)}"
    right = key_line(shown.card, deck)
    outcome = held.paper.outcome(each.item, said) if said is not None and said.is_whole else None
    if outcome is None or isinstance(outcome, str):
        return [head, "No answer.", right, *shown.card.question.explanation.split("\n\n")]
    verdict, *more = feedback(outcome, deck, (), "", all_whys=all_reasons)
    return [head, verdict, *([right] if isinstance(outcome.response, SelfGrade) else []), *more]
