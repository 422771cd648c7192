"""A page of a long list: what a window on the store fetches at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")

SIZE = 64
"""Rows a page; a screen of 200×60 shows fewer."""


@dataclass(frozen=True)
class Page(Generic[T]):
    """Rows in the list's order; each row has `id` and `key`, its keyset position."""

    rows: tuple[T, ...]
    more: bool
    """Whether there are rows beyond, in the direction that was asked for."""


def keyset(
    query: Any, columns: Sequence[tuple[Any, bool]], after: Sequence[Any] | None, backwards: bool
) -> Any:
    """Order a select by `columns` (column, descending?) and start it beyond the position `after`.

    The last column must be unique. Written as nested OR/AND, since directions may differ.
    """
    query = query.order_by(
        *(
            column.desc() if descending != backwards else column.asc()
            for column, descending in columns
        )
    )
    if after is None:
        return query
    (first, descending), value = columns[0], after[0]
    # Follows from the rest, but only this names a place in an index to begin at.
    beginning = first <= value if descending != backwards else first >= value
    beyond: Any = None
    for (column, descending), value in reversed(list(zip(columns, after, strict=True))):
        step = column < value if descending != backwards else column > value
        beyond = step if beyond is None else (step | ((column == value) & beyond))
    return query.where(beginning & beyond)


def page_of(found: Sequence[Any], limit: int, backwards: bool, make: Callable[[Any], T]) -> Page[T]:
    """The page from at most `limit` + 1 fetched rows (the extra one says whether there are more)."""
    rows = [make(row) for row in found[:limit]]
    if backwards:
        rows.reverse()
    return Page(tuple(rows), len(found) > limit)
