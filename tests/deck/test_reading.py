"""Reading a deck: all problems at once, each with its place, and a bad question disables only itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from rows import each_row
from sciaquiz.deck.finding import find_decks
from sciaquiz.deck.kinds import Recall, SingleBestAnswer
from sciaquiz.deck.library import read_library
from sciaquiz.deck.reading import Reading, read_deck, read_deck_text

GOOD = """\
id = "demo"
title = "Demo"
version = "1"
licence = "CC0-1.0"

[[source]]
id = "gray"
citation = "Gray's Anatomy"

[[concept]]
id = "l5-root"
name = "L5 nerve root"

[[concept]]
id = "fibular"
name = "Common fibular (peroneal) nerve"

[[contrast]]
between = ["l5-root", "fibular"]
discriminator = "Inversion."

[[question]]
id = "inversion"
kind = "single"
stem = '''
Inversion is
weak.

Which nerve?'''
explanation = "Because."
sources = ["gray"]
reviewed_on = 2026-11-23

[[question.options]]
id = "tibial"
text = "Tibial"
correct = true
why = "Yes."

[[question.options]]
id = "fibular"
text = "Fibular"
why = "No."
confuses = "fibular"

[[question.options]]
id = "femoral"
text = "Femoral"
why = "No."

[[question]]
id = "roots"
kind = "recall"
stem = "Which roots?"
answer = "L4 to S3."
sources = ["gray"]
"""
PATH = Path("demo.toml")


def read(text: str) -> Reading:
    return read_deck_text(text.encode(), PATH)


def told(text: str) -> list[str]:
    return [str(problem) for problem in read(text).problems]


def test_a_good_deck_is_read_as_it_was_meant() -> None:
    reading = read(GOOD)
    assert reading.problems == ()
    assert reading.deck is not None
    single, recall = reading.deck.questions
    assert isinstance(single, SingleBestAnswer)
    assert isinstance(recall, Recall)
    assert single.stem == "Inversion is weak.\n\nWhich nerve?"
    assert single.key.id == "tibial"
    assert single.options[1].confuses == "fibular"
    assert recall.answer == "L4 to S3."
    assert reading.deck.contrasts[0].discriminator == "Inversion."


@each_row(
    ("old", "new", "problem"),
    [
        ("explanation =", "explaination =", "30:1: question “inversion”: unknown key “explaination”; did you mean “explanation”?"),
        ("correct = true", "correct = 1", "37:1: question “inversion”: “correct” must be true or false"),
        ("correct = true\n", "", "34:1: question “inversion”: no option is marked correct: write correct = true on the right one"),
        ('why = "No."\nconfuses', 'correct = true\nconfuses', "34:1: question “inversion”: 2 options are marked correct"),
        ('kind = "recall"', 'kind = "recal"', "53:1: question “roots”: there is no kind “recal”; did you mean “recall”?"),
        ('kind = "recall"\n', "", "51:1: question “roots”: “kind” is missing"),
        ('answer = "L4 to S3."\n', "", "51:1: question “roots”: “answer” is missing"),
        ('id = "roots"', 'id = "inversion"', "52:1: question “inversion”: the id is already used in line 22"),
        ('id = "roots"', 'id = "Roots!"', "must be lower-case letters, digits and single hyphens, not “Roots!”"),
        ('sources = ["gray"]\nreviewed', 'sources = ["grey"]\nreviewed', "there is no source “grey”; did you mean “gray”?"),
        ('confuses = "fibular"', 'confuses = "fibula"', "there is no concept “fibula”; did you mean “fibular”?"),
        ('between = ["l5-root", "fibular"]', 'between = ["l5-root"]', "“between” needs at least 2, there is 1"),
        ("reviewed_on = 2026-11-23", "reviewed_on = 'today'", "must be a date such as 2026-11-23"),
        ('stem = "Which roots?"', "stem = 5", "54:1: question “roots”: “stem” must be text"),
        ('answer = "L4 to S3."', 'answer = "L4 to S3."\ndesired_retention = nan', "“desired_retention” must be"),
        ('answer = "L4 to S3."', 'answer = "L4 to S3."\nsafety = "high"', "“safety” must be 'must-not-miss'"),
        ('id = "femoral"', 'id = "tibial"', "two options have the id “tibial”"),
        ('version = "1"', 'version = "1"\nlanguages = "en"', "4:1: unknown key “languages”; did you mean “language”?"),
        ('version = "1"', 'version = "1"\ntags = ["x"]', "4:1: unknown key “tags”: leave it out; known here are id, title, "),
        ('title = "Demo"\n', "", "“title” is missing"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_its_place_and_a_remedy(old: str, new: str, problem: str) -> None:
    assert old in GOOD
    problems = told(GOOD.replace(old, new, 1))
    assert len(problems) == 1, problems
    assert problem in problems[0]
    assert problems[0].startswith("demo.toml:")


def test_all_problems_come_at_once_and_the_sound_questions_are_read() -> None:
    bad = GOOD.replace('explanation = "Because."', "explanation = 1\nfoo = 2").replace('version = "1"', "version = 1")
    reading = read(bad)
    assert len(reading.problems) == 3
    assert reading.deck is not None
    assert [question.id for question in reading.deck.questions] == ["roots"]


def test_inline_options_are_located_too() -> None:
    inline = """id = "d"
