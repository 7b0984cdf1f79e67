"""Every kind of question in plain lines: asked, read, told."""

from __future__ import annotations

import io
import re
from datetime import datetime
from itertools import product
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest

from making import cloze, matching, numeric, typed
from rows import each_row
from sciaquiz.clock import FixedClock
from sciaquiz.deck.library import read_library
from sciaquiz.ids import CardId
from sciaquiz.journal.entries import Certainty
from sciaquiz.marking.lexicon import Lexicon
from sciaquiz.marking.response import Written
from sciaquiz.memory.policy import Policy
from sciaquiz.paths import user_paths
from sciaquiz.plain.acting import Beyond
from sciaquiz.plain.asking import Asked
from sciaquiz.plain.asking import asked as form
from sciaquiz.plain.commands import SHORT, WORDS, Command
from sciaquiz.plain.feedback import leech
from sciaquiz.plain.sitting import PlainSitting
from sciaquiz.settings import Settings
from sciaquiz.store.journal import Journal
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.round import Round
from sciaquiz.study.safekeeping import SafeKeeping
from sciaquiz.study.sitting import Sitting
from sciaquiz.text import LETTERS
from sciaquiz.workspace import Workspace

if TYPE_CHECKING:
    from sciaquiz.deck.model import Question
    from sciaquiz.journal.entries import Review

DECK = read_library([Path(__file__).parents[1] / "decks" / "showcase"]).decks[0]
CARDS = {card.id: card for card in DECK.cards()}
CLOCK = FixedClock(datetime.fromisoformat("2026-11-22T09:00:00+01:00"))


def study(
    tmp_path: Path, card_id: str, said: str, then: str = "", clock: FixedClock = CLOCK, action: str = "tell"
) -> tuple[str, list[Review]]:
    """Ask one card, always in the same order, and another if named; return what was printed and kept of the first.

    With another clock the sitting is a later one, which knows the earlier answers; a card forgotten once is a leech.
    """
    journal = Journal.open(tmp_path / "journal.db", clock.now())
    card = CARDS[CardId(card_id)]
    sitting = Sitting(
        CardPool([card, *([CARDS[CardId(then)]] if then else [])], {} if clock is CLOCK else journal.states()),
        policy_for=lambda _: Policy(),
        limits=Limits(9, 9),
        now=clock.now(),
        leech_lapses=1,
        suspends_leeches=action == "suspend",
        lexicon=lambda: Lexicon.from_decks([DECK]),
        card_limit=2 if then else 1,
        random=Random(4),
    )
    out = io.StringIO()
    face = PlainSitting(
        round=Round(sitting, clock, {DECK.id: DECK}),
        journal=journal,
        safe=SafeKeeping(Workspace(paths=user_paths(), settings=Settings(), clock=clock).set_aside),
        lines=io.StringIO(said),
        out=out,
        beyond=Beyond(lambda *_: "", lambda _: [], lambda _: []),
    )
    assert face.run() == 0
    kept = list(journal.history(card.id)[0])
    journal.close()
    return out.getvalue(), kept


def form_of(question: Question) -> Asked:
    [card] = question.cards()
    sitting = Sitting(CardPool([card], {}), policy_for=lambda _: Policy(), limits=Limits(9, 9), now=CLOCK.now())
    return form(sitting.show(card.id, CLOCK.now()), None)


def matched_letters(asked: str) -> list[str]:
    belongs = {"L4": "Knee jerk", "L5": "Medial hamstring", "S1": "Ankle jerk"}
    stems = [line.split(". ")[1] for line in asked.split("Match:\n")[1].splitlines()[:3]]
    return [letter_of(asked, belongs[stem]) for stem in stems]


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
    assert "\nSaved. Back in 10 min." in printed
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
        ("n-case-second", "L4\n3\n", "Wrong. You were certain.\nThe answer is L5."),
        ("e-typed", "deep fibular nerve\n2\n", "It is a branch, given off below the neck."),
        ("f-numeric", "20\n2\n", "Wrong. You thought so.\nThe answer is 15 mm."),
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
    assert "Partly right. 2 of 3, you thought so." in printed
    place = truth.index("f") + 1
    told = f"{place}. False, you said true: It leaves through the lesser sciatic foramen. It leaves through the greater"
    assert told in printed
    assert review.score == pytest.approx(2 / 3)


