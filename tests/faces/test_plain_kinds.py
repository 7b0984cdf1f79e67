"""Every kind of question in plain lines: asked, read, told."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from sciaquiz.clock import FixedClock
from sciaquiz.deck.library import read_library
from sciaquiz.ids import CardId
from sciaquiz.marking.lexicon import Lexicon
from sciaquiz.memory.policy import Policy
from sciaquiz.plain.sitting import PlainSitting
from sciaquiz.store.journal import Journal
from sciaquiz.study.queue import Limits
from sciaquiz.study.sitting import Sitting

if TYPE_CHECKING:
    from sciaquiz.record import Review

DECK = read_library([Path(__file__).parents[1] / "decks" / "showcase"]).decks[0]
CARDS = {card.id: card for card in DECK.cards()}
CLOCK = FixedClock(datetime.fromisoformat("2026-11-22T09:00:00+01:00"))


def study(tmp_path: Path, card_id: str, said: str) -> tuple[str, list[Review]]:
    """Ask one card, always in the same order, and return what was printed and kept."""
    journal = Journal.open(tmp_path / "journal.db", CLOCK.now())
    card = CARDS[CardId(card_id)]
    sitting = Sitting(
        [card],
        {},
        policy_for=lambda _: Policy(),
        limits=Limits(9, 9),
        now=CLOCK.now(),
        lexicon=lambda: Lexicon.from_decks([DECK]),
        card_limit=1,
        random=Random(4),
    )
    out = io.StringIO()
    face = PlainSitting(
        sitting=sitting, keeper=journal, clock=CLOCK, decks={DECK.id: DECK}, lines=io.StringIO(said), out=out
    )
    assert face.run() == 0
    kept = list(journal.history(card.id)[0])
    journal.close()
    return out.getvalue(), kept


def letter_of(printed: str, text: str) -> str:
    return next(line.strip()[0] for line in printed.splitlines() if line.strip()[1:].startswith(f". {text}"))


@pytest.mark.parametrize(
    ("card_id", "texts", "between"),
    [
        ("a-single", ["Superficial fibular nerve"], ""),
        ("b-multiple", ["Soleus", "Tibialis posterior"], ""),
        ("i-ordering", ["Sacral plexus", "Greater sciatic", "Deep to gluteus", "Popliteal"], " "),
        ("k-hotspot", ["Left: lower half"], ""),
        ("l-hotspot-name", ["S1"], ""),
        ("m-case-first", ["Inversion"], ""),
    ],
)
def test_what_is_chosen_by_letters_is_right(tmp_path: Path, card_id: str, texts: list[str], between: str) -> None:
    asked, _ = study(tmp_path, card_id, "")
    letters = between.join(letter_of(asked, text) for text in texts)
    printed, [review] = study(tmp_path, card_id, f"{letters}\n3\n")
    assert "Right. You were certain." in printed
    assert "\nSaved. Again in 10 min." in printed
    assert (review.correct, review.score) == (True, 1.0)


@pytest.mark.parametrize(
    ("card_id", "said", "told"),
    [
        ("e-typed", "Common  PERONEAL nerve\n2\n", "Right."),
        ("f-numeric", "1,5 cm\n2\n", "Right."),
        ("h-cloze-typed#c1", "deep peroneal\n2\n", "Right."),
        ("n-case-second", "l5\n2\n", "Right."),
        ("d-recall", "\n3\n", "L4, L5, S1, S2 and S3."),
        ("g-cloze#c1", "\n3\n", "greater sciatic foramen, below piriformis."),
        ("n-case-second", "L4\n3\n", "Wrong. You were certain. The answer is L5."),
        ("e-typed", "deep fibular nerve\n2\n", "It is a branch, given off below the neck."),
        ("f-numeric", "20\n2\n", "Wrong. You thought so. The answer is 15 mm."),
    ],
)
def test_what_is_typed_is_read_as_it_is_meant(tmp_path: Path, card_id: str, said: str, told: str) -> None:
    printed, [review] = study(tmp_path, card_id, said)
    assert told in printed
    assert review.correct == (not told.startswith(("Wrong", "It is")))


def test_statements_are_judged_in_one_word_and_the_wrong_ones_explained(tmp_path: Path) -> None:
    asked, _ = study(tmp_path, "c-true-false", "")
    truth = "".join("f" if "lesser" in line else "t" for line in asked.splitlines() if line[:4].strip(" .").isdigit())
    assert len(truth) == 3
    printed, [review] = study(tmp_path, "c-true-false", f"tt\nttx\n{'t' * 3}\n2\n")
    assert "Please type 3 letters, t for true and f for false" in printed
    assert "Partly right. You thought so." in printed
    assert f"{truth.index('f') + 1} is false. It leaves through the greater one." in printed
    assert review.score == pytest.approx(2 / 3)


def test_stems_are_matched_in_turn(tmp_path: Path) -> None:
    asked, _ = study(tmp_path, "j-matching", "")
    belongs = {"L4": "Knee jerk", "L5": "Medial hamstring", "S1": "Ankle jerk"}
    stems = [line.split(". ")[1] for line in asked.split("Match:\n")[1].splitlines()[:3]]
    letters = " ".join(letter_of(asked, belongs[stem]) for stem in stems)
    assert "Right." in study(tmp_path, "j-matching", f"aab\n{letters}\n2\n")[0]


def test_a_near_miss_is_asked_once_more_and_a_hint_counts(tmp_path: Path) -> None:
    printed, [review] = study(tmp_path, "e-typed", "hint\ncommon fibular\ncommon fibular nerve\n3\n")
    assert "It has a synonym with a P." in printed
    assert "Did you mean" in printed
    assert review.correct
    assert (review.response["hinted"], review.response["reminded"], review.rating) == (True, True, 2)


def test_a_case_is_told_as_far_as_it_is_known(tmp_path: Path) -> None:
    first, _ = study(tmp_path, "m-case-first", "")
    second, _ = study(tmp_path, "n-case-second", "")
    assert "A runner of 34 trips" in first
    assert "Inversion, tested" not in first
    assert second.index("A runner of 34") < second.index("Inversion, tested") < second.index("Which root is it?")


def test_a_figure_is_told_in_words_without_names(tmp_path: Path) -> None:
    printed, _ = study(tmp_path, "k-hotspot", "")
    assert "Two squares and a stripe. 3 areas." in printed
    assert "Right: the whole stripe" in printed
    assert "S1" not in printed
    assert "Schematic." in study(tmp_path, "k-hotspot", "a\n1\n")[0]


def test_words_that_do_something_else_are_no_answers(tmp_path: Path) -> None:
    printed, kept = study(tmp_path, "e-typed", "?\nflag\nskip\n")
    assert "hint     show a hint for a typed answer" in printed
    assert kept == []
