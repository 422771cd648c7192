"""What every screen's head is drawn from: the division, the day, the year, and who is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..communities import (
    standing,
)
from ..database import read_settings
from ..errors import NotFound
from ..people import (
    NOBODY,
    Standing,
)
from ..years import Year, year_on


@dataclass(frozen=True)
class Frame:
    """What every screen's head and footer are drawn from."""

    division: str
    on: date
    year: Year | None
    """None before the first set-up."""
    standing: Standing
    is_sample: bool
    website: str
    social_feed: str
    idle_seconds: int
    session_hours: int


def frame(person_id: int | None, on: date) -> Frame:
    """The head of every screen for one person (or nobody) on a day."""
    settings = read_settings()
    try:
        year: Year | None = year_on(on)
    except NotFound:
        year = None
    who = NOBODY if person_id is None else standing(person_id, year.id if year else 0)
    return Frame(
        settings.division, on, year, who, settings.is_sample, settings.website, settings.social_feed,
        settings.idle_seconds, settings.session_hours,
    )  # fmt: skip