def test_a_true_statement_held_for_false_is_told_as_true(tmp_path: Path) -> None:
    printed, _ = study(tmp_path, "c-true-false", "fff\n2\n")
    assert "True, you said false: It comes from L4 to S3. Ventral rami of L4 to S3." in printed
    assert "you said false: It leaves" not in printed


@pytest.mark.parametrize(
    ("card_id", "texts"),
    [
        ("b-multiple", ["Soleus", "Tibialis posterior"]),
        ("i-ordering", ["Sacral plexus", "Greater sciatic", "Deep to gluteus", "Popliteal"]),
        ("k-hotspot", ["Left: lower half"]),
    ],
)
def test_a_number_behind_the_letters_says_how_sure(tmp_path: Path, card_id: str, texts: list[str]) -> None:
    asked, _ = study(tmp_path, card_id, "")
    letters = "".join(letter_of(asked, text) for text in texts)
    printed, [review] = study(tmp_path, card_id, f"{letters}3\n")
    assert "How sure" not in printed
    assert (review.correct, review.certainty) == (True, Certainty.CERTAIN)


def test_a_number_behind_judgements_says_how_sure(tmp_path: Path) -> None:
    printed, [review] = study(tmp_path, "c-true-false", "ttf3\n")
    assert "How sure" not in printed
    assert review.certainty is Certainty.CERTAIN


@pytest.mark.parametrize(
    ("line", "certainty"),
    [
        ("{0}{1}{2}3\n", Certainty.CERTAIN),
        ("{0} {1} {2} 1\n", Certainty.GUESS),
        ("1{0} 2{1} 3{2} 3\n", Certainty.CERTAIN),
        ("1{0} 2{1} 3{2}\n2\n", Certainty.THINK_SO),
        ("{0}1 {1}2 {2}3\n1\n", Certainty.GUESS),  # the 3 names the stem
        ("{0}1 {1}2 {2}3 2\n", Certainty.THINK_SO),
        ("3{2} 1{0} 2{1}\n1\n", Certainty.GUESS),
        ("{2}3, {0}1, {1}2, 3\n", Certainty.CERTAIN),
    ],
)
def test_numbers_of_stems_are_not_taken_for_certainty(tmp_path: Path, line: str, certainty: Certainty) -> None:
    asked, _ = study(tmp_path, "j-matching", "")
    printed, [review] = study(tmp_path, "j-matching", line.format(*matched_letters(asked)))
    assert (review.correct, review.certainty) == (True, certainty), printed


@pytest.mark.parametrize("line", ["1{0} 1{1} 3{2}\n", "{0}1 {1}2 {2}\n", "1{0}{1}{2}\n", "{0}{1}{2}4\n", "3\n"])
def test_numbers_that_name_no_stem_are_asked_about(tmp_path: Path, line: str) -> None:
    asked, _ = study(tmp_path, "j-matching", "")
    printed, kept = study(tmp_path, "j-matching", line.format(*matched_letters(asked)))
    assert "Please type 3 letters" in printed
    assert kept == []


def test_stems_are_matched_in_turn(tmp_path: Path) -> None:
    asked, _ = study(tmp_path, "j-matching", "")
    letters = " ".join(matched_letters(asked))
    assert "Right." in study(tmp_path, "j-matching", f"aab\n{letters}\n2\n")[0]


