"""The top line: where one is, on which day, and who is at the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tui import safe

from .drawn import Drawn, Piece, sides, wide


@dataclass(frozen=True)
class Top:
    """What the top line says, already in words."""

    division: str
    year: str
    """“2026–27”."""
    on: str
    """“Tue 22 Sep 2026”."""
    on_short: str
    """“Tue 22 Sep”."""
    name: str = ""
    """Who is signed in; empty: nobody."""
    role: str = ""
    """“Principal, Argyle”."""


class TopLine(Drawn):
    """One line, never overlapping: at 80 columns it says the same in fewer words."""

    def __init__(self, top: Top | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._top = top

    def show(self, top: Top) -> None:
        """Show this from now on."""
        if top != self._top:
            self._top = top
            self.changed(layout=False)

    def draw(self, width: int) -> list[list[Piece]]:
        top = self._top
        if top is None:
            return [[]]
        for left, right in self._ways(top):
            if wide(left) + wide(right) + 2 <= width:
                break
        return [sides(left, right, width)]

    def _ways(self, top: Top) -> Iterator[tuple[list[Piece], list[Piece]]]:
        """The line in fewer and fewer words."""
        division, year = safe.shown(top.division), f" · {top.year}" if top.year else ""
        name, role = safe.shown(top.name), safe.shown(top.role)
        yield _left(division, year), _right(top.on, name, role)
        yield _left(division, year), _right(top.on_short, name, role)
        yield _left(division, ""), _right(top.on_short, name, role)
        # Which division it is everybody here knows; a role says what one may do, so it goes last.
        for room in (24, 16):
            yield _left(safe.cut(division, room), ""), _right(top.on_short, name, role)
        # It is said whole or not at all: first without its school.
        for less in (role, role.partition(", ")[0]):
            yield _left("", ""), _right(top.on_short, name, less)
        for room in (24, 16, 8):
            yield (
                _left(safe.cut(division, room), ""),
                _right(top.on_short, safe.cut(name, 2 * room), ""),
            )


def _left(division: str, year: str) -> list[Piece]:
    return [Piece("  CofP", "strong"), Piece("  "), Piece(division + year, "muted strong")]


def _right(on: str, name: str, role: str) -> list[Piece]:
    pieces = [Piece(on, "muted")]
    if name:
        pieces += [Piece("   "), Piece(name, "strong")]
    if name and role:
        pieces += [Piece("  "), Piece(role, "muted")]
    return [*pieces, Piece("  ")]
