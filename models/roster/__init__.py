"""OneRoster in: a file's rows read and bounded, held against the store, then taken in at once."""

from __future__ import annotations

from .oneroster import read_roster
from .rows import Counts, PersonRow, RefusedRow, Roster, SchoolRow, SessionRow, TeachesRow

__all__ = [
    "Counts",
    "PersonRow",
    "RefusedRow",
    "Roster",
    "SchoolRow",
    "SessionRow",
    "TeachesRow",
    "read_roster",
]
