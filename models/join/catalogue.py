"""The offerings to browse: a window on the list with search and filters, one in detail, suggestions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import peewee as pw

from .. import pages, text
from ..actions import SOMEBODY, Verdict, available
from ..communities import (
    ACTIVITIES,
    CommunityRow,
    CommunitySearchRow,
    CommunityTagRow,
    Meeting,
    MembershipRow,
    PriorityRow,
    facilitator_names,
    meetings_of,
    tags_of,
)
from ..errors import NotFound
from ..people import (
    GRADES,
    PersonRow,
    School,
    SchoolRow,
    Standing,
    TeachesRow,
    grade_words,
    schools,
    short_school,
)
from ..words import count, listed
from ..years import Year
from .tables import FavouriteRow, WaitingRow, at_person, at_place

SORTS = {"title": "by name", "places": "most places first", "nearest": "nearest to my school"}


@dataclass(frozen=True)
class Filter:
    """What the list of offerings is narrowed to; the empty one shows everything."""

    words: str = ""
    """Every word must occur in title, question, tags, description, facilitators or place."""
    priority: str = ""
    audience: str = ""
    """'elementary' or 'high': what is for them, or for anyone."""
    grade: str = ""
    subject: str = ""
    activity: str = ""
    only_free: bool = False
    only_kept: bool = False
    sort: str = "title"

    @property
    def is_empty(self) -> bool:
        return self == Filter(sort=self.sort)


@dataclass(frozen=True)
class OfferingLine:
    """One offering in the list."""

    id: int
    key: tuple[Any, ...]
    title: str
    audience_words: str
    priority: str
    capacity: int
    places_left: int
    is_running: bool
    from_my_school: int
    is_mine: bool
    is_kept: bool
    waits_here: bool

    @property
    def places_words(self) -> str:
        """The column: “4”, “full”, “not running”."""
        if not self.is_running:
            return "cancelled"
        return str(self.places_left) if self.places_left else "full"


@dataclass(frozen=True)
class Offering:
    """One offering in detail, as one person sees it on one day."""

    id: int
    title: str
    description: str
    question: str
    audience_words: str
    priorities: tuple[str, ...]
    activities: tuple[str, ...]
    grades: str
    subjects: tuple[str, ...]
    facilitators: tuple[str, ...]
    capacity: int
    places_left: int
    members: int
    waiting: int
    place: str
    needs: str
    whats_new: str
    continues: str
    meetings: tuple[Meeting, ...]
    my_school: str
    from_my_school: tuple[str, ...]
    is_mine: bool
    is_kept: bool
    my_place_in_line: int
    """One's number on the waiting list; 0 when not on it."""
    reasons: tuple[str, ...]
    """Why it is suggested, in words; empty when it is not."""
    verdicts: tuple[Verdict, ...] = field(default=())
    """What this person may do with it, in the table's order."""
    is_running: bool = True
    """False once it was cancelled."""

    def verdict(self, action_id: str) -> Verdict | None:
        return next((v for v in self.verdicts if v.action.id == action_id), None)


@dataclass(frozen=True)
class Choices:
    """What the filters offer."""

    priorities: tuple[str, ...]
    grades: tuple[str, ...]
    subjects: tuple[str, ...]
    activities: tuple[tuple[str, str], ...]
    """(key, words)."""


@dataclass(frozen=True)
class Suggestion:
    """An offering that suits a person, and why."""

    community_id: int
    title: str
    places_left: int
    reasons: tuple[str, ...]
    score: int


# -- the list ---------------------------------------------------------------------------------------


