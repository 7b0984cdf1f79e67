"""Statistics as a page for a browser: one file, without scripts, and nothing that has to be fetched."""