def test_a_wrong_order_is_followed_by_the_right_one_with_what_was_said(tmp_path: Path) -> None:
    asked, _ = study(tmp_path, "i-ordering", "")
    texts = ["Sacral plexus", "Deep to gluteus maximus", "Greater sciatic foramen", "Popliteal fossa"]
    letters = "".join(letter_of(asked, text) for text in texts)
    printed, _ = study(tmp_path, "i-ordering", f"{letters}2\n")
    assert (
        "The right order:\n"
        "  1. Sacral plexus. On the front of piriformis.\n"
        "  2. Greater sciatic foramen – wrong, you said 3.\n"
        "  3. Deep to gluteus maximus – wrong, you said 2.\n"
        "  4. Popliteal fossa – wrong. Where it has divided.\n"
    ) in printed
    right = "".join(letter_of(asked, text) for text in [texts[0], texts[2], texts[1], texts[3]])
    assert "The right order" not in study(tmp_path, "i-ordering", f"{right}2\n")[0]


@pytest.mark.parametrize(
    ("order", "credit", "marks"),
    [
        ((3, 2, 1, 0), "Wrong.", ["wrong", "wrong", "wrong"]),
        ((2, 3, 1, 0), "Partly right. 1 of 3 steps follow the right one,", ["wrong", "wrong", "right"]),
        ((3, 0, 1, 2), "Partly right. 2 of 3 steps follow the right one,", ["right", "right", "wrong"]),
        ((0, 2, 1, 3), "Wrong.", ["wrong", "wrong", "wrong"]),
    ],
)
def test_the_marks_of_an_order_measure_what_it_is_given_credit_for(
    tmp_path: Path, order: tuple[int, ...], credit: str, marks: list[str]
) -> None:
    asked, _ = study(tmp_path / "asked", "i-ordering", "")
    texts = ["Sacral plexus", "Greater sciatic foramen", "Deep to gluteus maximus", "Popliteal fossa"]
    letters = "".join(letter_of(asked, texts[step]) for step in order)
    printed, [review] = study(tmp_path, "i-ordering", f"{letters}2\n")
    assert credit in printed
    assert re.findall(r" – (right|wrong)\b", printed.split("The right order")[1]) == marks
    assert review.score == pytest.approx(marks.count("right") / 3)


def test_what_was_matched_wrongly_is_told_beside_what_is_right(tmp_path: Path) -> None:
    asked, _ = study(tmp_path, "j-matching", "")
    given = {"L4": "Ankle jerk", "L5": "Medial hamstring reflex", "S1": "Knee jerk"}
    stems = [line.split(". ")[1] for line in asked.split("Match:\n")[1].splitlines()[:3]]
    letters = "".join(letter_of(asked, given[stem]) for stem in stems)
    printed, [review] = study(tmp_path, "j-matching", f"{letters}3\n")
    told = [line for line in printed.splitlines() if " → " in line]
    assert sorted(told) == [
        "  L4 → Knee jerk, you said Ankle jerk. With L3.", "  S1 → Ankle jerk, you said Knee jerk.",
    ]  # fmt: skip
    assert not review.correct


@pytest.mark.parametrize("card_id", ["a-single", "b-multiple", "d-recall", "f-numeric", "k-hotspot"])
def test_where_there_is_no_hint_it_says_so(tmp_path: Path, card_id: str) -> None:
    printed, kept = study(tmp_path, card_id, ":hint\n/hint\n")
    assert printed.count("This question has no hint.") == 2
    assert kept == []


def test_marked_commands_are_reached_where_a_term_is_typed_and_a_letter_is_an_answer(tmp_path: Path) -> None:
    printed, kept = study(tmp_path, "e-typed", "/?\n:w\n/hint\n/undo\n/back\n/nonsense\n/note\n/skip\n")
    for told in (
        "After the answer", "It has a synonym with a P.", "There is nothing to undo in this sitting.",
        "There is nothing to take back here", "There is no such command.", "There is no note. To keep one: :note and the text behind it.",
    ):  # fmt: skip
        assert told in printed
    assert kept == []
    assert study(tmp_path, "e-typed", "q\n2\n")[1][0].response["typed"] == ["q"]


