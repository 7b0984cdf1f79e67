"""Time before a question: how long the student thought, and which keys came before the feedback could be seen."""

from __future__ import annotations

OVERRULE_DELAY = 0.8
"""Seconds after an answer in which a number does nothing: a key pressed twice must not overrule by accident."""

NEXT_DELAY = 0.25
"""Seconds after an answer was given or shown in which Enter does nothing: pressed twice, it must skip no feedback.

What is typed behind such an Enter without a pause of this length is meant for the next question and does nothing.
"""


class Thinking:
    """The time from a question to its answer, as long as the student had the question before them all the while."""

    def __init__(self, now: float, *, is_in_front: bool) -> None:
        self._asked_at = now
        self._was_away = not is_in_front

    def interrupt(self) -> None:
        """Take the time for unfair: the question went out of sight."""
        self._was_away = True

    def latency_ms(self, now: float) -> int | None:
        """Return the milliseconds since the question was asked, None where they are not fair. `now` is in seconds."""
        return None if self._was_away else round((now - self._asked_at) * 1000)


class Haste:
    """Keys that were pressed before the feedback could be seen. Times are seconds on one clock that only goes forward.

    A key has the time at which it was pressed, which may be long before the app comes to handle it.
    """

    def __init__(self) -> None:
        self._shown_at = self._shown_by = self._pressed_at = self._overlooked_at = 0.0
        self._overlooks_text = False

    def press(self, pressed_at: float) -> None:
        """Take note of a key, before anything is done with it."""
        self._pressed_at = pressed_at

    def show(self, now: float) -> None:
        """Take note that the key pressed last brought feedback, or an answer, on the screen."""
        self._shown_at, self._shown_by = now, self._pressed_at

    def is_too_early(self, now: float) -> bool:
        """Whether the key pressed last came so soon that nobody saw the feedback, however late it is handled."""
        return min(self._pressed_at - self._shown_by, now - self._shown_at) < NEXT_DELAY

    def may_overrule(self, now: float) -> bool:
        """Whether a number is meant for the rating by now."""
        return now - self._shown_at > OVERRULE_DELAY

    def overlook(self) -> None:
        """Take note that the key pressed last did nothing: what is typed right behind it belongs to it."""
        self._overlooked_at = self._pressed_at

    def overlooks(self, *, is_text: bool, is_enter: bool, is_asked: bool) -> bool:
        """Whether the key pressed last was typed behind one that did nothing, and so does nothing itself.

        An Enter does only once text has come between: before, it may be pressed again to go on.
        """
        if self._pressed_at - self._overlooked_at > NEXT_DELAY or is_asked:
            self._overlooks_text = False
            return False
        if is_text or (is_enter and self._overlooks_text):
            self._overlooked_at, self._overlooks_text = self._pressed_at, True
            return True
        return False
