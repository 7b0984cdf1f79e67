"""Following decks while their author writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from making import written
from sciaquiz.previewing import Following, Seen
from sciaquiz.view.preview import followed_words, state_words, unknown_words

if TYPE_CHECKING:
    from pathlib import Path


class Desk:
    """An author's file, and what follows it."""

    def __init__(self, file: Path, text: str) -> None:
        self.file, self.text = file, text
        self.following = Following((file,))
        self.seen = self.write(text)

    def write(self, text: str) -> Seen:
        """Save another text and look at it."""
        self.file.write_text(text, encoding="utf-8")
        return self.look()

    def look(self) -> Seen:
        assert self.following.changed()
        self.seen = self.following.read()
        return self.seen


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "mine.toml", written("q0", "q1", "q2"))


def ids(seen: Seen) -> list[str]:
    return [entry.id for entry in seen.entries]


def stale(seen: Seen) -> list[str]:
    return [entry.id for entry in seen.entries if entry.is_stale]


def test_what_was_not_written_is_not_read_again(desk: Desk) -> None:
    assert not desk.following.changed()
    desk.write(desk.text.replace("Which nerve", "Which one"))
    assert not desk.following.changed()


def test_the_question_in_front_stays_by_its_id_wherever_it_is_moved(desk: Desk) -> None:
    before = desk.seen
    after = desk.write(written("new", "q2", "q0", "q1"))
    assert [after.place_after(before, place) for place in range(3)] == [2, 3, 1]
    assert after.entries[1].line == written("new", "q2").split('id = "q2"')[0].count("\n")


def test_a_question_with_an_error_is_shown_as_it_was_with_the_error_at_its_line(desk: Desk) -> None:
    broken = desk.text.replace("correct = true", "correct = false", 2).replace("correct = false", "correct = true", 1)
    seen = desk.write(broken)
    assert ids(seen) == ["q0", "q1", "q2"]
    assert stale(seen) == ["q1"]
    [problem] = [each for each in seen.entries[1].problems if each.severity == "error"]
    assert broken.splitlines()[problem.line - 1].startswith(("[[question", 'id = "q1"', "options"))
    assert seen.told_with(1)[0] == problem
    assert not seen.told_with(0)
    assert stale(desk.write(desk.text)) == []


def test_a_question_that_never_could_be_read_has_its_place_and_its_errors(tmp_path: Path) -> None:
    text = written("q0", "q1", "q2")
    first, second = text.find("correct = true"), text.find("correct = true", text.find("correct = true") + 1)
    desk = Desk(tmp_path / "mine.toml", text[:second] + text[second:].replace("correct = true", "correct = false", 1))
    assert first < second
    assert ids(desk.seen) == ["q0", "q1", "q2"]
    assert desk.seen.entries[1].card is None
    assert state_words(desk.seen.entries[1]) == "This question cannot be read, and no student would be asked it."
    assert desk.seen.entries[1].problems


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.77, 0.999])
def test_half_a_file_hides_no_question_that_was_there(desk: Desk, kept: float) -> None:
    seen = desk.write(desk.text[: int(len(desk.text) * kept)])
    assert ids(seen) == ["q0", "q1", "q2"]
    assert seen.errors
    assert all(entry.card is not None for entry in seen.entries)
    assert any(problem.severity == "error" for problem in seen.told_with(2))
    assert stale(desk.write(desk.text)) == []


def test_a_question_that_was_taken_out_is_gone_and_its_neighbour_in_front(desk: Desk) -> None:
    before = desk.seen
    after = desk.write(written("q0", "q1"))
    assert ids(after) == ["q0", "q1"]
    assert after.place_after(before, 2) == 1
    assert followed_words(before, 2, after).startswith("Read again. “q2” is gone. 2 cards")
    assert "gone" not in followed_words(before, 1, after)


def test_a_file_that_was_deleted_is_told_and_shown_until_it_is_back(desk: Desk) -> None:
    desk.file.unlink()
    seen = desk.look()
    assert stale(seen) == ["q0", "q1", "q2"]
    assert seen.errors == 1
    assert "gone" in str(seen.told_with(0)[0])
    assert desk.following.check(seen).errors == 1
    assert stale(desk.write(desk.text)) == []


def test_a_file_in_a_folder_may_be_renamed_or_replaced_as_editors_do(tmp_path: Path) -> None:
    for name in ("one", "two"):
        text = written(f"{name}-q").replace('id = "demo"', f'id = "{name}"')
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    following = Following((tmp_path,))
    assert following.changed()
    before = following.read()
    assert ids(before) == ["one-q", "two-q"]
    (tmp_path / "one.toml").rename(tmp_path / "zoo.toml")
    assert following.changed()
    after = following.read()
    assert ids(after) == ["two-q", "one-q"]
    assert after.place_after(before, 0) == 1
    assert not after.errors
    (tmp_path / "new").write_bytes((tmp_path / "two.toml").read_bytes())
    (tmp_path / "new").replace(tmp_path / "two.toml")
    assert following.changed()
    assert not following.read().errors


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"#" * 10_000_001, b"id = " + b"[" * 5000, b"\x00" * 50])
def test_what_is_no_deck_is_told_and_never_raises(desk: Desk, content: bytes) -> None:
    desk.file.write_bytes(content)
    seen = desk.following.check(desk.look())
    assert stale(seen) == ["q0", "q1", "q2"]
    assert seen.errors


def test_the_rules_of_writing_are_told_with_the_question(desk: Desk) -> None:
    text = desk.text.replace("Femoral nerve", "None of the above", 1)
    seen = desk.following.check(desk.write(text))
    assert "TW9" in [problem.code for problem in seen.entries[0].problems]
    assert not seen.entries[0].is_stale
    assert len(set(seen.problems)) == len(seen.problems)


def test_an_id_that_is_not_there_names_those_that_are_like_it(desk: Desk) -> None:
    assert desk.seen.place_of("q2") == 2
    assert unknown_words(desk.seen, "Q") == "There is no question “Q” here. Did you mean q0 or q1 or q2?"
    assert unknown_words(desk.seen, "zzz") == "There is no question “zzz” here."
