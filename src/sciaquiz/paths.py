"""Where the student's data lives: the platform's own folders, or everything below `SCIAQUIZ_HOME`."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct


class Paths(Struct, frozen=True):
    """The places this app reads and writes."""

    data: Path
    config: Path
    logs: Path
    cache: Path

    @property
    def journal(self) -> Path:
        """The SQLite file with every answer."""
        return self.data / "journal.db"

    @property
    def backups(self) -> Path:
        """The folder of rotated backups."""
        return self.data / "backups"

    @property
    def decks(self) -> Path:
        """The student's own decks."""
        return self.data / "decks"

    @property
    def reports(self) -> Path:
        """The folder of reports to the authors of decks."""
        return self.data / "reports"

    @property
    def catalogue(self) -> Path:
        """The decks as they were read last, and what their cards have come to; a cache."""
        return self.cache / "catalogue.db"

    @property
    def statistics(self) -> Path:
        """Sums over all answers, for the statistics; a cache."""
        return self.cache / "statistics.db"

    @property
    def settings(self) -> Path:
        """The settings, a TOML file that a person can edit."""
        return self.config / "settings.toml"

    @property
    def choices(self) -> Path:
        """The sittings that the student has saved under a name, a TOML file of lines."""
        return self.config / "sittings.toml"

    @property
    def log(self) -> Path:
        """Where a bug leaves its traceback."""
        return self.logs / "sciaquiz.log"


def paths_below(root: Path) -> Paths:
    """Return the places of a home that is one folder."""
    return Paths(data=root, config=root, logs=root / "logs", cache=root / "cache")


def user_paths() -> Paths:
    """Return the places for this user: `SCIAQUIZ_HOME` wins over the platform's folders."""
    home = os.environ.get("SCIAQUIZ_HOME")
    if home:
        return paths_below(Path(home).expanduser().absolute())
    from platformdirs import PlatformDirs

    folders = PlatformDirs("sciaquiz", appauthor=False)
    return Paths(
        data=Path(folders.user_data_dir),
        config=Path(folders.user_config_dir),
        logs=Path(folders.user_log_dir),
        cache=Path(folders.user_cache_dir),
    )


def rule_pages() -> Path:
    """Return the folder with a page for each rule of `check`: in the wheel, or in `docs/` of a checkout."""
    inside = Path(__file__).parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "docs" / "rules"


def shipped_decks() -> Path:
    """Return the folder of decks that came with the app: in the wheel, or beside `src/` in a checkout."""
    inside = Path(__file__).parent / "decks"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "decks"
