"""The shipped decks, read once for all tests of a run."""

from __future__ import annotations

from pathlib import Path

from sciaquiz.deck.library import read_library

DECKS = read_library([Path(__file__).parents[1] / "decks"]).decks
