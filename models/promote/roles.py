"""Who is what at which school, and what somebody teaches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import text
from ..database import lock
from ..errors import NotFound, Refused
from ..journal import Receipt, Write, writes
from ..people import (
    GRADES,
    ROLE_WORDS,
    TREATED_AS_ELEMENTARY,
    AppointmentRow,
    PersonRow,
    SchoolRow,
    TeachesRow,
    grade_words,
    principals_of,
)
from ..words import listed


@writes("people.appoint")
def appoint(
    w: Write, role: str, person_id: int, school_id: int | None = None, given: bool = True
) -> Receipt:
    """Give somebody a role, or take it back (T1.2). Division Personnel has no school; others do.

    Raises Refused for a role that does not fit the school (Core Leaders lead in high schools only).
    """
    w.require()
    _hold(person_id, school_id)
    if role not in ROLE_WORDS:
        raise NotFound(f"There is no role “{role}”; there are {listed(list(ROLE_WORDS))}.")
    person: Any = PersonRow.get_or_none((PersonRow.id == person_id) & PersonRow.active)
    if person is None:
        raise NotFound("That person is not on the staff (any more).")
    home: int | None = None if role == "division" else (school_id or person.school_id)
    at_school = ""
    if home is not None:
        where: Any = SchoolRow.get_or_none((SchoolRow.id == home) & SchoolRow.active)
        if where is None:
            raise NotFound("That school is not there any more.")
        level, at_school = where.level, f" at {where.name}"
        if role == "core_leader" and level in TREATED_AS_ELEMENTARY:
            raise Refused("Core Leaders are the heads of subject areas in high schools.", None,
                          "Appoint a Lead, or say that it is a high school (`cofp school`).")  # fmt: skip
        if level == "office":
            raise Refused("The division office has no Principal, administrators or Leads.")
    year: int | None = w.this_year.id if role in ("lead", "core_leader") else None
    mine = (AppointmentRow.person == person_id) & (AppointmentRow.role == role)
    mine &= AppointmentRow.school.is_null() if home is None else AppointmentRow.school == home
    mine &= AppointmentRow.year.is_null() if year is None else AppointmentRow.year == year
    there = AppointmentRow.get_or_none(mine) is not None
    if given and not there and role == "principal" and home is not None:
        _refuse_second_principal(home, at_school)
    if given and not there:
        AppointmentRow.insert(
            person=person_id, role=role, school=home, year=year, source="person"
        ).execute()
    elif not given:
        AppointmentRow.delete().where(mine).execute()
    w.journal(person_id=person_id, school_id=home, role=role, given=given)
    is_now = "is" if given else "is no longer"
    return w.receipt(f"{person.name} {is_now} {ROLE_WORDS[role]}{at_school}.", person_id)


def _hold(person_id: int, school_id: int | None) -> None:
    """Hold the person and the school until the transaction ends: what is given twice at one moment comes
    one after the other, and the second sees the first."""
    lock(PersonRow.select(PersonRow.id).where(PersonRow.id == person_id))
    own = PersonRow.select(PersonRow.school).where(PersonRow.id == person_id)
    home = SchoolRow.id == school_id if school_id else SchoolRow.id.in_(own)
    lock(SchoolRow.select(SchoolRow.id).where(home))


def _refuse_second_principal(school_id: int, at_school: str) -> None:
    """A school has one Principal (domain.md, “Schools and people”)."""
    present = principals_of([school_id])[school_id]
    if present:
        name = PersonRow.get_by_id(present[0]).name
        raise Refused(
            f"{name} is Principal{at_school}.", None, "Take the role back from them first."
        )


@writes("people.say_teaches")
def say_teaches(w: Write, grades: Sequence[str], subjects: Sequence[str]) -> Receipt:
    """Say what one teaches, where the roster does not; replaces what was said before."""
    w.require(w.me())
    unknown = [g for g in grades if g not in GRADES]
    if unknown:
        raise NotFound(f"“{unknown[0]}” is no grade; there are {listed(list(GRADES))}.")
    rows = [("grade", g) for g in dict.fromkeys(grades)]
    named = list(dict.fromkeys(text.line(s, "Subject", 60) for s in subjects))
    rows += [("subject", s) for s in named]
    TeachesRow.delete().where(TeachesRow.person == w.person_id).execute()
    if rows:
        TeachesRow.insert_many(
            [{"person": w.person_id, "kind": k, "value": v, "said_by": "person"} for k, v in rows]
        ).execute()
    w.journal(person_id=w.person_id, count=len(rows))
    said = listed([*([f"grades {grade_words(grades)}"] if grades else []), *named]) or "nothing yet"
    return w.receipt(f"You teach: {said}.", w.person_id)
