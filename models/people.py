"""Schools, people, what they teach, appointments; and Standing: everything a person is this year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import peewee as pw

from . import text
from .database import Table
from .database.prepared import Prepared
from .errors import NotFound
from .words import listed
from .years import YearRow

TREATED_AS_ELEMENTARY = ("elementary", "combined")
"""A combined school counts as elementary until the division says otherwise (domain.md)."""

ROLE_WORDS = {
    "principal": "Principal",
    "administrator": "Administrator",
    "lead": "Lead",
    "core_leader": "Core Leader",
    "division": "Division Personnel",
}
"""The roles that are given by appointment, in words."""

KIND_WORDS = {
    "teacher": "Teacher",
    "administrator": "Administrator",
    "aide": "Aide",
    "office": "Division office",
    "other": "Staff",
}


class SchoolRow(Table):
    id = pw.AutoField()
    source_id = pw.TextField()
    name = pw.TextField()
    folded = pw.TextField()
    level = pw.TextField()
    level_by = pw.TextField(default="roster")
    latitude = pw.DoubleField(null=True)
    longitude = pw.DoubleField(null=True)
    active = pw.BooleanField()

    class Meta:
        table_name = "school"


class PersonRow(Table):
    id = pw.AutoField()
    source_id = pw.TextField()
    given = pw.TextField()
    family = pw.TextField()
    name = pw.TextField()
    sort_name = pw.TextField()
    folded = pw.TextField()
    email = pw.TextField()
    kind = pw.TextField()
    school = pw.ForeignKeyField(SchoolRow)
    active = pw.BooleanField()
    expected = pw.BooleanField()
    expected_by = pw.ForeignKeyField("self", null=True, column_name="expected_by")
    expected_reason = pw.TextField(default="")

    class Meta:
        table_name = "person"


class TeachesRow(Table):
    id = pw.AutoField()
    person = pw.ForeignKeyField(PersonRow)
    kind = pw.TextField()
    value = pw.TextField()
    said_by = pw.TextField()

    class Meta:
        table_name = "teaches"


class AppointmentRow(Table):
    id = pw.AutoField()
    person = pw.ForeignKeyField(PersonRow)
    role = pw.TextField()
    school = pw.ForeignKeyField(SchoolRow, null=True)
    year = pw.ForeignKeyField(YearRow, null=True)
    source = pw.TextField()

    class Meta:
        table_name = "appointment"


# -- what others read ------------------------------------------------------------------------------


@dataclass(frozen=True)
class School:
    """A school of the division, or its office."""

    id: int
    name: str
    level: str
    latitude: float | None = None
    longitude: float | None = None

    @property
    def short(self) -> str:
        """The name without “School” or “Collegiate”, for narrow columns."""
        return short_school(self.name)


@dataclass(frozen=True)
class Person:
    """A member of staff, as lists and sign-in show them."""

    id: int
    name: str
    email: str
    kind: str
    school_id: int
    school_name: str
    active: bool = True

    @property
    def label(self) -> str:
        """Name and school, which tells two people of one name apart."""
        return f"{self.name} · {short_school(self.school_name)}"


@dataclass(frozen=True)
class Standing:
    """Everything a person is this year (domain.md, “Who is who”)."""

    person_id: int | None
    name: str
    school_id: int | None = None
    school_name: str = ""
    school_level: str = ""
    kind: str = ""
    is_active: bool = True
    is_expected: bool = False
    principal_of: frozenset[int] = frozenset()
    administrator_of: frozenset[int] = frozenset()
    lead_of: frozenset[int] = frozenset()
    core_leader_of: frozenset[int] = frozenset()
    is_division: bool = False
    is_operator: bool = False
    """Whoever has the database file: the command line."""
    community_id: int | None = None
    community_title: str = ""
    role: str = ""
    """'facilitator' or 'member' in that community; empty without one."""

    @property
    def facilitates(self) -> int | None:
        """The community that they facilitate."""
        return self.community_id if self.role == "facilitator" else None

    @property
    def answers_for(self) -> frozenset[int]:
        """The schools whose staff they may see, as Principal, administrator, Lead or Core Leader."""
        return self.principal_of | self.administrator_of | self.lead_of | self.core_leader_of

    @property
    def role_words(self) -> str:
        """The most telling role, with its school: “Principal, Argyle”."""
        school = f", {short_school(self.school_name)}" if self.school_name else ""
        if self.is_operator:
            return "Operator"
        if self.is_division:
            return "Division Personnel"
        if self.principal_of:
            return f"Principal{school}"
        if self.core_leader_of:
            return f"Core Leader{school}"
        if self.lead_of:
            return f"Lead{school}"
        if self.administrator_of:
            return f"Administrator{school}"
        if self.facilitates:
            return f"Facilitator{school}"
        return f"{KIND_WORDS.get(self.kind, 'Staff')}{school}"


@dataclass(frozen=True)
class Reach:
    """The schools to whose people something may be done at all: some, none, or every one."""

    schools: frozenset[int] | None
    """None means every school, and the division office."""

    def holds(self, school_id: int | None) -> bool:
        """Whether a school's people are within reach."""
        return self.schools is None or school_id in self.schools

    @property
    def is_empty(self) -> bool:
        return self.schools is not None and not self.schools

    @property
    def is_several(self) -> bool:
        """Whether more than one school is within reach."""
        return self.schools is None or len(self.schools) > 1

    def narrow(self, query: Any) -> Any:
        """A query of people, narrowed to those within reach."""
        if self.schools is None:
            return query
        return query.where(PersonRow.school.in_(sorted(self.schools)))


