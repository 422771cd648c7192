"""What the rows of a OneRoster 1.1 or 1.2 roster mean: schools, staff, and what they teach.

Only staff become objects. Students are counted, and their grades tell their school's level;
families are counted; passwords, phones and demographics are never looked at (domain.md, "Who is
who"). A fault of the whole file raises `BadFile`; a fault of one row becomes a `RefusedRow`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import BadFile, BadText
from . import cells, spec
from .archive import Source, open_source
from .faults import shown
from .manifest import Manifest, read_manifest
from .orgs import Orgs
from .read import Table, open_table
from .refs import once
from .roles import Role, Roles
from .rows import Counts, PersonRow, RefusedRow, Roster, TeachesRow
from .sessions import Sessions
from .teaching import Teaching

_ACTIVE = ("", "active")
_TAKES_AWAY = (
    "the file only takes roles away from this person and does not say what remains; "
    "export the whole roster (bulk) instead."
)


def read_roster(path: Path) -> Roster:
    """Read a OneRoster zip or folder, 1.1 or 1.2.

    Args:
        path: the zip, or a folder with the same files unpacked.

    Raises:
        BadFile: the whole file cannot be taken in; the sentence names the place and the way out.
    """
    with open_source(path) as source:
        manifest = read_manifest(source)
        if all(
            manifest.mode(kind) == "absent" for kind in ("orgs", "users", "roles", "enrollments")
        ):
            raise BadFile(
                "manifest.csv says that neither orgs.csv nor users.csv is there; "
                "export the roster with both."
            )
        return _Reading(source, manifest).roster()


@dataclass(frozen=True)
class _Duty:
    """What somebody is, and where, as far as the file tells."""

    kind: str | None
    schools: tuple[str, ...]
    principal_of: tuple[str, ...] = ()
    principal: bool | None = False
    gone: bool = False


class _UserColumns:
    """Where the cells of a person stand in users.csv."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.id = table.at("sourcedId")
        self.status = table.maybe("status")
        self.enabled = table.at("enabledUser")
        self.given = table.at("givenName")
        self.family = table.at("familyName")
        self.email = table.at("email")
        self.grades = table.at("grades")
        self.preferred_given = table.maybe("preferredGivenName")
        self.preferred_family = table.maybe("preferredFamilyName")
        self.primary_org = table.maybe("primaryOrgSourcedId")

    @staticmethod
    def cell(row: list[str], at: int | None) -> str:
        """A cell of a column that may not be there."""
        return "" if at is None else row[at]


