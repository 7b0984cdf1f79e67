"""What `sciaquiz try` takes for an answer: what a student types, and what an author calls things."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from commanding import sciaquiz
from rows import each_row
from sciaquiz.cli.answering import answer_said, expected_words
from sciaquiz.cli.opening import open_workspace
from sciaquiz.deck.kinds import Hotspot
from sciaquiz.ids import EntryId
from sciaquiz.marking.response import Pointed, to_json
from sciaquiz.sittings import open_trial
from sciaquiz.study.shown import figure_shown, shuffled_ids

if TYPE_CHECKING:
    from collections.abc import Callable

    from sciaquiz.deck.model import Deck
    from sciaquiz.study.turns import Shown

SHOWCASE = Path(__file__).parents[1] / "decks" / "showcase"
VARIANTS = Path(__file__).parents[2] / "decks" / "piriformis-variants"
OF_PANELS = "panel-usual-course"

SOME = {"chosen_all": ["soleus", "tibialis-anterior"]}
JUDGED = {"judged": [["roots", True], ["foramen", False], ["divisions", True]]}
ORDER = {"order": ["plexus", "foramen", "buttock", "fossa"]}
PAIRS = {"pairs": [["l4", "knee"], ["l5", "hamstring"], ["s1", "ankle"]]}
L5, S1 = {"region": "L5", "place": 1}, {"region": "S1", "place": 2}

TAKEN = [
    ("a-single", "deep", {"chosen": "deep"}),
    ("a-single", "B", {"chosen": "deep"}),
    ("a-single", "deep  fibular (Peroneal) nerve.", {"chosen": "deep"}),
    ("b-multiple", "soleus tibialis-anterior", SOME),
    ("b-multiple", "Tibialis anterior, Soleus", SOME),
    ("b-multiple", "ca", SOME),
    ("b-multiple", "a and c", SOME),
    ("c-true-false", "tft", JUDGED),
    ("c-true-false", "true false TRUE", JUDGED),
    ("c-true-false", "[true, false, true]", JUDGED),
    ("c-true-false", "yes no yes", JUDGED),
    ("c-true-false", "divisions=true roots=t foramen: false", JUDGED),
    ("c-true-false", "1 true, 2 false, 3 is true", JUDGED),
    ("d-recall", "hard", {"self_grade": 2}),
    ("d-recall", "3", {"self_grade": 3}),
    ("e-typed", "fibularis communis", {"typed": ["fibularis communis"]}),
    ("f-numeric", "1.5 cm", {"typed": ["1.5 cm"]}),
    ("g-cloze#c1", "good", {"self_grade": 3}),
    ("h-cloze-typed#c1", "deep peroneal", {"typed": ["deep peroneal"]}),
    ("i-ordering", "abcd", ORDER),
    ("i-ordering", "plexus > foramen > buttock > fossa", ORDER),
    ("i-ordering", "Sacral plexus → Greater sciatic foramen → Deep to gluteus maximus → Popliteal fossa", ORDER),
    ("j-matching", "a c b", PAIRS),
    ("j-matching", "2c 1a 3b", PAIRS),
    ("j-matching", "knee hamstring ankle", PAIRS),
    ("j-matching", "s1=ankle l4=knee l5=hamstring", PAIRS),
    ("j-matching", "L5 -> Medial hamstring reflex; L4 -> Knee jerk; S1 -> Ankle jerk", PAIRS),
    ("k-hotspot", "L5", L5),
    ("k-hotspot", "b", L5),
    ("k-hotspot", "lower half", L5),
    ("k-hotspot", "s1", S1),
    ("l-hotspot-name", "S1", S1),
    ("l-hotspot-name", "c", S1),
]

REFUSED = [
    ("a-single", "deep tibial", "b or deep (Deep fibular (peroneal) nerve)"),
    ("a-single", "deepest", "one of these"),
    ("b-multiple", "soleus soleus", "those that apply"),
    ("b-multiple", "...", "those that apply"),
    ("c-true-false", "true false", "by name (roots=true)"),
    ("c-true-false", "roots=true roots=false foramen=true", "true or false for each"),
    ("c-true-false", "frue talse true", "true or false for each"),
    ("c-true-false", "roots", "1 or roots (It comes from L4 to S3.)"),
    ("d-recall", "L4", "1 again, 2 hard, 3 good or 4 easy."),
    ("i-ordering", "plexus foramen buttock", "all of these in the right order"),
    ("i-ordering", "plexus plexus buttock fossa", "all of these in the right order"),
    ("j-matching", "knee knee ankle", ", each once, for each"),
    ("j-matching", "l4=knee l5=ankle", "by name (l4=knee)"),
    ("k-hotspot", "L6", "b or L5 (L5)"),
    ("k-hotspot", "z", "one of these areas"),
    ("f-numeric", " ", "a number in mm."),
]


@pytest.fixture
def show(home: Path) -> Callable[[str], tuple[Shown, Deck]]:
    shown: dict[str, tuple[Shown, Deck]] = {}
    with open_workspace([SHOWCASE, VARIANTS], only_tries=True) as workspace:
        cards = {card.id: (deck, card) for deck in workspace.decks() for card in deck.cards()}
        sitting, now = open_trial(workspace, [card for _, card in cards.values()]), workspace.clock.now()
        for name, (deck, card) in cards.items():
            shown[name] = replace(sitting.show(card.id, now), order=shuffled_ids(card)), deck
    return shown.__getitem__


@each_row(("question", "said", "kept"), TAKEN)
def test_what_is_typed_or_written_is_an_answer(
    question: str, said: str, kept: dict[str, object], show: Callable[[str], tuple[Shown, Deck]]
) -> None:
    response, sure = answer_said(said.split(" "), *show(question))
    assert response is not None, said
    assert kept.items() <= to_json(response).items(), said
    assert sure is None


@each_row(("question", "said", "told"), REFUSED)
def test_anything_else_is_none_and_what_would_be_one_is_told(
    question: str, said: str, told: str, show: Callable[[str], tuple[Shown, Deck]]
) -> None:
    shown, deck = show(question)
    assert answer_said([said], shown, deck)[0] is None, said
    assert told in expected_words(shown, deck)


def test_a_number_behind_an_answer_says_how_sure_it_is(show: Callable[[str], tuple[Shown, Deck]]) -> None:
    for question, said in (("a-single", "a3"), ("b-multiple", "ab3"), ("k-hotspot", "b3"), ("c-true-false", "tft3")):
        response, sure = answer_said([said], *show(question))
        assert (response is not None, sure) == (True, 3), said


def test_answers_to_several_gaps_are_given_one_by_one(home: Path, tmp_path: Path) -> None:
    deck = tmp_path / "d.toml"
    text = "{{c1::Ash}} falls further than {{c1::lapilli}}."
    deck.write_text(f'id = "d"\ntitle = "D"\n[[question]]\nid = "q"\nkind = "cloze"\ngaps = "typed"\ntext = "{text}"\n')
    assert sciaquiz("try", str(deck), "q", "ash", "lapilli").stdout.startswith("Right.")
    assert sciaquiz("try", str(deck), "q", "ash; lapilli").stdout.startswith("Right.")


def test_letters_of_panels_go_by_the_order_of_the_author_and_not_of_one_showing(
    show: Callable[[str], tuple[Shown, Deck]],
) -> None:
    shown, deck = show(OF_PANELS)
    figure = next(figure for figure in deck.figures if figure.panels)
    places = set()
    for number in range(6):
        another = replace(shown, answer_id=EntryId(str(number)))
        response, _ = answer_said(["b"], another, deck)
        assert isinstance(response, Pointed)
        assert response.region == figure.panels[1].key
        assert isinstance(shown.card.question, Hotspot)
        drawn = figure_shown(shown.card.question, another.answer_id, deck)
        assert drawn is not None
        assert drawn.zones()[response.place].key == response.region
        places.add(response.place)
    assert len(places) > 1
