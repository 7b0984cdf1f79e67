"""What every test may use: a home of its own, and no surroundings of the developer's."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from sciaquiz.catalogue.catalogue import Catalogue
from sciaquiz.paths import shipped_decks, user_paths

if TYPE_CHECKING:
    from pathlib import Path

settings.register_profile(
    "default", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)  # a hundred for each of 131 tests took the time that the suite has; those that need more say so
settings.load_profile("default")

# Looking for the remains of the apps that tests make took a tenth of their time.
gc.set_threshold(20_000, 20, 50)

# A hundred tests start Python anew: what it makes of our modules is kept for the next, whatever the surroundings say.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_finish() -> None:
    """Let looking for remains pass over what was there before the first test, and stays."""
    gc.freeze()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the student's data of this test in a folder of its own."""
    folder = tmp_path / "home"
    monkeypatch.setenv("SCIAQUIZ_HOME", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # where an answer goes that no other place takes
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    for name in list(os.environ):
        if name in ("SCIAQUIZ_NOW", "NO_COLOR", "TEXTUAL_COLOR_SYSTEM"):
            monkeypatch.delenv(name)
    return folder


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped decks as a first start leaves them in the catalogue."""
    folder = tmp_path_factory.mktemp("catalogue")
    found = Catalogue(folder / "catalogue.db", [shipped_decks(), folder / "none"], folder / "journal.db")
    found.bring_up()
    found.close()
    return folder / "catalogue.db"


@pytest.fixture
def started_before(home: Path, catalogue: Path) -> None:
    """Let this test's home be one in which the app was started before."""
    place = user_paths().catalogue
    place.parent.mkdir(parents=True)
    shutil.copy(catalogue, place)
