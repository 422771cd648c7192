"""The mark at the edge of a page that goes on below it."""

from __future__ import annotations

from textual.containers import VerticalScroll

from tui.theme import GLYPHS

from .drawn import Drawn, Piece


class More(Drawn):
    """One line under a page that is longer than its room; it says so until the end is in sight."""

    def __init__(self, page: VerticalScroll, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._page = page
        self._goes_on = False
        self.display = False

    def on_mount(self) -> None:
        self.watch(self._page, "scroll_y", self.look, init=False)
        self.watch(self._page, "virtual_size", self.look, init=False)

    @property
    def room(self) -> int:
        """The lines that the page has while this one is not there."""
        return self._page.size.height + self.display

    def look(self) -> None:
        """See whether the page goes on below what is in sight."""
        page = self._page
        # Its line stays until all of the page fits without it: nothing moves while one scrolls.
        self.display = page.virtual_size.height > self.room
        goes_on = page.scroll_y < page.virtual_size.height - page.size.height
        if goes_on != self._goes_on:
            self._goes_on = goes_on
            self.changed(layout=False)

    def draw(self, width: int) -> list[list[Piece]]:
        words = f"{GLYPHS['below']} more  " if self._goes_on else ""
        return [[Piece(words.rjust(width), "accent")]]
