"""What a new edition changes: a git history with each class of change, told by `sciaquiz diff` in text and as JSON."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from commanding import sciaquiz
from sciaquiz.authoring.diffing import Difference, diff
from sciaquiz.deck.library import read_library
from sciaquiz.deck.reading import read_deck_text

if TYPE_CHECKING:
    from sciaquiz.authoring.diffing import Diff

HEAD = 'id = "legs"\ntitle = "Legs"\n\n[[source]]\nid = "s"\ncitation = "S"\n'
QUESTION = """
[[question]]
id = "{name}"
kind = "typed"
stem = "{stem}"
answers = ["{answer}"]
explanation = "Because it is so."
sources = ["s"]
{more}
"""


def question(name: str, answer: str = "tibial nerve", stem: str = "", more: str = "") -> str:
    return QUESTION.format(name=name, stem=stem or f"Which nerve is meant by {name}?", answer=answer, more=more)


def edition(*questions: str) -> str:
    return HEAD + "".join(questions)


def compared(old: str, new: str) -> Diff:
    return diff([read_deck_text(old.encode(), Path("old.toml"))], [read_deck_text(new.encode(), Path("new.toml"))])


OLD = edition(
    question("same"),
    question("typo", stem="Wich nerve supplies the calf?"),
    question("clear"),
    question("key"),
    question("retired"),
    question("gone"),
    question("old-name"),
    question("one"),
    question("two"),
    question("unsaid", stem="What lies in the tarsal tunnel?"),
    question("word"),
)
NEW = edition(
    question("same", more="level = 'recall'"),
    question("typo", stem="Which nerve supplies the calf?"),
    question("clear", stem="Which nerve is meant here, and nowhere else?"),
    question("key", answer="sural nerve"),
    question("retired", more="retired = true"),
    question("new-name", more="replaces = ['old-name']", answer="sural nerve"),
    question("both", more="replaces = ['one', 'two']"),
    question("said-otherwise", stem="What lies in the tarsal tunnel?"),
    question("word", answer="sural nerve", more="change = 'typo'"),
    question("added"),
)


def test_each_class_of_change_is_told_once() -> None:
    found = compared(OLD, NEW)
    assert found.problems == ()
    assert {str(entry.question): (entry.what, *entry.also) for entry in found.entries} == {
        "typo": (Difference.TYPO,),
        "clear": (Difference.CLARIFICATION,),
        "key": (Difference.KEY,),
        "retired": (Difference.RETIRED,),
        "gone": (Difference.GONE,),
        "new-name": (Difference.KEY, Difference.RENAMED),
        "both": (Difference.MERGED, Difference.CLARIFICATION),
        "said-otherwise": (Difference.RENAMED,),
        "word": (Difference.TYPO,),
        "added": (Difference.NEW,),
    }
    assert found.same == 1
    by_name = {str(entry.question): entry for entry in found.entries}
    assert by_name["word"].by_author
    assert (by_name["key"].then, by_name["key"].now) == ("tibial nerve", "sural nerve")
    assert by_name["key"].advice == ('if it is the same answer, put better, say change = "clarification"',)
    assert by_name["said-otherwise"].advice == ('students lose their history: say replaces = ["unsaid"]',)
    assert by_name["both"].before == ("one", "two")
    assert by_name["both"].advice == ()


def test_an_edition_is_the_same_as_itself() -> None:
    found = compared(NEW, NEW)
    assert (found.entries, found.same) == ((), 9)


def test_a_second_renaming_has_to_keep_the_first_name() -> None:
    second = edition(question("b", more="replaces = ['a']"))
    assert compared(second, edition(question("c", more="replaces = ['a']"))).entries[0].advice == ()
    [entry] = compared(second, edition(question("c", more="replaces = ['b']"))).entries
    assert "“replaces” has to begin with “a”" in entry.advice[0]


def test_a_question_with_an_error_is_a_problem_and_not_gone() -> None:
    found = compared(edition(question("q")), edition(question("q").replace('answers = ["tibial nerve"]', "")))
    assert found.entries == ()
    assert len(found.problems) == 1


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("replaces = ['q']", "cannot replace itself"),
        ("replaces = ['other']", "is still the id of a question"),
        ("change = 'tpyo'", "“change”"),
        ("change = ['key', 'banana']", "“change”"),
        ("change = 7", "“change”"),
        ("retired = 'yes'", "“retired”"),
    ],
)
def test_a_wrong_word_is_told_at_its_line(more: str, told: str) -> None:
    text = edition(question("other"), question("q", more=more))
    [problem] = read_deck_text(text.encode(), Path("d.toml")).problems
    assert told in problem.message
    assert (problem.line, problem.question_id) == (text[: text.index(more)].count("\n") + 1, "q")


def test_two_questions_cannot_go_on_with_the_history_of_one() -> None:
    text = edition(question("b", more="replaces = ['a']"), question("c", more="replaces = ['a']"))
    [problem] = read_deck_text(text.encode(), Path("d.toml")).problems
    assert problem.message == "question “c”: “a” is replaced by “b” already: leave it to one of the two"


def test_an_id_that_is_replaced_in_one_deck_and_used_in_another_is_told_with_both_places(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(edition(question("a")))
    (tmp_path / "b.toml").write_text(edition(question("b", more="replaces = ['a']")).replace('"legs"', '"arms"'))
    library = read_library([tmp_path])
    assert [len(deck.questions) for deck in library.decks] == [1, 0]
    [problem] = library.problems
    assert problem.path.name == "b.toml"
    assert "question “b”: the id “a” that it replaces is already used in" in problem.message
    assert problem.message.endswith("a.toml, line 8")


def test_the_words_for_an_update_make_no_new_version() -> None:
    plain = read_deck_text(edition(question("q")).encode(), Path("d.toml")).deck
    said = read_deck_text(edition(question("q", more="change = 'key'\nreplaces = ['p']")).encode(), Path("d.toml")).deck
    assert plain is not None
    assert said is not None
    assert plain.questions[0].version == said.questions[0].version
    assert [card.id for card in said.questions[0].cards()] == ["p"]


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose work tree holds the new edition of what is committed."""

    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True, capture_output=True)

    deck = tmp_path / "decks" / "legs" / "deck.toml"
    deck.parent.mkdir(parents=True)
    deck.write_text(OLD)
    git("init", "-q")
    git("add", ".")
    git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "old")
    deck.write_text(NEW)
    monkeypatch.chdir(tmp_path)
    return deck


