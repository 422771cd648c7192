"""OneRoster in: a file's rows read and bounded, held against the store, then taken in at once."""

from __future__ import annotations

from .apply import Opening, import_roster
from .compare import plan_roster
from .oneroster import read_roster
from .plan import PlannedRow, RosterPlan
from .rows import Counts, PersonRow, RefusedRow, Roster, SchoolRow, SessionRow, TeachesRow

__all__ = [
    "Counts",
    "Opening",
    "PersonRow",
    "PlannedRow",
    "RefusedRow",
    "Roster",
    "RosterPlan",
    "SchoolRow",
    "SessionRow",
    "TeachesRow",
    "import_roster",
    "plan_roster",
    "read_roster",
]
