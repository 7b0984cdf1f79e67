"""What helps an author: checking a deck and describing its format."""
