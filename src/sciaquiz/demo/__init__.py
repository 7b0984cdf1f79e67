"""An invented student: how one remembers, guesses and mixes things up, and what comes of a year of it."""
