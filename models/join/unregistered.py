"""Who is expected and in no community yet: by school, for Leads and Division Personnel; reminders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import peewee as pw

from .. import pages, text
from ..actions import AtSchool, Verdict, available
from ..communities import CommunityRow, MembershipRow, NoticeRow, tell
from ..errors import NotFound, Refused
from ..journal import Receipt, Write, writes
from ..people import (
    KIND_WORDS,
    PersonRow,
    School,
    SchoolRow,
    Standing,
    TeachesRow,
    grade_words,
    principals_of,
    school,
)
from ..words import count
from ..years import Step, Year
from .tables import at_people, at_person


@dataclass(frozen=True)
class UnregisteredLine:
    """Somebody expected who is in no community yet."""

    id: int
    key: tuple[Any, ...]
    name: str
    """“Chen, Wei”."""
    email: str
    school_id: int
    school: str
    role: str
    """What they teach, else their kind: “Grade 3”, “Science”, “Teacher”."""
    last_year: str
    """The title of last year's community; empty when none."""
    reminded_on: date | None
    waits_for: str = ""


@dataclass(frozen=True)
class Progress:
    """Registered against expected, in one school or the whole division."""

    expected: int
    registered: int

    @property
    def missing(self) -> int:
        return self.expected - self.registered

    @property
    def percent(self) -> int:
        """Whole percent, never 100 while somebody is missing."""
        return 100 if not self.missing else min(99, self.registered * 100 // self.expected)


@dataclass(frozen=True)
class SchoolLine:
    """One school among all, for Division Personnel: worst first."""

    id: int
    key: tuple[Any, ...]
    name: str
    level: str
    progress: Progress


@dataclass(frozen=True)
class DayCount:
    """Registrations of expected staff on one day of the join window."""

    on: date
    registered: int
    is_past: bool


@dataclass(frozen=True)
class SchoolSheet:
    """A school's head line: how far it is, by day, and what the viewer may do there."""

    school: School
    progress: Progress
    division: Progress
    by_day: tuple[DayCount, ...]
    closes: date
    days_left: int
    pace_words: str
    """“9 on Monday, 6 today · at this pace 36 by Friday”."""
    not_expected: int
    verdicts: tuple[Verdict, ...]


def _missing(year_id: int) -> Any:
    """The condition of being expected and in no community of the year."""
    registered = MembershipRow.select(pw.SQL("1")).where(
        (MembershipRow.year == year_id) & (MembershipRow.person == PersonRow.id)
    )
    return PersonRow.active & PersonRow.expected & ~pw.fn.EXISTS(registered)


def unregistered(
    year_id: int,
    school_id: int | None,
    words: str = "",
    after: Sequence[Any] | None = None,
    limit: int = pages.SIZE,
    backwards: bool = False,
) -> pages.Page[UnregisteredLine]:
    """A page of those expected and in no community, by name; one school's, or the whole division's."""
    query = _narrow(
        PersonRow.select(
            PersonRow.id, PersonRow.sort_name, PersonRow.email, PersonRow.school, SchoolRow.name,
            PersonRow.kind,
        ).join(SchoolRow),
        year_id, school_id, words,
    )  # fmt: skip
    columns = [(PersonRow.sort_name, False), (PersonRow.id, False)]
    found = list(pages.keyset(query, columns, after, backwards).limit(limit + 1).tuples())
    idents = [row[0] for row in found]
    teaching = _teaching(idents)
    last_year = dict(
        MembershipRow.select(MembershipRow.person, CommunityRow.title)
        .join(CommunityRow)
        .where((MembershipRow.year == year_id - 1) & MembershipRow.person.in_(idents))
        .tuples()
    )
    reminded = dict(
        NoticeRow.select(NoticeRow.person, pw.fn.MAX(NoticeRow.at))
        .where(NoticeRow.person.in_(idents) & (NoticeRow.kind == "reminder"))
        .group_by(NoticeRow.person)
        .tuples()
    )

    def make(row: Any) -> UnregisteredLine:
        ident, sort_name, email, home, school_name, kind = row
        said = reminded.get(ident)
        return UnregisteredLine(
            ident, (sort_name, ident), sort_name, email, home, school_name,
            teaching.get(ident) or KIND_WORDS[kind], last_year.get(ident, ""), _day(said),
        )  # fmt: skip

    return pages.page_of(found, limit, backwards, make)


def _day(at: Any) -> date | None:
    if at is None:
        return None
    # SQLite hands an aggregate of a moment back as text.
    return date.fromisoformat(str(at)[:10])


def count_unregistered(year_id: int, school_id: int | None, words: str = "") -> int:
    """How many are expected and in no community."""
    found: int = _narrow(PersonRow.select(PersonRow.id), year_id, school_id, words).count()
    return found


def _narrow(query: Any, year_id: int, school_id: int | None, words: str) -> Any:
    query = query.where(_missing(year_id))
    if school_id is not None:
        query = query.where(PersonRow.school == school_id)
    for word in text.words(words):
        query = query.where(PersonRow.folded.contains(word))
    return query


def _teaching(person_ids: Sequence[int]) -> dict[int, str]:
    grades: dict[int, list[str]] = {}
    subjects: dict[int, list[str]] = {}
    for person_id, kind, value in (
        TeachesRow.select(TeachesRow.person, TeachesRow.kind, TeachesRow.value)
        .where(TeachesRow.person.in_(list(person_ids)))
        .order_by(TeachesRow.id)
        .tuples()
    ):
        (grades if kind == "grade" else subjects).setdefault(person_id, []).append(value)
    found = {}
    for ident in person_ids:
        parts = []
        if ident in subjects:
            parts.append(", ".join(subjects[ident][:2]))
        if ident in grades:
            parts.append(
                grade_words(grades[ident]) if parts else f"Grade {grade_words(grades[ident])}"
            )
        if parts:
            found[ident] = " ".join(parts)
    return found


def progress(year_id: int, school_id: int | None = None) -> Progress:
    """Registered against expected."""
    people = PersonRow.select(PersonRow.id).where(PersonRow.active & PersonRow.expected)
    if school_id is not None:
        people = people.where(PersonRow.school == school_id)
    expected = people.count()
    return Progress(expected, expected - count_unregistered(year_id, school_id))


def schools_progress(year_id: int) -> tuple[SchoolLine, ...]:
    """Every school with expected staff: most people missing first."""
    expected = dict(
        PersonRow.select(PersonRow.school, pw.fn.COUNT(PersonRow.id))
        .where(PersonRow.active & PersonRow.expected)
        .group_by(PersonRow.school)
        .tuples()
    )
    missing = dict(
        PersonRow.select(PersonRow.school, pw.fn.COUNT(PersonRow.id))
        .where(_missing(year_id))
        .group_by(PersonRow.school)
        .tuples()
    )
    lines = []
    for ident, name, level in (
        SchoolRow.select(SchoolRow.id, SchoolRow.name, SchoolRow.level)
        .where(SchoolRow.id.in_(list(expected)))
        .tuples()
    ):
        far = Progress(expected[ident], expected[ident] - missing.get(ident, 0))
        lines.append(SchoolLine(ident, (-far.missing, far.percent, name, ident), name, level, far))
    return tuple(sorted(lines, key=lambda line: line.key))


def by_day(year: Year, on: date, school_id: int | None) -> tuple[DayCount, ...]:
    """Registrations of expected staff on each day of the join window, those to come as zero."""
    query = (
        MembershipRow.select(MembershipRow.registered_on, pw.fn.COUNT(MembershipRow.id))
        .join(PersonRow, on=(MembershipRow.person == PersonRow.id))
        .where(
            (MembershipRow.year == year.id)
            & (MembershipRow.role == "member")
            & PersonRow.active
            & PersonRow.expected
        )
        .group_by(MembershipRow.registered_on)
    )
    if school_id is not None:
        query = query.where(PersonRow.school == school_id)
    counts = dict(query.tuples())
    window = year.window(Step.JOIN)
    days = (window.closes - window.opens).days + 1
    return tuple(
        DayCount(day, counts.get(day, 0), day <= on)
        for day in (window.opens + timedelta(days=offset) for offset in range(days))
    )


def school_sheet(school_id: int, standing: Standing, year: Year, on: date) -> SchoolSheet:
    """A school's head line as the viewer sees it; raises NotFound."""
    home = school(school_id)
    target = AtSchool(home.id, home.level, bool(principals_of([home.id])[home.id]))
    verdicts = available(standing, year, on, target)
    if not any(v.action.id == "join.see_unregistered" and v.is_allowed for v in verdicts):
        raise Refused(
            f"{home.name}'s list is for its Leads and administrators, and Division Personnel."
        )
    far = progress(year.id, school_id)
    days = by_day(year, on, school_id)
    out = PersonRow.select().where(
        PersonRow.active & ~PersonRow.expected & (PersonRow.school == school_id)
        & (PersonRow.expected_reason != "")
    ).count()  # fmt: skip
    closes = year.window(Step.JOIN).closes
    return SchoolSheet(
        home,
        far,
        progress(year.id),
        days,
        closes,
        (closes - on).days,
        pace(days, far, on),
        out,
        verdicts,
    )


def pace(days: Sequence[DayCount], far: Progress, on: date) -> str:
    """How registration goes, in words, from the days of the window so far."""
    from ..words import _DAYS

    past = [d for d in days if d.is_past]
    if not past or on > days[-1].on:
        return ""
    parts = [f"{d.registered} on {_DAYS[d.on.weekday()]}" for d in past if d.on != on][-2:]
    parts += [f"{d.registered} today" for d in past if d.on == on]
    words = ", ".join(parts)
    left = len(days) - len(past)
    if far.missing and left and sum(d.registered for d in past):
        mean = sum(d.registered for d in past) / len(past)
        reach = min(far.expected, far.registered + round(mean * left))
        words += f" · at this pace {reach:,} by {_DAYS[days[-1].on.weekday()]}"
    return words


@writes("join.remind")
def remind(w: Write, person_ids: Sequence[int], words: str = "") -> Receipt:
    """Put a reminder on the Today page of exactly those who are missing (L4, A4)."""
    said = text.line(words, "Reminder", required=False)
    closes = w.this_year.window(Step.JOIN).closes
    from ..words import day

    base = f"{w.standing.name} reminds you to choose a community by {day(closes)}."
    people = at_people(person_ids, w.this_year.id)
    told = 0
    refusal: Refused | None = None
    for ident in person_ids:
        if ident not in people:
            raise NotFound("That person is not in the roster any more.")
        try:
            w.require(people[ident])
        except Refused as error:
            refusal = error
            continue
        tell(ident, "reminder", f"{base} {said}".strip(), at=w.at, sender=w.standing.person_id)
        w.journal(person_id=ident)
        told += 1
    if not told and refusal is not None:
        raise refusal
    return w.receipt(
        f"Reminded {count(told, 'person', 'people')}: it is on their Today page.", None, told=told
    )


@writes("join.expect")
def expect(w: Write, person_id: int, expected: bool, reason: str) -> Receipt:
    """Say that a person is (not) expected to register, with a reason (domain.md, “Who is who”)."""
    target = at_person(person_id, w.this_year.id)
    w.require(target)
    why = text.line(reason, "Reason")
    PersonRow.update(
        expected=expected, expected_by=w.standing.person_id, expected_reason=why
    ).where(PersonRow.id == person_id).execute()
    name = PersonRow.get_by_id(person_id).name
    w.journal(person_id=person_id, school_id=target.school_id, expected=expected, reason=why)
    return w.receipt(
        f"{name} is {'expected' if expected else 'not expected'} to register.", person_id
    )


@dataclass(frozen=True)
class Excused:
    """Somebody who is not expected, with the reason given."""

    id: int
    name: str
    reason: str
    by: str


def not_expected(school_id: int) -> tuple[Excused, ...]:
    """Who at a school was said not to be expected, by whom and why."""
    said_by = PersonRow.alias()
    query = (
        PersonRow.select(PersonRow.id, PersonRow.sort_name, PersonRow.expected_reason, said_by.name)
        .join(said_by, pw.JOIN.LEFT_OUTER, on=(PersonRow.expected_by == said_by.id))
        .where(
            PersonRow.active & ~PersonRow.expected & (PersonRow.school == school_id)
            & (PersonRow.expected_reason != "")
        )
        .order_by(PersonRow.sort_name, PersonRow.id)
    )  # fmt: skip
    return tuple(Excused(i, n, r, by or "the operator") for i, n, r, by in query.tuples())