EVERYWHERE = Reach(None)
NOWHERE = Reach(frozenset())

NOBODY = Standing(None, "")
"""Before anybody has signed in."""
OPERATOR = Standing(None, "The operator", is_operator=True)
"""The command line: whoever has the database file."""


def standing_by(person_id: int, name: str, role: str, school_id: int | None) -> Standing:
    """What one appointment alone makes of somebody on the staff."""
    if role == "division":
        return Standing(person_id, name, is_division=True)
    at = frozenset(() if school_id is None else (school_id,))
    return Standing(
        person_id,
        name,
        principal_of=at if role == "principal" else frozenset(),
        administrator_of=at if role == "administrator" else frozenset(),
        lead_of=at if role == "lead" else frozenset(),
        core_leader_of=at if role == "core_leader" else frozenset(),
    )


def short_school(name: str) -> str:
    """A school's name where room is scarce: without “School”, “Collegiate” and the like."""
    short = name
    for tail in (" Elementary School", " School", " Collegiate", " Collegiate Institute"):
        if short.endswith(tail) and len(short) > len(tail):
            short = short.removesuffix(tail)
            break
    return short.removeprefix("École ") if short.startswith("École ") and len(short) > 24 else short


def schools(*, with_office: bool = False) -> tuple[School, ...]:
    """The division's active schools by name."""
    query = SchoolRow.select().where(SchoolRow.active)
    if not with_office:
        query = query.where(SchoolRow.level != "office")
    return tuple(_school(row) for row in query.order_by(SchoolRow.folded, SchoolRow.id))


def _school(row: Any) -> School:
    return School(row.id, row.name, row.level, row.latitude, row.longitude)


def school(ident: int) -> School:
    """One school; raises NotFound."""
    row = SchoolRow.get_or_none(SchoolRow.id == ident)
    if row is None:
        raise NotFound("That school is not there any more.")
    return _school(row)


def find_school(name: str) -> School:
    """The school that a text names (whole, short, or the beginning); raises NotFound with the nearest."""
    wanted = text.fold(name)
    everything = schools(with_office=True)
    exact = [s for s in everything if wanted in (text.fold(s.name), text.fold(s.short))]
    near = exact or [s for s in everything if all(w in text.fold(s.name) for w in wanted.split())]
    if len(near) == 1:
        return near[0]
    if not near:
        import difflib

        close = difflib.get_close_matches(wanted, [text.fold(s.short) for s in everything], 1, 0.5)
        hint = next(
            (
                f" Did you mean {s.name}?"
                for s in everything
                if close and text.fold(s.short) == close[0]
            ),
            "",
        )
        raise NotFound(f"No school is called “{name}”.{hint}")
    raise NotFound(
        f"“{name}” fits {listed([s.name for s in near], 'and', 3)}; write more of the name."
    )


def people_query() -> Any:
    """A select of active people with their school, which callers narrow."""
    return (
        PersonRow.select(
            PersonRow.id, PersonRow.name, PersonRow.email, PersonRow.kind, PersonRow.school,
            SchoolRow.name.alias("school_name"), PersonRow.active,
        )
        .join(SchoolRow)
        .where(PersonRow.active)
    )  # fmt: skip