def offerings(
    year_id: int,
    narrowed: Filter,
    viewer: Standing,
    after: Sequence[Any] | None = None,
    limit: int = pages.SIZE,
    backwards: bool = False,
) -> pages.Page[OfferingLine]:
    """A page of the year's offerings as `viewer` sees them (nobody signed in is fine)."""
    rank = _rank(narrowed, viewer)
    columns: list[tuple[Any, bool]] = [(CommunityRow.sort_title, False), (CommunityRow.id, False)]
    if rank is not None:
        columns.insert(0, (rank, narrowed.sort == "places"))
    query = _narrow(
        CommunityRow.select(
            CommunityRow.id, CommunityRow.title, CommunityRow.audience_words, CommunityRow.capacity,
            CommunityRow.taken, CommunityRow.state, CommunityRow.sort_title,
            rank if rank is not None else pw.Value(0),
        ),
        year_id, narrowed, viewer,
    )  # fmt: skip
    found = list(pages.keyset(query, columns, after, backwards).limit(limit + 1).tuples())
    idents = [row[0] for row in found]
    priorities = _first_priorities(idents)
    near = _from_school(idents, viewer.school_id)
    kept = _kept(viewer.person_id)
    waits = _waits_for(viewer.person_id, year_id)

    def make(row: Any) -> OfferingLine:
        ident, title, audience, capacity, taken, state, sort_title, ranked = row
        key = (sort_title, ident) if rank is None else (ranked, sort_title, ident)
        return OfferingLine(
            ident, key, title, audience, priorities.get(ident, ""), capacity, capacity - taken,
            state == "running", near.get(ident, 0), ident == viewer.community_id, ident in kept,
            ident == waits,
        )  # fmt: skip

    return pages.page_of(found, limit, backwards, make)


def count_offerings(year_id: int, narrowed: Filter, viewer: Standing) -> int:
    """How many offerings the filter leaves."""
    found: int = _narrow(CommunityRow.select(CommunityRow.id), year_id, narrowed, viewer).count()
    return found


def _narrow(query: Any, year_id: int, narrowed: Filter, viewer: Standing) -> Any:
    query = query.where((CommunityRow.year == year_id) & (CommunityRow.state != "merged"))
    for word in text.words(narrowed.words):
        matches = CommunitySearchRow.select(pw.SQL("1")).where(
            (CommunitySearchRow.community == CommunityRow.id)
            & CommunitySearchRow.folded.contains(word)
        )
        query = query.where(pw.fn.EXISTS(matches))
    for kind, value in (
        ("priority", narrowed.priority), ("grade", narrowed.grade),
        ("subject", narrowed.subject), ("activity", narrowed.activity),
    ):  # fmt: skip
        if value:
            tagged = CommunityTagRow.select(pw.SQL("1")).where(
                (CommunityTagRow.community == CommunityRow.id)
                & (CommunityTagRow.kind == kind)
                & (CommunityTagRow.value == value)
            )
            query = query.where(pw.fn.EXISTS(tagged))
    if narrowed.audience:
        query = query.where(CommunityRow.audience.in_(["any", narrowed.audience]))
    if narrowed.only_free:
        query = query.where(
            (CommunityRow.taken < CommunityRow.capacity) & (CommunityRow.state == "running")
        )
    if narrowed.only_kept:
        mine = FavouriteRow.select(FavouriteRow.community).where(
            FavouriteRow.person == viewer.person_id
        )
        query = query.where(CommunityRow.id.in_(mine))
    return query


def _rank(narrowed: Filter, viewer: Standing) -> Any:
    if narrowed.sort == "places":
        return CommunityRow.capacity - CommunityRow.taken
    if narrowed.sort == "nearest" and viewer.school_id is not None:
        order = nearest_schools(viewer.school_id)
        return pw.Case(
            CommunityRow.place_school, [(ident, place) for place, ident in enumerate(order)], 9999
        )
    return None


def nearest_schools(school_id: int, most: int = 200) -> tuple[int, ...]:
    """Schools by distance from one, itself first; those without a position come after, by name."""
    everything = schools(with_office=True)
    home = next((s for s in everything if s.id == school_id), None)

    def far(school: School) -> tuple[int, float, str]:
        if school.id == school_id:
            return (0, 0.0, "")
        if home is None or None in (
            home.latitude,
            school.latitude,
            home.longitude,
            school.longitude,
        ):
            return (2, 0.0, school.name)
        return (1, kilometres(home, school), school.name)

    return tuple(s.id for s in sorted(everything, key=far)[:most])


def kilometres(one: School, other: School) -> float:
    """The distance between two schools whose positions are known (great circle, km)."""
    lat1, lat2 = math.radians(one.latitude or 0.0), math.radians(other.latitude or 0.0)
    d_lon = math.radians((other.longitude or 0.0) - (one.longitude or 0.0))
    inner = math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(d_lon)
    return 6371.0 * math.acos(min(1.0, max(-1.0, inner)))


