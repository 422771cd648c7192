"""Bringing a roster in: compared again inside the transaction, then written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .. import text
from ..database import set_setting
from ..errors import Conflict, Refused
from ..journal import Receipt, Write, writes
from ..people import AppointmentRow, TeachesRow
from ..people import PersonRow as PersonTable
from ..people import SchoolRow as SchoolTable
from ..words import count
from ..years import YearRow, laid_out, store_year
from .compare import compare
from .plan import PersonFacts, RosterPlan, SchoolFacts, Work
from .rows import Roster

_MOST_VALUES = 6_000
"""Values in one statement: well below what either engine takes, and large enough to be fast."""


@dataclass(frozen=True)
class Opening:
    """What a division is set up with beside its first roster."""

    division: str
    """Its name."""
    year: int
    """The year to lay out, by the year that it begins in."""


@writes("roster.import")
def import_roster(
    w: Write,
    roster: Roster,
    *,
    accept_refused: bool = False,
    yes: bool = False,
    opening: Opening | None = None,
) -> Receipt:
    """Bring a roster in (domain.md, "Who is who"); its receipt tells what changed.

    Args:
        w: the write's frame.
        roster: as `read_roster` gave it.
        accept_refused: take the rest in although rows are refused.
        yes: whether somebody has confirmed that as many are gone as `RosterPlan.needs_yes` says.
        opening: set the division up by it in the same transaction.

    Raises:
        Refused: rows are refused, or too many people are gone, and nobody has agreed to it.
        Conflict: there is an `opening`, and the store holds a division already.
        BadText: the division's name is empty or too long.
    """
    w.require()
    if opening is not None:
        _open(w, opening)
    plan, work = compare(roster)
    if plan.refused and not accept_refused:
        first = plan.refused[0]
        raise Refused(
            f"{count(len(plan.refused), 'row')} of the roster cannot be taken in; "
            f"nothing was changed. The first is {first.file} line {first.line:,}: {first.reason}",
            None,
            "Correct the file, or bring in the rest (--accept-refused).",
            w.action,
        )
    if plan.needs_yes and not yes:
        raise Refused(
            f"{plan.needs_yes} Nothing was changed.",
            None,
            "Confirm it (--yes) if that is right.",
            w.action,
        )
    schools, people = _write(work)
    _record(w, plan, work, schools, people)
    return w.receipt(
        plan.words,
        None,
        added=len(plan.added),
        changed=len(plan.changed),
        gone=len(plan.gone),
        unchanged=plan.unchanged,
        refused=len(plan.refused),
        students=plan.students,
    )


def _open(w: Write, opening: Opening) -> None:
    """Name the division and lay out its first year, where nobody has done so meanwhile."""
    if YearRow.select().exists() or SchoolTable.select().exists():
        raise Conflict(
            "A division has been set up here already. "
            "A new roster comes in with: cofp roster import"
        )
    w.require(action="division.set")
    w.require(action="year.lay_out")
    name = text.line(opening.division, "Division", text.NAME)
    set_setting("division", name)
    w.journal(action="division.set", key="division", value=name)
    store_year(laid_out(opening.year))
    w.journal(action="year.lay_out", year=opening.year)


def _write(work: Work) -> tuple[dict[str, int], dict[str, int]]:
    """Write it all; the ids of schools and people by source id."""
    _insert(
        SchoolTable,
        ("source_id", "name", "folded", "level", "level_by", "latitude", "longitude", "active"),
        [
            (
                source,
                f.name,
                text.fold(f.name),
                f.level,
                f.level_by,
                f.latitude,
                f.longitude,
                f.active,
            )
            for source, f in work.new_schools.items()
        ],
    )
    schools = _ids(SchoolTable)
    for source, school in work.changed_schools.items():
        _update_school(schools[source], school)
    _insert(
        PersonTable,
        ("source_id", "given", "family", "name", "sort_name", "folded", "email", "kind",
         "school_id", "active", "expected"),
        [(source, *_person_values(f, schools)) for source, f in work.new_people.items()],
    )  # fmt: skip
    people = _ids(PersonTable)
    for source, person in work.changed_people.items():
        _update_person(people[source], person, schools)
    _delete(AppointmentRow, work.dismiss)
    _insert(
        AppointmentRow,
        ("person_id", "role", "school_id", "source"),
        [(people[a.person], a.role, schools[a.school], "roster") for a in work.appoint],
    )
    _delete(TeachesRow, work.unteach)
    _insert(
        TeachesRow,
        ("person_id", "kind", "value", "said_by"),
        [(people[t.person], t.kind, t.value, "roster") for t in work.teach],
    )
    return schools, people


def _ids(table: Any) -> dict[str, int]:
    return dict(table.select(table.source_id, table.id).tuples())


def _record(
    w: Write, plan: RosterPlan, work: Work, schools: dict[str, int], people: dict[str, int]
) -> None:
    """The journal: the whole in one row, and one for each person or school that changed."""
    w.journal(
        file=plan.source_name,
        version=plan.version,
        added=len(plan.added),
        changed=len(plan.changed),
        gone=len(plan.gone),
        refused=len(plan.refused),
    )
    for source in work.changed_schools:
        w.journal(school_id=schools[source], roster="changed")
    for source, words in work.changed_words.items():
        w.journal(person_id=people[source], roster=words)
    for source in work.gone:
        w.journal(person_id=people[source], roster="gone")


def _person_values(f: PersonFacts, schools: dict[str, int]) -> tuple[Any, ...]:
    name = f"{f.given} {f.family}".strip()
    return (
        f.given, f.family, name, text.fold(f"{f.family} {f.given}"), text.fold(name), f.email,
        f.kind, schools[f.school], f.active, f.expected,
    )  # fmt: skip


def _update_school(ident: int, f: SchoolFacts) -> None:
    SchoolTable.update(
        name=f.name,
        folded=text.fold(f.name),
        level=f.level,
        latitude=f.latitude,
        longitude=f.longitude,
        active=f.active,
    ).where(SchoolTable.id == ident).execute()


def _update_person(ident: int, f: PersonFacts, schools: dict[str, int]) -> None:
    given, family, name, sort_name, folded, email, kind, school, active, expected = _person_values(
        f, schools
    )
    PersonTable.update(
        given=given,
        family=family,
        name=name,
        sort_name=sort_name,
        folded=folded,
        email=email,
        kind=kind,
        school=school,
        active=active,
        expected=expected,
    ).where(PersonTable.id == ident).execute()


def _insert(table: Any, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert many rows, several a statement.

    Written out: Peewee's own insert_many takes longer for 2,657 people than reading the whole file.
    """
    db = table._meta.database
    quoted = ", ".join(columns)
    one = f"({', '.join([db.param] * len(columns))})"
    step = _MOST_VALUES // len(columns)
    for start in range(0, len(rows), step):
        part = rows[start : start + step]
        statement = (
            f"INSERT INTO {table._meta.table_name} ({quoted}) VALUES {', '.join([one] * len(part))}"
        )
        db.execute_sql(statement, [value for row in part for value in row])


def _delete(table: Any, idents: Iterable[int]) -> None:
    found = list(idents)
    for start in range(0, len(found), _MOST_VALUES):
        table.delete().where(table.id.in_(found[start : start + _MOST_VALUES])).execute()
