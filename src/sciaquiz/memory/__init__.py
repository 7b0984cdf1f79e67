"""Models of memory: one step, a replay of the journal, and the reasons for a due date."""
