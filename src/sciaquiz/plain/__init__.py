"""The same sitting as lines of text: for screen readers, pipes and terminals that cannot draw."""
