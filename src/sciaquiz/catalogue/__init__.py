"""The installed decks and what their cards have come to, in one SQLite file that may be deleted at any time."""
