"""The one kind of error that is shown to people as it is."""


class SciaquizError(Exception):
    """Something the student or the author has to know. The message is shown as it is, never with a traceback."""

    @property
    def brief(self) -> str:
        """The message without the place it is about, for where there is little room."""
        return str(self)