def _first_priorities(idents: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for community_id, value in (
        CommunityTagRow.select(CommunityTagRow.community, CommunityTagRow.value)
        .where(CommunityTagRow.community.in_(list(idents)) & (CommunityTagRow.kind == "priority"))
        .order_by(CommunityTagRow.id.desc())
        .tuples()
    ):
        found[community_id] = value
    return found


def _from_school(idents: Sequence[int], school_id: int | None) -> dict[int, int]:
    if school_id is None or not idents:
        return {}
    query = (
        MembershipRow.select(MembershipRow.community, pw.fn.COUNT(MembershipRow.id))
        .join(PersonRow, on=(MembershipRow.person == PersonRow.id))
        .where(MembershipRow.community.in_(list(idents)) & (PersonRow.school == school_id))
        .group_by(MembershipRow.community)
    )
    return dict(query.tuples())


def _kept(person_id: int | None) -> frozenset[int]:
    if person_id is None:
        return frozenset()
    query = FavouriteRow.select(FavouriteRow.community).where(FavouriteRow.person == person_id)
    return frozenset(ident for (ident,) in query.tuples())


def _waits_for(person_id: int | None, year_id: int) -> int | None:
    if person_id is None:
        return None
    found: int | None = (
        WaitingRow.select(WaitingRow.community)
        .where((WaitingRow.person == person_id) & (WaitingRow.year == year_id))
        .scalar()
    )
    return found


def choices(year_id: int) -> Choices:
    """The values that the year's offerings can be filtered by."""
    found: dict[str, set[str]] = {}
    for kind, value in (
        CommunityTagRow.select(CommunityTagRow.kind, CommunityTagRow.value)
        .join(CommunityRow)
        .where(CommunityRow.year == year_id)
        .distinct()
        .tuples()
    ):
        found.setdefault(kind, set()).add(value)
    known = [p for (p,) in PriorityRow.select(PriorityRow.name).order_by(PriorityRow.id).tuples()]
    used = found.get("priority", set())
    return Choices(
        tuple(p for p in known if p in used) + tuple(sorted(used - set(known))),
        tuple(g for g in GRADES if g in found.get("grade", ())),
        tuple(sorted(found.get("subject", ()))),
        tuple((k, w) for k, w in ACTIVITIES.items() if k in found.get("activity", ())),
    )


# -- one offering ------------------------------------------------------------------------------------


def offering(community_id: int, viewer: Standing, year: Year, on: date) -> Offering:
    """One offering in detail, with what the viewer may do; raises NotFound.

    Somebody not signed in sees what a teacher could do: the first action asks them to sign in.
    """
    row: Any = CommunityRow.get_or_none(
        (CommunityRow.id == community_id) & (CommunityRow.year == year.id)
    )
    if row is None:
        raise NotFound("That community is not among this year's offerings.")
    tags = tags_of([community_id])[community_id]
    members = (
        MembershipRow.select()
        .where((MembershipRow.community == community_id) & (MembershipRow.role == "member"))
        .count()
    )
    line = [
        ident
        for (ident,) in WaitingRow.select(WaitingRow.person)
        .where(WaitingRow.community == community_id)
        .order_by(WaitingRow.id)
        .tuples()
    ]
    near: list[str] = []
    if viewer.school_id is not None:
        near = [
            name
            for (name,) in PersonRow.select(PersonRow.name)
            .join(MembershipRow, on=(MembershipRow.person == PersonRow.id))
            .where(
                (MembershipRow.community == community_id) & (PersonRow.school == viewer.school_id)
            )
            .order_by(PersonRow.sort_name)
            .tuples()
        ]
    reasons: tuple[str, ...] = ()
    if viewer.person_id is None:
        from ..actions import AtPerson, AtPlace

        nobody = AtPerson(SOMEBODY.person_id or 0, 0, "", False)
        target = AtPlace(nobody, community_id, row.state == "running", row.capacity - row.taken)
        verdicts = available(SOMEBODY, year, on, target)
    else:
        person = at_person(viewer.person_id, year.id)
        verdicts = available(viewer, year, on, at_place(person, community_id, year.id))
        suited = {
            s.community_id: s
            for s in suggestions([viewer.person_id], year.id, 1, among=[community_id])[
                viewer.person_id
            ]
        }
        reasons = suited[community_id].reasons if community_id in suited else ()
    continues = ""
    if row.continues_id:
        before: Any = CommunityRow.get_by_id(row.continues_id)
        continues = f"{before.title} ({before.year_id}–{(before.year_id + 1) % 100:02d})"
    return Offering(
        row.id, row.title, row.description, row.question, row.audience_words,
        tags.get("priority", ()), tuple(ACTIVITIES.get(a, a) for a in tags.get("activity", ())),
        grade_words(tags.get("grade", ())), tags.get("subject", ()),
        facilitator_names([community_id])[community_id], row.capacity, row.capacity - row.taken,
        members, len(line), row.place, row.needs, row.whats_new, continues, meetings_of(community_id),
        short_school(viewer.school_name), tuple(near), viewer.community_id == community_id,
        community_id in _kept(viewer.person_id),
        line.index(viewer.person_id) + 1 if viewer.person_id in line else 0, reasons, verdicts,
        row.state == "running",
    )  # fmt: skip


# -- suggestions ------------------------------------------------------------------------------------


def suggestions(
    person_ids: Iterable[int],
    year_id: int,
    most: int = 5,
    *,
    among: Sequence[int] | None = None,
    to_others: bool = False,
) -> dict[int, tuple[Suggestion, ...]]:
    """For each person the offerings with a place left that suit them best, with the reasons in words.

    What counts: last year's community goes on, a favourite, their grades, their subjects, colleagues
    in it, its place at their school. Seven queries, however many people. With `among` only these
    communities are looked at. The reasons speak to the person (“your grades”) or, `to_others`,
    about them (“their grades”).
    """
    they, their = ("they were", "their") if to_others else ("you were", "your")
    people = _people(list(person_ids))
    open_ones = _open_offerings(year_id, among)
    taught = {("grade", g) for p in people.values() for g in p[2]}
    by_value = _by_value(
        open_ones, taught | {("subject", s) for p in people.values() for s in p[3]}
    )
    last_year = _last_year(people, year_id)
    colleagues = _colleagues({p[1] for p in people.values()}, year_id)
    kept: dict[int, set[int]] = {}
    for person_id, community_id in (
        FavouriteRow.select(FavouriteRow.person, FavouriteRow.community)
        .where(FavouriteRow.person.in_(list(people)))
        .tuples()
    ):
        kept.setdefault(person_id, set()).add(community_id)
    following: dict[int, list[int]] = {}
    for ident, row in open_ones.items():
        if row[3] is not None:
            following.setdefault(row[3], []).append(ident)
    found: dict[int, tuple[Suggestion, ...]] = {}
    for person_id, (level, school_id, grades, subjects) in people.items():
        scored: dict[int, tuple[int, list[str]]] = {}

        def score(
            ident: int, points: int, why: str, into: dict[int, tuple[int, list[str]]] = scored
        ) -> None:
            points_before, reasons = into.get(ident, (0, []))
            into[ident] = (points_before + points, [*reasons, why])

        before = last_year.get(person_id)
        if before is not None:
            for ident in following.get(before[0], ()):
                score(ident, 8, f"goes on from {before[1]}, where {they} last year")
        for ident in kept.get(person_id, ()):
            if ident in open_ones:
                score(ident, 6, f"one of {their} favourites")
        for kind, mine in (("grade", grades), ("subject", subjects)):
            matched: dict[int, set[str]] = {}
            for value in mine:
                for ident in by_value.get((kind, value), ()):
                    matched.setdefault(ident, set()).add(value)
            for ident, values in matched.items():
                score(ident, 4, _matched_words(kind, values))
        for ident, number in colleagues.get(school_id, {}).items():
            if ident in open_ones:
                score(ident, 1, f"{count(number, 'colleague')} from {their} school")
        for ident, row in open_ones.items():
            if row[4] == school_id:
                score(ident, 1, f"meets at {their} school")
        fitting = [
            Suggestion(ident, open_ones[ident][0], open_ones[ident][1], tuple(reasons), points)
            for ident, (points, reasons) in scored.items()
            if _fits(open_ones[ident][2], level)
        ]
        fitting.sort(key=lambda s: (-s.score, -s.places_left, s.title))
        found[person_id] = tuple(fitting[:most])
    return found


def _matched_words(kind: str, values: set[str]) -> str:
    """“for Grade 7–8”, “for Mathematics”: what of a person's teaching an offering is for."""
    return (
        f"for Grade {grade_words(values)}"
        if kind == "grade"
        else f"for {listed(sorted(values), 'and', 2)}"
    )


def _fits(audience: str, level: str) -> bool:
    return audience == "any" or level in ("office", "combined") or audience == level


def _people(person_ids: Sequence[int]) -> dict[int, tuple[str, int, set[str], set[str]]]:
    people: dict[int, tuple[str, int, set[str], set[str]]] = {
        ident: (level, school_id, set(), set())
        for ident, level, school_id in PersonRow.select(
            PersonRow.id, SchoolRow.level, PersonRow.school
        )
        .join(SchoolRow)
        .where(PersonRow.id.in_(person_ids))
        .tuples()
    }
    for person_id, kind, value in (
        TeachesRow.select(TeachesRow.person, TeachesRow.kind, TeachesRow.value)
        .where(TeachesRow.person.in_(person_ids))
        .tuples()
    ):
        _level, _school, grades, subjects = people[person_id]
        (grades if kind == "grade" else subjects).add(value)
    return people


def _open_offerings(
    year_id: int, among: Sequence[int] | None
) -> dict[int, tuple[str, int, str, int | None, int | None]]:
    query = CommunityRow.select(
        CommunityRow.id, CommunityRow.title, CommunityRow.capacity - CommunityRow.taken,
        CommunityRow.audience, CommunityRow.continues, CommunityRow.place_school,
    ).where(
        (CommunityRow.year == year_id)
        & (CommunityRow.state == "running")
        & (CommunityRow.taken < CommunityRow.capacity)
    )  # fmt: skip
    if among is not None:
        query = query.where(CommunityRow.id.in_(list(among)))
    return {row[0]: row[1:] for row in query.tuples()}


def _by_value(
    open_ones: dict[int, Any], wanted: set[tuple[str, str]]
) -> dict[tuple[str, str], list[int]]:
    """Which open offerings are for which of these grades and subjects."""
    found: dict[tuple[str, str], list[int]] = {}
    if not wanted or not open_ones:
        return found
    query = CommunityTagRow.select(
        CommunityTagRow.community, CommunityTagRow.kind, CommunityTagRow.value
    ).where(
        CommunityTagRow.kind.in_(["grade", "subject"])
        & CommunityTagRow.value.in_(sorted({value for _, value in wanted}))
    )
    if len(open_ones) <= 500:
        query = query.where(CommunityTagRow.community.in_(list(open_ones)))
    else:
        # Ids are given in order and a year's offerings come out together: earlier years' stay unread.
        query = query.where(CommunityTagRow.community >= min(open_ones))
    for community_id, kind, value in query.tuples():
        if community_id in open_ones and (kind, value) in wanted:
            found.setdefault((kind, value), []).append(community_id)
    return found


def _last_year(people: dict[int, Any], year_id: int) -> dict[int, tuple[int, str]]:
    query = (
        MembershipRow.select(MembershipRow.person, MembershipRow.community, CommunityRow.title)
        .join(CommunityRow)
        .where((MembershipRow.year == year_id - 1) & MembershipRow.person.in_(list(people)))
    )
    return {person: (community, title) for person, community, title in query.tuples()}


def _colleagues(school_ids: set[int], year_id: int) -> dict[int, dict[int, int]]:
    query = (
        PersonRow.select(PersonRow.school, MembershipRow.community, pw.fn.COUNT(MembershipRow.id))
        .join(
            MembershipRow,
            on=((MembershipRow.person == PersonRow.id) & (MembershipRow.year == year_id)),
        )
        .where(PersonRow.school.in_(list(school_ids)))
        .group_by(PersonRow.school, MembershipRow.community)
    )
    found: dict[int, dict[int, int]] = {}
    for school_id, community_id, number in query.tuples():
        found.setdefault(school_id, {})[community_id] = number
    return found
