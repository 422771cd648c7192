"""What the program has to say about what was just done: “Saved 13:42”, or what went wrong and what
to do."""

from __future__ import annotations

from models import words
from models.errors import Refused
from tui import safe
from tui.theme import GLYPHS

from .drawn import Drawn, Piece


class Said(Drawn):
    """One line, more when an error needs them. It stays until the next thing is said, or another
    thing is gone to: nothing vanishes unread, nor is said of what it is not about."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._texts: tuple[tuple[str, str], ...] = ()
        self.refusals = 0
        """How often it has said that something is not to be done."""

    @property
    def text(self) -> str:
        """All that it says, as plain text."""
        return " ".join(text for text, _ in self._texts)

    def saved(self, at: str) -> None:
        """It is in the store, at this time of day: “13:42”."""
        self._say((f"{GLYPHS['mark']} Saved {at}", "good"))

    def ok(self, text: str) -> None:
        """Something was done."""
        self._say((f"{GLYPHS['mark']} {text}", "good"))

    def warn(self, text: str) -> None:
        """Something to know before going on."""
        self._say((text, "accent"))

    def busy(self, text: str) -> None:
        """Something is under way."""
        self._say((text, "muted"))

    def error(self, error: Exception | str, *, from_store: bool = False) -> None:
        """It was not done: why, when that changes, who can help.

        What the store answers late says nothing about the keys that were pressed meanwhile.
        """
        if not isinstance(error, Refused):
            self._say((str(error), "bad"))
            return
        if not from_store:
            self.refusals += 1
        changes = words.day(error.changes_on) if error.changes_on else ""
        # The rule mostly names that day itself: it is not said twice.
        until = f"That changes on {changes}." if changes and changes not in error.rule else ""
        self._say((error.rule, "bad"), (until, "muted"), (error.help, "muted"))

    def clear(self) -> None:
        """Say nothing."""
        self._say()

    def _say(self, *texts: tuple[str, str]) -> None:
        kept = tuple((text, tone) for text, tone in texts if text)
        if kept != self._texts:
            self._texts = kept
            self.changed()

    def draw(self, width: int) -> list[list[Piece]]:
        """The sentences one after the other on one line where they fit, else each on its own."""
        if not self._texts:
            return [[]]
        joined = [Piece(safe.shown(text) + "  ", tone) for text, tone in self._texts]
        if sum(safe.width(piece.text) for piece in joined) <= width:
            return [joined]
        return [
            [Piece(line, tone)] for text, tone in self._texts for line in safe.wrap(text, width, 3)
        ]
