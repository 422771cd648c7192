"""The list itself: those without a community, each with what would suit them now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from textual.message import Message

from models import join
from models.errors import CofpError
from models.pages import Page
from models.words import day
from tui.lanes import Lanes
from tui.widgets.table import Column, WindowTable

AT_SCHOOL = (
    Column("name", "Name", grow=True),
    Column("role", "Role", min_columns=60, grow=True),
    Column("last", "Last year", min_columns=84, grow=True),
    Column("now", "Suggested now", grow=True),
    Column("left", "Places", 6, "right"),
    Column("reminded", "Reminded", 10, min_columns=104),
)
ANYWHERE = (
    Column("name", "Name", grow=True),
    Column("school", "School", grow=True),
    Column("role", "Role", min_columns=90, grow=True),
    Column("last", "Last year", min_columns=130, grow=True),
    Column("now", "Suggested now", grow=True),
    Column("left", "Places", 6, "right"),
    Column("reminded", "Reminded", 10, min_columns=120),
)


class People:
    """Those without a community at one school, or everywhere: the table's source."""

    def __init__(self, lanes: Lanes, which: join.Which) -> None:
        self._lanes, self.which = lanes, which

    async def page(
        self, after: Any | None, limit: int, backwards: bool = False
    ) -> Page[join.UnregisteredLine]:
        """See `table.Source`."""
        return await self._lanes.read(join.unregistered, self.which, after, limit, backwards)

    async def count(self) -> int:
        """See `table.Source`."""
        return await self._lanes.read(join.count_unregistered, self.which)

    async def suggestions(self, people: Sequence[int]) -> dict[int, tuple[join.Suggestion, ...]]:
        """What suits each of them best, in words about them."""
        at = self.which
        return await self._lanes.read(join.suggestions_for, people, at.viewer, at.year, at.on)


class PeopleTable(WindowTable):
    """A table of unregistered people that asks for the suggestions of the rows in sight, after
    them."""

    class Suggested(Message):
        """The suggestions of rows in sight have come."""

    def __init__(self, day_of: Callable[[datetime], date], *, id: str) -> None:
        """`day_of` tells the division's day of a moment."""
        super().__init__(
            AT_SCHOOL,
            self._of_row,
            row_tone=lambda row: "accent" if row.id == self.own_id else "",
            can_mark=True,
            empty="Nobody without a community has these words in their name. Esc shows all.",
            id=id,
        )
        self.own_id: int | None = None
        """The person who looks, should they be in the list themselves."""
        self.people: People | None = None
        """What the list shows."""
        self._day_of = day_of
        self._best: dict[int, join.Suggestion | None] = {}
        self._fresh: set[int] = set()
        """Whose suggestion is as the store had it at the latest load."""
        self._lacking: set[int] = set()
        self._turn = 0

    def best(self, person_id: int) -> join.Suggestion | None:
        """The best suggestion for somebody in sight, once it is known."""
        return self._best.get(person_id)

    def show(self, people: People) -> None:
        """Show a list, or the same one as the store has it now; marks stay while it is the same."""
        before, self.people = self.people, people
        self._turn += 1
        self._fresh.clear()
        if before is not None and before.which == people.which:
            self.reload()
            return
        if before is None or before.which.school_id != people.which.school_id:
            self.columns = ANYWHERE if people.which.school_id is None else AT_SCHOOL
            self._best.clear()
        self.load(people)

    def _of_row(self, row: join.UnregisteredLine) -> tuple[str, ...]:
        """A row's cells; a row in sight that has no suggestion yet is noted on the way."""
        if row.id not in self._fresh:
            if not self._lacking:
                self.call_later(self._ask)
            self._lacking.add(row.id)
        best = self._best.get(row.id)
        if best is not None:
            now, left = best.title, f"{best.places_left:,}"
        else:
            now, left = ("–" if row.id in self._best else "…"), ""
        reminded = day(self._day_of(row.reminded_at)) if row.reminded_at else ""
        school = (row.school,) if self.columns is ANYWHERE else ()
        return (row.name, *school, row.role, row.last_year or "–", now, left, reminded)

    def _ask(self) -> None:
        wanted, self._lacking = self._lacking, set()
        self._fresh |= wanted
        if self.people is not None:
            self.run_worker(self._fetch(self.people, tuple(wanted), self._turn), group="suggested")

    async def _fetch(self, people: People, wanted: Sequence[int], turn: int) -> None:
        try:
            found = await people.suggestions(wanted)
        except CofpError as error:
            self.post_message(self.Failed(self, error))
            return
        if turn == self._turn:
            self._best.update({ident: s[0] if s else None for ident, s in found.items()})
            self.redraw()
            self.post_message(self.Suggested())
