"""The part of a long list that is kept, and which page to fetch next. Nothing here draws or waits."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .source import PAGE

KEPT = 16 * PAGE
"""Rows kept; what is farther from the rows in sight is forgotten."""
STRIDE = 16 * PAGE
"""Rows fetched at a time while walking to a far place."""
NEAR = 4 * PAGE
"""Rows this close to the kept ones are reached from them, page by page."""


@dataclass(frozen=True)
class Fetch:
    """A page to ask for: from the row at `index` (whose key is `after`), one way or the other."""

    index: int
    after: Any
    limit: int
    backwards: bool


class Kept:
    """Rows of one stretch of the list, and places passed on the way to it.

    An index is a row's place in the list as far as it is known: others may have added or taken
    rows meanwhile, which shows when an end of the list comes where it was not expected.
    """

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self.start = 0
        """The index of the first row."""
        self._anchors: list[tuple[int, Any]] = []
        """(index, key) of rows met before: where a walk to a far place may begin."""

    @property
    def stop(self) -> int:
        """The index after the last row."""
        return self.start + len(self.rows)

    def at(self, index: int) -> Any | None:
        """The row at that index, where it is kept."""
        return self.rows[index - self.start] if self.start <= index < self.stop else None

    def index_of(self, row_id: Any) -> int | None:
        """The index of the row of that id, where it is kept."""
        return next((self.start + i for i, r in enumerate(self.rows) if r.id == row_id), None)

    def only(self, rows: Sequence[Any], start: int) -> None:
        """Keep these rows, and know of no others."""
        self.rows, self.start = list(rows), start
        self._anchors.clear()

    def forget(self) -> None:
        """Keep nothing, so that the next rows are fetched from one of the list's ends."""
        self.rows = []
        self._anchors.clear()

    # -- what to fetch -----------------------------------------------------------------------------

    def wanted(self, low: int, high: int, total: int) -> Fetch | None:
        """The next page that the rows from `low` to `high` need; None when they are kept, with
        some to spare on both sides."""
        if not self.rows or low < self.start - NEAR or high > self.stop + NEAR:
            return self._far(low, high, total)
        # Go on from the edge of what is kept, more than what is in sight ahead.
        ahead = max(PAGE // 2, high - low + 8)
        if self.stop < min(total, high + ahead):
            return Fetch(self.stop - 1, self.rows[-1].key, PAGE, False)
        if self.start > max(0, low - ahead):
            return Fetch(self.start, self.rows[0].key, PAGE, True)
        return None

    def _far(self, low: int, high: int, total: int) -> Fetch:
        """The first step of a walk from the nearest known place to rows far from those kept."""
        known = [(-1, None), *self._anchors, *self._edges()]
        before = max((place for place in known if place[0] < low), key=lambda place: place[0])
        after = min(
            (place for place in known if place[0] >= high),
            key=lambda place: place[0],
            default=(total, None),
        )
        if after[0] - high < low - before[0]:
            return Fetch(after[0], after[1], min(STRIDE, after[0] - low + PAGE), True)
        return Fetch(before[0], before[1], min(STRIDE, high - before[0] + PAGE), False)

    def _edges(self) -> list[tuple[int, Any]]:
        if not self.rows:
            return []
        return [(self.start, self.rows[0].key), (self.stop - 1, self.rows[-1].key)]

    # -- what came ---------------------------------------------------------------------------------

    def place(self, fetch: Fetch, size: int, more: bool) -> tuple[int, int]:
        """Where `size` fetched rows begin, and by how much every index was wrong (0: not at all).

        It was wrong when the list's beginning came too late, or did not come where it should.
        """
        start = fetch.index - size if fetch.backwards else fetch.index + 1
        if fetch.backwards and (start <= 0 if more else start != 0):
            right = PAGE if more else 0
            return right, right - start
        return start, 0

    def shift(self, by: int, fetch: Fetch) -> None:
        """Every index was wrong by that much; what the fetch did not go on from is given up."""
        if self.start != fetch.index:
            self.rows = []
        self.start += by
        self._anchors.clear()

    def join(self, start: int, rows: Sequence[Any]) -> None:
        """Put the rows before or after those kept, or keep them alone."""
        if self.rows and start + len(rows) == self.start:
            self.rows[:0] = rows
            self.start = start
        elif self.rows and start == self.stop:
            self.rows += rows
        elif rows:
            for index, key in self._edges():
                self._anchor(index, key)
            self.rows, self.start = list(rows), start

    def trim(self, top: int) -> None:
        """Forget the rows farthest from the one at `top`."""
        extra = len(self.rows) - KEPT
        if extra <= 0:
            return
        if top - self.start > self.stop - top:
            self._anchor(self.start + extra - 1, self.rows[extra - 1].key)
            del self.rows[:extra]
            self.start += extra
        else:
            self._anchor(self.stop - extra, self.rows[-extra].key)
            del self.rows[-extra:]

    def _anchor(self, index: int, key: Any) -> None:
        place = bisect.bisect_left(self._anchors, index, key=lambda anchor: anchor[0])
        if place == len(self._anchors) or self._anchors[place][0] != index:
            self._anchors.insert(place, (index, key))
