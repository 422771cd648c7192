"""Who is expected and in no community yet: by school, for Leads and Division Personnel; reminders."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import peewee as pw

from .. import pages, text
from ..actions import Verdict, available, judge, require
from ..actions.targets import AtPerson, AtPlace, AtSchool
from ..communities import CommunityRow, MembershipRow, NoticeRow, tell
from ..errors import NotFound, Refused
from ..journal import Receipt, Write, writes
from ..people import KIND_WORDS, PersonRow, SchoolRow, Standing, TeachesRow, grade_words
from ..words import count, day
from ..years import Step, Year
from .progress import excused, missing, require_seen
from .suggestions import Suggestion, suggestions
from .tables import WaitingRow, at_people, at_person

MOST_CLASSES = 2
"""Grades up to which somebody is known by their class rather than by their subject."""


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
    reminded_at: datetime | None
    """When the latest reminder was sent, naive UTC."""
    waits_for: str
    """The title of the community on whose waiting list they are; empty when none."""
    at: AtPerson
    """How they stand in the year's joining."""


@dataclass(frozen=True)
class Proposed:
    """A person's own best suggestion, for confirmation before several are registered at once."""

    person_id: int
    name: str
    community_id: int | None
    """None when nothing with a place left suits them."""
    title: str
    places_left: int
    reasons: tuple[str, ...]
    """Why, in words about the person."""


@dataclass(frozen=True)
class Excused:
    """Somebody who is not expected, with the reason given."""

    id: int
    name: str
    reason: str
    by: str
    at: AtPerson

    @property
    def key(self) -> tuple[Any, ...]:
        """Its place in the list, for windows on it."""
        return (self.name, self.id)


@dataclass(frozen=True)
class Which:
    """Which list of people without a community is looked at, by whom, on which day."""

    viewer: Standing
    year: Year
    on: date
    school_id: int | None
    """One school's, or None for the whole division's."""
    words: str = ""
    """Each must occur in the name."""

    def require(self) -> None:
        """Raise Refused unless they may see it (L4, T4.3)."""
        require_seen(self.viewer, self.year, self.on, self.school_id)


# -- the list ---------------------------------------------------------------------------------------


def unregistered(
    which: Which,
    after: Sequence[Any] | None = None,
    limit: int = pages.SIZE,
    backwards: bool = False,
) -> pages.Page[UnregisteredLine]:
    """A page of those expected and in no community, by name.

    Raises Refused for whoever does not answer for them.
    """
    year_id = which.year.id
    query = _narrow(
        PersonRow.select(
            PersonRow.id, PersonRow.sort_name, PersonRow.family, PersonRow.given, PersonRow.email,
            PersonRow.school, SchoolRow.name, PersonRow.kind,
        ).join(SchoolRow),
        which,
    )  # fmt: skip
    columns = [(PersonRow.sort_name, False), (PersonRow.id, False)]
    found = list(pages.keyset(query, columns, after, backwards).limit(limit + 1).tuples())
    idents = [row[0] for row in found]
    people = at_people(idents, year_id)
    teaching = _teaching(idents)
    last_year = dict(
        MembershipRow.select(MembershipRow.person, CommunityRow.title)
        .join(CommunityRow)
        .where((MembershipRow.year == year_id - 1) & MembershipRow.person.in_(idents))
        .tuples()
    )
    waiting = dict(
        WaitingRow.select(WaitingRow.person, CommunityRow.title)
        .join(CommunityRow)
        .where((WaitingRow.year == year_id) & WaitingRow.person.in_(idents))
        .tuples()
    )
    reminded = dict(
        NoticeRow.select(NoticeRow.person, pw.fn.MAX(NoticeRow.at))
        .where(NoticeRow.person.in_(idents) & (NoticeRow.kind == "reminder"))
        .group_by(NoticeRow.person)
        .tuples()
    )

    def make(row: Any) -> UnregisteredLine:
        ident, sort_name, family, given, email, home, school_name, kind = row
        return UnregisteredLine(
            ident, (sort_name, ident), _listed_name(family, given), email, home, school_name,
            teaching.get(ident) or KIND_WORDS[kind], last_year.get(ident, ""),
            _moment(reminded.get(ident)), waiting.get(ident, ""), people[ident],
        )  # fmt: skip

    return pages.page_of(found, limit, backwards, make)


