"""The exam: what has to be known by a day, what the minutes until then bring, and what to ask today."""
