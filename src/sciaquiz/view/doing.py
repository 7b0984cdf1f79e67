"""What is done by keys in the app and by words in plain mode, by what it is for: both list it under the same heads."""

from __future__ import annotations

ANSWER, CARD, AFTER, EVERYWHERE = "Answer", "This question", "After the answer", "Everywhere"