def _listed_name(family: str, given: str) -> str:
    """“Chen, Wei”; of whoever has one name only, that one."""
    return f"{family}, {given}" if family and given else family or given


def _moment(at: Any) -> datetime | None:
    # SQLite hands an aggregate of a moment back as text.
    return datetime.fromisoformat(at) if isinstance(at, str) else at


def count_unregistered(which: Which) -> int:
    """How many are expected and in no community. Raises Refused likewise."""
    found: int = _narrow(PersonRow.select(PersonRow.id), which).count()
    return found


def whom_to_remind(which: Which, most: int = 2_000) -> tuple[int, ...]:
    """Those whom the list shows and the viewer may remind, by name; of the first `most` in the list.

    Raises Refused likewise.
    """
    query = _narrow(PersonRow.select(PersonRow.id), which)
    ordered = query.order_by(PersonRow.sort_name, PersonRow.id).limit(most)
    idents = [ident for (ident,) in ordered.tuples()]
    people = at_people(idents, which.year.id)
    return tuple(
        ident
        for ident in idents
        if judge("join.remind", which.viewer, which.year, which.on, people[ident]).is_allowed
    )


def _narrow(query: Any, which: Which) -> Any:
    which.require()
    query = query.where(missing(which.year.id))
    if which.school_id is not None:
        query = query.where(PersonRow.school == which.school_id)
    for word in text.words(which.words):
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
    return {
        ident: _teaches_words(grades.get(ident, ()), subjects.get(ident, ()))
        for ident in person_ids
        if ident in grades or ident in subjects
    }


def _teaches_words(grades: Sequence[str], subjects: Sequence[str]) -> str:
    """“Grade 3” of whoever has a class, “Grade 3 · French” with one subject, “Mathematics 9–12” of whoever has many."""
    taught = ", ".join(subjects[:2])
    if not grades or not taught:
        return taught or f"Grade {grade_words(grades)}"
    if len(grades) <= MOST_CLASSES:
        # Whoever teaches a class all its subjects is known by the class.
        own = f" · {taught}" if len(subjects) <= 2 else ""
        return f"Grade {grade_words(grades)}{own}"
    return f"{taught} {grade_words(grades)}"


def person_verdicts(at: AtPerson, standing: Standing, year: Year, on: date) -> tuple[Verdict, ...]:
    """What the viewer may do for one person of the list: pure, on what the list holds.

    Registering is judged before any running community with a place left; the place itself is
    decided by the store.
    """
    place = AtPlace(at, 0, is_running=True, places_left=1)
    return (
        *available(standing, year, on, at),
        *(
            v
            for v in available(standing, year, on, place)
            if v.action.id.startswith("join.register")
        ),
    )


def _require_each(person_ids: Sequence[int], viewer: Standing, year: Year, on: date) -> None:
    """Raise Refused unless `viewer` may see each of these people's schools."""
    people = at_people(person_ids, year.id).values()
    schools = {p.school_id: AtSchool(p.school_id, p.school_level, p.has_principal) for p in people}
    for target in schools.values():
        require("join.see_unregistered", viewer, year, on, target)


def suggestions_for(
    person_ids: Sequence[int], viewer: Standing, year: Year, on: date, most: int = 5
) -> dict[int, tuple[Suggestion, ...]]:
    """What suits each of these people best, in words about them, for somebody who registers them.

    Raises Refused where `viewer` does not answer for one of them.
    """
    _require_each(person_ids, viewer, year, on)
    return suggestions(person_ids, year.id, most, to_others=True)


