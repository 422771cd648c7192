"""Communities, their facilitators, members and meetings: what Standing and every later step need to know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import peewee as pw

from . import text
from .database import Table
from .database.prepared import Prepared, PreparedRow, PreparedWrite
from .errors import NotFound
from .people import AppointmentRow, PersonRow, SchoolRow, Standing
from .years import HalfDayRow, YearRow

ACTIVITIES = {
    "sharing": "sharing expertise and resources",
    "planning": "planning and problem-solving together",
    "data": "analysing data",
    "visits": "visiting classrooms or sites",
    "reading": "professional reading and viewing",
    "inquiry": "action research and inquiry",
    "experts": "meeting experts",
    "discussion": "discussion",
    "other": "other",
}
"""Kinds of activity, with their words (domain.md, “Proposals, decided”)."""


class PriorityRow(Table):
    id = pw.AutoField()
    name = pw.TextField()
    level = pw.TextField()

    class Meta:
        table_name = "priority"


class CommunityRow(Table):
    id = pw.AutoField()
    year = pw.ForeignKeyField(YearRow)
    title = pw.TextField()
    sort_title = pw.TextField()
    description = pw.TextField()
    question = pw.TextField()
    audience = pw.TextField()
    audience_words = pw.TextField()
    place = pw.TextField()
    place_school = pw.ForeignKeyField(SchoolRow, null=True)
    needs = pw.TextField(default="")
    whats_new = pw.TextField(default="")
    capacity = pw.IntegerField()
    taken = pw.IntegerField(default=0)
    state = pw.TextField(default="running")
    continues = pw.ForeignKeyField("self", null=True)

    class Meta:
        table_name = "community"


class CommunitySearchRow(Table):
    """What a search looks through, in the list's own order: the first page needs no sorting."""

    year = pw.ForeignKeyField(YearRow)
    sort_title = pw.TextField()
    community = pw.ForeignKeyField(CommunityRow)
    folded = pw.TextField()

    class Meta:
        table_name = "community_search"
        primary_key = pw.CompositeKey("year", "sort_title", "community")


class CommunityTagRow(Table):
    id = pw.AutoField()
    community = pw.ForeignKeyField(CommunityRow)
    kind = pw.TextField()
    value = pw.TextField()

    class Meta:
        table_name = "community_tag"


class MembershipRow(Table):
    id = pw.AutoField()
    year = pw.ForeignKeyField(YearRow)
    community = pw.ForeignKeyField(CommunityRow)
    person = pw.ForeignKeyField(PersonRow)
    role = pw.TextField()
    since = pw.DateTimeField()
    registered_on = pw.DateField()
    how = pw.TextField()
    by = pw.ForeignKeyField(PersonRow, null=True, backref="registered")

    class Meta:
        table_name = "membership"


class MeetingRow(Table):
    id = pw.AutoField()
    community = pw.ForeignKeyField(CommunityRow)
    half_day = pw.ForeignKeyField(HalfDayRow, null=True)
    held_on = pw.DateField()
    half = pw.TextField()
    starts = pw.TextField(default="")
    title = pw.TextField(default="")
    place = pw.TextField()
    required = pw.BooleanField()

    class Meta:
        table_name = "meeting"


class NoticeRow(Table):
    """A note on one person's Today page."""

    id = pw.AutoField()
    person = pw.ForeignKeyField(PersonRow)
    kind = pw.TextField()
    words = pw.TextField()
    # `from` is a Python word; the column says who the note is from.
    sender = pw.ForeignKeyField(PersonRow, null=True, column_name="from_id", backref="sent")
    community = pw.ForeignKeyField(CommunityRow, null=True)
    at = pw.DateTimeField()
    seen_at = pw.DateTimeField(null=True)

    class Meta:
        table_name = "notice"