@pytest.mark.parametrize("word", ["/q", ":Quit", "quit", "q"])
@pytest.mark.parametrize("before", ["", "a\n", "a3\n", "a3\n\n"])
def test_the_sitting_can_be_ended_at_every_prompt(tmp_path: Path, before: str, word: str) -> None:
    at_free_text = before == "a3\n"
    sign = ":" if at_free_text and word[0] not in "/:" else ""
    printed, kept = study(tmp_path, "a-single", f"{before}{sign}{word}\na3\n\n4\n", then="d-recall")
    assert len(kept) == printed.count("Saved.") == before.count("3")
    assert "How did it go" in printed if before.endswith("\n\n") else "How did it go" not in printed


BARE = sorted({*WORDS, *SHORT, "back", "suspend last", "note of mine", "flag a-single"} - {"?"})


@each_row(
    ("question", "word"),
    product([typed("fair"), numeric(1, 2), cloze("The ", ("c1", "sciatic"), " nerve")], BARE),
)
def test_a_bare_word_is_an_answer_where_text_is_typed(question: Question, word: str) -> None:
    here = form_of(question)
    assert here.told_apart(word) == word
    assert here.read(word) == Written((word,))
    assert ":help" in here.prompt


@each_row("word", BARE)
def test_a_bare_word_shows_the_answer_where_it_may_be_said_by_typing(tmp_path: Path, word: str) -> None:
    printed, [review] = study(Path(mkdtemp(dir=tmp_path)), "d-recall", f"{word}\n3\n")
    assert "L4, L5, S1, S2 and S3." in printed
    assert review.rating == 3


def test_a_bare_grade_that_is_typed_leaves_the_rating_before_as_it_was(tmp_path: Path) -> None:
    printed, [first] = study(tmp_path, "n-case-second", "L5\n3\ngood\n3\n", then="e-typed")
    assert "instead." not in printed
    assert (
        "Wrong. You were certain.\nThe answer is common fibular nerve.\nAlso: common peroneal nerve, fibularis communis."
        in printed
    )
    assert first.correct


@pytest.mark.parametrize(
    ("said", "meant"), [("::L5", ":L5"), ("//L5", "/L5"), ("::", ":"), (":/L5", None), ("/:", None)]
)
def test_an_answer_that_begins_with_the_sign_of_a_command_is_typed_with_two(said: str, meant: str | None) -> None:
    here = form_of(typed(":L5", "/L5"))
    assert here.told_apart(said) == meant or (meant is None and isinstance(here.told_apart(said), Command))


def test_an_answer_taken_for_an_unknown_command_says_how_to_type_it(tmp_path: Path) -> None:
    printed, kept = study(tmp_path, "e-typed", ":fibular nerve\n::fibular nerve\n3\n")
    assert "an answer that begins with : or / is typed with that sign twice." in printed
    assert [review.response["typed"] for review in kept] == [[":fibular nerve"]]


def test_a_gap_keeps_all_of_its_line() -> None:
    assert form_of(cloze("The ", ("c1", "sciatic"), " nerve")).read("tibial; fibular") == Written(("tibial; fibular",))


def test_letters_that_spell_a_command_are_an_answer_where_they_can_be() -> None:
    here = form_of(matching("abcd", LETTERS))
    assert here.told_apart("hard") == "hard"
    assert here.told_apart("/hard") == Command("hard")
    assert here.told_apart("flag m0") == Command("flag", "m0")


def test_the_note_of_the_question_that_is_asked_is_not_read_before_its_answer(tmp_path: Path) -> None:
    said = ":note think of the neck\n:why this\ncommon fibular nerve\n3\n:why last\n"
    printed, _ = study(tmp_path, "e-typed", said)
    before, after = printed.split("Right.")
    assert "Why this card:" in before
    assert "Your note: think" not in before
    assert after.count("Your note: think of the neck") == 2


def test_an_answer_taken_back_keeps_that_a_hint_was_shown(tmp_path: Path) -> None:
    printed, [review] = study(tmp_path, "e-typed", ":hint\ndeep fibular nerve\nback\ncommon fibular nerve\n3\n")
    assert "Taken back" in printed
    assert (review.correct, review.response["hinted"], review.rating) == (True, True, 2)


