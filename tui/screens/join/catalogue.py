"""The list of offerings: its columns, its rows, and where they come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models import join, pages
from models.communities import ACTIVITIES
from models.people import Standing
from models.words import count
from tui import safe
from tui.lanes import Lanes
from tui.theme import GLYPHS
from tui.widgets.table import Column

SCHOOL_CELLS = 10
"""Cells for a school's short name over its column."""


def columns(my_school: str) -> tuple[Column, ...]:
    """The columns; the last one counts who comes from the person's own school, where one is known."""
    found = (
        Column("mark", "", 1),
        Column("title", "Community", grow=True),
        # Titles that begin alike are told apart by their end: the others take what they hold.
        Column("audience", "For", most=14),
        Column("priority", "Priority", min_columns=80, most=15),
        Column("places", "Places", 7, "right"),
    )
    if not my_school:
        return found
    name = safe.cut(my_school, SCHOOL_CELLS)
    return (*found, Column("school", name, max(6, safe.width(name)), "right"))


def cells(line: join.OfferingLine) -> tuple[str, ...]:
    """One offering's texts, in the columns' order."""
    mark = GLYPHS["mark"] if line.is_mine else GLYPHS["kept"] if line.is_kept else " "
    places = "in line" if line.waits_here else line.places_words if line.is_running else "off"
    return (
        mark,
        line.title,
        line.audience_words,
        line.priority,
        places,
        str(line.from_my_school) if line.from_my_school else "–",
    )


def tone(line: join.OfferingLine) -> str:
    """One's own community is lit; one that does not run is faint."""
    if line.is_mine:
        return "accent"
    return "" if line.is_running else "off"


class Offerings:
    """The year's offerings as one person sees them, through one filter."""

    def __init__(self, lanes: Lanes, year_id: int, narrowed: join.Filter, viewer: Standing) -> None:
        self.lanes = lanes
        self.year_id = year_id
        self.narrowed = narrowed
        self.viewer = viewer

    async def page(
        self, after: Sequence[Any] | None, limit: int, backwards: bool = False
    ) -> pages.Page[join.OfferingLine]:
        """At most `limit` offerings beyond the position `after`."""
        return await self.lanes.read(
            join.offerings, self.year_id, self.narrowed, self.viewer, after, limit, backwards
        )

    async def count(self) -> int:
        """How many the filter leaves."""
        return await self.lanes.read(join.count_offerings, self.year_id, self.narrowed, self.viewer)


def found_words(number: int, narrowed: join.Filter) -> str:
    """What the list shows: “7 communities · Literacy · with places left · by name”."""
    activity = ACTIVITIES.get(narrowed.activity, narrowed.activity)
    parts = [
        count(number, "community", "communities"),
        f"“{narrowed.words.strip()}”" if narrowed.words.strip() else "",
        narrowed.priority,
        {"elementary": "for elementary", "high": "for high schools"}.get(narrowed.audience, ""),
        f"grade {narrowed.grade}" if narrowed.grade else "",
        narrowed.subject,
        activity,
        "with places left" if narrowed.only_free else "",
        "your favourites" if narrowed.only_kept else "",
        # What is searched by words comes with the best finds first, unless asked for otherwise.
        "" if narrowed.words.strip() and narrowed.sort == "title" else join.SORTS[narrowed.sort],
    ]
    return " · ".join(part for part in parts if part)
