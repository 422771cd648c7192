"""What the store holds of the things that a roster may change, read in four queries."""

from __future__ import annotations

from typing import Any

from ..people import AppointmentRow, TeachesRow
from ..people import PersonRow as PersonTable
from ..people import SchoolRow as SchoolTable
from .plan import Appointment, PersonFacts, SchoolFacts, Taught

FROM_ROSTER = ("principal", "administrator")
"""The roles that a roster gives."""


class Stored:
    """One state of the store, by source ids."""

    def __init__(self) -> None:
        self.schools: dict[str, SchoolFacts] = {}
        self.people: dict[str, PersonFacts] = {}
        self.said_expected: set[str] = set()
        """Of whom a person said whether they are expected to register."""
        self.by_roster: dict[str, dict[Appointment, int]] = {}
        """The roster's own appointments and their ids, by person."""
        self.by_people: set[Appointment] = set()
        """Appointments that people made."""
        self.taught: dict[str, dict[Taught, int]] = {}
        """What the roster said that somebody teaches, and the ids of the rows, by person."""
        self.said_themselves: set[str] = set()
        """Who said themselves what they teach."""
        schools = self._read_schools()
        people = self._read_people(schools)
        self._read_appointments(schools, people)
        self._read_teaching(people)

    def _read_schools(self) -> dict[int, str]:
        sources: dict[int, str] = {}
        rows: Any = SchoolTable.select(
            SchoolTable.id, SchoolTable.source_id, SchoolTable.name, SchoolTable.level,
            SchoolTable.level_by, SchoolTable.latitude, SchoolTable.longitude, SchoolTable.active,
        ).tuples()  # fmt: skip
        for ident, source, *facts in rows:
            sources[ident] = source
            self.schools[source] = SchoolFacts(*facts)
        return sources

    def _read_people(self, schools: dict[int, str]) -> dict[int, str]:
        sources: dict[int, str] = {}
        rows: Any = PersonTable.select(
            PersonTable.id, PersonTable.source_id, PersonTable.given, PersonTable.family,
            PersonTable.email, PersonTable.kind, PersonTable.school, PersonTable.active,
            PersonTable.expected, PersonTable.expected_by, PersonTable.expected_reason,
        ).tuples()  # fmt: skip
        for ident, source, given, family, email, kind, school, active, expected, by, why in rows:
            sources[ident] = source
            self.people[source] = PersonFacts(
                given, family, email, kind, schools[school], active, expected
            )
            if by is not None or why:
                self.said_expected.add(source)
        return sources

    def _read_appointments(self, schools: dict[int, str], people: dict[int, str]) -> None:
        rows: Any = (
            AppointmentRow.select(
                AppointmentRow.id, AppointmentRow.person, AppointmentRow.role,
                AppointmentRow.school, AppointmentRow.source,
            )
            .where(AppointmentRow.role.in_(FROM_ROSTER))
            .tuples()
        )  # fmt: skip
        for ident, person, role, school, source in rows:
            held = Appointment(people[person], role, schools[school])
            if source == "roster":
                self.by_roster.setdefault(held.person, {})[held] = ident
            else:
                self.by_people.add(held)

    def _read_teaching(self, people: dict[int, str]) -> None:
        rows: Any = TeachesRow.select(
            TeachesRow.id, TeachesRow.person, TeachesRow.kind, TeachesRow.value, TeachesRow.said_by
        ).tuples()
        for ident, person, kind, value, said_by in rows:
            source = people[person]
            if said_by == "person":
                self.said_themselves.add(source)
            else:
                self.taught.setdefault(source, {})[Taught(source, kind, value)] = ident
