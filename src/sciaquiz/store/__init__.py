"""The journal in SQLite. Returns core types only."""
