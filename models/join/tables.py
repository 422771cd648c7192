"""Join's tables, and the targets that its actions are judged by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import peewee as pw

from ..actions.targets import AtPerson, AtPlace, AtSchool
from ..communities import CommunityRow, MembershipRow
from ..database import Table, lock
from ..database.prepared import Prepared
from ..errors import NotFound
from ..people import PersonRow, SchoolRow, principals_at, principals_of
from ..years import YearRow


class WaitingRow(Table):
    id = pw.AutoField()
    year = pw.ForeignKeyField(YearRow)
    community = pw.ForeignKeyField(CommunityRow)
    person = pw.ForeignKeyField(PersonRow)
    asked_at = pw.DateTimeField()

    class Meta:
        table_name = "waiting"


class FavouriteRow(Table):
    id = pw.AutoField()
    person = pw.ForeignKeyField(PersonRow)
    community = pw.ForeignKeyField(CommunityRow)

    class Meta:
        table_name = "favourite"


class ChangeRequestRow(Table):
    id = pw.AutoField()
    year = pw.ForeignKeyField(YearRow)
    person = pw.ForeignKeyField(PersonRow)
    # `from` and `to` alone would be SQL words.
    from_id = pw.BigIntegerField(null=True)
    to_id = pw.BigIntegerField(null=True)
    reason = pw.TextField()
    state = pw.TextField()
    asked_at = pw.DateTimeField()
    principal_by = pw.BigIntegerField(null=True)
    division_by = pw.BigIntegerField(null=True)
    declined_by = pw.BigIntegerField(null=True)
    answer = pw.TextField(default="")

    class Meta:
        table_name = "change_request"


def _people(year_id: int) -> Any:
    """People with their school's level, their community and the list they wait on in a year."""
    return (
        PersonRow.select(
            PersonRow.id, PersonRow.school, SchoolRow.level, PersonRow.active,
            MembershipRow.community, MembershipRow.role, WaitingRow.community,
        )
        .join(SchoolRow)
        .switch(PersonRow)
        .join(MembershipRow, pw.JOIN.LEFT_OUTER,
              on=((MembershipRow.person == PersonRow.id) & (MembershipRow.year == year_id)))
        .join(WaitingRow, pw.JOIN.LEFT_OUTER,
              on=((WaitingRow.person == PersonRow.id) & (WaitingRow.year == year_id)))
    )  # fmt: skip


_PERSON = Prepared(lambda person, year: _people(year).where(PersonRow.id == person), -1, -2)
_PLACE = Prepared(
    lambda community, year: CommunityRow.select(
        CommunityRow.state, CommunityRow.capacity - CommunityRow.taken
    ).where((CommunityRow.id == community) & (CommunityRow.year == year)),
    -1, -2,
)  # fmt: skip


def at_people(person_ids: Iterable[int], year_id: int) -> dict[int, AtPerson]:
    """How each person stands in the year's joining, in two queries; the unknown are left out."""
    rows = list(_people(year_id).where(PersonRow.id.in_(list(person_ids))).tuples())
    principals = principals_of({row[1] for row in rows})
    return {row[0]: _made(row, principals[row[1]]) for row in rows}


def _made(row: Any, principals: tuple[int, ...]) -> AtPerson:
    ident, school_id, level, active, community_id, role, waits_for = row
    return AtPerson(
        ident, school_id, level,
        # A Principal does not answer for themselves: then Division Personnel do.
        has_principal=any(p != ident for p in principals),
        is_active=active, community_id=community_id, role=role or "", waits_for=waits_for,
    )  # fmt: skip


def at_person(person_id: int, year_id: int) -> AtPerson:
    """How one person stands in the year's joining; raises NotFound."""
    row = _PERSON.first(person_id, year_id)
    if row is None:
        raise NotFound("That person is not in the roster any more.")
    return _made(row, principals_at(row[1]))


def at_place(person: AtPerson, community_id: int, year_id: int) -> AtPlace:
    """A person before a community of the year; raises NotFound."""
    row = _PLACE.first(community_id, year_id)
    if row is None:
        raise NotFound("That community is not among this year's offerings.")
    return AtPlace(person, community_id, row[0] == "running", row[1])


_LEVEL = Prepared(
    lambda school: SchoolRow.select(SchoolRow.level).where(SchoolRow.id == school), -1
)


def at_school(school_id: int) -> AtSchool:
    """A school as the table asks about it; raises NotFound."""
    row = _LEVEL.first(school_id)
    if row is None:
        raise NotFound("That school is not there any more.")
    return AtSchool(school_id, row[0], bool(principals_at(school_id)))


def hold_people(*person_ids: int) -> None:
    """Hold people until the transaction ends, so that one person's place changes once at a time."""
    query: Any = PersonRow.select(PersonRow.id).where(PersonRow.id.in_(sorted(set(person_ids))))
    lock(query.order_by(PersonRow.id))


def hold(*community_ids: int | None) -> None:
    """Hold communities until the transaction ends, so that places and lists change one at a time."""
    idents = sorted({ident for ident in community_ids if ident is not None})
    query: Any = CommunityRow.select(CommunityRow.id).where(CommunityRow.id.in_(idents))
    lock(query.order_by(CommunityRow.id))