@pytest.mark.parametrize(
    ("card_id", "said", "called"),
    [
        ("g-cloze#c1", "\n1\n", "The sciatic nerve leaves the pelvis through the […], below… (g-cloze)"),
        ("n-case-second", "L4\n3\n", "A runner who trips: Which root is it? (n-case-second)"),
    ],
)
def test_what_to_look_at_again_is_called_by_deck_case_and_text(
    tmp_path: Path, card_id: str, said: str, called: str
) -> None:
    assert f"Look again: Every kind of question: {called}" in study(tmp_path, card_id, said)[0]


def test_a_grade_is_quoted_before_its_reason(tmp_path: Path) -> None:
    assert "Rated “Again”: right, but you guessed: back soon." in study(tmp_path, "n-case-second", "L5\n1\n")[0]
    assert "Rated" not in study(tmp_path / "wrong", "n-case-second", "L4\n3\n")[0]


READ = "read all reasons (type :reasons), keep a note (type :note last: and the text) or"


@pytest.mark.parametrize(
    ("taken_for", "suspended", "told"),
    [
        (["L5 root"], False, f"It is mostly taken for “L5 root”. You can drill both (sciaquiz drill), {READ} suspend it (type :suspend last)."),
        ([], False, f"You can {READ} suspend it (type :suspend last)."),
        ([], True, f"It is suspended until you resume it. You can {READ} resume it (type :resume last)."),
    ],
)  # fmt: skip
def test_a_leech_is_told_with_what_it_is_taken_for_and_what_can_be_done(
    taken_for: list[str], suspended: bool, told: str
) -> None:
    assert leech(8, taken_for, suspended=suspended) == f"You have forgotten this card 8 times. {told}"


@pytest.mark.parametrize("action", ["tell", "suspend"])
def test_a_card_that_was_forgotten_says_what_it_is_taken_for(tmp_path: Path, action: str) -> None:
    asked, _ = study(tmp_path, "a-single", "")
    study(tmp_path, "a-single", f"{letter_of(asked, 'Superficial')}3\n:easy\n", then="d-recall")
    later = FixedClock(datetime.fromisoformat("2027-03-01T09:00:00+01:00"))
    printed, [_, review] = study(tmp_path, "a-single", f"{letter_of(asked, 'Sural')}3\n", clock=later, action=action)
    assert not review.correct
    assert "You have forgotten this card once. It is mostly taken for “L5 nerve root”. " in printed
    assert ("suspend it (type :suspend last)" in printed) == (action == "tell")
    assert ("It is suspended until you resume it." in printed) == (action == "suspend")


@pytest.mark.parametrize(
    ("card_id", "said", "reason"),
    [
        (
            "c-true-false",
            "ttt3\n",
            "False: It leaves through the lesser sciatic foramen. It leaves through the greater one.",
        ),
        ("e-typed", "x\n3\n", "Wrong: deep fibular nerve. It is a branch, given off below the neck."),
        ("i-ordering", "abcd3\n", "Right: 1. Sacral plexus. On the front of piriformis."),
        ("j-matching", "abc3\n", "Right: L4 → Knee jerk. With L3."),
        ("k-hotspot", "a3\n", "Right: L5 – Left: lower half."),
    ],
)
def test_all_reasons_of_every_kind_can_be_read(tmp_path: Path, card_id: str, said: str, reason: str) -> None:
    printed, _ = study(tmp_path, card_id, f"{said}:reasons\n", then="d-recall")
    assert reason in printed.split("Name the roots")[1]


def test_a_near_miss_is_asked_once_more_and_a_hint_counts(tmp_path: Path) -> None:
    printed, [review] = study(tmp_path, "e-typed", ":hint\ncommon peronal nervs\ncommon peroneal nerve\n3\n")
    assert "It has a synonym with a P." in printed
    assert "Check the spelling of “peronal” and “nervs”. The next answer counts. Once more:" in printed
    assert review.correct
    assert (review.response["hinted"], review.response["reminded"], review.rating) == (True, True, 2)


