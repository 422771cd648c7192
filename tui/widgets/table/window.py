"""The table itself: the cursor, the marks, and what is drawn of its rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.text import Text
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from models.errors import CofpError
from tui.keys import binding

from .columns import Column, Shares
from .fetching import Fetching
from .kept import KEPT
from .paint import Painter
from .source import PAGE, Source


class WindowTable(Fetching, can_focus=True):
    """A list with a heading, one row cursor, and marks where they are asked for."""

    ALLOW_SELECT = False
    BINDINGS = [
        binding("up", "move(-1)"),
        binding("down", "move(1)"),
        binding("page_up", "page(-1)"),
        binding("page_down", "page(1)"),
        binding("first"),
        binding("last"),
        binding("open"),
        binding("mark"),
    ]

    @dataclass
    class Highlighted(Message):
        """The cursor stands at another row, or at none (an empty list)."""

        table: WindowTable
        row: Any | None

        @property
        def control(self) -> WindowTable:
            return self.table

    @dataclass
    class Chosen(Message):
        """Enter, or a double click, on a row."""

        table: WindowTable
        row: Any

        @property
        def control(self) -> WindowTable:
            return self.table

    @dataclass
    class Marked(Message):
        """The marks changed."""

        table: WindowTable
        ids: tuple[Any, ...]

        @property
        def control(self) -> WindowTable:
            return self.table

    @dataclass
    class Counted(Message):
        """How many rows the list has became known, or changed."""

        table: WindowTable
        count: int

        @property
        def control(self) -> WindowTable:
            return self.table

    @dataclass
    class Failed(Message):
        """The store could not answer; the rows shown are those it gave before."""

        table: WindowTable
        error: CofpError

        @property
        def control(self) -> WindowTable:
            return self.table

    def __init__(
        self,
        columns: Sequence[Column],
        cells: Callable[[Any], tuple[str | Text, ...]],
        *,
        row_tone: Callable[[Any], str] | None = None,
        can_mark: bool = False,
        empty: str = "Nothing here yet.",
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """A table without rows; give it some with `load`.

        `cells` gives a row's texts in the columns' order. `row_tone` names the tone of a whole row
        ("" as usual). `empty` is shown when there are no rows: what it means and what to do next.
        """
        super().__init__(name=name, id=id, classes=classes)
        self.cells = cells
        self.row_tone = row_tone
        self.can_mark = can_mark
        self.empty = empty
        self._highlighted: Any = None
        self._marks: dict[Hashable, None] = {}
        self._shares = Shares(columns)
        self._painter = Painter(self, can_mark=can_mark)
        self._strips: dict[tuple[Any, str, bool], Strip] = {}

    # -- what a screen asks ------------------------------------------------------------------------

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in order; `cells` gives a row's texts in the same order."""
        return self._shares.columns

    @columns.setter
    def columns(self, columns: Sequence[Column]) -> None:
        if tuple(columns) != self._shares.columns:
            self._shares = Shares(columns)
            # The old rows' cells may not fit the new columns: drawn anew with the next rows.
            self._loaded = False
            self._kept.forget()
            self._strips.clear()

    @property
    def cursor(self) -> int:
        """The cursor's place in the list, from 0."""
        return self._cursor

    @property
    def count(self) -> int:
        """How many rows the list has, as far as it is known."""
        return self._total

    @property
    def marked(self) -> tuple[Any, ...]:
        """The ids of the marked rows, in the order of marking."""
        return tuple(self._marks)

    def set_marks(self, ids: Iterable[Any]) -> None:
        """Mark exactly these rows."""
        self._marks = dict.fromkeys(ids)
        self.refresh()
        self.post_message(self.Marked(self, self.marked))

    def load(self, source: Source, *, keep: Any = None) -> None:
        """Show another list: its first page as soon as it is there, its count after.

        The cursor stays at the row it stands at if that is on the first page; with `keep`, at the
        row of that id if it is among the first sixteen pages. Marks are taken off; answers to an
        earlier `load` are dropped.
        """
        standing = self._highlighted.id if self._highlighted is not None else None
        self._wanted = standing if keep is None else keep
        self._source, self._loaded, self._end_wanted = source, False, False
        if self._marks:
            self.set_marks(())
        self._begin(PAGE if keep is None else KEPT)

    def reload(self) -> None:
        """Fetch again what is in sight, in place: the cursor keeps its row, nothing flickers."""
        if self._source is None:
            return
        if not self._loaded:
            self._begin(KEPT)
            return
        self._token += 1
        self.run_worker(self._again(self._token), group="table")

    def redraw(self) -> None:
        """Draw the rows again: what `cells` looks up beside the rows has changed."""
        self._redraw()

    def move_to(self, index: int) -> None:
        """Put the cursor at that place of the list, and bring it in sight."""
        if self._total == 0:
            return
        index = max(0, min(index, self._total - 1))
        old, self._cursor = self._cursor, index
        top, height = round(self.scroll_y), self._window
        # A key past the edge scrolls a third of the window: painting all of it costs several
        # times what two lines cost, and so most keys need only those.
        ahead = height // 3 if abs(index - old) == 1 else 0
        if index < top:
            self._scroll(index - ahead)
        elif index >= top + height:
            self._scroll(index - height + 1 + ahead)
        for place in {old, index}:
            self._refresh_row(place)
        self._tell()
        self._fill_soon()

    # -- keys and mouse ----------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        self.move_to(self._cursor + by)

    def action_page(self, by: int) -> None:
        self.move_to(self._cursor + by * max(1, self._window - 1))

    def action_first(self) -> None:
        if self._kept.start > 0:
            self._kept.forget()  # rows may have come before: fetched from the list's beginning
        self.move_to(0)

    def action_last(self) -> None:
        self._end_wanted = not self._counted
        if self._kept.stop < self._total and self._counted:
            self._kept.forget()
        self.move_to(self._total - 1)

    def action_open(self) -> None:
        if (row := self.row) is not None:
            self.post_message(self.Chosen(self, row))

    def action_mark(self) -> None:
        row = self.row
        if not self.can_mark or row is None:
            return
        self._toggle(row)
        self.move_to(self._cursor + 1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        # Without marks the space bar belongs to whoever is around the table.
        return self.can_mark if action == "mark" else super().check_action(action, parameters)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or offset.y < 1:
            return
        index = round(self.scroll_y) + offset.y - 1
        if index >= self._total:
            return
        event.stop()
        self.move_to(index)
        row = self.row
        if row is None:
            return
        if self.can_mark and offset.x < self._painter.gutter:
            self._toggle(row)
        elif event.chain >= 2:
            self.post_message(self.Chosen(self, row))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        event.prevent_default()
        self._scroll(round(self.scroll_y) + 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        event.prevent_default()
        self._scroll(round(self.scroll_y) - 3)

    def _toggle(self, row: Any) -> None:
        if row.id in self._marks:
            del self._marks[row.id]
        else:
            self._marks[row.id] = None
        self._refresh_row(self._cursor)
        self.post_message(self.Marked(self, self.marked))

    # -- what is told ------------------------------------------------------------------------------

    def _tell(self) -> None:
        """Say where the cursor stands, once a row is known there."""
        row = self.row
        if row is None and self._total:
            return
        if row is not self._highlighted:
            self._highlighted = row
            self.post_message(self.Highlighted(self, row))

    def _say_counted(self) -> None:
        self.post_message(self.Counted(self, self._total))

    def _say_failed(self, error: CofpError) -> None:
        self.post_message(self.Failed(self, error))

    # -- drawing -----------------------------------------------------------------------------------

    def _redraw(self) -> None:
        """Draw everything again: rows, widths or looks changed."""
        self._strips.clear()
        if self._shares.measures:
            self._shares.measure([self.cells(row) for row in self._kept.rows[:PAGE]])
        width = self.scrollable_content_region.width
        self._painter.layout = self._shares.share(width, width - self._painter.gutter - 1)
        self.refresh()

    def _refresh_row(self, index: int) -> None:
        self._refresh_rows(index, index + 1)

    def _refresh_rows(self, start: int, stop: int) -> None:
        top = round(self.scroll_y)
        start, stop = max(start, top), min(stop, top + self._window)
        if start < stop:
            self.refresh(Region(0, start - top + 1, self.size.width, stop - start))

    def on_resize(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, self._total + 1)
        self._redraw()
        if self._total and not 0 <= self._cursor - round(self.scroll_y) < self._window:
            self.move_to(self._cursor)
        self._fill_soon()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()
        self._painter.forget_looks()
        self.refresh()

    def on_focus(self) -> None:
        self._refresh_row(self._cursor)

    def on_blur(self) -> None:
        self._refresh_row(self._cursor)

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        if y == 0:
            return self._painter.heading(width)
        index = round(self.scroll_y) + y - 1
        if index >= self._total:
            words = self._trouble or (self.empty if self._loaded else "…")
            return self._painter.words("" if self._total else words, y - 2, width)
        cursor = ("cursor" if self.has_focus else "here") if index == self._cursor else ""
        row = self._row_at(index)
        if row is None:
            return self._painter.unknown(width, cursor=cursor)
        marked = row.id in self._marks
        strip = self._strips.get(key := (row.id, cursor, marked))
        if strip is None:
            if len(self._strips) > 2 * KEPT:
                self._strips.clear()
            tone = (self.row_tone(row) if self.row_tone else "") or "text"
            strip = self._painter.row(self.cells(row), tone, width, cursor=cursor, marked=marked)
            self._strips[key] = strip
        return strip
