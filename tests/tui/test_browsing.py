"""What Browse draws, by plain calls: rows, the line above them, ticks, and the question beside the list."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from making import card, cloze, deck, hotspot, matching, multiple, numeric, ordering, recall, single, true_false, typed
from remembering import STEADY, course, noon, review
from rows import each_row
from sciaquiz.catalogue.matching import Row
from sciaquiz.deck.model import Case
from sciaquiz.ids import CardId, CaseId, DeckId, OptionId
from sciaquiz.journal.entries import CardState, Certainty, LastAnswer, Marks
from sciaquiz.marking.response import Choice, to_json
from sciaquiz.memory.fits import DEFAULT_FITS
from sciaquiz.study.query import Field, Is, Order, Query, query_of
from sciaquiz.study.querying import Vocabulary, parse
from sciaquiz.tui.screens.browsing import head_line, row_line
from sciaquiz.tui.screens.facets import facets
from sciaquiz.tui.screens.listed import Listed
from sciaquiz.tui.screens.preview import Preview, below, beside, preview_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.content import Content

    from sciaquiz.deck.kinds import Question

NOW = noon(3)
PROGRESS = course([(noon(0), 3), (noon(0, 10), 3)], STEADY)
WRONG = CardState(
    card_id=CardId("a"), progress=PROGRESS, last_answer=LastAnswer(noon(0, 10).instant, False, Certainty.CERTAIN)
)
STEM = "A runner cannot dorsiflex or evert the foot. Inversion is weak as well."


def row(state: CardState = WRONG, *, part: str = "", begins: str = STEM) -> Row:
    return Row(state.card_id, part, DeckId("demo"), "Demo [b]deck", begins, False, state)


def texts(rows: Iterable[Content]) -> list[str]:
    return [row.plain.rstrip() for row in rows]


def preview(question: Question, **more: object) -> Preview:
    asked = replace(question, stem="A [bold]story[/] of a knee.\n\nWhich one?", topics=("foot-drop",))
    asked = replace(asked, explanation="The principle.")
    made = card(asked)
    return replace(Preview(row(), made), **more)


@pytest.mark.parametrize("width", [20, 30, 56, 76, 120])
def test_a_row_is_one_line_of_its_width(width: int) -> None:
    for state in (WRONG, replace(WRONG, marks=Marks(flagged=True)), replace(WRONG, marks=Marks(suspended=True))):
        for part in ("", "gap"):
            for is_marked in (None, False, True):
                drawn = row_line(row(state, part=part), NOW, width, is_marked=is_marked)
                assert drawn.cell_length == width
                assert "\n" not in drawn.plain
                assert drawn.plain[0] == "✗"


def test_a_row_tells_sign_flag_mark_stem_and_day() -> None:
    due = replace(WRONG, progress=replace(PROGRESS, due_day=NOW.study_day))
    assert row_line(row(due), NOW, 60, is_marked=None).plain == (
        "✗  A runner cannot dorsiflex or evert the foot.…         due"
    )
    flagged = replace(due, marks=Marks(flagged=True))
    assert row_line(row(flagged), NOW, 60, is_marked=True).plain.startswith("✗* ■ A runner")
    assert row_line(row(begins="座骨神経は何から出るか。"), NOW, 30, is_marked=None).cell_length == 30


@pytest.mark.parametrize(
    ("listed", "every", "query", "fault", "told"),
    [
        (Listed([7] * 31, is_whole=True), 563, Query(), "", "31 of 563 questions, due first"),
        (Listed([7] * 3, is_whole=True, marked={7: None}), 3, Query(order=Order.WEAKEST), "",
         "3 questions, weakest first  1 marked"),
        (Listed([7], is_whole=True), 1, Query(), "", "1 question, due first"),
        (Listed([7], is_whole=True), 0, Query(), "", "1 question, due first"),
        (Listed([7] * 120), 563, Query(), "", "…, due first"),
        (Listed([], is_whole=True, hint="Nothing matches."), 563, Query(), "", "Nothing matches."),
        (Listed([7], is_whole=True), 563, Query(), "There is no deck “x”.", "There is no deck “x”."),
    ],
)  # fmt: skip
def test_the_line_above_tells_how_many_and_never_a_number_that_is_not_known(
    listed: Listed, every: int, query: Query, fault: str, told: str
) -> None:
    drawn = head_line(listed, every, query, fault, 70).plain
    assert drawn.removesuffix("back in").rstrip() == told
    assert head_line(listed, every, query, fault, 24).cell_length <= 24


def test_marks_are_set_one_by_one_or_up_to_a_place_and_taken_away() -> None:
    listed = Listed(list(range(10, 20)))
    assert listed.is_marked(0) is None
    listed.mark(2)
    listed.mark_up_to(4)
    assert [listed.is_marked(place) for place in range(1, 6)] == [False, True, True, True, False]
    listed.mark_up_to(1)
    listed.mark(3)
    assert list(listed.marked) == [12, 14, 11]
    listed.mark(99)
    assert len(listed.marked) == 3


def test_rows_far_from_what_is_in_sight_are_forgotten() -> None:
    listed = Listed(list(range(1_000)))
    listed.take(dict.fromkeys(listed.missing(range(20)), row()), range(20))
    assert (listed.row(79), listed.row(80)) == (row(), None)
    listed.take(dict.fromkeys(listed.missing(range(900, 920)), row()), range(900, 920))
    assert (listed.row(0), listed.row(840), listed.row(1_000)) == (None, row(), None)


def test_ticks_tell_what_would_match_and_which_are_set() -> None:
    vocabulary = Vocabulary({DeckId("a"): "Roots", DeckId("b"): "Flags"}, {"foot-drop": "foot drop", "discs": "discs"})
    counts = {
        Field.DECK: {"a": 20},
        Field.TOPIC: {"discs": 9, "foot-drop": 31},
        Field.IS: dict.fromkeys(Is, 0) | {"due": 5, "wrong": 3},
        Field.KIND: {"single": 22},
    }
    drawn = facets(query_of(topics=["foot-drop"]), counts, vocabulary, 26)
    told = [" ".join(str(facet.option.prompt).split()) for facet in drawn]
    assert told == [
        "Deck", "· Roots 20", "· Flags ·", "", "Topic", "✓ foot drop 31", "· discs 9", "", "State",
        "· wrong last time 3", "· due 5", "", "Kind", "· one best answer 22",
    ]  # fmt: skip
    assert [(facet.field, facet.value) for facet in drawn if not facet.option.disabled][2:4] == [
        (Field.TOPIC, "foot-drop"),
        (Field.TOPIC, "discs"),
    ]


QUESTIONS = [
    single("a"), recall("a"), multiple("ab", "cd"), true_false("tf"), typed("sural nerve"), numeric(3, 5),
    cloze("The ", ("g", "tibial"), " nerve"), ordering(3), matching("ab"), hotspot("calf"),
]  # fmt: skip


@each_row(("question", "room"), product(QUESTIONS, [(24, 7), (44, 7), (76, 7), (76, 13)]))
def test_the_preview_keeps_the_answer_until_it_is_asked_for_and_to_its_room(
    question: Question, room: tuple[int, int]
) -> None:
    width, height = room
    shown = preview(question)
    for shows_answer in (False, True):
        drawn = below(shown, width, height, shows_answer=shows_answer)
        assert len(drawn) <= height
        every = [*drawn, *beside(shown, NOW, width, shows_answer=shows_answer)]
        assert max(row.cell_length for row in every) <= width
        told = "\n".join(texts(every))
        assert "Which one?" in told
        assert ("The principle." in told) == shows_answer
        assert shows_answer or not any(sign in told for sign in ("✓ ", "Why 0"))
    assert "a" not in {line.plain for line in drawn}


def test_what_is_right_is_marked_in_its_place_and_the_order_gives_nothing_away() -> None:
    shown = preview(replace(single("a"), options=tuple(reversed(single("a").options))))
    before, after = (texts(below(shown, 76, 7, shows_answer=answer)) for answer in (False, True))
    assert before[2:] == [
        "Which one?",
        f"{'a  Option 0':<39}c  Option 2",
        f"{'b  Option 1':<39}d  Option 3",
        f"✗ wrong last time{'o answer':>59}",
    ]
    assert after[2:] == [
        "Which one?",
        f"{'a✓ Option 0':<39}c  Option 2",
        f"{'b  Option 1':<39}d  Option 3",
        "Why 0.",
        "The principle.",
    ]


def test_beside_the_list_the_state_and_the_answers_that_count_are_told() -> None:
    shown, then = preview(single("a")), single("a", options=3)
    then = replace(then, options=(*then.options[:2], replace(then.options[2], text="The femoral\nnerve [b]")))
    given = [
        replace(
            review(1, noon(0), 1, certainty=Certainty.CERTAIN, latency_ms=14_000),
            correct=False, score=0.0, response=to_json(Choice(OptionId("o2"), shown=())), question_version=then.version,
        ),
        replace(review(2, noon(1), 3, certainty=Certainty.GUESS, latency_ms=22_000), correct=True),
    ]  # fmt: skip
    made = preview_of(shown.row, shown.card, (given, []), {then.version: then}, NOW, DEFAULT_FITS)
    told = [" ".join(text.split()) for text in texts(beside(made, NOW, 44, shows_answer=False))]
    assert told[:2] == ["Demo [b]deck one best answer", "foot drop"]
    assert "A [bold]story[/] of a knee." in told
    assert {"state ✗ wrong last time", "answered 2 times, wrong 1", "median time 18 s"} <= set(told)
    assert told[told.index("History") + 1 :] == [
        "3 Mar ✓ guess 22 s Good", "2 Mar ✗ certain 14 s Again", "taken for “The femoral nerve [b]”",
    ]  # fmt: skip
    foot = " ".join(texts(below(made, 120, 9, shows_answer=False))[-1].split())
    assert "wrong last time; wrong 1 of 2, taken for “The femoral nerve [b]”" in foot


def test_with_the_answer_stands_whose_deck_it_is() -> None:
    shown = preview(single("a"))
    about = replace(deck(single("a")), version="2026.11", licence="CC-BY-4.0", authors=("A. Author", "B. Author"))
    made = preview_of(shown.row, shown.card, ([], []), {}, NOW, DEFAULT_FITS, deck=about)
    told = "Deck: version 2026.11, CC-BY-4.0, A. Author, B. Author"
    assert told in " ".join(" ".join(texts(beside(made, NOW, 44, shows_answer=True))).split())
    assert "Deck:" not in " ".join(texts(beside(made, NOW, 44, shows_answer=False)))


def test_a_long_case_gives_way_to_its_question_and_answer() -> None:
    case = Case(id=CaseId("leg"), title="A leg", stages=("It hurts. " * 200,))
    shown = preview(single("a"), case=case)
    told = texts(beside(shown, NOW, 44, 30, shows_answer=True))
    assert len(told) <= 30
    assert any("✓" in row and "Option 0" in row for row in told)
    assert len(texts(beside(shown, NOW, 44, shows_answer=True))) > 50


def test_a_query_that_is_typed_ticks_what_it_names() -> None:
    vocabulary = Vocabulary({DeckId("a"): "Roots"}, {})
    query = parse("deck:a -is:due", vocabulary).query
    counts = {Field.DECK: {"a": 3}, Field.IS: {"due": 2}}
    told = [" ".join(str(facet.option.prompt).split()) for facet in facets(query, counts, vocabulary, 26)]
    assert "✓ Roots 3" in told
    assert "· due 2" in told
