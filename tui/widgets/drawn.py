"""The base of every widget that draws its own lines: pieces of text, each with a tone and perhaps
something to click.

`screens.css` gives each tone its look; a widget only says which piece is what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tui import safe

from .tones import look


class Piece(NamedTuple):
    """A stretch of one line."""

    text: str
    tone: str = "text"
    """One of `theme.TONES`, or several with spaces between: the later ones on top."""
    hit: Any = None
    """What a click on it picks; None: nothing."""


Line = Sequence[Piece]


def wide(line: Iterable[Piece]) -> int:
    """The cells that the pieces take."""
    return sum(cell_len(piece.text) for piece in line)


def sides(left: Line, right: Line, width: int, tone: str = "text") -> list[Piece]:
    """Two groups of pieces at the two ends of a line; the left one is cut where they would meet."""
    room = width - wide(right) - (2 if right and left else 0)
    kept: list[Piece] = []
    for piece in left:
        size = cell_len(piece.text)
        if size > room:
            kept.append(piece._replace(text=safe.cut(piece.text, max(0, room))))
            break
        kept.append(piece)
        room -= size
    gap = max(0, width - wide(kept) - wide(right))
    return [*kept, Piece(" " * gap, tone), *right]


def _fit(line: list[Piece]) -> list[Piece]:
    if all(piece.text.isprintable() for piece in line):
        return line
    return [piece._replace(text=safe.shown(piece.text)) for piece in line]


class Drawn(Widget):
    """A widget of drawn lines. Override `draw`, and `hit` where something can be clicked."""

    ALLOW_SELECT = False

    def __init__(
        self, *, name: str | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._drawn: list[list[Piece]] | None = None
        self._drawn_for = -1
        self._looks: dict[str, Style] = {}
        """Each tone on this widget's ground; finding the ground takes longer than drawing a line."""

    def draw(self, width: int) -> list[list[Piece]]:
        """The lines for this many cells; texts are already `safe.shown` (cut, fit and wrap see to
        that)."""
        raise NotImplementedError

    def hit(self, what: Any, *, double: bool = False) -> None:
        """Something was clicked: `what` is the piece's."""

    def changed(self, *, layout: bool = True) -> None:
        """Draw again; `layout` when the number of lines may have changed."""
        self._drawn = None
        self.refresh(layout=layout)

    def changed_lines(self, *places: int) -> None:
        """Draw only these lines again: painting all of them takes several times as long."""
        self._drawn = None
        self.refresh(*(Region(0, place, self.size.width, 1) for place in places))

    def lines(self, width: int) -> list[list[Piece]]:
        """The lines for this width, drawn only once."""
        if self._drawn is None or self._drawn_for != width:
            # Whatever a widget forgot to clean is cleaned here: nothing unfit is ever drawn.
            self._drawn, self._drawn_for = [_fit(line) for line in self.draw(width)], width
        return self._drawn

    def tone(self, names: str) -> Style:
        """The look of a tone, or of several on top of each other."""
        style = Style.null()
        for name in names.split():
            style += look(self, name)
        return style

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.lines(width))

    def render_line(self, y: int) -> Strip:
        width = self.content_size.width
        lines = self.lines(width)
        if y >= len(lines):
            return Strip.blank(width, self._look(""))
        strip = Strip([Segment(text, self._look(tone)) for text, tone, _ in lines[y] if text])
        return strip.adjust_cell_length(width, self._look(""))

    def _look(self, names: str) -> Style:
        found = self._looks.get(names)
        if found is None:
            found = self._looks[names] = self.rich_style + self.tone(names)
        return found

    def at(self, x: int, y: int) -> Any:
        """What the piece at this place of the content picks, or None."""
        lines = self.lines(self.content_size.width)
        if not 0 <= y < len(lines):
            return None
        for piece in lines[y]:
            x -= cell_len(piece.text)
            if x < 0:
                return piece.hit
        return None

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        what = self.at(offset.x, offset.y) if offset is not None else None
        if what is not None:
            event.stop()
            self.hit(what, double=event.chain >= 2)

    def show_line(self, line: int) -> None:
        """Bring one of the lines in sight, where this widget is longer than what shows it."""
        # With the heading above it, where there is one.
        above = 2 if line == 0 else 0
        place = Region(self.virtual_region.x, self.virtual_region.y + line - above, 1, 1 + above)
        for node in self.ancestors:
            if isinstance(node, Widget) and node.is_scrollable and node.max_scroll_y:
                # Textual's own scroll to the focus comes late, and would undo this one.
                self.app.animator.force_stop_animation(node, "scroll_y")
                node.scroll_to_region(place, animate=False, immediate=True)
                return

    def on_focus(self) -> None:
        self.changed(layout=False)

    def on_blur(self) -> None:
        self.changed(layout=False)

    def notify_style_update(self) -> None:
        # A new theme changes how tones look, not what is drawn.
        super().notify_style_update()
        self._looks.clear()
        self.refresh()
