"""What a table asks for its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

PAGE = 64
"""Rows fetched at a time."""


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
