"""What stands where a list or a page would be empty: what that means, and what to do next."""

from __future__ import annotations

from tui import safe

from .drawn import Drawn, Piece


class Empty(Drawn):
    """A few quiet lines."""

    def __init__(
        self,
        title: str,
        words: str = "",
        hint: str = "",
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._parts = (title, words, hint)

    def show(self, title: str, words: str = "", hint: str = "") -> None:
        """Say this from now on: `hint` is the next step, with its key."""
        self._parts = (title, words, hint)
        self.changed()

    def draw(self, width: int) -> list[list[Piece]]:
        width = min(width, 72)
        lines: list[list[Piece]] = []
        for part, tone in zip(self._parts, ("strong", "muted", "open"), strict=True):
            if part:
                lines += [[Piece(line, tone)] for line in safe.wrap(part, width)]
                lines.append([])
        return lines[:-1]