def person(ident: int) -> Person:
    """One person, active or gone; raises NotFound."""
    row = (
        PersonRow.select(
            PersonRow.id, PersonRow.name, PersonRow.email, PersonRow.kind, PersonRow.school,
            SchoolRow.name.alias("school_name"), PersonRow.active,
        )
        .join(SchoolRow)
        .where(PersonRow.id == ident)
        .tuples()
        .first()
    )  # fmt: skip
    if row is None:
        raise NotFound("That person is not in the roster any more.")
    return Person(*row)


def search_people(query: str, limit: int = 8, school_id: int | None = None) -> tuple[Person, ...]:
    """Type-ahead over active staff by name or e-mail: every word must occur; nearest beginnings first."""
    wanted = text.words(query)
    if not wanted:
        return ()
    select = people_query()
    if school_id is not None:
        select = select.where(PersonRow.school == school_id)
    # A name's beginning is found through the index; only then is the rest looked through.
    head = select.where((PersonRow.folded >= wanted[0]) & (PersonRow.folded < wanted[0] + "\uffff"))
    for word in wanted[1:]:
        head = head.where(PersonRow.folded.contains(word))
    found = [
        Person(*row) for row in head.order_by(PersonRow.folded, PersonRow.id).limit(limit).tuples()
    ]
    if len(found) < limit:
        rest = select
        for word in wanted:
            rest = rest.where(PersonRow.folded.contains(word) | (PersonRow.email.contains(word)))
        seen = {p.id for p in found}
        for row in rest.order_by(PersonRow.sort_name, PersonRow.id).limit(limit * 2).tuples():
            if row[0] not in seen and len(found) < limit:
                found.append(Person(*row))
    return tuple(found)


def find_person(who: str) -> Person:
    """The one active person that a name, e-mail or source id means; raises NotFound naming the choices."""
    wanted = who.strip()
    select = people_query()
    for condition in (
        pw.fn.LOWER(PersonRow.email) == wanted.lower(),
        PersonRow.source_id == wanted,
        PersonRow.folded == text.fold(wanted),
    ):
        found = [Person(*row) for row in select.where(condition).limit(5).tuples()]
        if len(found) == 1:
            return found[0]
        if found:
            emails = listed([f"{p.label} ({p.email})" for p in found], "or")
            raise NotFound(f"Several people are called “{wanted}”: {emails}. Give the e-mail.")
    near = search_people(wanted, 4)
    if len(near) == 1:
        return near[0]
    if near:
        raise NotFound(
            f"“{wanted}” fits {listed([p.label for p in near], 'and')}; give the e-mail."
        )
    raise NotFound(f"Nobody on the staff is called “{wanted}”.")


def principals_of(school_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Each school's active Principals (ids)."""
    found: dict[int, tuple[int, ...]] = dict.fromkeys(school_ids, ())
    for school_id, person_id in (
        AppointmentRow.select(AppointmentRow.school, AppointmentRow.person)
        .join(PersonRow)
        .where(
            (AppointmentRow.role == "principal")
            & AppointmentRow.school.in_(list(found))
            & PersonRow.active
        )
        .tuples()
    ):
        found[school_id] = (*found[school_id], person_id)
    return found


_PRINCIPALS = Prepared(
    lambda school: (
        AppointmentRow.select(AppointmentRow.person)
        .join(PersonRow)
        .where(
            (AppointmentRow.role == "principal")
            & (AppointmentRow.school == school)
            & PersonRow.active
        )
    ),
    -1,
)


def principals_at(school_id: int) -> tuple[int, ...]:
    """One school's active Principals (ids)."""
    return tuple(ident for (ident,) in _PRINCIPALS(school_id))


def taught_by(person_id: int) -> tuple[frozenset[str], frozenset[str]]:
    """The grades and the subjects that a person teaches, as the roster or they themselves say."""
    grades: set[str] = set()
    subjects: set[str] = set()
    for kind, value in (
        TeachesRow.select(TeachesRow.kind, TeachesRow.value)
        .where(TeachesRow.person == person_id)
        .tuples()
    ):
        (grades if kind == "grade" else subjects).add(value)
    return frozenset(grades), frozenset(subjects)


GRADES = ("PK", "K", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12")


def grade_words(grades: Iterable[str]) -> str:
    """Grades as people say them: “K–2”, “3”, “5 and 7”, “9–12”."""
    places = sorted({GRADES.index(g) for g in grades if g in GRADES})
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return listed(
        [GRADES[r[0]] if len(r) == 1 else f"{GRADES[r[0]]}–{GRADES[r[-1]]}" for r in runs]
    )
