"""A few words about the line at the cursor."""

from __future__ import annotations

from tui import safe
from tui.theme import GLYPHS
from tui.widgets.drawn import Piece
from tui.widgets.lines import Words


class About(Words):
    """Words of always the same height, so that nothing moves with the cursor."""

    def changed(self, *, layout: bool = True) -> None:
        super().changed(layout=False)

    def draw(self, width: int) -> list[list[Piece]]:
        lines, most = super().draw(width), max(1, self.size.height)
        if len(lines) > most:
            last = lines[most - 1][-1]
            more = f"{last.text} {GLYPHS['more']}"
            lines[most - 1] = [last._replace(text=safe.cut(more, width))]
        return lines[:most]
