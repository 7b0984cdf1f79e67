"""Decks from elsewhere: folders, archives and repositories, and what is checked before any of it is kept."""