title = "D"
[[question]]
id = "q"
kind = "single"
stem = "Which?"
options = [
  { id = "a", text = "A", correct = true },
  { id = "b", text = "B", wy = "x" },
  { id = "c", text = "C" },
]
"""
    assert told(inline) == ["demo.toml:9:27: question “q”: unknown key “wy”; did you mean “why”?"]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("Which roots?", "Which are the roots?", False),
        ("Inversion is\nweak.", "Inversion   is weak.", True),
        ('sources = ["gray"]\nreviewed_on = 2026-11-23', "sources = []", True),
        ('why = "Yes."', 'why = "Indeed."', False),
    ],
)
def test_a_version_changes_with_what_the_student_sees(old: str, new: str, same: bool) -> None:
    before, after = read(GOOD).deck, read(GOOD.replace(old, new)).deck
    assert before is not None
    assert after is not None
    versions = [[question.version for question in found.questions] for found in (before, after)]
    assert (versions[0] == versions[1]) is same


def test_a_question_id_is_unique_over_all_decks(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.toml").write_text(
        GOOD.replace('id = "demo"', 'id = "other"').replace("roots", "more"), encoding="utf-8"
    )
    library = read_library([tmp_path])
    assert [len(found.questions) for found in library.decks] == [2, 1]
    [problem] = library.problems
    assert problem.path.name == "b.toml"
    assert problem.line == 23
    assert f"already used in {tmp_path / 'a.toml'}, line 22" in problem.message


def test_decks_are_found_by_one_rule(tmp_path: Path) -> None:
    for name in ("one.toml", "two/deck.toml", ".hidden.toml", "two/notes.toml", "readme.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    outside = tmp_path.parent / "outside.toml"
    outside.write_text("", encoding="utf-8")
    (tmp_path / "link.toml").symlink_to(outside)
    assert [problem.path.name for problem in find_decks([tmp_path]).problems] == ["link.toml"]
    assert [str(path.relative_to(tmp_path)) for path in find_decks([tmp_path]).paths] == ["one.toml", "two/deck.toml"]
    assert find_decks([tmp_path / "two"]).paths == (tmp_path / "two" / "deck.toml",)


@each_row(
    ("content", "message"),
    [
        (b"", "“id” is missing"),
        (b"\xff\xfeid", "1:1: this is not UTF-8 text"),
        (b"id = 'a'\ntitle = \x80'b'", "2:9: this is not UTF-8 text"),
        (b"id = \n", "1:1: “id” has no value"),
        (b"x = " + b"[" * 1000 + b"]" * 1000, "1:1: brackets are nested more than 50 deep"),
        (b"a" + b".a" * 20_000 + b" = 1", "a key has more than 8 parts"),
        (b"[a" + b".a" * 20_000 + b"]", "a key has more than 8 parts"),
        (("a.b." * 50 + "c = 1\n").encode() * 8000, "a key has more than 8 parts"),
        (b"x = 1" + b"0" * 5000, "1:1: a number or a key is longer than 200 characters"),
        (b"x" * 3_000_000, "larger than 2 MB"),
        (b"id = 'a'\ntitle = 'b'\nquestion = 'c'", "has to be written as [[question]]"),
        (b"id = 'a'\ntitle = 'b'\ndescription = '''" + b"x" * 20_000 + b"'''", "the text is too long"),
        (b"id = 'a'\ntitle = 'b'\ndescription = '''" + b"x\n" * 300 + b"'''", "the text is too long"),
    ],
)
def test_hostile_files_are_refused_in_words(content: bytes, message: str) -> None:
    assert any(message in str(problem) for problem in read_deck_text(content, PATH).problems)


def test_a_byte_order_mark_is_no_problem() -> None:
    assert read_deck_text(b"\xef\xbb\xbf" + GOOD.encode(), PATH).problems == ()


def test_escape_sequences_are_taken_out_and_told() -> None:
    reading = read(GOOD.replace("Which roots?", "Which \\u001b]52;c;aGk=\\u0007roots\\u202e?"))
    assert reading.deck is not None
    assert reading.deck.questions[1].stem == "Which ]52;c;aGk=roots?"
    [problem] = reading.problems
    assert problem.severity == "warning"
    assert "U+001B, U+0007, U+202E" in problem.message


def test_the_escapes_of_toml_1_1_do_not_shift_places() -> None:
    escaped = GOOD.replace("Because.", "A \\\\e and \\e[31m and \\x41 \\x1b.")
    telling = told(escaped.replace('answer = "L4', 'anser = "L4'))
    assert [text.split(": ")[0] for text in telling] == ["demo.toml:30:1", "demo.toml:55:1"]


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.toml")
    for path, message in (
        (tmp_path, "not a file"),
        (tmp_path / "pipe.toml", "not a file"),
        (tmp_path / "x", "no such"),
    ):
        assert message in str(read_deck(path).problems[0])


@profile(max_examples=150)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 40), st.text(max_size=12))
def test_no_mutation_of_a_deck_ever_raises(start: int, length: int, put: str) -> None:
    mutated = GOOD[:start] + put + GOOD[start + length :]
    reading = read_deck_text(mutated.encode(errors="replace"), PATH)
    for problem in reading.problems:
        assert problem.line >= 1
        assert problem.message


def test_the_shipped_decks_are_sound_and_large_enough() -> None:
    from sciaquiz.paths import shipped_decks

    library = read_library([shipped_decks()])
    assert [deck.id for deck in library.decks] == [
        "deep-gluteal-syndrome", "nerve-roots", "piriformis-variants", "red-flags",
    ]  # fmt: skip
    assert library.problems == ()
    for deck in library.decks:
        assert len(deck.questions) >= 20
        assert all(question.sources and question.explanation for question in deck.questions)
        assert deck.licence == "CC-BY-4.0"
