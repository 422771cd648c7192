"""The columns of a table, and how they share its width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len
from rich.text import Text

from tui import safe

WIDEST = 40
"""Cells that a column without a width takes at most."""
NARROWEST = 6
"""Cells that a growing column keeps at least."""


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
    most: int = 0
    """Cells that it takes at most, whatever it holds and however much room is left; 0: no bound."""


class Shares:
    """Shares a table's width among its columns."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = tuple(columns)
        self._natural: dict[str, int] = {}

    def measure(self, rows: Sequence[Sequence[str | Text]]) -> None:
        """Learn from these rows' cells how wide the columns without a width have to be.

        Widths only grow, so that a list that is being filtered does not dance.
        """
        for index, column in enumerate(self.columns):
            if column.width is None:
                found = (cell_len(_plain(cells[index])) for cells in rows)
                size = max(cell_len(column.title), self._natural.get(column.key, 0), *found, 0)
                self._natural[column.key] = min(column.most or WIDEST, size)

    @property
    def measures(self) -> bool:
        """Whether any column's width depends on what stands in it."""
        return any(column.width is None for column in self.columns)

    def share(self, width: int, room: int) -> list[tuple[int, Column, int]]:
        """The columns of a table of that width, each with its place among the cells and its size.

        `room` is what the columns and the two cells between them may take together.
        """
        columns = [(i, c) for i, c in enumerate(self.columns) if width >= c.min_columns]
        sizes = {c.key: c.width or self._natural.get(c.key, len(c.title)) for _, c in columns}
        while len(columns) > 1 and _taken(sizes) > room:
            # Growing columns give way first, the widest of them before the others.
            giving = [c.key for _, c in columns if c.grow and sizes[c.key] > NARROWEST]
            if giving:
                sizes[max(giving, key=sizes.__getitem__)] -= 1
            else:
                del sizes[columns.pop()[1].key]
        growing = [column for _, column in columns if column.grow]
        left = room - _taken(sizes)
        while left > 0 and growing:
            growing = [c for c in growing if not c.most or sizes[c.key] < c.most]
            for column in growing[:left]:
                sizes[column.key] += 1
            left -= len(growing)
        if len(columns) == 1:
            (key,) = sizes
            sizes[key] = min(sizes[key], max(1, room))
        return [(i, column, sizes[column.key]) for i, column in columns]


def _plain(cell: str | Text) -> str:
    return safe.shown(cell.plain if isinstance(cell, Text) else cell)


def _taken(sizes: dict[str, int]) -> int:
    """The cells that columns of these widths take, with two between them."""
    return sum(sizes.values()) + 2 * max(0, len(sizes) - 1)
