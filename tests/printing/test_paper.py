"""An exam for paper: drawn by shares and seed, the same questions in each version, and a key that marks all of them."""

from __future__ import annotations

import re
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from commanding import sciaquiz
from sciaquiz import mocks
from sciaquiz.cli.opening import open_workspace
from sciaquiz.deck.kinds import MultipleAnswer, SingleBestAnswer
from sciaquiz.deck.library import read_library
from sciaquiz.deck.model import Deck, Kind
from sciaquiz.printing.entries import entries
from sciaquiz.printing.paper import Paper, UnknownGroupError, Wanted, card_ids, draw_paper, paper_of_form
from sciaquiz.printing.parts import Part, printed

SHOWCASE = Path(__file__).parents[1] / "decks" / "showcase"
USUAL = Wanted(title="T", number=40, seed=1)
NERVE_ROOTS = Path(__file__).parents[2] / "decks" / "nerve-roots"


@pytest.fixture(scope="module")
def showcase() -> Deck:
    [deck] = read_library([SHOWCASE]).decks
    return deck


@pytest.fixture(scope="module")
def roots() -> Deck:
    [deck] = read_library([NERVE_ROOTS]).decks
    return deck


def exam(deck: Deck, **wishes: Any) -> Paper:
    return draw_paper([deck], replace(USUAL, **wishes))


def test_every_version_asks_the_same_questions_in_another_order_and_the_seed_repeats_them(roots: Deck) -> None:
    paper = exam(roots, versions=("A", "B", "C"))
    first, second, third = (card_ids(version) for version in paper.versions)
    assert len(first) == 40
    assert set(first) == set(second) == set(third)
    assert len({first, second, third}) == 3
    assert exam(roots, versions=("A", "B", "C")) == paper
    assert card_ids(exam(roots, seed=2).versions[0]) != first


def test_questions_of_a_case_stay_together_in_their_order(roots: Deck) -> None:
    paper = exam(roots, number=400, versions=("A", "B"))
    for version in paper.versions:
        cases = [(asked.card.question.case, asked.card.question.stage) for asked in version.asked]
        blocks = [case for at, (case, _) in enumerate(cases) if case and (not at or cases[at - 1][0] != case)]
        assert len(blocks) == len(set(blocks)) > 2
        assert all(one[1] <= other[1] for one, other in pairwise(cases) if one[0] and one[0] == other[0])


def test_a_blueprint_fixes_how_many_come_from_each_topic_level_and_kind(roots: Deck) -> None:
    paper = exam(roots, number=10, shares={"foot-drop": 5, "kind:matching": 3, "tests+kind:single": 2})
    questions = [asked.card.question for asked in paper.versions[0].asked]
    assert sum(question.kind is Kind.MATCHING for question in questions) >= 3
    assert sum("foot-drop" in question.topics for question in questions) >= 5
    assert any("tests" in question.topics and question.kind is Kind.SINGLE for question in questions)
    assert not paper.short
    assert exam(roots, number=400, shares={"kind:matching": 1}).short.keys() == {"kind:matching"}
    with pytest.raises(UnknownGroupError, match=r"^Sorcery$"):
        exam(roots, shares={"Sorcery": 1})


def test_the_key_of_each_version_names_the_right_options_by_the_letters_that_stand_there(roots: Deck) -> None:
    paper = exam(roots, versions=("A", "B"), kinds=("single", "multiple"), number=60)
    moved = 0
    for version in paper.versions:
        for entry, asked in zip(entries(version), version.asked, strict=True):
            question = asked.card.question
            assert isinstance(question, SingleBestAnswer | MultipleAnswer)
            texts = dict(entry.choices)
            right = {option.text for option in question.options if option.correct}
            assert {texts[letter] for letter in entry.key.split()} == right
            assert entry.fields[0].marks == "".join(texts)
            moved += [text for _, text in entry.choices] != [option.text for option in question.options]
    assert moved > 30


