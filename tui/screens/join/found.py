"""One line beside the search: how many communities are shown, through which filters, in what order."""

from __future__ import annotations

from tui import safe
from tui.keys import shown
from tui.widgets.drawn import Drawn, Piece, sides


class Found(Drawn):
    """What the list shows, and how to see all of it again."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._words, self._can_clear = "", False

    def show(self, words: str, *, can_clear: bool) -> None:
        """Say this from now on."""
        if (words, can_clear) != (self._words, self._can_clear):
            self._words, self._can_clear = words, can_clear
            self.changed(layout=False)

    def draw(self, width: int) -> list[list[Piece]]:
        clear = [Piece(f"{shown('back')} shows all", "open")] if self._can_clear else []
        room = width - (len(clear[0].text) + 2 if clear else 0)
        tone = "accent" if self._can_clear else "muted"
        return [sides([Piece(safe.cut(self._words, max(0, room)), tone)], clear, width)]
