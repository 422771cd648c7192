"""A list as a window on the store: it draws the rows in sight and fetches them a page at a time.

However long the list is, a key costs the same: rows come by keyset pages of 64, at most 16 pages
are kept, and each row's line is drawn once. See docs/architecture.md, “Lists are windows on the
store”.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Span, Text
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from models.errors import CofpError
from tui import safe
from tui.keys import binding
from tui.theme import GLYPHS

from .tones import look

PAGE = 64
"""Rows fetched at a time."""
KEPT = 16 * PAGE
"""Rows kept; what is farther from the rows in sight is forgotten."""
STRIDE = 16 * PAGE
"""Rows fetched at a time while walking to a far place."""
NEAR = 4 * PAGE
"""Rows this close to the kept ones are reached from them, page by page."""
WIDEST = 40
"""Cells that a column without a width takes at most."""
NARROWEST = 6
"""Cells that a growing column keeps at least."""


class Row(Protocol):
    """What every row has, besides what its cells show."""

    @property
    def id(self) -> Any: ...

    @property
    def key(self) -> Any:
        """Its place in the list: what `page` starts after."""


class PageOf(Protocol):
    """A page as `models.pages.Page` is one."""

    @property
    def rows(self) -> Sequence[Any]: ...

    @property
    def more(self) -> bool: ...


class Source(Protocol):
    """Where the rows come from. It is asked from the event loop and answers from the reading
    lane."""

    async def page(self, after: Any | None, limit: int, backwards: bool = False) -> PageOf:
        """At most `limit` rows beyond the position `after` (None: from the end that the direction
        starts at).

        Rows come in the list's order in both directions; `more` says whether others lie beyond
        them.
        """

    async def count(self) -> int:
        """How many rows the list has."""


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    key: str
    title: str
    width: int | None = None
    """Cells; None: as wide as the first page needs."""
    align: Literal["left", "right"] = "left"
    min_columns: int = 0
    """The column is left out where the table is narrower than this."""
    grow: bool = False
    """Takes a share of the room that is left, and gives way first where there is too little."""


@dataclass(frozen=True)
class _Jump:
    """A fetch: from the row at `index` (whose key is `after`), forwards or backwards."""

    index: int
    after: Any
    limit: int
    backwards: bool


class WindowTable(ScrollView, can_focus=True):
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
        self.columns = tuple(columns)
        self.cells = cells
        self.row_tone = row_tone
        self.can_mark = can_mark
        self.empty = empty
        self._source: Source | None = None
        self._token = 0
        self._filling = False
        self._rows: list[Any] = []
        self._start = 0
        """The place in the list of the first row that is kept."""
        self._anchors: list[tuple[int, Any]] = []
        """Places passed on the way, by index: where a walk to a far place may begin."""
        self._total = 0
        self._counted = False
        self._loaded = False
        self._end_wanted = False
        """End was pressed before the count was known."""
        self._trouble = ""
        self._wanted: Any = None
        """The id of the row that the cursor goes to when the list has come."""
        self._cursor = 0
        self._highlighted: Any = None
        self._marks: dict[Hashable, None] = {}
        self._layout: list[tuple[int, Column, int]] = []
        self._natural: dict[str, int] = {}
        self._strips: dict[tuple[Any, bool, bool, bool], Strip] = {}
        self._looks: dict[tuple[str, ...], Style] = {}

    # -- what a screen asks ------------------------------------------------------------------------

    @property
    def row(self) -> Any | None:
        """The row at the cursor; None when there is none, or it is not fetched yet."""
        return self._row_at(self._cursor)

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

    def _begin(self, limit: int) -> None:
        self._token += 1
        self.run_worker(self._first(self._token, limit), group="table")

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
        if self._start > 0:
            self._rows = []  # rows may have come before: fetched from the list's own beginning
        self.move_to(0)

    def action_last(self) -> None:
        self._end_wanted = not self._counted
        if self._stop < self._total and self._counted:
            self._rows = []
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
        if self.can_mark and offset.x < self._gutter:
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

    # -- places ------------------------------------------------------------------------------------

    @property
    def _window(self) -> int:
        """Rows that have room on the screen."""
        return max(1, self.scrollable_content_region.height - 1)

    @property
    def _gutter(self) -> int:
        return 4 if self.can_mark else 2

    @property
    def _stop(self) -> int:
        """The place after the last row that is kept."""
        return self._start + len(self._rows)

    def _row_at(self, index: int) -> Any | None:
        return self._rows[index - self._start] if self._start <= index < self._stop else None

    def _scroll(self, top: int) -> None:
        self.scroll_to(y=max(0, min(top, self._total - self._window)), animate=False, force=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._fill_soon()

    def _set_total(self, total: int, *, sure: bool) -> None:
        changed = total != self._total or (sure and not self._counted)
        self._total = total
        self._counted = self._counted or sure
        self.virtual_size = Size(self.scrollable_content_region.width, total + 1)
        if self._cursor >= total:
            self._cursor = max(0, total - 1)
            self._tell()
        if changed and self._counted:
            self.post_message(self.Counted(self, total))
        if self._end_wanted and sure:
            self._end_wanted = False
            self.call_next(self.move_to, total - 1)

    def _tell(self) -> None:
        """Say where the cursor stands, once a row is known there."""
        row = self.row
        if row is None and self._total:
            return
        if row is not self._highlighted:
            self._highlighted = row
            self.post_message(self.Highlighted(self, row))

    # -- fetching ----------------------------------------------------------------------------------

    async def _first(self, token: int, limit: int) -> None:
        """The first page of a new list, then its count."""
        source = self._source
        assert source is not None
        try:
            page = await source.page(None, limit)
            if token != self._token:
                return
            self._anchors.clear()
            self._keep(page.rows, 0)
            self._loaded, self._counted = True, False
            self._cursor = next(
                (i for i, row in enumerate(self._rows) if row.id == self._wanted), 0
            )
            self._set_total(len(self._rows) + (PAGE if page.more else 0), sure=not page.more)
            top = 0 if self._cursor < self._window else self._cursor - self._window // 2
            self._scroll(top)
            self._redraw()
            self._tell()
            if page.more:
                total = await source.count()
                if token != self._token:
                    return
                self._set_total(max(total, self._stop), sure=True)
        except CofpError as error:
            self._fail(token, error)

    async def _again(self, token: int) -> None:
        """The kept rows around those in sight once more, and the count."""
        source = self._source
        assert source is not None
        held, top = self.row, round(self.scroll_y)
        # Near its beginning the list is fetched from there, so that rows that came before are seen.
        first = 0 if top <= NEAR else max(self._start, top - PAGE)
        if first == self._start > 0:
            first += 1  # the row before it has to be known
        if first and not self._start < first <= self._stop:
            # What is in sight is still being looked for: look for it again.
            self._anchors.clear()
            self._rows = []
            self._fill_soon()
            return
        before = self._rows[first - 1 - self._start].key if first else None
        limit = max(PAGE, min(self._stop, top + self._window + PAGE) - first)
        try:
            page = await source.page(before, limit)
            total = await source.count()
            if not page.rows and first > 0 and token == self._token:
                # Everything from here on is gone: begin with the list's new end.
                page = await source.page(None, PAGE, backwards=True)
                first = max(0, total - len(page.rows))
        except CofpError as error:
            self._fail(token, error)
            return
        if token != self._token:
            return
        self._anchors.clear()
        self._keep(page.rows, first)
        self._loaded = True
        self._set_total(max(total, self._stop) if page.more else self._stop, sure=True)
        if held is not None:
            place = next((i for i, row in enumerate(self._rows) if row.id == held.id), None)
            shift = 0 if place is None else self._start + place - self._cursor
            if shift:
                self._cursor += shift
                self._scroll(top + shift)
        self._redraw()
        self._tell()
        self._fill_soon()

    def _keep(self, rows: Sequence[Any], start: int) -> None:
        """Keep these rows and no others."""
        self._rows, self._start, self._trouble = list(rows), start, ""
        self._strips.clear()

    def _fail(self, token: int, error: CofpError) -> None:
        if token == self._token:
            self._trouble = str(error)
            self._redraw()
            self.post_message(self.Failed(self, error))

    def _fill_soon(self) -> None:
        """Fetch what the rows in sight need, unless that is under way."""
        if not self._filling and self._source is not None and self._next() is not None:
            self._filling = True
            self.run_worker(self._fill(), group="table")

    async def _fill(self) -> None:
        try:
            while (jump := self._next()) is not None and self._source is not None:
                token = self._token
                page = await self._source.page(jump.after, jump.limit, jump.backwards)
                if token == self._token:
                    self._take(jump, tuple(page.rows), page.more)
        except CofpError as error:
            self._fail(self._token, error)
        finally:
            self._filling = False

    def _next(self) -> _Jump | None:
        """The next fetch that the rows in sight need; None when they are there, with some to
        spare."""
        top = round(self.scroll_y)
        low, high = max(0, top), min(self._total, top + self._window)
        if not self._loaded or low >= high:
            return None
        if self._start - NEAR <= low and high <= self._stop + NEAR and self._rows:
            # Near what is kept: go on from its edge, more than a page of the screen ahead.
            ahead = max(PAGE // 2, self._window + 8)
            if self._stop < min(self._total, high + ahead):
                return _Jump(self._stop - 1, self._rows[-1].key, PAGE, False)
            if self._start > max(0, low - ahead):
                return _Jump(self._start, self._rows[0].key, PAGE, True)
            return None
        return self._far(low, high)

    def _far(self, low: int, high: int) -> _Jump:
        """The first step of a walk from the nearest known place to rows that are not near any kept
        one."""
        known = [(-1, None), *self._anchors]
        if self._rows:
            known += [(self._start, self._rows[0].key), (self._stop - 1, self._rows[-1].key)]
        before = max((place for place in known if place[0] < low), key=lambda place: place[0])
        after = min(
            (place for place in [*known, (self._total, None)] if place[0] >= high),
            key=lambda place: place[0],
            default=(self._total, None),
        )
        if after[0] - high < low - before[0]:
            return _Jump(after[0], after[1], min(STRIDE, after[0] - low + PAGE), True)
        return _Jump(before[0], before[1], min(STRIDE, high - before[0] + PAGE), False)

    def _take(self, jump: _Jump, rows: tuple[Any, ...], more: bool) -> None:
        """Join what came to what is kept, or keep it alone; mend what was supposed wrongly about
        the list's ends."""
        start = jump.index - len(rows) if jump.backwards else jump.index + 1
        if jump.backwards and (start <= 0 if more else start != 0):
            self._shift((PAGE if more else 0) - start, jump)
            start = PAGE if more else 0
        stop = start + len(rows)
        if self._rows and stop == self._start:
            self._rows[:0] = rows
            self._start = start
        elif self._rows and start == self._stop:
            self._rows += rows
        elif rows:
            if self._rows:
                self._anchor(self._start, self._rows[0].key)
                self._anchor(self._stop - 1, self._rows[-1].key)
            self._rows, self._start = list(rows), start
        if not jump.backwards and stop > self._total - more:
            self._set_total(stop + PAGE if more else stop, sure=not more)
        elif not jump.backwards and not more:
            self._set_total(stop, sure=True)
        self._trim(round(self.scroll_y))
        self._refresh_rows(start, stop)
        self._tell()

    def _shift(self, by: int, jump: _Jump) -> None:
        """Rows came or went before those kept: every place moves by that many."""
        if self._rows and self._start != jump.index:
            self._rows = []  # where they stand now is not known
        self._start += by
        self._anchors.clear()
        self._cursor = max(0, self._cursor + by)
        self._set_total(max(0, self._total + by), sure=False)
        self._scroll(round(self.scroll_y) + by)
        self._redraw()

    def _trim(self, top: int) -> None:
        """Forget the rows farthest from those in sight."""
        extra = len(self._rows) - KEPT
        if extra <= 0:
            return
        if top - self._start > self._stop - top:
            self._anchor(self._start + extra - 1, self._rows[extra - 1].key)
            del self._rows[:extra]
            self._start += extra
        else:
            self._anchor(self._stop - extra, self._rows[-extra].key)
            del self._rows[-extra:]

    def _anchor(self, index: int, key: Any) -> None:
        place = bisect.bisect_left(self._anchors, index, key=lambda anchor: anchor[0])
        if place == len(self._anchors) or self._anchors[place][0] != index:
            self._anchors.insert(place, (index, key))

    # -- drawing -----------------------------------------------------------------------------------

    def _redraw(self) -> None:
        """Draw everything again: rows, widths or looks changed."""
        self._strips.clear()
        self._measure()
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
        self._looks.clear()
        self.refresh()

    def on_focus(self) -> None:
        self._refresh_row(self._cursor)

    def on_blur(self) -> None:
        self._refresh_row(self._cursor)

    def _measure(self) -> None:
        """Share the width among the columns that are wanted at this width."""
        room = self.scrollable_content_region.width
        columns = [(i, c) for i, c in enumerate(self.columns) if room >= c.min_columns]
        room -= self._gutter + 1
        sizes = {column.key: self._wants(i, column) for i, column in columns}
        while len(columns) > 1 and _taken(sizes) > room:
            # Growing columns give way first, the widest of them before the others.
            giving = [c.key for _, c in columns if c.grow and sizes[c.key] > NARROWEST]
            if giving:
                sizes[max(giving, key=sizes.__getitem__)] -= 1
            else:
                del sizes[columns.pop()[1].key]
        growing = [column.key for _, column in columns if column.grow]
        for turn in range(max(0, room - _taken(sizes)) if growing else 0):
            sizes[growing[turn % len(growing)]] += 1
        if len(columns) == 1:
            sizes[columns[0][1].key] = min(sizes[columns[0][1].key], max(1, room))
        self._layout = [(i, column, sizes[column.key]) for i, column in columns]

    def _wants(self, index: int, column: Column) -> int:
        if column.width is not None:
            return column.width
        found = (cell_len(_plain(self.cells(row)[index])) for row in self._rows[:PAGE])
        # Widths only grow, so that a list that is being filtered does not dance.
        size = max(cell_len(column.title), self._natural.get(column.key, 0), *found, 0)
        self._natural[column.key] = size = min(WIDEST, size)
        return size

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        if y == 0:
            return self._heading(width)
        index = round(self.scroll_y) + y - 1
        if index >= self._total:
            return self._nothing(y, width)
        row = self._row_at(index)
        at_cursor = index == self._cursor
        focus = at_cursor and self.has_focus
        if row is None:
            return self._line(("…",) * len(self.columns), "faint", at_cursor, focus, False, width)
        marked = row.id in self._marks
        strip = self._strips.get(key := (row.id, at_cursor, focus, marked))
        if strip is None:
            if len(self._strips) > 2 * KEPT:
                self._strips.clear()
            tone = (self.row_tone(row) if self.row_tone else "") or "text"
            strip = self._line(self.cells(row), tone, at_cursor, focus, marked, width)
            self._strips[key] = strip
        return strip

    def _tone(self, *names: str) -> Style:
        style = self._looks.get(names)
        if style is None:
            style = self.rich_style
            for name in names:
                style += look(self, name)
            self._looks[names] = style
        return style

    def _heading(self, width: int) -> Strip:
        style = self._tone("muted", "strong")
        titles = [safe.fit(column.title, size, column.align) for _, column, size in self._layout]
        text = " " * self._gutter + "  ".join(titles)
        return Strip([Segment(text, style)]).adjust_cell_length(width, self.rich_style)

    def _line(
        self,
        cells: Sequence[str | Text],
        tone: str,
        at_cursor: bool,
        focus: bool,
        marked: bool,
        width: int,
    ) -> Strip:
        names = [tone]
        if at_cursor:
            names.append("cursor" if focus else "here")
        style = self._tone(*names)
        gutter = GLYPHS["cursor"] if at_cursor else " "
        if self.can_mark:
            gutter += " " + (GLYPHS["mark"] if marked else GLYPHS["no_mark"])
        # As few segments as there are looks: each costs time at every painting.
        segments: list[Segment] = []
        text, taken, more = gutter + " ", self._gutter, GLYPHS["more"]
        for place, (index, column, size) in enumerate(self._layout):
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
            for part in text.render(self.app.console)
            if part.text
        ]
        return [spaces, *looks] if column.align == "right" else [*looks, spaces]

    def _nothing(self, y: int, width: int) -> Strip:
        said = self._trouble or (self.empty if self._loaded else "…")
        if self._total or not said:
            return Strip.blank(width, self.rich_style)
        lines = safe.wrap(said, max(1, width - 4))
        line = lines[y - 2] if 0 <= y - 2 < len(lines) else ""
        return Strip([Segment("  " + line, self._tone("muted"))]).adjust_cell_length(
            width, self.rich_style
        )


def _plain(cell: str | Text) -> str:
    return safe.shown(cell.plain if isinstance(cell, Text) else cell)


def _taken(sizes: dict[str, int]) -> int:
    """The cells that columns of these widths take, with two between them."""
    return sum(sizes.values()) + 2 * max(0, len(sizes) - 1)
