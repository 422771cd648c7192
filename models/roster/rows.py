"""What a roster says, as frozen rows: the one form in which it leaves the reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class SchoolRow:
    """A school, or the division's office."""

    source_id: str
    name: str
    level: str | None
    """"elementary", "high" or "combined"; None where the file does not tell, and for the office."""
    is_division: bool
    """Whether this is the division itself: whose people belong to its office."""
    status: str
    """"active" or "gone"."""
    latitude: float | None
    """Degrees north; None where unknown."""
    longitude: float | None
    """Degrees east; None where unknown."""
    line: int


@dataclass(frozen=True)
class PersonRow:
    """One member of the staff."""

    source_id: str
    given: str
    """The name they go by: the preferred one where there is one. Empty where `named` is False."""
    family: str
    email: str
    """May be empty."""
    kind: str | None
    """"teacher", "administrator", "aide", "office" or "other"; None: not said (delta)."""
    principal: bool | None
    """True: of the schools in `principal_of`; None: an administrator who may or may not be one."""
    schools: tuple[str, ...]
    """Source ids of their schools, the primary one first; empty: the file does not say (delta)."""
    status: str
    """"active" or "gone"."""
    grades: tuple[str, ...]
    """What they teach, "PK", "K", "1" … "12", in that order; empty where not said."""
    subjects: tuple[str, ...]
    line: int
    principal_of: tuple[str, ...] = ()
    """Source ids of the schools whose Principal they are."""
    named: bool = True
    """False: only their roles stand in the file (delta), so names and e-mail stay as they are."""


@dataclass(frozen=True)
class TeachesRow:
    """What classes and enrolments say of one person who teaches."""

    source_id: str
    grades: tuple[str, ...]
    subjects: tuple[str, ...]


@dataclass(frozen=True)
class SessionRow:
    """A school year, semester or term."""

    source_id: str
    title: str
    kind: str
    starts: date
    ends: date
    """The last day or the day after it: systems differ."""
    school_year: str
    line: int


@dataclass(frozen=True, order=True)
class RefusedRow:
    """A row that cannot be taken in, while the rest of the file can."""

    file: str
    line: int
    reason: str
    """What is wrong and what would be right, in one sentence."""


@dataclass(frozen=True)
class Counts:
    """How many rows of each sort the roster holds."""

    schools: int = 0
    staff: int = 0
    students: int = 0
    """Counted and left out."""
    families: int = 0
    """Parents, guardians and relatives: counted and left out."""


@dataclass(frozen=True)
class Roster:
    """A whole roster, read and held together, not yet held against the store."""

    version: str
    """"1.1" or "1.2"."""
    source_name: str
    """The name of the file or folder."""
    schools: tuple[SchoolRow, ...]
    people: tuple[PersonRow, ...]
    sessions: tuple[SessionRow, ...]
    teaches: tuple[TeachesRow, ...]
    """What enrolments say, also of people who have no row of their own in a delta file."""
    counts: Counts
    refused: tuple[RefusedRow, ...]
    notes: tuple[str, ...]
    """Sentences on what was cleaned or passed over, for the preview."""
    bulk_schools: bool
    """Whether a school that is not in the file is gone."""
    bulk_people: bool
    """Whether a person who is not in the file is gone."""
    bulk_teaching: bool
    """Whether whoever has no enrolment as a teacher in the file teaches nothing any more."""
    held_schools: frozenset[str]
    """Schools whose rows were refused: they are in the file all the same, so not gone."""
    held_people: frozenset[str]
    """Staff whose rows were refused, likewise."""
