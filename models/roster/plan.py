"""What bringing in a roster would do: the preview that people see, and the work behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..words import count, listed
from .rows import RefusedRow


@dataclass(frozen=True)
class PlannedRow:
    """One school or person that the import would touch."""

    file: str
    line: int
    """0 where the file has no line about them: they are gone because they are not in it."""
    name: str
    reason: str
    """What would happen, in words: “now at Lakeside Collegiate”."""


@dataclass(frozen=True)
class RosterPlan:
    """What bringing in a roster would do, and what it could not take in."""

    source_name: str
    version: str
    added: tuple[PlannedRow, ...]
    changed: tuple[PlannedRow, ...]
    gone: tuple[PlannedRow, ...]
    refused: tuple[RefusedRow, ...]
    unchanged: int
    """Schools and people that stay exactly as they are."""
    students: int
    families: int
    """Both counted, and left out."""
    notes: tuple[str, ...]
    """What else to know: what was cleaned, what is unclear."""
    needs_yes: str
    """Why somebody has to say yes first, in one sentence; empty when nobody needs to."""

    @property
    def is_nothing(self) -> bool:
        """Whether it would change nothing at all."""
        return not (self.added or self.changed or self.gone)

    @property
    def words(self) -> str:
        """The whole in a sentence or two."""
        said = [
            f"{_things(rows)} {what}"
            for rows, what in (
                (self.added, "added"),
                (self.changed, "changed"),
                (self.gone, "gone"),
            )
            if rows
        ]
        parts = [f"{listed(said)}." if said else "Nothing changes: the store has it all already."]
        if said and self.unchanged:
            parts.append(f"{self.unchanged:,} stay as they are.")
        if self.refused:
            parts.append(f"{count(len(self.refused), 'row')} refused.")
        if self.students:
            parts.append(f"{count(self.students, 'student')} left out.")
        return " ".join(parts)


def _things(rows: Sequence[PlannedRow]) -> str:
    """“57 schools and 2,657 people”."""
    schools = sum(row.file == "orgs.csv" for row in rows)
    people = len(rows) - schools
    words = [count(schools, "school")] if schools else []
    return " and ".join([*words, *([count(people, "person", "people")] if people else [])])


class SchoolFacts(NamedTuple):
    """What the store holds of a school and a roster may change."""

    name: str
    level: str
    level_by: str
    latitude: float | None
    longitude: float | None
    active: bool


class PersonFacts(NamedTuple):
    """What the store holds of a person and a roster may change; the school by source id."""

    given: str
    family: str
    email: str
    kind: str
    school: str
    active: bool
    expected: bool


class Appointment(NamedTuple):
    """A role at a school, both by source id."""

    person: str
    role: str
    school: str


class Taught(NamedTuple):
    """One grade or subject that somebody teaches, by their source id."""

    person: str
    kind: str
    value: str


@dataclass
class Work:
    """Everything that the import would write, by source ids."""

    new_schools: dict[str, SchoolFacts] = field(default_factory=dict)
    changed_schools: dict[str, SchoolFacts] = field(default_factory=dict)
    new_people: dict[str, PersonFacts] = field(default_factory=dict)
    changed_people: dict[str, PersonFacts] = field(default_factory=dict)
    appoint: list[Appointment] = field(default_factory=list)
    dismiss: list[int] = field(default_factory=list)
    """Ids of appointments to take back."""
    teach: list[Taught] = field(default_factory=list)
    unteach: list[int] = field(default_factory=list)
    """Ids of rows on what somebody teaches to take out."""
    changed_words: dict[str, str] = field(default_factory=dict)
    """What changes for each known person, in words."""
    gone: list[str] = field(default_factory=list)