def best_choices(
    person_ids: Sequence[int], viewer: Standing, year: Year, on: date
) -> tuple[Proposed, ...]:
    """Each person's own best suggestion, in the order given; a place is proposed only once.

    Whoever finds the best one taken by somebody before them gets their next one. Raises Refused
    where `viewer` does not answer for one of them.
    """
    _require_each(person_ids, viewer, year, on)
    names = {
        ident: _listed_name(family, given)
        for ident, family, given in PersonRow.select(
            PersonRow.id, PersonRow.family, PersonRow.given
        )
        .where(PersonRow.id.in_(list(person_ids)))
        .tuples()
    }
    suited = suggestions(list(names), year.id, 12, to_others=True)
    promised: dict[int, int] = {}
    found = []
    for ident in dict.fromkeys(person_ids):
        if ident not in names:
            continue
        best = next(
            (s for s in suited[ident] if s.places_left > promised.get(s.community_id, 0)), None
        )
        if best is None:
            found.append(Proposed(ident, names[ident], None, "", 0, ()))
            continue
        before = promised.get(best.community_id, 0)
        promised[best.community_id] = before + 1
        found.append(
            Proposed(
                ident, names[ident], best.community_id, best.title, best.places_left - before,
                best.reasons,
            )
        )  # fmt: skip
    return tuple(found)


COLUMNS = ("name", "school", "role", "email", "last_year", "waits_for", "reminded_utc")
"""What every export of the unregistered calls its columns, from the screens as by command."""


def unregistered_csv(which: Which, only: Sequence[int] = ()) -> str:
    """The whole list, or `only` these people of it, as CSV for spreadsheets: nothing begins a formula.

    Raises Refused likewise.
    """
    wanted = frozenset(only)
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    after: Sequence[Any] | None = None
    while True:
        page = unregistered(which, after, 500)
        for line in page.rows:
            if wanted and line.id not in wanted:
                continue
            told = line.reminded_at.isoformat(" ", "minutes") if line.reminded_at else ""
            cells = (line.name, line.school, line.role, line.email, line.last_year, line.waits_for)
            table.writerow((*map(text.cell, cells), told))
        if not page.more:
            return out.getvalue()
        after = page.rows[-1].key


# -- reminders, and who is expected -----------------------------------------------------------------


@writes("join.remind")
def remind(w: Write, person_ids: Sequence[int], words: str = "") -> Receipt:
    """Put a reminder on the Today page of exactly those who are missing (L4, A4)."""
    said = text.line(words, "Reminder", required=False)
    closes = w.this_year.window(Step.JOIN).closes
    base = f"{w.standing.name} reminds you to choose a community by {day(closes)}."
    people = at_people(person_ids, w.this_year.id)
    told = 0
    refusal: Refused | None = None
    if not person_ids:
        raise Refused("Nobody is chosen to be reminded.", None, "Choose somebody first.")
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


def not_expected(
    school_id: int | None, viewer: Standing, year: Year, on: date
) -> tuple[Excused, ...]:
    """Who was said not to be expected, by whom and why: at one school, or anywhere (the first 500).

    Raises Refused for whoever does not answer for them.
    """
    require_seen(viewer, year, on, school_id)
    said_by = PersonRow.alias()
    query = (
        PersonRow.select(
            PersonRow.id, PersonRow.family, PersonRow.given, PersonRow.expected_reason, said_by.name
        )
        .join(said_by, pw.JOIN.LEFT_OUTER, on=(PersonRow.expected_by == said_by.id))
        .where(excused())
        .order_by(PersonRow.sort_name, PersonRow.id)
        .limit(500)
    )
    if school_id is not None:
        query = query.where(PersonRow.school == school_id)
    rows = list(query.tuples())
    people = at_people([row[0] for row in rows], year.id)
    return tuple(
        Excused(ident, _listed_name(family, given), reason, by or "the operator", people[ident])
        for ident, family, given, reason, by in rows
    )
