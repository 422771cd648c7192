"""How the lines of a table are drawn: the heading, a row, and what stands where there are none."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Span, Text
from textual.strip import Strip
from textual.widget import Widget

from tui import safe
from tui.theme import GLYPHS

from ..tones import look
from .columns import Column


class Painter:
    """Draws for one table; the look of a tone is found once."""

    def __init__(self, table: Widget, *, can_mark: bool) -> None:
        self._table = table
        self._can_mark = can_mark
        self._looks: dict[tuple[str, ...], Style] = {}
        self.layout: list[tuple[int, Column, int]] = []
        """The columns as they are now: each one's place among the cells, and its size."""

    @property
    def gutter(self) -> int:
        """The cells before the first column, for the cursor and the marks."""
        return 4 if self._can_mark else 2

    def forget_looks(self) -> None:
        """The theme or the style sheet has changed."""
        self._looks.clear()

    def tone(self, *names: str) -> Style:
        """The look of several tones on top of each other."""
        style = self._looks.get(names)
        if style is None:
            style = self._table.rich_style
            for name in names:
                style += look(self._table, name)
            self._looks[names] = style
        return style

    def heading(self, width: int) -> Strip:
        """The columns' titles."""
        titles = [safe.fit(column.title, size, column.align) for _, column, size in self.layout]
        text = " " * self.gutter + "  ".join(titles)
        strip = Strip([Segment(text, self.tone("muted", "strong"))])
        return strip.adjust_cell_length(width, self._table.rich_style)

    def unknown(self, width: int, *, cursor: str) -> Strip:
        """A row that is not fetched yet."""
        return self.row(("…",) * (1 + max((i for i, _, _ in self.layout), default=0)), "faint",
                        width, cursor=cursor)  # fmt: skip

    def row(
        self,
        cells: Sequence[str | Text],
        tone: str,
        width: int,
        *,
        cursor: str = "",
        marked: bool = False,
    ) -> Strip:
        """A row; `cursor` is the tone of the cursor when it stands here."""
        style = self.tone(tone, cursor) if cursor else self.tone(tone)
        # Where the keys go is seen by the marker, too: of two lists only one has it.
        gutter = GLYPHS["cursor" if cursor == "cursor" else "was_cursor"] if cursor else " "
        if self._can_mark:
            gutter += " " + (GLYPHS["mark"] if marked else GLYPHS["no_mark"])
        # As few segments as there are looks: each costs time at every painting.
        segments: list[Segment] = []
        text, taken, more = gutter + " ", self.gutter, GLYPHS["more"]
        for place, (index, column, size) in enumerate(self.layout):
            if place:
                text, taken = text + "  ", taken + 2
            cell = cells[index]
            if isinstance(cell, Text):
                segments += [Segment(text, style), *self._styled(cell, column, size, style)]
                text = ""
            else:
                text += safe.fit(cell, size, column.align, more)
            taken += size
        segments.append(Segment(text + " " * (width - taken), style))
        strip = Strip(segments, max(taken, width))
        return strip if taken <= width else strip.crop(0, width)

    def _styled(self, cell: Text, column: Column, size: int, style: Style) -> list[Segment]:
        """A cell with looks of its own, in exactly `size` cells."""
        plain = safe.cut(cell.plain, size, GLYPHS["more"])
        spaces = Segment(" " * (size - cell_len(plain)), style)
        text = Text(plain, style=cell.style, end="")
        if cell.plain.startswith(plain.removesuffix(GLYPHS["more"])):
            # Nothing was taken out of it, so that its looks still lie where they belong.
            text.spans = [
                Span(s.start, min(s.end, len(plain)), s.style)
                for s in cell.spans
                if s.start < len(plain)
            ]
        looks = [
            Segment(part.text, style + part.style if part.style else style)
            for part in text.render(self._table.app.console)
            if part.text
        ]
        return [spaces, *looks] if column.align == "right" else [*looks, spaces]

    def words(self, words: str, line: int, width: int) -> Strip:
        """One line of what stands where there are no rows."""
        lines = safe.wrap(words, max(1, width - 4))
        text = lines[line] if 0 <= line < len(lines) else ""
        strip = Strip([Segment("  " + text, self.tone("muted"))])
        return strip.adjust_cell_length(width, self._table.rich_style)
