"""What an edit of a question changes: the author's word, else the rules, of which the one about the key is the gravest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from making import cloze, hotspot, matching, multiple, numeric, ordering, recall, single, true_false, typed
from rows import each_row
from sciaquiz.authoring.changing import change_between, change_by_rules, has_other_key, is_other_term
from sciaquiz.deck.model import Change
from sciaquiz.ids import Digest
from sciaquiz.marking.pairs import PAIRS

if TYPE_CHECKING:
    from sciaquiz.deck.kinds import Question, SingleBestAnswer

NOW = single("q")


def edited(question: Question, *, change: tuple[Change, ...] = (), **other: object) -> Question:
    """The question with another text, and so another version."""
    return replace(question, version=Digest(f"edited {change} {sorted(other)}"), change=change, **other)


def with_text(question: SingleBestAnswer, place: int, text: str) -> Question:
    options = list(question.options)
    options[place] = replace(options[place], text=text)
    return edited(question, options=tuple(options))


def keyed(question: SingleBestAnswer, right: str) -> Question:
    return edited(question, options=tuple(replace(each, correct=each.id == right) for each in question.options))


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("Tibial nerve", "Femoral nerve"),
        ("Inversion", "Eversion"),
        ("L5 root", "S1 root"),
        ("lateral to the sciatic nerve", "medial to the sciatic nerve"),
        ("It is compressed", "It is not compressed"),
        ("within 6 hours", "within 24 hours"),
        ("Tibialis anterior", "Extensor hallucis longus"),
        ("abductor hallucis", "adductor hallucis"),
        ("internal rotation", "external rotation"),
        ("MRI of the whole spine within 4 weeks, as a routine", "MRI of the whole spine within 4 days, as a routine"),
        (
            "The needle passes lateral to the vessels at this level",
            "The needle passes medial to the vessels at this level",
        ),
        ("Without any contrast", "any contrast"),
    ],
)
def test_a_term_in_the_place_of_another_is_another_key(then: str, now: str) -> None:
    assert is_other_term(then, now)
    assert is_other_term(now, then)


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("Tibial nerve", "The tibial nerve."),
        ("sciatic nerv", "Sciatic nerve"),
        ("fibular nerve", "peroneal nerve"),
        ("common peroneal nerve", "common fibular (peroneal) nerve"),
        ("Emergency MRI today", "Emergency MRI of the whole spine today"),
        ("L5 root", "L5 nerve root"),
        ("It may be tried, as most trials found some relief", "It may be tried, as most studies found some relief"),
        ("The question is open, as most such needles miss the muscle", "The question is open, as it was not seen"),
        ("Analgesia and movement, warning list, review", "Analgesia with a warning list, review"),
        (
            "The nerve passes below the piriformis in most people",
            "In most people the nerve runs inferior to piriformis",
        ),
    ],
)
def test_an_answer_that_is_put_better_is_the_same(then: str, now: str) -> None:
    assert not is_other_term(then, now)
    assert not is_other_term(now, then)


@each_row(("one", "other"), sorted(PAIRS)[::7])
def test_words_that_are_known_to_be_told_apart_are_no_typing_errors(one: str, other: str) -> None:
    assert is_other_term(f"the {one}", f"the {other}")


@each_row(
    ("then", "now", "change"),
    [
        (NOW, edited(NOW, stem="A stem for q.\n\nwhihc one is right"), Change.TYPO),
        (NOW, edited(NOW, stem="Another question altogether?"), Change.CLARIFICATION),
        (NOW, edited(NOW, explanation="Because of more."), Change.CLARIFICATION),
        (NOW, with_text(NOW, 1, "Something else"), Change.DISTRACTOR),
        (NOW, edited(NOW, options=NOW.options[:3]), Change.DISTRACTOR),
        (NOW, with_text(NOW, 0, "Option 0, in other words"), Change.CLARIFICATION),
        (NOW, with_text(NOW, 0, "Option 7"), Change.KEY),
        (NOW, keyed(NOW, "o1"), Change.KEY),
        (recall("q"), NOW, Change.KEY),
        (typed("sciatic", "n. sciatic"), edited(typed("sciatic")), Change.CLARIFICATION),
        (typed("tibial"), edited(typed("sural")), Change.KEY),
        (typed("tibial"), edited(typed("posterior tibial", "tibial")), Change.CLARIFICATION),
        (numeric(1, 2), edited(numeric(1, 3)), Change.KEY),
        (replace(numeric(4, 6), value=5.0), edited(replace(numeric(3, 7), value=5.0)), Change.CLARIFICATION),
        (ordering(3), edited(ordering(3), items=ordering(3).items[::-1]), Change.KEY),
        (matching("ab"), edited(matching("ba")), Change.KEY),
        (true_false("tt"), edited(true_false("tf")), Change.KEY),
        (multiple("ab", "c"), edited(multiple("a", "bc")), Change.KEY),
        (hotspot("L5"), edited(hotspot("S1")), Change.KEY),
        (cloze("The ", ("c1", "tibial"), "."), edited(cloze("The ", ("c1", "sural"), ".")), Change.KEY),
        (cloze("The ", ("c1", "tibial"), "."), edited(cloze("A ", ("c1", "tibial"), ".")), Change.CLARIFICATION),
    ],
)  # fmt: skip
def test_each_class_of_edit_is_told_by_the_rules(then: Question, now: Question, change: Change) -> None:
    assert change_by_rules(then, now) is change


def test_a_gap_that_changed_is_another_key_for_its_own_card_alone() -> None:
    then = cloze("The ", ("c1", "tibial"), " and the ", ("c2", "sural"), ".")
    now = cloze("The ", ("c1", "femoral"), " and the ", ("c2", "sural"), ".")
    assert has_other_key(then, now, "c1")
    assert not has_other_key(then, now, "c2")
    assert has_other_key(then, now)


def test_where_a_student_sees_no_difference_there_is_none() -> None:
    assert change_between(NOW, replace(NOW, topics=("new",), change=(Change.KEY,))) is None


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ((), (Change.TYPO,), Change.TYPO),
        ((), (Change.KEY, Change.TYPO), Change.KEY),
        ((Change.KEY,), (Change.KEY, Change.TYPO), Change.TYPO),
        ((Change.KEY,), (Change.KEY,), Change.KEY),
        ((Change.TYPO,), (Change.CLARIFICATION,), Change.CLARIFICATION),
    ],
)
def test_the_authors_word_wins_and_counts_for_the_edit_it_was_written_for(
    before: tuple[Change, ...], after: tuple[Change, ...], change: Change
) -> None:
    then = replace(NOW, change=before)
    assert change_between(then, replace(keyed(NOW, "o1"), change=after)) is change


def test_a_word_of_an_older_edit_is_no_word_on_this_one() -> None:
    then = replace(NOW, change=(Change.KEY,))
    assert change_between(then, edited(then, stem="Asked anew?", change=(Change.KEY,))) is Change.CLARIFICATION


@given(st.sampled_from([str.upper, str.lower, str.title]), st.sampled_from(["", ".", " ", "!"]), st.data())
def test_case_and_stops_never_make_another_key(case: object, end: str, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(["Tibial nerve", "L5", "abductor hallucis", "no surgery", "S1 nerve root"]))
    assert callable(case)
    assert not is_other_term(text, f"{case(text)}{end}")
