"""The part of a table that asks the store: which rows it has, which it still needs, and how many there are."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from textual.geometry import Size
from textual.scroll_view import ScrollView

from models.errors import CofpError

from .kept import NEAR, Fetch, Kept
from .source import PAGE, Source

COUNT_AFTER = 0.03
"""Seconds after a new list's first rows in which it is counted, which takes longer than fetching them."""


class Fetching(ScrollView):
    """A window on a list of the store, without cursor keys and without a look."""

    def __init__(
        self, *, name: str | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._source: Source | None = None
        self._token = 0
        self._filling = False
        self._kept = Kept()
        self._total = 0
        self._counted = False
        self._loaded = False
        self._end_wanted = False
        """End was pressed before the count was known."""
        self._trouble = ""
        self._wanted: Any = None
        """The id of the row that the cursor goes to when the list has come."""
        self._cursor = 0

    # -- what the table makes of it ------------------------------------------------------------------

    @property
    def row(self) -> Any | None:
        """The row at the cursor; None when there is none, or it is not fetched yet."""
        return self._row_at(self._cursor)

    def move_to(self, index: int) -> None:
        """Put the cursor at that place of the list, and bring it in sight."""
        raise NotImplementedError

    def _tell(self) -> None:
        """Say where the cursor stands, once a row is known there."""
        raise NotImplementedError

    def _say_counted(self) -> None:
        raise NotImplementedError

    def _say_failed(self, error: CofpError) -> None:
        raise NotImplementedError

    def _redraw(self) -> None:
        """Draw everything again: rows, widths or looks changed."""
        raise NotImplementedError

    def _refresh_rows(self, start: int, stop: int) -> None:
        raise NotImplementedError

    # -- places ------------------------------------------------------------------------------------

    @property
    def _window(self) -> int:
        """Rows that have room on the screen."""
        return max(1, self.scrollable_content_region.height - 1)

    def _row_at(self, index: int) -> Any | None:
        return self._kept.at(index)

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
        # Setting it plainly would lay out the whole screen anew, twice for every letter of a filter;
        # where the scroll bar comes or goes, that is done all the same.
        self.set_reactive(
            ScrollView.virtual_size, Size(self.scrollable_content_region.width, total + 1)
        )
        self._scroll_update(self.virtual_size)
        if self._cursor >= total:
            self._cursor = max(0, total - 1)
            self._tell()
        if changed and self._counted:
            self._say_counted()
        if self._end_wanted and sure:
            self._end_wanted = False
            self.call_next(self.move_to, total - 1)

    # -- fetching ----------------------------------------------------------------------------------

    def _begin(self, limit: int) -> None:
        self._token += 1
        self.run_worker(self._first(self._token, limit), group="table")

    async def _first(self, token: int, limit: int) -> None:
        """The first page of a new list, then its count."""
        source = self._source
        assert source is not None
        try:
            page = await source.page(None, limit)
            if token != self._token:
                return
            self._take_all(page.rows, 0)
            self._counted = False
            self._cursor = self._kept.index_of(self._wanted) or 0
            self._set_total(self._kept.stop + (PAGE if page.more else 0), sure=not page.more)
            self._scroll(0 if self._cursor < self._window else self._cursor - self._window // 2)
            self._redraw()
            self._tell()
            if page.more:
                # The rows are painted first; while somebody types on, nothing is counted at all.
                await asyncio.sleep(COUNT_AFTER)
                total = await source.count() if token == self._token else 0
                if token == self._token:
                    self._set_total(max(total, self._kept.stop), sure=True)
        except CofpError as error:
            self._fail(token, error)

    async def _again(self, token: int) -> None:
        """The kept rows around those in sight once more, and the count."""
        source, kept = self._source, self._kept
        assert source is not None
        held, top = self.row, round(self.scroll_y)
        # Near its beginning the list is fetched from there, so that rows that came before are seen.
        first = 0 if top <= NEAR else max(kept.start + 1, top - PAGE)
        before = kept.at(first - 1)
        if first and before is None:
            # What is in sight is still being looked for: look for it again.
            kept.forget()
            self._fill_soon()
            return
        limit = max(PAGE, min(kept.stop, top + self._window + PAGE) - first)
        try:
            page = await source.page(before.key if before is not None else None, limit)
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
        self._take_all(page.rows, first)
        self._set_total(max(total, kept.stop) if page.more else kept.stop, sure=True)
        place = kept.index_of(held.id) if held is not None else None
        if place is not None and place != self._cursor:
            self._scroll(top + place - self._cursor)
            self._cursor = place
        self._redraw()
        self._tell()
        self._fill_soon()

    def _take_all(self, rows: Sequence[Any], start: int) -> None:
        """Show these rows and no others."""
        self._kept.only(rows, start)
        self._loaded, self._trouble = True, ""

    def _fail(self, token: int, error: CofpError) -> None:
        if token == self._token:
            self._trouble = str(error)
            self._redraw()
            self._say_failed(error)

    def _fill_soon(self) -> None:
        """Fetch what the rows in sight need, unless that is under way."""
        if not self._filling and self._source is not None and self._next() is not None:
            self._filling = True
            self.run_worker(self._fill(), group="table")

    async def _fill(self) -> None:
        try:
            while (fetch := self._next()) is not None and self._source is not None:
                token = self._token
                page = await self._source.page(fetch.after, fetch.limit, fetch.backwards)
                if token == self._token:
                    self._take(fetch, page.rows, page.more)
        except CofpError as error:
            self._fail(self._token, error)
        finally:
            self._filling = False

    def _next(self) -> Fetch | None:
        """The next page that the rows in sight need; None when they are there."""
        top = round(self.scroll_y)
        low, high = max(0, top), min(self._total, top + self._window)
        return self._kept.wanted(low, high, self._total) if self._loaded and low < high else None

    def _take(self, fetch: Fetch, rows: Sequence[Any], more: bool) -> None:
        """Keep what came, and mend what was supposed wrongly about the list's ends."""
        start, wrong = self._kept.place(fetch, len(rows), more)
        if wrong:
            # Rows came or went before those kept: every place moves by that many.
            self._kept.shift(wrong, fetch)
            self._cursor = max(0, self._cursor + wrong)
            self._set_total(max(0, self._total + wrong), sure=False)
            self._scroll(round(self.scroll_y) + wrong)
            self._redraw()
        self._kept.join(start, rows)
        stop = start + len(rows)
        if not fetch.backwards:
            if not more:
                self._set_total(stop, sure=True)
            elif stop >= self._total:
                self._set_total(stop + PAGE, sure=False)
        self._kept.trim(round(self.scroll_y))
        self._refresh_rows(start, stop)
        self._tell()