def test_a_second_other_slip_is_judged_at_once(tmp_path: Path) -> None:
    for card_id, first, second in (
        ("e-typed", "common peronal nervs", "fibularis comunes"),
        ("f-numeric", "about ten", "fifteen or so"),
    ):
        printed, [review] = study(tmp_path / card_id, card_id, f"{first}\n{second}\n3\n")
        assert printed.count("The next answer counts. Once more:") == 1
        assert (review.correct, review.response["typed"]) == (False, [second])


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
    printed, kept = study(tmp_path, "e-typed", "?\n:flag\n:skip\n")
    assert "hint      show a hint for a typed answer" in printed
    assert kept == []


@pytest.mark.parametrize("card_id", ["e-typed", "f-numeric", "h-cloze-typed#c1"])
def test_what_is_not_known_is_shown_after_two_empty_lines(tmp_path: Path, card_id: str) -> None:
    printed = study(tmp_path, card_id, "\n\n")[0]
    assert "Not known? Enter once more shows the answer." in printed
    assert "Wrong. You guessed." in printed
    assert "Saved. Back in 1 min." in printed


def test_why_names_the_card_that_it_explains(tmp_path: Path) -> None:
    printed, _ = study(tmp_path, "e-typed", "common fibular nerve\n3\n:why\n:why this\n", then="n-case-second")
    last, this = printed.split("Why: Every kind of question: Which nerve winds")[1].split("Why this card:")
    assert "You answered once." in last
    assert "You have not answered this card yet." in this


def test_why_does_not_name_a_card_that_is_asked_again(tmp_path: Path) -> None:
    asked, _ = study(tmp_path, "a-single", "")
    printed, _ = study(tmp_path, "a-single", f"{letter_of(asked, 'Sural')}3\n:undo\n:why a-single\n")
    assert "Why this card:" in printed
    assert "(a-single)" not in printed


@pytest.mark.parametrize(
    ("card_id", "said", "silent"),
    [
        ("e-typed", "common fibular nerve\n3\n", "The answer is"),
        ("f-numeric", "15\n3\n", "15 mm"),
        ("h-cloze-typed#c1", "deep fibular\n3\n", "supplied by the deep fibular"),
        ("k-hotspot", "b3\n", "L5 – "),
        ("l-hotspot-name", "c3\n", "The answer is"),
    ],
)
def test_a_right_answer_is_not_repeated(tmp_path: Path, card_id: str, said: str, silent: str) -> None:
    printed, [review] = study(tmp_path, card_id, said)
    assert review.correct
    assert silent not in printed.split("Right. You were certain.")[1]


def test_other_ways_of_writing_a_right_answer_are_named(tmp_path: Path) -> None:
    printed = study(tmp_path, "e-typed", "common peroneal nerve\n3\n")[0]
    assert "\nAlso: common fibular nerve, fibularis communis.\n" in printed
    assert "\nAlso: deep peroneal.\n" in study(tmp_path / "gap", "h-cloze-typed#c1", "deep fibular\n3\n")[0]


def test_gaps_that_are_not_known_are_left_empty() -> None:
    gaps = cloze("The ", ("c1", "sciatic"), " nerve leaves below ", ("c1", "piriformis"), ".")
    here = form_of(gaps)
    assert here.read("sciatic;") == Written(("sciatic", ""))
    assert here.read(" ; piriformis") == Written(("", "piriformis"))
    assert [here.read(line) for line in ("sciatic", ";", "a; b; c")] == [None] * 3
    assert here.expected == "2 answers, with ; between, and nothing there for a gap that you do not know"


def test_names_to_choose_from_are_not_in_the_order_of_the_areas(tmp_path: Path) -> None:
    asked, _ = study(tmp_path, "l-hotspot-name", "")
    assert "The area meant: Right: the whole stripe." in asked
    names = re.findall(r"^  [a-c]\. (.+)$", asked, re.MULTILINE)
    assert names == sorted(names)
    printed, _ = study(tmp_path, "k-hotspot", "a3\n")
    assert "The answer is L5 – Left: lower half.\nWrong: L4 – Left: upper half (your a).\n" in printed
