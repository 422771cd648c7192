"""The heading of a section: small accent capitals, and a note at the other end where there is
one."""

from __future__ import annotations

from tui import safe

from .drawn import Drawn, Piece, sides


class Section(Drawn):
    """One line."""

    def __init__(
        self, title: str, note: str = "", *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._title, self._note = title, note

    def show(self, title: str, note: str = "") -> None:
        """Say this from now on."""
        if (title, note) != (self._title, self._note):
            self._title, self._note = title, note
            self.changed(layout=False)

    def draw(self, width: int) -> list[list[Piece]]:
        note = [Piece(safe.cut(self._note, width // 2), "muted")] if self._note else []
        return [sides([Piece(safe.shown(self._title.upper()), "title")], note, width)]
