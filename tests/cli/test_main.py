"""The command line as a whole: each command has its module, and using one loads none of the others' weight."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from commanding import sciaquiz
from rows import each_row
from sciaquiz.cli import main

HEAVY = ("textual", "sqlmodel", "sqlalchemy", "pydantic", "tomli", "tree_sitter", "difflib", "json")
SHARED = {
    "main",
    "answering",
    "arguments",
    "bug",
    "choosing",
    "console",
    "fitlog",
    "offering",
    "finding",
    "opening",
    "plainly",
}


def modules_after(*arguments: str) -> set[str]:
    code = (
        "import sys; from sciaquiz.cli.main import _read\n"
        f"_read({arguments!r})\n"
        "found = sorted(sys.modules); import json; print(json.dumps(found))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return set(json.loads(done.stdout))


@each_row("name", main.COMMANDS)
def test_each_command_says_how_it_is_used(name: str) -> None:
    done = sciaquiz(name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: sciaquiz {name} ")
    assert f" {main.COMMANDS[name][:30]}" in sciaquiz("--help").stdout


def test_each_module_is_a_command_or_shared_by_some() -> None:
    modules = {path.stem for path in Path(main.__file__).parent.glob("*.py")} - {"__init__"}
    assert modules == {main.MODULES.get(name, name) for name in main.COMMANDS} | SHARED


@pytest.mark.parametrize(
    "arguments", [(), ("study",), ("decks", "--json"), ("journal", "verify"), ("card", "x", "flag")]
)
def test_a_command_loads_its_own_module_and_nothing_heavy_before_it_runs(arguments: tuple[str, ...]) -> None:
    loaded = modules_after(*arguments)
    assert [name for name in HEAVY if name in loaded] == []
    assert {name for name in main.COMMANDS if f"sciaquiz.cli.{name}" in loaded} == {"study", *arguments[:1]}


def test_a_bug_while_a_command_is_read_is_told_like_any_other(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sciaquiz.cli.decks.declare", None)
    done = sciaquiz("decks")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("sciaquiz: an error in the app.")
    assert "TypeError" in (home / "logs" / "sciaquiz.log").read_text(encoding="utf-8")
