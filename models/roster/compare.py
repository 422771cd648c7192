"""A roster held against the store: what would be added, changed, gone, refused.

Everything is decided here, once: the preview shows it and the import writes it, so that the two
cannot differ. Whoever a person appointed, or said to be expected, stays as that person left it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..database import read_settings
from ..people import KIND_WORDS, ROLE_WORDS
from ..words import listed
from .plan import Appointment, PersonFacts, PlannedRow, RosterPlan, SchoolFacts, Taught, Work
from .rows import PersonRow, RefusedRow, Roster, SchoolRow
from .stored import Stored

MOST_GONE = 0.2
"""The share of the people or schools that may be gone at once before somebody has to say yes."""
UNKNOWN_LEVEL = "combined"
"""The level of a school of which nothing tells it: treated as elementary (domain.md)."""
OFFICE = "office"


def plan_roster(roster: Roster) -> RosterPlan:
    """The preview: what bringing in this roster would do now. A read."""
    return compare(roster)[0]


def compare(roster: Roster) -> tuple[RosterPlan, Work]:
    """Hold a roster against the store: the preview, and the work that it describes. A read."""
    return _Comparison(roster).result()


class _Comparison:
    """One roster against one state of the store."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.work = Work()
        self.added: list[PlannedRow] = []
        self.changed: list[PlannedRow] = []
        self.gone: list[PlannedRow] = []
        self.refused = list(roster.refused)
        self.notes = list(roster.notes)
        self.unchanged = 0
        self.roles_file = "users.csv" if roster.version == "1.1" else "roles.csv"
        self.stored = Stored()
        self.expected_kinds = frozenset(
            kind.strip() for kind in read_settings().expected_kinds.split(",")
        )

    def result(self) -> tuple[RosterPlan, Work]:
        roster = self.roster
        for school in roster.schools:
            self._school(school)
        if roster.bulk_schools:
            self._schools_not_in_file()
        seen = set(roster.held_people)
        for person in roster.people:
            seen.add(person.source_id)
            self._person(person)
        self._teaching_alone({person.source_id for person in roster.people})
        if roster.bulk_people:
            self._people_not_in_file(seen)
        self._note_shared_emails()
        plan = RosterPlan(
            source_name=roster.source_name,
            version=roster.version,
            added=tuple(self.added),
            changed=tuple(self.changed),
            gone=tuple(self.gone),
            refused=tuple(sorted(self.refused)),
            unchanged=self.unchanged,
            students=roster.counts.students,
            families=roster.counts.families,
            notes=tuple(self.notes),
            needs_yes=self._needs_yes(),
        )
        return plan, self.work

    # -- schools ---------------------------------------------------------------------------------

    def _school(self, row: SchoolRow) -> None:
        stored = self.stored.schools.get(row.source_id)
        if row.status == "gone":
            if stored is not None and stored.active:
                self._school_gone(row.source_id, row.line, "the file says so")
            elif stored is not None:
                self.unchanged += 1
            return
        by_division = stored is not None and stored.level_by == "division"
        level = OFFICE if row.is_division else row.level
        if stored is not None and (by_division or level is None) and not row.is_division:
            level = stored.level if stored.level != OFFICE else UNKNOWN_LEVEL
        if level is None:
            level = UNKNOWN_LEVEL
            self.notes.append(
                f"Nothing tells the level of {row.name}; it is treated as elementary until the "
                "division says otherwise."
            )
        has_position = row.latitude is not None
        facts = SchoolFacts(
            row.name,
            level,
            stored.level_by if stored else "roster",
            row.latitude if has_position or stored is None else stored.latitude,
            row.longitude if has_position or stored is None else stored.longitude,
            True,
        )
        if stored is None:
            self.work.new_schools[row.source_id] = facts
            what = "the division's office" if row.is_division else f"{level} school"
            self.added.append(PlannedRow("orgs.csv", row.line, row.name, what))
        elif stored == facts:
            self.unchanged += 1
        else:
            self.work.changed_schools[row.source_id] = facts
            words = listed(list(_school_words(stored, facts)))
            self.changed.append(PlannedRow("orgs.csv", row.line, row.name, words))

    def _school_gone(self, source: str, line: int, why: str) -> None:
        stored = self.stored.schools[source]
        self.work.changed_schools[source] = stored._replace(active=False)
        self.gone.append(PlannedRow("orgs.csv", line, stored.name, why))

    def _schools_not_in_file(self) -> None:
        seen = {school.source_id for school in self.roster.schools} | self.roster.held_schools
        for source, stored in self.stored.schools.items():
            if source not in seen and stored.active:
                self._school_gone(source, 0, "not in the file any more")

    # -- people ----------------------------------------------------------------------------------

    def _person(self, row: PersonRow) -> None:
        stored = self.stored.people.get(row.source_id)
        if row.status == "gone":
            if stored is not None and stored.active:
                self._person_gone(row.source_id, row.line, "the file says so")
            elif stored is not None:
                self.unchanged += 1
            return
        school = row.schools[0] if row.schools else (stored.school if stored else "")
        kind = row.kind or (stored.kind if stored else None)
        if stored is None and (kind is None or not row.named):
            if row.kind is not None:
                self._refuse(row, self.roles_file, "the person is not in the store; "
                             "give their row in users.csv too.")  # fmt: skip
            # Without a role nobody can tell a student from staff: left out.
            return
        if self._level_of(school) is None:
            self._refuse(row, "users.csv", "school: the file and the store have no such school; "
                         "bring it in with orgs.csv.")  # fmt: skip
            return
        facts = self._facts(row, stored, kind or "other", school)
        self._compare_person(row, stored, facts)

    def _refuse(self, row: PersonRow, file: str, reason: str) -> None:
        self.refused.append(RefusedRow(file, row.line, reason))

    def _school_facts(self, school: str) -> SchoolFacts | None:
        """A school as it will be; None where neither the file nor the store has it."""
        work = self.work
        return (
            work.new_schools.get(school)
            or work.changed_schools.get(school)
            or self.stored.schools.get(school)
        )

    def _level_of(self, school: str) -> str | None:
        """The level of a school of the store or the file; None where neither has it."""
        facts = self._school_facts(school)
        return facts.level if facts else None

    def _school_name(self, school: str) -> str:
        facts = self._school_facts(school)
        return facts.name if facts else school

    def _facts(
        self, row: PersonRow, stored: PersonFacts | None, kind: str, school: str
    ) -> PersonFacts:
        if stored is not None and row.source_id in self.stored.said_expected:
            expected = stored.expected
        else:
            expected = kind in self.expected_kinds and self._level_of(school) != OFFICE
        if stored is not None and not row.named:
            return PersonFacts(
                stored.given, stored.family, stored.email, kind, school, True, expected
            )
        return PersonFacts(row.given, row.family, row.email, kind, school, True, expected)

    def _compare_person(
        self, row: PersonRow, stored: PersonFacts | None, facts: PersonFacts
    ) -> None:
        roles = list(self._appointments(row, facts))
        teaches = self._teaching(row.source_id, row.grades, row.subjects)
        if stored is None:
            self.work.new_people[row.source_id] = facts
            what = f"{KIND_WORDS[facts.kind]}, {self._school_name(facts.school)}"
            self.added.append(
                PlannedRow("users.csv", row.line, f"{facts.given} {facts.family}", what)
            )
            return
        words = list(self._person_words(stored, facts))
        if stored != facts:
            self.work.changed_people[row.source_id] = facts
        words += roles
        if teaches:
            words.append("teaches something else")
        if stored == facts and not words:
            self.unchanged += 1
            return
        said = listed(words)
        self.work.changed_words[row.source_id] = said
        file = "users.csv" if row.named else self.roles_file
        self.changed.append(PlannedRow(file, row.line, f"{facts.given} {facts.family}", said))

    def _person_words(self, stored: PersonFacts, facts: PersonFacts) -> Iterator[str]:
        """What is different, in words."""
        if not stored.active:
            yield "back on the staff"
        if (stored.given, stored.family) != (facts.given, facts.family):
            yield f"was called {stored.given} {stored.family}"
        if stored.email != facts.email:
            yield f"e-mail {facts.email or 'taken out'}"
        if stored.kind != facts.kind:
            yield f"now {KIND_WORDS[facts.kind]} (was {KIND_WORDS[stored.kind]})"
        if stored.school != facts.school:
            yield f"now at {self._school_name(facts.school)}"
        if stored.expected != facts.expected:
            yield "expected to register" if facts.expected else "no longer expected to register"

    def _person_gone(self, source: str, line: int, why: str) -> None:
        stored = self.stored.people[source]
        self.work.changed_people[source] = stored._replace(active=False)
        self.work.dismiss += self.stored.by_roster.get(source, {}).values()
        self.work.gone.append(source)
        name = f"{stored.given} {stored.family}"
        self.gone.append(PlannedRow("users.csv", line, name, why))

    def _people_not_in_file(self, seen: set[str]) -> None:
        for source, stored in self.stored.people.items():
            if source not in seen and stored.active:
                self._person_gone(source, 0, "not in the file any more")

    # -- appointments ----------------------------------------------------------------------------

    def _appointments(self, row: PersonRow, facts: PersonFacts) -> Iterator[str]:
        """Bring the roster's own appointments in line; what changes, in words."""
        held = self.stored.by_roster.get(row.source_id)
        if row.kind is None or not row.schools:
            return
        if row.kind != "administrator" and not row.principal_of and not held:
            return
        wanted = self._wanted_appointments(row, facts, held or {})
        for appointment in wanted:
            if held is None or appointment not in held:
                self.work.appoint.append(appointment)
                school = self._school_name(appointment.school)
                yield f"{ROLE_WORDS[appointment.role]} of {school}"
        for appointment, ident in (held or {}).items():
            if appointment not in wanted:
                self.work.dismiss.append(ident)
                if Appointment(row.source_id, "principal", appointment.school) in wanted:
                    continue
                school = self._school_name(appointment.school)
                yield f"no longer {ROLE_WORDS[appointment.role]} of {school}"

    def _wanted_appointments(
        self, row: PersonRow, facts: PersonFacts, held: dict[Appointment, int]
    ) -> list[Appointment]:
        wanted: list[Appointment] = []
        for school in row.schools:
            if self._level_of(school) in (None, OFFICE):
                continue
            principal = Appointment(row.source_id, "principal", school)
            is_principal = school in row.principal_of
            if row.principal is None or (row.principal and not is_principal):
                # 1.1 does not tell who of several it is: what was known stays known.
                is_principal = is_principal or (self.roster.version == "1.1" and principal in held)
            if is_principal and self._appointed_otherwise(principal):
                is_principal = False
            if is_principal:
                wanted.append(principal)
            elif facts.kind == "administrator":
                wanted.append(Appointment(row.source_id, "administrator", school))
        return [appointment for appointment in wanted if appointment not in self.stored.by_people]

    def _appointed_otherwise(self, wanted: Appointment) -> bool:
        """Whether the division named another Principal there, which no roster undoes."""
        for named in self.stored.by_people:
            if named.role != "principal" or named.school != wanted.school:
                continue
            facts = self.stored.people[named.person]
            if facts.active and named.person != wanted.person:
                self.notes.append(
                    f"{self._school_name(wanted.school)} keeps the Principal whom the division "
                    f"named, {facts.given} {facts.family}; the roster names somebody else."
                )
                return True
        return False

    # -- what people teach -----------------------------------------------------------------------

    def _teaching(self, person: str, grades: tuple[str, ...], subjects: tuple[str, ...]) -> bool:
        """Bring what the roster says that somebody teaches in line; whether anything changes."""
        if person in self.stored.said_themselves:
            return False
        held = self.stored.taught.get(person, {})
        if not held and not grades and not subjects:
            return False
        wanted = {Taught(person, "grade", grade) for grade in grades}
        wanted |= {Taught(person, "subject", subject) for subject in subjects}
        new = [taught for taught in sorted(wanted) if taught not in held]
        # Only a whole file of enrolments can say that somebody no longer teaches something.
        old = (
            [ident for taught, ident in held.items() if taught not in wanted]
            if self.roster.bulk_teaching
            else []
        )
        self.work.teach += new
        self.work.unteach += old
        return bool(new or old)

    def _teaching_alone(self, with_row: set[str]) -> None:
        """What a delta's enrolments say of people who have no row of their own in it."""
        for row in self.roster.teaches:
            if row.source_id in with_row or row.source_id not in self.stored.people:
                continue
            if self._teaching(row.source_id, row.grades, row.subjects):
                facts = self.stored.people[row.source_id]
                words = "teaches something else"
                self.work.changed_words[row.source_id] = words
                name = f"{facts.given} {facts.family}"
                self.changed.append(PlannedRow("enrollments.csv", 0, name, words))

    # -- what to know ----------------------------------------------------------------------------

    def _note_shared_emails(self) -> None:
        emails = Counter(
            person.email.lower()
            for person in self.roster.people
            if person.email and person.status == "active"
        )
        shared = [email for email, times in emails.items() if times > 1]
        if shared:
            self.notes.append(
                f"Several people share {listed(shared, 'and', 3)}; they sign in by their names."
            )

    def _needs_yes(self) -> str:
        for many, before, what in (
            (len(self.work.gone), [p.active for p in self.stored.people.values()], "people"),
            (
                sum(1 for s in self.work.changed_schools.values() if not s.active),
                [s.active for s in self.stored.schools.values()],
                "schools",
            ),
        ):
            known = sum(before)
            if many > known * MOST_GONE:
                return (
                    f"{many:,} of {known:,} {what} would be gone, more than "
                    f"{MOST_GONE:.0%}; is this the whole roster?"
                )
        return ""


def _school_words(stored: SchoolFacts, facts: SchoolFacts) -> Iterator[str]:
    if not stored.active:
        yield "open again"
    if stored.name != facts.name:
        yield f"was called {stored.name}"
    if stored.level != facts.level:
        yield f"now {facts.level} (was {stored.level})"
    if (stored.latitude, stored.longitude) != (facts.latitude, facts.longitude):
        yield "another position"
