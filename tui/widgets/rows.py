"""A short list that is at hand already, as the source of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.pages import Page


class Held:
    """Rows in their order, each with an `id` and a `key` of its own."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = tuple(rows)
        self._places = {row.key: place for place, row in enumerate(self._rows)}

    async def page(self, after: Any | None, limit: int, backwards: bool = False) -> Page[Any]:
        """See `table.Source`."""
        if backwards:
            stop = len(self._rows) if after is None else self._places[after]
            start = max(0, stop - limit)
            return Page(self._rows[start:stop], start > 0)
        start = 0 if after is None else self._places[after] + 1
        stop = start + limit
        return Page(self._rows[start:stop], stop < len(self._rows))

    async def count(self) -> int:
        """See `table.Source`."""
        return len(self._rows)
