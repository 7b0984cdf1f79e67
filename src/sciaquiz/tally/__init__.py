"""A cache of sums over all answers, from which any statistics are read at once."""
