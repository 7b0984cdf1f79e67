"""What every test may use: a home of its own, and no surroundings of the developer's."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from pathlib import Path

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the student's data of this test in a folder of its own."""
    folder = tmp_path / "home"
    monkeypatch.setenv("SCIAQUIZ_HOME", str(folder))
    for name in list(os.environ):
        if name in ("SCIAQUIZ_NOW", "NO_COLOR", "TEXTUAL_COLOR_SYSTEM"):
            monkeypatch.delenv(name)
    return folder
