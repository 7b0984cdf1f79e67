"""The schema in the two editors that authors use: nothing false is told, and what is wrong is."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from sciaquiz.authoring.reference import reference
from sciaquiz.authoring.schema import deck_schema
from sciaquiz.authoring.starting import TOMBI
from sciaquiz.deck.authored import KINDS

DECKS = Path(__file__).parents[2] / "decks"
DOCS = Path(__file__).parents[2] / "docs"
BIN = Path(sys.executable).parent

HEAD = '#:schema ./deck.schema.json\nid = "d"\ntitle = "D"\n'
SINGLE = '[[question]]\nid = "q"\nkind = "single"\nstem = "Which?"\n'
WRONG = 'options = [{ id = "a", text = "A" }, { id = "b", text = "B" }, { id = "c", text = "C" }]\n'
RIGHT = WRONG.replace('"A" }', '"A", correct = true }')
NUMERIC = '[[question]]\nid = "q"\nkind = "numeric"\nstem = "How many?"\n'
HOTSPOT = '[[question]]\nid = "q"\nkind = "hotspot"\nstem = "Where?"\nfigure = "f"\n'
RECALL = '[[question]]\nid = "q"\nkind = "recall"\nstem = "What?"\nanswer = "That."\n'
GOOD = {
    "single": SINGLE + RIGHT,
    "options as tables": SINGLE
    + "".join(
        f'[[question.options]]\nid = "{each}"\ntext = "{each}"\ncorrect = {str(each == "a").lower()}\n'
        for each in "abc"
    ),
    "numeric": NUMERIC + "value = 1\ntolerance = 0.5\n",
    "range": NUMERIC + "low = 1\nhigh = 2\n",
    "hotspot": HOTSPOT + 'region = "r"\n',
    "hotspot with several": HOTSPOT + 'regions = ["r"]\n',
    "stage": RECALL + 'case = "c"\nstage = 2\n',
    "meta": RECALL + "[question.meta]\npoints = 3\nbloom = { level = 2 }\n",
}
BAD = {
    "no right option": SINGLE + WRONG,
    "no options": SINGLE,
    "unknown key": SINGLE + RIGHT + 'option = "x"\n',
    "key of another kind": SINGLE + RIGHT + 'answer = "x"\n',
    "unknown kind": RECALL.replace("recall", "recal"),
    "unknown key of an option": SINGLE + RIGHT.replace("correct", "corect"),
    "empty numeric": NUMERIC,
    "half a range": NUMERIC + "low = 1\n",
    "tolerance beside a range": NUMERIC + "low = 1\nhigh = 2\ntolerance = 1\n",
    "hotspot without region": HOTSPOT,
    "stage without case": RECALL + "stage = 2\n",
    "wrong type": RECALL.replace('"That."', "3"),
    "id that is none": RECALL.replace('id = "q"', 'id = "Q 1"'),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("editors")
    (folder / "deck.schema.json").write_text(json.dumps(deck_schema()), encoding="utf-8")
    (folder / "tombi.toml").write_text(TOMBI, encoding="utf-8")
    for name, text in (GOOD | BAD).items():
        (folder / f"{name.replace(' ', '-')}.toml").write_text(HEAD + text, encoding="utf-8")
    for path in DECKS.glob("*/deck.toml"):
        text = path.read_text(encoding="utf-8")
        (folder / f"shipped-{path.parent.name}.toml").write_text(
            f"#:schema ./deck.schema.json\n{text}", encoding="utf-8"
        )
    return folder


def told_by(tool: list[str], folder: Path) -> dict[str, bool]:
    """Whether a tool finds something wrong in each file of the folder; Taplo tells of one file alone."""

    def told(name: str) -> bool:
        run = [str(BIN / tool[0]), *tool[1:], name]
        done = subprocess.run(run, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
        return f"{name}:" in done.stdout + done.stderr

    files = sorted(path.name for path in folder.glob("*.toml") if path.name != "tombi.toml")
    with ThreadPoolExecutor(4) as pool:
        return dict(zip(files, pool.map(told, files), strict=True))


@pytest.mark.parametrize("tool", [["taplo", "lint", "--colors", "never"], ["tombi", "lint", "--offline", "--no-cache"]])
def test_an_editor_tells_what_is_wrong_and_nothing_else(tool: list[str], folder: Path) -> None:
    found = told_by(tool, folder)
    expected = {f"{name.replace(' ', '-')}.toml": name in BAD for name in GOOD | BAD}
    assert {name: found[name] for name in expected} == expected
    assert not [name for name in found if name.startswith("shipped-") and found[name]]


def test_every_key_stands_where_editors_complete_it() -> None:
    question: dict[str, Any] = deck_schema()["properties"]["question"]["items"]
    assert "allOf" not in question
    keys = {key for model in KINDS.values() for key in model.model_fields}
    assert set(question["properties"]) == keys
    assert set(question["properties"]["options"]["items"]["properties"]) >= {"id", "text", "correct", "why"}
    link, kinds = question, []
    while "if" in link:
        kinds.append(link["if"]["properties"]["kind"]["const"])
        link = link["else"]
    assert kinds == list(KINDS)


def test_the_published_schema_is_the_one_in_force() -> None:
    assert json.loads((DOCS / "deck.schema.json").read_text(encoding="utf-8")) == deck_schema()


def test_the_reference_names_every_key_and_is_the_one_in_force() -> None:
    page = (DOCS / "deck-reference.md").read_text(encoding="utf-8")
    assert page == reference()
    assert all(f"| `{key}` |" in page for model in KINDS.values() for key in model.model_fields if key != "kind")
