"""How far registration is: in a school, in the division, by day up to the deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import peewee as pw

from ..actions import Verdict, available, judge, require
from ..communities import MembershipRow
from ..people import PersonRow, School, SchoolRow, Standing, school, short_school
from ..words import day, weekday
from ..years import Step, Year
from .tables import at_school


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
        """Whole percent, rounded; never 100 while somebody is missing, nor 0 once somebody is there."""
        if not self.missing:
            return 100
        rounded = (200 * self.registered + self.expected) // (2 * self.expected)
        return max(int(self.registered > 0), min(99, rounded))


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
class Sheet:
    """The head of a list of people without a community: how far it is, and what the viewer may do."""

    progress: Progress
    division: Progress
    by_day: tuple[DayCount, ...]
    opens: date
    closes: date
    days_left: int
    """Days until the window closes; negative when it has."""
    pace_words: str
    """“9 on Monday, 6 today · at this pace 36 by Friday”."""
    not_expected: int
    """How many were said not to be expected, by name and with a reason."""
    verdicts: tuple[Verdict, ...]

    @property
    def window_words(self) -> str:
        """“closes Fri 25 Sep (3 days)”, “opens Mon 21 Sep”, “closed Fri 25 Sep”."""
        length = (self.closes - self.opens).days
        if self.days_left > length:
            return f"opens {day(self.opens)}"
        if self.days_left < 0:
            return f"closed {day(self.closes)}"
        left = {0: "today", 1: "tomorrow"}.get(self.days_left, f"{self.days_left} days")
        return f"closes {day(self.closes)} ({left})"


@dataclass(frozen=True)
class SchoolSheet(Sheet):
    """One school's."""

    school: School
    others: tuple[tuple[int, str], ...]
    """The other schools that the viewer answers for: (id, short name), by name."""


@dataclass(frozen=True)
class DivisionSheet(Sheet):
    """Every school's together, for Division Personnel."""


def missing(year_id: int) -> Any:
    """The condition of being expected and in no community of the year."""
    registered = MembershipRow.select(pw.SQL("1")).where(
        (MembershipRow.year == year_id) & (MembershipRow.person == PersonRow.id)
    )
    return PersonRow.active & PersonRow.expected & ~pw.fn.EXISTS(registered)


def excused() -> Any:
    """The condition of having been said not to be expected, with a reason."""
    return PersonRow.active & ~PersonRow.expected & (PersonRow.expected_reason != "")


def progress(year_id: int, school_id: int | None = None) -> Progress:
    """Registered against expected."""
    people = PersonRow.select(PersonRow.id).where(PersonRow.active & PersonRow.expected)
    without = PersonRow.select(PersonRow.id).where(missing(year_id))
    if school_id is not None:
        people = people.where(PersonRow.school == school_id)
        without = without.where(PersonRow.school == school_id)
    expected = people.count()
    return Progress(expected, expected - without.count())


def require_seen(viewer: Standing, year: Year, on: date, school_id: int | None) -> None:
    """Raise Refused unless `viewer` may see who is unregistered at a school, or everywhere (None)."""
    if school_id is None:
        require("join.see_schools", viewer, year, on)
    else:
        require("join.see_unregistered", viewer, year, on, at_school(school_id))


def schools_progress(viewer: Standing, year: Year, on: date) -> tuple[SchoolLine, ...]:
    """Every school with expected staff: most people missing first.

    Raises Refused for whoever is not Division Personnel (T4.3).
    """
    require_seen(viewer, year, on, None)
    year_id = year.id
    expected = dict(
        PersonRow.select(PersonRow.school, pw.fn.COUNT(PersonRow.id))
        .where(PersonRow.active & PersonRow.expected)
        .group_by(PersonRow.school)
        .tuples()
    )
    without = dict(
        PersonRow.select(PersonRow.school, pw.fn.COUNT(PersonRow.id))
        .where(missing(year_id))
        .group_by(PersonRow.school)
        .tuples()
    )
    lines = []
    for ident, name, level in (
        SchoolRow.select(SchoolRow.id, SchoolRow.name, SchoolRow.level)
        .where(SchoolRow.id.in_(list(expected)))
        .tuples()
    ):
        far = Progress(expected[ident], expected[ident] - without.get(ident, 0))
        lines.append(SchoolLine(ident, (-far.missing, far.percent, name, ident), name, level, far))
    return tuple(sorted(lines, key=lambda line: line.key))


def by_day(year: Year, on: date, school_id: int | None) -> tuple[DayCount, ...]:
    """Registrations of expected staff on each day of the join window, those to come as zero."""
    # A cross join is done in the order written: from one school's people, or from the year's members.
    first, second = (MembershipRow, PersonRow) if school_id is None else (PersonRow, MembershipRow)
    query = (
        first.select(MembershipRow.registered_on, pw.fn.COUNT(MembershipRow.id))
        .join(second, pw.JOIN.CROSS)
        .where(
            (MembershipRow.person == PersonRow.id)
            & (MembershipRow.year == year.id)
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
    """A school's head as the viewer sees it.

    Raises NotFound for no such school, Refused for whoever does not answer for it (L4, T4.3).
    """
    home = school(school_id)
    target = at_school(school_id)
    require("join.see_unregistered", standing, year, on, target)
    ids = [ident for ident in standing.answers_for if ident != school_id]
    others = sorted(
        SchoolRow.select(SchoolRow.id, SchoolRow.name).where(SchoolRow.id.in_(ids)).tuples(),
        key=lambda row: (row[1], row[0]),
    )
    return SchoolSheet(
        **_head(year, on, school_id),
        verdicts=available(standing, year, on, target),
        school=home,
        others=tuple((ident, short_school(name)) for ident, name in others),
    )


def division_sheet(standing: Standing, year: Year, on: date) -> DivisionSheet:
    """Every school's head together; raises Refused for whoever is not Division Personnel (T4.3)."""
    require_seen(standing, year, on, None)
    verdicts = (judge("join.see_schools", standing, year, on),)
    return DivisionSheet(**_head(year, on, None), verdicts=verdicts)


def _head(year: Year, on: date, school_id: int | None) -> dict[str, Any]:
    far = progress(year.id, school_id)
    days = by_day(year, on, school_id)
    out = PersonRow.select(PersonRow.id).where(excused())
    if school_id is not None:
        out = out.where(PersonRow.school == school_id)
    window = year.window(Step.JOIN)
    return {
        "progress": far,
        "division": far if school_id is None else progress(year.id),
        "by_day": days,
        "opens": window.opens,
        "closes": window.closes,
        "days_left": (window.closes - on).days,
        "pace_words": pace(days, far, on),
        "not_expected": out.count(),
    }


def pace(days: Sequence[DayCount], far: Progress, on: date) -> str:
    """How registration goes, in words, from the days of the window so far."""
    past = [d for d in days if d.is_past]
    if not past or on > days[-1].on:
        return ""
    parts = [f"{d.registered:,} on {weekday(d.on)}" for d in past if d.on != on][-2:]
    parts += [f"{d.registered:,} today" for d in past if d.on == on]
    words = ", ".join(parts)
    left = len(days) - len(past)
    if far.missing and left and sum(d.registered for d in past):
        mean = sum(d.registered for d in past) / len(past)
        reach = min(far.expected, far.registered + round(mean * left))
        words += f" · at this pace {reach:,} by {weekday(days[-1].on)}"
    return words