@dataclass(frozen=True)
class Meeting:
    """One meeting of a community: a half-day, or one that it arranged itself."""

    id: int
    community_id: int
    on: date
    half: str
    """'morning', 'afternoon' or 'other'."""
    starts: str
    """The hour, as the facilitator wrote it; may be empty."""
    title: str
    place: str
    required: bool
    half_day_id: int | None

    @property
    def when_words(self) -> str:
        """“Fri 9 Oct, afternoon”, with the hour where one is given."""
        from .words import day

        parts = [day(self.on)]
        if self.half != "other":
            parts.append(self.half)
        if self.starts:
            parts.append(self.starts)
        return ", ".join(parts)


# -- Standing --------------------------------------------------------------------------------------


_STANDING = Prepared(
    lambda person_id, year_id: PersonRow.select(
        PersonRow.name, PersonRow.school, SchoolRow.name, SchoolRow.level, PersonRow.kind,
        PersonRow.active, PersonRow.expected, MembershipRow.community, CommunityRow.title,
        MembershipRow.role,
    )
    .join(SchoolRow)
    .switch(PersonRow)
    .join(
        MembershipRow,
        pw.JOIN.LEFT_OUTER,
        on=((MembershipRow.person == PersonRow.id) & (MembershipRow.year == year_id)),
    )
    .join(CommunityRow, pw.JOIN.LEFT_OUTER, on=(MembershipRow.community == CommunityRow.id))
    .where(PersonRow.id == person_id),
    -991, -992,
)  # fmt: skip
_ROLES = Prepared(
    lambda person_id, year_id: AppointmentRow.select(
        AppointmentRow.role, AppointmentRow.school
    ).where(
        (AppointmentRow.person == person_id)
        & (AppointmentRow.year.is_null() | (AppointmentRow.year == year_id))
    ),
    -991,
    -992,
)


def standing(person_id: int, year_id: int) -> Standing:
    """Everything that a person is in a year, read afresh; raises NotFound for nobody's id."""
    row = _STANDING.first(person_id, year_id)
    if row is None:
        raise NotFound("That person is not in the roster any more.")
    roles: dict[str, set[int]] = {}
    is_division = False
    if row[5]:
        for role, school_id in _ROLES(person_id, year_id):
            if role == "division":
                is_division = True
            else:
                roles.setdefault(role, set()).add(school_id)
    return Standing(
        person_id=person_id,
        name=row[0],
        school_id=row[1],
        school_name=row[2],
        school_level=row[3],
        kind=row[4],
        is_active=row[5],
        is_expected=row[6],
        community_id=row[7],
        community_title=row[8] or "",
        role=row[9] or "",
        principal_of=frozenset(roles.get("principal", ())),
        administrator_of=frozenset(roles.get("administrator", ())),
        lead_of=frozenset(roles.get("lead", ())),
        core_leader_of=frozenset(roles.get("core_leader", ())),
        is_division=is_division,
    )


# -- reads that several steps share ---------------------------------------------------------------


def community_row(ident: int) -> Any:
    """A community's live row, for writes inside `models`; raises NotFound."""
    row = _ROW.first(ident)
    if row is None:
        raise NotFound("That community is not there any more.")
    return row


_ROW = PreparedRow(lambda ident: CommunityRow.select().where(CommunityRow.id == ident), -1)


_TITLE = Prepared(
    lambda ident: CommunityRow.select(CommunityRow.title).where(CommunityRow.id == ident), -1
)


def title_of(ident: int) -> str:
    """A community's title; raises NotFound."""
    row = _TITLE.first(ident)
    if row is None:
        raise NotFound("That community is not there any more.")
    title: str = row[0]
    return title