def test_every_kind_has_its_form_on_paper_its_field_on_the_sheet_and_its_key(showcase: Deck) -> None:
    paper = exam(showcase)
    found = {
        asked.card.question.kind: entry
        for asked, entry in zip(paper.versions[0].asked, entries(paper.versions[0]), strict=True)
    }
    assert set(found) == set(Kind)
    assert all(entry.stem and entry.fields and entry.key for entry in found.values())
    assert re.fullmatch(r"1 [TF], 2 [TF], 3 [TF]", found[Kind.TRUE_FALSE].key)
    assert found[Kind.NUMERIC].fields[0].unit == "mm"
    assert found[Kind.ORDERING].fields[0].boxes == 4
    assert sorted(found[Kind.ORDERING].key.split()) == ["A", "B", "C", "D"]
    assert [field.marks for field in found[Kind.MATCHING].fields] == ["ABCD"] * 3
    assert "________" in found[Kind.CLOZE].stem[-1]
    assert found[Kind.RECALL].fields[0].lines > 1
    assert found[Kind.HOTSPOT].figure is not None


def test_one_key_has_every_version_by_number_and_where_each_question_stands(roots: Deck) -> None:
    paper = exam(roots, versions=("A", "B"))
    ready = printed(paper, [Part.KEY])
    by_number, places = ready.key
    assert by_number.head == ("No.", "Version A", "Version B")
    keys = {version.name: {entry.name: entry.key for entry in version.entries} for version in ready.versions}
    for row in places.rows:
        name, in_a, in_b, _ = row
        assert by_number.rows[int(in_a) - 1][1] == keys["A"][name]
        assert by_number.rows[int(in_b) - 1][2] == keys["B"][name]


def test_a_case_is_told_once_and_only_as_far_as_its_question_needs(roots: Deck) -> None:
    version = exam(roots, number=400).versions[0]
    told: dict[object, list[str]] = {}
    for entry, asked in zip(entries(version), version.asked, strict=True):
        case = asked.deck.case_of(asked.card.question)
        if case is None:
            assert not entry.vignette
            continue
        so_far = told.setdefault(case.id, [])
        so_far += entry.vignette
        stages = [part for stage in case.stages[: asked.card.question.stage] for part in stage.split("\n\n")]
        assert so_far == stages
        assert bool(entry.vignette_title) == (so_far == list(entry.vignette))
    assert len(told) > 2


def test_a_mock_exam_that_waits_is_printed_as_it_is_on_the_screen(tmp_path: Path) -> None:
    deck = [str(SHOWCASE)]
    nothing = sciaquiz("print", *deck, "--mock", "--html", str(tmp_path / "none.html"))
    assert "there is no mock exam yet" in nothing.stderr
    shown = sciaquiz("mock", *deck, "--plain", "--record", "--n", "9", "--seed", "4", "--title", "Friday").stdout
    file = tmp_path / "mock.html"
    done = sciaquiz("print", *deck, "--mock", "--with", "key", "--versions", "A,B", "--html", str(file))
    assert done.returncode == 0, done.stderr
    assert "9 questions in 2 versions" in done.stdout
    with open_workspace([SHOWCASE]) as workspace:
        [attempt] = mocks.attempts_in(workspace.journal)
        held, now = mocks.paper_of(workspace, workspace.journal, attempt), workspace.clock.now()
        paper = paper_of_form(attempt.form, held, now, replace(USUAL, versions=("A", "B")))
        lost = paper_of_form(attempt.form, replace(held, decks={}), now, USUAL)
    first, second = paper.versions
    assert [(asked.card.id, asked.order) for asked in first.asked] == [(i.card_id, i.order) for i in attempt.form.items]
    assert sorted(card_ids(first)) == sorted(card_ids(second))
    bare = lost.versions[0].asked
    assert 0 < len(bare) < 9
    assert not any(asked.card.question.kind is Kind.HOTSPOT for asked in bare)
    assert [asked.number for asked in bare] == list(range(1, len(bare) + 1))
    page = file.read_text(encoding="utf-8")
    assert "<title>Friday</title>" in page
    assert entries(first)[0].stem[0][:30] in " ".join(shown.split())
    assert escape(entries(first)[0].stem[0], quote=True) in page
