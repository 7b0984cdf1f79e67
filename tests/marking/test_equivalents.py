"""The table of equivalents: it makes one thing of what an examiner takes for one, and never of two structures."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from contextlib import closing
from datetime import date
from importlib.resources import files
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from rapidfuzz import process

import answering
from cataloguing import catalogue_of
from making import card, cloze, deck
from making import typed as typed_question
from sciaquiz.catalogue.terms import CatalogueLexicon
from sciaquiz.deck.kinds import Matching, MultipleAnswer, SingleBestAnswer, Typed, WrongAnswer
from sciaquiz.deck.library import read_library
from sciaquiz.deck.model import Card, Case, Concept
from sciaquiz.ids import CaseId, ConceptId
from sciaquiz.journal.entries import Rating
from sciaquiz.marking.confusion import had_in_mind
from sciaquiz.marking.equivalents import Equivalents, shipped, side_given
from sciaquiz.marking.evidence import evidence_of
from sciaquiz.marking.lexicon import Lexicon, TermVerdict, judge
from sciaquiz.marking.mark import mark
from sciaquiz.marking.rating import RULES
from sciaquiz.marking.response import Written, to_json
from sciaquiz.marking.sameness import SORTS
from sciaquiz.marking.words import LEVELS, key
from sciaquiz.marking.writing import reminder

HELD_OUT = tomllib.loads((Path(__file__).parent / "data" / "held_out.toml").read_text(encoding="utf-8"))
DECKS = read_library([Path(__file__).parents[2] / "decks"]).decks
LEXICON = Lexicon.from_decks(DECKS)
BARE = Lexicon()
ACCEPTED = (TermVerdict.RIGHT, TermVerdict.TYPO)
TABLE = shipped()
ONE = frozenset({"fibular", "sciatic", "maneuver", *LEVELS})
"""Words that are written otherwise too, within names that are no entry."""


def verdict(typed: str, answer: str, asked: str = "", *, lexicon: Lexicon = BARE) -> TermVerdict:
    return judge(typed, [answer], lexicon, asked=asked).verdict


LEXICONS = pytest.mark.parametrize("lexicon", [BARE, LEXICON], ids=["shipped pairs", "with the terms of decks"])


@LEXICONS
def test_what_an_examiner_takes_is_right(lexicon: Lexicon) -> None:
    rows = HELD_OUT["accepted"]
    assert len({tuple(row) for row in rows}) >= 90
    assert [row for row in rows if verdict(*row, lexicon=lexicon) is not TermVerdict.RIGHT] == []


@LEXICONS
def test_what_is_another_thing_never_counts(lexicon: Lexicon) -> None:
    rows = HELD_OUT["refused"]
    assert len({tuple(row) for row in rows}) >= 300
    assert [row for row in rows if verdict(*row, lexicon=lexicon) in ACCEPTED] == []


def test_the_table_says_when_it_was_reviewed_and_from_what() -> None:
    read = tomllib.loads((files("sciaquiz.marking") / "equivalents.toml").read_text(encoding="utf-8"))
    assert date.fromisoformat(read["reviewed_on"]) >= date(2026, 11, 28)
    assert all(read["sources"])


def test_every_name_in_the_table_is_of_its_own_entry_alone() -> None:
    taken: dict[tuple[str, ...], str] = {}
    for entry, names in TABLE.entries.items():
        for name in names:
            assert TABLE.entry(name) == entry
            assert taken.setdefault(tuple(sorted(key(name))), entry) == entry


def test_no_entry_is_taken_for_one_that_is_called_nearly_so() -> None:
    entries = TABLE.entries
    names = {name: entry for entry, names in entries.items() for name in names}
    for entry in entries:
        near = [name for name, _, _ in process.extract(entry, list(names), limit=12) if names[name] != entry]
        assert [name for name in near if verdict(name, entry) in ACCEPTED] == []


@pytest.mark.parametrize(
    "groups",
    [
        {"names": [["sural nerve"], ["nervus suralis", "sural nerve"]]},
        {"names": [["tibialis anterior"], ["anterior tibialis"]]},
        {"names": [["sural nerve"], ["tibial nerve"]], "short": {"SN": "sural nerve", "sn": "tibial nerve"}},
        {"names": [["sural nerve"]], "short": {"TN": "tibial nerve"}},
    ],
)
def test_a_table_with_one_name_for_two_things_is_refused(groups: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"entries|abbreviation"):
        Equivalents({"words": [], "nerve": groups})


def test_no_two_concepts_of_the_decks_become_one() -> None:
    meant = defaultdict(set)
    for each in DECKS:
        for concept in each.concepts:
            for name in (concept.name, *concept.aliases):
                meant[TABLE.meaning(name)].add(concept.id)
    assert [found for found in meant.values() if len(found) > 1] == []


def test_no_two_options_of_a_question_become_one() -> None:
    """What an author offers side by side are different things."""
    offered = [
        (question.id, [option.text for option in question.options])
        for each in DECKS
        for question in each.questions
        if isinstance(question, SingleBestAnswer | MultipleAnswer | Matching)
    ]
    meanings = [(name, [TABLE.meaning(text) for text in texts]) for name, texts in offered]
    assert [name for name, found in meanings if len(set(found)) < len(found)] == []


def test_the_terms_of_all_decks_that_become_one_have_one_name_in_the_table() -> None:
    """Each term beside each other: what has other words and yet is the same is an entry, a level, or fibular."""
    meant = defaultdict(set)
    for text in LEXICON.texts:
        meant[TABLE.meaning(text)].add(tuple(sorted(word for word in key(text) if word not in SORTS)))
    same = [meaning.name for meaning, forms in meant.items() if len(forms) > 1]
    assert [name for name in same if " ".join(name) not in TABLE.entries and not ONE.intersection(name)] == []
    assert len(same) > 40


QUESTIONS = [question for each in DECKS for question in each.questions if isinstance(question, Typed)]


def test_nothing_an_author_calls_wrong_is_right_in_any_of_its_names() -> None:
    tried = [
        (question, name)
        for question in QUESTIONS
        for entry in question.wrong
        for name in (entry.text, *TABLE.entries.get(TABLE.entry(entry.text), ()))
        if key(name) not in map(key, question.answers)
    ]
    assert len(tried) > 150
    assert [(q.id, name) for q, name in tried if mark(card(q), Written((name,)), LEXICON).correct] == []


def test_the_terms_of_other_questions_are_not_taken_for_an_answer() -> None:
    """What the table adds to the answers of a question is another name of one of them."""
    for question in QUESTIONS:
        meant = {TABLE.meaning(answer, loose=False) for answer in question.answers}
        wrong = {TABLE.meaning(entry.text) for entry in question.wrong}
        assert not meant & wrong


def about(
    *answers: str, wrong: str = "", names: tuple[tuple[str, ...], ...] = (), case: str = "", exact: bool = False
) -> tuple[Card, Lexicon]:
    """A question on some answers, and the lexicon of its deck."""
    asked = replace(
        typed_question(*answers, exact=exact),
        wrong=(WrongAnswer(text=wrong, why="No.", confuses=ConceptId("c0")),) if wrong else (),
        case=CaseId("ward") if case else None,
    )
    concepts = tuple(
        Concept(id=ConceptId(f"c{at}"), name=one, aliases=tuple(more)) for at, (one, *more) in enumerate(names)
    )
    cases = (Case(id=CaseId("ward"), title="Ward", stages=(case, "Later the right side hurts.")),) if case else ()
    return card(asked), Lexicon.from_decks([replace(deck(asked), concepts=concepts, cases=cases)])


def counts(typed: str, *answers: str, **more: Any) -> bool:
    asked, lexicon = about(*answers, **more)
    return mark(asked, Written((typed,)), lexicon).correct


def test_what_the_author_calls_wrong_wins_over_the_table() -> None:
    assert counts("common peroneal nerve", "common fibular nerve")
    assert not counts("common peroneal nerve", "common fibular nerve", wrong="common peroneal nerve")
    assert not counts("CPN", "common fibular nerve", wrong="common peroneal nerve")
    assert counts("common peroneal nerve", "common fibular nerve", "common peroneal nerve", wrong="deep fibular nerve")


def test_an_exact_question_takes_other_names_and_no_typing_error() -> None:
    assert counts("lumbar five", "L5", exact=True)
    assert counts("tibialis anterior", "anterior tibial muscle", exact=True)
    assert not counts("tibialis anteriro", "anterior tibial muscle", exact=True)


def test_a_typing_error_in_another_name_is_a_typing_error() -> None:
    asked, lexicon = about("extensor hallucis longus")
    [part] = mark(asked, Written(("long extensor of the great tow",)), lexicon).parts
    assert not part.right
    [part] = mark(asked, Written(("long extensoor of the great toe",)), lexicon).parts
    assert not part.right
    asked, lexicon = about("posterior femoral cutaneous nerve")
    [part] = mark(asked, Written(("posterior cutaneuos nerve of the thigh",)), lexicon).parts
    assert (part.right, part.note) == (True, "posterior femoral cutaneous nerve")
    asked, lexicon = about("common fibular nerve")
    assert reminder(asked, Written(("common perneal nerve",)), lexicon) == "Check the spelling of “perneal”."


def test_the_names_of_a_concept_are_the_same_in_every_question_about_it() -> None:
    names = (("Beaton & Anson type B", "type 2"), ("Beaton & Anson type C", "type 3"))
    assert counts("type 2", "Beaton & Anson type B", names=names)
    assert counts("Beaton and Anson type B", "type 2", names=names)
    assert not counts("type 3", "Beaton & Anson type B", names=names)
    assert not counts("type 2", "Beaton & Anson type B")
    fibular = (("Common fibular (peroneal) nerve", "common fibular neuropathy"),)
    assert counts("common fibular neuropathy", "common peroneal nerve", names=fibular)
    assert counts("common peroneal nerve", "common fibular neuropathy", names=fibular)


def test_a_part_that_is_asked_for_may_be_left_out() -> None:
    asked = "Which part of the sciatic nerve has suffered?"
    assert verdict("common peroneal", "common fibular division", asked) is TermVerdict.RIGHT
    assert verdict("common peroneal", "common fibular division") not in ACCEPTED
    assert verdict("common peroneal", "common fibular division", "Which nerve has suffered?") not in ACCEPTED


def test_installed_decks_tell_their_concepts_and_vignettes_as_those_in_memory_do() -> None:
    asked, _ = about("L5")
    concepts = (Concept(id=ConceptId("c"), name="L5 root", aliases=("L5 radiculopathy",)),)
    cases = (Case(id=CaseId("ward"), title="Ward", stages=("His left leg hurts.",)),)
    question = replace(asked.question, case=CaseId("ward"), stem="Which root is it?")
    installed = replace(deck(question), concepts=concepts, cases=cases)
    with closing(catalogue_of([installed])) as catalogue, closing(catalogue_of([])) as empty:
        for lexicon in (Lexicon.from_decks([installed]), CatalogueLexicon(catalogue)):
            found = [
                mark(card(question), Written((said,)), lexicon).correct for said in ("L5 radiculopathy", "left L5")
            ]
            assert found == [True, True]
        assert CatalogueLexicon(empty).deck(installed.id) is None


def test_two_concepts_of_a_deck_are_never_one_whatever_the_table_says() -> None:
    names = (("Fibular division",), ("Fibular component",))
    assert counts("fibular component", "fibular division")
    assert not counts("fibular component", "fibular division", names=names)


def test_aliases_that_the_table_holds_for_two_things_are_not_one() -> None:
    names = (("Tendon reflexes of the leg", "knee jerk", "ankle jerk"),)
    assert counts("Achilles reflex", "ankle jerk", names=names)
    assert not counts("knee jerk", "ankle jerk", names=names)
    assert not counts("patellar reflex", "ankle jerk", names=names)


def test_gaps_take_other_names_too() -> None:
    asked = card(cloze("Below the neck lies ", ("c1", "fibularis longus"), "."), "c1")
    assert mark(asked, Written(("peroneus longus muscle",)), BARE).correct
    assert not mark(asked, Written(("peroneus brevis",)), BARE).correct


def test_the_side_that_the_vignette_gives_may_be_said() -> None:
    case = "A man of 40 has pain down his left leg."
    assert counts("left L5", "L5", case=case)
    assert not counts("right L5", "L5", case=case)
    assert not counts("left L5", "L5")
    assert counts("L5", "L5", case=case)


@pytest.mark.parametrize(
    ("asked", "side"),
    [
        ("Pain in the left leg. Which root is it?", "left"), ("Right-sided pain. Which root?", "right"), ("He left the clinic.", ""), ("Call right away.", ""), ("A right-handed man.", ""),
        ("The left leg is raised, the right hurts.", ""), ("His pelvis sinks on the left.", ""), ("The left hand is weak. Which side of the brain?", ""),
        ("Raising the left leg hurts in the other.", ""), ("He was left without help; the right foot drops.", "right"), ("", ""),
    ],
)  # fmt: skip
def test_which_side_a_question_gives(asked: str, side: str) -> None:
    assert side_given(asked, ["L5"]) == side


def test_a_near_miss_never_says_that_another_structure_was_nearly_right() -> None:
    names = [
        name
        for entry in ("deep fibular nerve", "tibialis posterior", "superior gluteal artery")
        for name in TABLE.entries[entry]
    ]
    for answer in (
        "common fibular nerve",
        "tibialis anterior",
        "superior gluteal nerve",
        "superior gluteal",
        "piriformis",
    ):
        asked, lexicon = about(answer)
        assert {reminder(asked, Written((name,)), lexicon) for name in names} == {""}


def test_what_was_meant_by_a_wrong_answer_is_known_by_any_of_its_names() -> None:
    asked, _ = about("common fibular nerve", wrong="deep fibular nerve")
    for typed in ("deep fibular nerve", "deep peroneal nerve", "DPN"):
        assert had_in_mind(asked, Written((typed,))) == ("c0",)
    assert had_in_mind(asked, Written(("sural nerve",))) == ()


def test_entries_that_look_alike_are_told_apart_by_every_name() -> None:
    alike = ["common fibular nerve", "deep fibular nerve", "superficial fibular nerve", "common fibular division", "tibial nerve", "tibial division",
             "fibularis longus", "fibularis brevis", "fibular artery"]  # fmt: skip
    for one, other in combinations(alike, 2):
        for typed, answer in ((one, other), (other, one)):
            assert [name for name in TABLE.entries[typed] if verdict(name, answer) in ACCEPTED] == []


@pytest.mark.parametrize("rule", RULES)
def test_an_answer_of_before_keeps_its_mark_under_every_rule(rule: int) -> None:
    then = replace(answering.answer(), correct=False, score=0.0, response=to_json(Written(("common peroneal nerve",))))
    assert counts("common peroneal nerve", "common fibular nerve")
    assert (evidence_of(then).correct, RULES[rule](evidence_of(then)).rating) == (False, Rating.AGAIN)