class _Reading:
    """One reading of one roster, file by file."""

    def __init__(self, source: Source, manifest: Manifest) -> None:
        self.source = source
        self.manifest = manifest
        self.cleaner = cells.Cleaner()
        self.refused: list[RefusedRow] = []
        self.notes: list[str] = []
        self.users: set[str] = set()
        self.people: list[PersonRow] = []
        self.held: set[str] = set()
        self.uncertain: set[str] = set()
        """Schools one of whose administrators was refused, so that they cannot be counted."""
        self.staff = self.students = self.families = self.disabled = 0
        self.orgs = Orgs(source, manifest, self.cleaner, self.refuse)

    def roster(self) -> Roster:
        """Read everything, in the order in which the files refer to each other."""
        manifest = self.manifest
        sessions = Sessions(self.source, manifest, self.cleaner, self.refuse)
        sessions.read()
        self.orgs.read()
        teaching = Teaching(self.source, manifest, self.orgs, self.cleaner, sessions.ids)
        if manifest.mode("users") != "absent":
            if manifest.version == "1.1":
                self._users_1_1()
            else:
                self._users_1_2()
        elif manifest.mode("roles") != "absent":
            self._roles_alone(self._roles())
        bulk_people = manifest.mode("users") == "bulk"
        teaching.read(self.users if bulk_people else None)
        if manifest.version == "1.1" and bulk_people:
            self._find_sole_administrators()
        schools = self.orgs.schools(
            teaching.grades_at if manifest.mode("classes") == "bulk" else {}, whole=bulk_people
        )
        people = tuple(self._with_teaching(person, teaching) for person in self.people)
        known = {person.source_id for person in people}
        return Roster(
            version=manifest.version,
            source_name=self.source.name,
            schools=schools,
            people=people,
            sessions=tuple(sessions.rows),
            teaches=tuple(
                TeachesRow(
                    person, cells.grades(grades), tuple(sorted(subjects))[: cells.MOST_SUBJECTS]
                )
                for person, (grades, subjects) in sorted(teaching.taught.items())
                if person in known or not bulk_people
            ),
            counts=Counts(
                sum(not school.is_division for school in schools),
                self.staff,
                self.students,
                self.families,
            ),
            refused=tuple(sorted(self.refused)),
            notes=self._all_notes(),
            bulk_schools=manifest.mode("orgs") == "bulk",
            bulk_people=bulk_people,
            bulk_teaching=manifest.mode("classes") == manifest.mode("enrollments") == "bulk",
            held_schools=frozenset(self.orgs.held),
            held_people=frozenset(self.held),
        )

    def refuse(self, file: str, line: int, reason: str) -> None:
        """Note a row that cannot be taken in."""
        self.refused.append(RefusedRow(file, line, reason))

    def _all_notes(self) -> tuple[str, ...]:
        notes = list(self.orgs.notes)
        if self.disabled:
            accounts = "account is" if self.disabled == 1 else "accounts are"
            notes.append(f"{self.disabled:,} staff {accounts} not enabled and count as gone.")
        if self.cleaner.removed:
            were = "character was" if self.cleaner.removed == 1 else "characters were"
            notes.append(f"{self.cleaner.removed:,} invisible {were} taken out.")
        return tuple(notes)

    # -- users, 1.1 ------------------------------------------------------------------------------

    def _users_1_1(self) -> None:
        with open_table(self.source, "users.csv", spec.USERS_1_1) as table:
            at = _UserColumns(table)
            orgs_at, role_at, id_at = table.at("orgSourcedIds"), table.at("role"), at.id
            grades_at, status_at = at.grades, at.status
            seen, places = self.users, self.orgs.grades
            for row in table.rows():
                user = row[id_at]
                if user in seen or not user:
                    once(self.source, table.name, spec.USERS_1_1, seen, user, table.line_of(row))
                seen.add(user)
                role = row[role_at]
                # Nine rows of ten are students: no object, no call, for them.
                if role == "student":
                    self.students += 1
                    place = places.get(row[orgs_at])
                    if place is None:
                        place = self._student_place(table, row, row[orgs_at])
                    if status_at is None or row[status_at] in _ACTIVE:
                        place.add(row[grades_at])
                    continue
                self._staff_1_1(at, row, role.strip().lower(), cells.listed(row[orgs_at]))

    def _student_place(self, table: Table, row: list[str], orgs: str) -> set[str]:
        """Where the grades of a student with several schools, or none, are gathered."""
        parts = cells.listed(orgs)
        self.orgs.check(table.name, table.line_of(row), "orgSourcedIds", parts)
        return self.orgs.grades.get(parts[0], set()) if parts else set()

    def _staff_1_1(self, at: _UserColumns, row: list[str], role: str, orgs: list[str]) -> None:
        line = at.table.line_of(row)
        self.orgs.check(at.table.name, line, "orgSourcedIds", orgs)
        if role == "student":
            self.students += 1
        elif role in spec.FAMILY:
            self.families += 1
        else:
            schools = self.orgs.resolved(orgs)
            kind = spec.STAFF_1_1.get(role)
            is_gone = _says_gone(_UserColumns.cell(row, at.status))
            if kind is None and not is_gone:
                self._refuse_user(
                    at, row, schools, f"role: {shown(role)} is not known; correct it."
                )
                return
            could_be = kind == "administrator" and any(not self.orgs.is_office(s) for s in schools)
            self._person(at, row, _Duty(kind, schools, principal=None if could_be else False))

    def _find_sole_administrators(self) -> None:
        """In 1.1 a school's only administrator is its Principal; of several nobody can tell."""
        at_school: dict[str, list[int]] = {}
        for index, person in enumerate(self.people):
            if person.kind == "administrator" and person.status == "active":
                for school in person.schools:
                    at_school.setdefault(school, []).append(index)
        for school, indexes in at_school.items():
            if (
                len(indexes) == 1
                and school not in self.uncertain
                and not self.orgs.is_office(school)
            ):
                person = self.people[indexes[0]]
                self.people[indexes[0]] = replace(
                    person, principal=True, principal_of=(*person.principal_of, school)
                )

    # -- users and roles, 1.2 --------------------------------------------------------------------

    def _users_1_2(self) -> None:
        modes = self.manifest.mode("users"), self.manifest.mode("roles")
        if modes == ("bulk", "absent"):
            raise BadFile(
                "manifest.csv says that roles.csv is absent, but in OneRoster 1.2 only it tells "
                "who is staff; export the roster with it."
            )
        roles = self._roles()
        with open_table(self.source, "users.csv", spec.USERS_1_2) as table:
            at = _UserColumns(table)
            id_at, grades_at, status_at, org_at = at.id, at.grades, at.status, at.primary_org
            seen, places = self.users, self.orgs.grades
            students = roles.students
            for row in table.rows():
                user = row[id_at]
                if user in seen or not user:
                    once(self.source, table.name, spec.USERS_1_2, seen, user, table.line_of(row))
                seen.add(user)
                org = row[org_at] if org_at is not None else ""
                if org and org not in places:
                    self.orgs.check(table.name, table.line_of(row), "primaryOrgSourcedId", [org])
                if user in students:
                    self.students += 1
                    if status_at is None or row[status_at] in _ACTIVE:
                        place = places.get(org or students[user])
                        if place is not None:
                            place.add(row[grades_at])
                    continue
                self._other_1_2(at, row, roles, user, org)
        if modes[0] == "bulk":
            roles.check_users(self.users)
        else:
            self._roles_alone(roles)

    def _roles(self) -> Roles:
        roles = Roles(self.source, self.orgs, self.refuse)
        roles.read(self.manifest)
        return roles

    def _other_1_2(
        self, at: _UserColumns, row: list[str], roles: Roles, user: str, org: str
    ) -> None:
        """Somebody who is no student: staff, family, or somebody without a role."""
        of_user = roles.staff.get(user)
        if of_user is not None:
            duty = self._duty(of_user, org)
            if duty is not None:
                self._person(at, row, duty)
            elif _says_gone(_UserColumns.cell(row, at.status)):
                self._person(at, row, _Duty(None, ()))
            else:
                self._refuse_user(at, row, (), _TAKES_AWAY)
        elif user in roles.families:
            self.families += 1
        elif user in roles.former:
            self.students += 1
        elif user in roles.refused:
            self.staff += 1
            self.held.add(user)
        elif self.manifest.mode("roles") == "bulk" and self.manifest.mode("users") == "bulk":
            if not _says_gone(_UserColumns.cell(row, at.status)):
                self._refuse_user(
                    at, row, (), "the person has no role in roles.csv; give them one there."
                )
        else:
            self._person(at, row, _Duty(None, self.orgs.resolved([org] if org else [])))

    def _duty(self, roles: list[Role], primary_org: str) -> _Duty | None:
        """What somebody's roles make of them; None when a delta only takes roles away."""
        active = [role for role in roles if role.active]
        if not active:
            if self.manifest.mode("roles") != "bulk":
                return None
            return _Duty(roles[0].kind, self.orgs.resolved(role.org for role in roles), gone=True)
        active.sort(key=lambda role: (not role.primary, role.org != primary_org))
        places = [role.org for role in active if role.org]
        schools = self.orgs.resolved(([primary_org] if primary_org else []) + places)
        principal_of = tuple(
            school
            for school in self.orgs.resolved(role.org for role in active if role.is_principal)
            if not self.orgs.is_office(school)
        )
        return _Duty(active[0].kind, schools, principal_of, bool(principal_of))

    def _roles_alone(self, roles: Roles) -> None:
        """Roles of people who have no row of their own in a delta file."""
        for user, of_user in roles.staff.items():
            if user in self.users:
                continue
            self.staff += 1
            duty = self._duty(of_user, "")
            if duty is None or not duty.schools:
                why = (
                    _TAKES_AWAY if duty is None else "orgSourcedId: the cell is empty; fill it in."
                )
                self.refuse("roles.csv", of_user[0].line, why)
                self.held.add(user)
                continue
            self.people.append(
                PersonRow(
                    user, "", "", "", duty.kind, duty.principal, duty.schools,
                    "gone" if duty.gone else "active", (), (), of_user[0].line,
                    duty.principal_of, named=False,
                )
            )  # fmt: skip

    # -- one person ------------------------------------------------------------------------------

    def _person(self, at: _UserColumns, row: list[str], duty: _Duty) -> None:
        """Take in one member of the staff, or refuse the row."""
        line = at.table.line_of(row)
        try:
            is_gone = duty.gone or cells.is_gone(_UserColumns.cell(row, at.status))
            if not is_gone and not cells.is_true(row[at.enabled], "enabledUser"):
                is_gone = True
                self.disabled += 1
            if not is_gone:
                self._check_place(duty)
            given = _UserColumns.cell(row, at.preferred_given) or row[at.given]
            family = _UserColumns.cell(row, at.preferred_family) or row[at.family]
            # A row that only says that somebody is gone may leave the rest empty.
            person = PersonRow(
                source_id=cells.source_id(row[at.id]),
                given=self.cleaner.line(given, "givenName", required=not is_gone),
                family=self.cleaner.line(family, "familyName", required=not is_gone),
                email="" if is_gone else self.cleaner.email(row[at.email]),
                kind=duty.kind,
                principal=duty.principal,
                schools=duty.schools,
                status="gone" if is_gone else "active",
                grades=cells.grades(cells.listed(row[at.grades])),
                subjects=(),
                line=line,
                principal_of=duty.principal_of,
            )
        except BadText as error:
            if duty.kind == "administrator":
                self.uncertain.update(duty.schools)
            self._refuse_user(at, row, duty.schools, str(error))
            return
        self.staff += 1
        self.people.append(person)

    def _check_place(self, duty: _Duty) -> None:
        if duty.kind is not None and not duty.schools:
            raise BadText("school", "the row names none; fill it in.")
        lost = next((school for school in duty.schools if school in self.orgs.held), None)
        if lost is not None:
            raise BadText(
                "school", f"orgs.csv line {self.orgs.held[lost]:,} was refused; correct that first."
            )

    def _refuse_user(
        self, at: _UserColumns, row: list[str], schools: Iterable[str], reason: str
    ) -> None:
        self.staff += 1
        self.held.add(row[at.id])
        self.uncertain.update(schools)
        self.refuse(at.table.name, at.table.line_of(row), reason)

    @staticmethod
    def _with_teaching(person: PersonRow, teaching: Teaching) -> PersonRow:
        taught = teaching.taught.get(person.source_id)
        if taught is None:
            return person
        grades, subjects = taught
        words = cells.grades([*person.grades, *grades])
        return replace(
            person, grades=words, subjects=tuple(sorted(subjects))[: cells.MOST_SUBJECTS]
        )


def _says_gone(status: str) -> bool:
    """Whether a status says that the person is gone; an unknown one does not."""
    return status.strip().lower() in spec.GONE