def test_revisions_are_compared_by_calling_git(history: Path) -> None:
    by_revision = sciaquiz("diff", "HEAD:decks/legs/deck.toml", "decks/legs", "--json")
    assert by_revision.returncode == 0
    found = json.loads(by_revision.stdout)
    assert [entry["class"] for entry in found["changed"]].count("key changed") == 2
    assert next(each for each in found["changed"] if each["question"] == "gone")["path"] == "HEAD:decks/legs/deck.toml"
    told = sciaquiz("diff", "--git", "HEAD", "decks/legs").stdout
    line = NEW[: NEW.index('id = "key"')].count("\n")
    assert f"decks/legs/deck.toml:{line}: key: key changed: who learned it before learns it anew" in told
    assert "right was: tibial nerve" in told
    assert told.endswith("2 key changed, 1 retired, 1 gone, 1 merged, 1 renamed, 1 new, 1 clarification, 2 typos; "
                         "1 question as before.\n")  # fmt: skip
    line = NEW[: NEW.index('id = "retired"')].count("\n")
    assert f"\ndecks/legs/deck.toml:{line}: retired: retired: is asked no more" in told
    assert "\nHEAD:decks/legs/deck.toml:" in told
    assert str(history)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere", "decks"], "there is no such file or folder; of git, write REVISION:path."),
        (["HEAD:nowhere", "decks"], "HEAD has nothing at nowhere; a path counts from the top of the repository"),
        (["v9:decks", "decks"], "there is no such repository or revision."),
        (["--output=x:decks", "decks"], "unrecognized arguments"),
        (["decks"], "give two editions, OLD and NEW, or one with --git REVISION."),
        (["--git", "v9", "decks"], "there is no such repository or revision."),
        (["decks", "."], "there is no deck here."),
    ],
)
@pytest.mark.usefixtures("history")
def test_what_cannot_be_compared_is_said_in_plain_words(arguments: list[str], told: str) -> None:
    done = sciaquiz("diff", *arguments)
    assert done.returncode in (1, 2)
    assert told in done.stderr