def facilitator_names(community_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The facilitators of each community by name, in one query."""
    found: dict[int, tuple[str, ...]] = dict.fromkeys(community_ids, ())
    for community_id, name in (
        MembershipRow.select(MembershipRow.community, PersonRow.name)
        .join(PersonRow, on=(MembershipRow.person == PersonRow.id))
        .where(MembershipRow.community.in_(list(found)) & (MembershipRow.role == "facilitator"))
        .order_by(PersonRow.sort_name)
        .tuples()
    ):
        found[community_id] = (*found[community_id], name)
    return found


def tags_of(community_ids: Iterable[int]) -> dict[int, dict[str, tuple[str, ...]]]:
    """Each community's tags by kind, in one query."""
    found: dict[int, dict[str, tuple[str, ...]]] = {ident: {} for ident in community_ids}
    for community_id, kind, value in (
        CommunityTagRow.select(
            CommunityTagRow.community, CommunityTagRow.kind, CommunityTagRow.value
        )
        .where(CommunityTagRow.community.in_(list(found)))
        .order_by(CommunityTagRow.id)
        .tuples()
    ):
        by_kind = found[community_id]
        by_kind[kind] = (*by_kind.get(kind, ()), value)
    return found


def meetings_of(community_id: int) -> tuple[Meeting, ...]:
    """A community's meetings by date."""
    query = (
        MeetingRow.select(
            MeetingRow.id, MeetingRow.community, MeetingRow.held_on, MeetingRow.half,
            MeetingRow.starts, MeetingRow.title, MeetingRow.place, MeetingRow.required,
            MeetingRow.half_day,
        )
        .where(MeetingRow.community == community_id)
        .order_by(MeetingRow.held_on, MeetingRow.id)
    )  # fmt: skip
    return tuple(Meeting(*row) for row in query.tuples())


# -- writes that several steps share (their callers are guarded) ------------------------------------


def tell(
    person_id: int,
    kind: str,
    words: str,
    *,
    at: Any,
    sender: int | None = None,
    community_id: int | None = None,
) -> None:
    """Put a note on a person's Today page.

    `kind` says what it is about: “reminder”, “registered”, “place_free”, “request”, “code”, “notes”,
    “meeting”.
    """
    _TELL(person_id, kind, words, sender, community_id, at)


_SOME_TIME = datetime.fromisoformat("2000-01-01T00:00:00")
_TELL = PreparedWrite(
    lambda person, kind, words, sender, community, at: NoticeRow.insert(
        person=person, kind=kind, words=words, sender=sender, community=community, at=at
    ),
    -1, "a kind", "words", -2, -3, _SOME_TIME,
)  # fmt: skip


def make_community(
    fields: dict[str, Any],
    tags: Sequence[tuple[str, str]],
    facilitators: Sequence[int],
    on: date,
    at: Any,
) -> int:
    """Insert a community with its tags, search text and required half-days; returns its id.

    Facilitators are registered in it and take none of its places (domain.md).
    """
    ident: int = CommunityRow.insert(sort_title=text.fold(fields["title"]), **fields).execute()
    if tags:
        CommunityTagRow.insert_many(
            [{"community": ident, "kind": kind, "value": value} for kind, value in tags]
        ).execute()
    for person_id in facilitators:
        MembershipRow.insert(
            year=fields["year"], community=ident, person=person_id, role="facilitator",
            since=at, registered_on=on, how="facilitates", by=None,
        ).execute()  # fmt: skip
    index_community(ident)
    halves = HalfDayRow.select().where((HalfDayRow.year == fields["year"]) & HalfDayRow.required)
    rows = [
        {
            "community": ident, "half_day": half.id, "held_on": half.held_on, "half": half.half,
            "place": fields["place"], "required": True,
        }
        for half in halves
    ]  # fmt: skip
    if rows:
        MeetingRow.insert_many(rows).execute()
    return ident


def index_community(ident: int) -> None:
    """Make a community's search text anew: title, question, tags, facilitators, place."""
    row = community_row(ident)
    tags = tags_of([ident])[ident]
    parts = [
        row.title, row.question, row.audience_words, row.place, row.description,
        *(value for values in tags.values() for value in values),
        *facilitator_names([ident])[ident],
    ]  # fmt: skip
    folded = text.fold(" ".join(parts))
    _INDEX(row.year_id, ident, row.sort_title, folded)


_INDEX = PreparedWrite(
    lambda year, community, sort_title, folded: CommunitySearchRow.insert(
        year=year, community=community, sort_title=sort_title, folded=folded
    ).on_conflict(
        conflict_target=[CommunitySearchRow.community],
        update={CommunitySearchRow.sort_title: sort_title, CommunitySearchRow.folded: folded},
    ),
    -1, -2, "a title", "folded",
)  # fmt: skip
