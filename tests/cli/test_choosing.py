"""Studying what one chooses: by options, by a line, under a name; in plain lines."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from commanding import sciaquiz
from making import written
from remembering import noon
from sciaquiz.journal.entries import Mode
from sciaquiz.paths import user_paths
from sciaquiz.settings.choices import (
    MOST,
    ChoicesError,
    read_choices,
    remember_choice,
    remove_choice,
    save_choice,
)
from sciaquiz.store.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("started_before")


@pytest.fixture
def deck(tmp_path: Path) -> str:
    """A deck of four questions whose answer is a; two of them have a topic."""
    path = tmp_path / "demo.toml"
    tail = written("q3", "q4", more='topics = ["foot drop"]').partition("[[question]]")
    path.write_text(written("q1", "q2") + tail[1] + tail[2], encoding="utf-8")
    return str(path)


def modes() -> list[Mode]:
    with closing(Journal.open(user_paths().journal, noon(400))) as journal:
        return [review.mode for card_id in sorted(journal.states()) for review in journal.history(card_id)[0]]


def test_what_counts_is_said_before_the_first_question_and_practice_moves_nothing(deck: str) -> None:
    done = sciaquiz("study", deck, "--record", "--plain", "--topic", "foot-drop", "--practice", said="b3\na1\n\n")
    assert done.returncode == 0
    assert done.stdout.startswith("2 questions. Practice: the schedule stays as it is.\n")
    assert done.stdout.count("Saved. Practice: the schedule stays as it is.") == 2
    assert "That was practice: the schedule stayed as it was." in done.stdout
    assert modes() == [Mode.PRACTICE, Mode.PRACTICE]
    assert "Practised once: the schedule stayed as it was." in sciaquiz("why", "q3", "--deck", deck).stdout
    counting = sciaquiz("study", deck, "--record", "is:wrong", "--plain", "--order", "deck", said="a3\n\n")
    assert counting.stdout.startswith("1 question. Answers count as reviews.\n")
    assert modes() == [Mode.PRACTICE, Mode.STUDY, Mode.PRACTICE]


def test_answers_at_the_end_are_kept_each_and_told_last(deck: str) -> None:
    done = sciaquiz(
        "study", deck, "--record", "--plain", "--new", "2", "--answers", "end", said="b3\nwhy last\nreasons\na2\n\n"
    )
    first, last = done.stdout.split("Nothing is left for now.")
    assert "2 questions. Answers count as reviews. Whether they were right is said at the end." in first
    assert first.count("Saved. Whether it was right is said at the end.") == 2
    assert first.count("In this sitting that is told at the end.") == 2
    assert "Wrong" not in first
    assert "Right" not in first
    assert last.index("Wrong. You were certain.") < last.index("Right. You thought so.")
    assert "2 answers, 1 right. Every answer is kept." in last
    cut_off = sciaquiz("study", deck, "--record", "--plain", "--new", "2", "--answers", "end", said="a3\n")
    assert "1 answer, 1 right. Every answer is kept." in cut_off.stdout
    assert len(modes()) == 3


def test_a_choice_is_saved_listed_studied_and_removed(deck: str) -> None:
    assert "Nothing is saved." in sciaquiz("study", "--list-saved").stdout
    saved = sciaquiz(
        "study", deck, "--record", "--plain", "--number", "1", "--practice", "--save", " my  own ", said=""
    )
    assert saved.returncode == 0
    assert sciaquiz("study", "--list-saved").stdout == "my own: n:1 schedule:stays\n"
    again = sciaquiz("study", deck, "--record", "--plain", "--saved", "my own", "--limit", "3", said="")
    assert again.stdout.startswith("3 questions. Practice")
    assert read_choices(user_paths().choices).last == "n:3 schedule:stays"
    assert "Did you mean “my own”?" in sciaquiz("study", deck, "--record", "--plain", "--saved", "my won").stderr
    assert sciaquiz("study", "--remove", "my own").stdout.startswith("Removed: my own\n")
    assert "Nothing is saved yet." in sciaquiz("study", "--remove", "my own").stderr


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--topic", "fot drop"], "There is no topic “fot drop”. Did you mean foot-drop?"),
        (["--kind", "singel"], "There is no kind “singel”. Did you mean single?"),
        (["--state", "wrng"], "There is no state “wrng”. Did you mean wrong?"),
        (["--order", "wekest"], "There is no order “wekest”. Did you mean weakest?"),
        (["--answers", "ende"], "answers: is each or end, not “ende”. Did you mean end?"),
        (["is:wrong dck:demo"], "There is no “dck:”. Did you mean deck?"),
        (["--state", "wrong,unseen", "--topic", "foot drop", "--kind", "recall"], "Without kind:recall there are 2."),
        (["--ahead", "9999"], "ahead: takes a number from 1 to 365"),
    ],
)
def test_what_means_nothing_or_matches_nothing_is_told_with_a_way_out(deck: str, given: list[str], told: str) -> None:
    done = sciaquiz("study", deck, "--record", *given, "--plain")
    assert told in done.stderr
    assert done.returncode != 0
    assert done.stdout == ""


def test_another_sitting_is_chosen_within_one(deck: str) -> None:
    said = "custom\ncustom is:wrng\ncustom is:suspended\ncustom n:1 schedule:stays\nb1\ncustom is:wrong\na3\n\n"
    told = sciaquiz("study", deck, "--record", "--plain", said=said).stdout
    assert "Type custom and what to ask" in told
    assert "There is no state “wrng”. Did you mean wrong?" in told
    assert "Nothing matches. Without is:suspended there are 4." in told
    assert told.index("1 question. Practice") < told.index("1 answer, 0 right") < told.index("Answers count as reviews")
    assert modes() == [Mode.PRACTICE, Mode.STUDY]


def test_what_is_studied_may_stand_between_the_options(deck: str) -> None:
    told = sciaquiz(
        "study", deck, "--record", "--plain", "is:unseen", "--number", "2", "topic:foot-drop", said=""
    ).stdout
    assert told.startswith("2 questions. Answers count as reviews.\n")
    assert (
        "unrecognized arguments: --wrong"
        in sciaquiz("study", deck, "--record", "--plain", "--wrong", "is:unseen").stderr
    )
    assert "unrecognized arguments: more" in sciaquiz("stats", "more").stderr


# The file


def test_what_is_saved_is_read_again_whatever_it_says(tmp_path: Path) -> None:
    path = tmp_path / "deeper" / "sittings.toml"
    names = {'a "b" \\ c': 'topic:"foot drop" -is:new', "ü 神経": "", "x" * 40: "n:1"}
    for name, line in names.items():
        save_choice(path, name, line)
    remember_choice(path, 'last "one"')
    known = read_choices(path)
    assert (known.by_name, known.last) == (names, 'last "one"')
    assert remove_choice(path, "ü 神経").by_name.keys() == names.keys() - {"ü 神経"}


@pytest.mark.parametrize("name", ["", "  ", "x" * 41, "\n"])
def test_a_name_that_cannot_be_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ChoicesError, match="A name has 1 to 40 characters"):
        save_choice(tmp_path / "sittings.toml", name, "n:1")


def test_there_is_an_end_to_what_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "sittings.toml"
    path.write_text("[saved]\n" + "".join(f'"{number}" = "n:1"\n' for number in range(MOST)), encoding="utf-8")
    with pytest.raises(ChoicesError, match="100 sittings are saved already"):
        save_choice(path, "one more", "n:1")
    assert save_choice(path, "7", "n:7").by_name["7"] == "n:7"


@pytest.mark.parametrize("content", ["saved = [", "a.b.c = \x00", "\xff"])
def test_a_file_that_cannot_be_read_is_told_and_left(content: str, tmp_path: Path) -> None:
    path = tmp_path / "sittings.toml"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(ChoicesError, match="Mend it there, or remove it"):
        read_choices(path)
    with pytest.raises(ChoicesError, match="Mend it there, or remove it"):
        save_choice(path, "a", "n:1")
    assert path.read_bytes() == content.encode("latin-1")


@pytest.mark.parametrize("content", ["", 'saved = "x"\nlast = 3', "[saved]\na = 1\nb = [2]"])
def test_what_is_no_line_is_passed_over(content: str, tmp_path: Path) -> None:
    path = tmp_path / "sittings.toml"
    path.write_text(content, encoding="utf-8")
    assert read_choices(path).by_name == {}
