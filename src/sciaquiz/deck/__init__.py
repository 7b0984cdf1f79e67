"""What an author writes: questions by kind, the deck, and reading it from TOML."""
