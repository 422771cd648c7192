"""The offerings to browse: a window on the list with search and filters, one in detail, suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Any

import peewee as pw

from .. import pages, text
from ..actions import Verdict, available
from ..actions.who import SOMEBODY
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
from ..database.prepared import Prepared
from ..errors import NotFound
from ..people import (
    GRADES,
    PersonRow,
    Standing,
    grade_words,
    short_school,
)
from ..years import Year
from .nearest import nearest_schools
from .suggestions import suggestions
from .tables import FavouriteRow, WaitingRow, at_person, at_place

_TITLE_BEGINS, _TITLE_HAS, _TEXT_HAS = range(3)
"""Where the words of a search were found; the list shows them in this order."""
_BEFORE_A_WORD = " (-/'\"“«"
"""What may stand before a word of a folded title."""

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
    found: list[Any] = []
    if rank is None and text.words(narrowed.words):
        # Each kind of find by itself: so every one of them stops as soon as the page is full.
        kinds = [_TITLE_BEGINS, _TITLE_HAS, _TEXT_HAS][:: -1 if backwards else 1]
        for kind in kinds if after is None else kinds[kinds.index(after[0]) :]:
            begin = after[1:] if after is not None and kind == after[0] else None
            query = _ordered(year_id, narrowed, viewer, pw.Value(kind), (), begin, backwards, kind)
            found.extend(query.limit(limit + 1 - len(found)).tuples())
            if len(found) > limit:
                break
    else:
        ranks = () if rank is None else ((rank, narrowed.sort == "places"),)
        shown = pw.Value(0) if rank is None else rank
        query = _ordered(year_id, narrowed, viewer, shown, ranks, after, backwards)
        found.extend(query.limit(limit + 1).tuples())
    is_ranked = rank is not None or bool(text.words(narrowed.words))
    idents = [row[0] for row in found]
    priorities = _first_priorities(idents)
    near = _from_school(idents, viewer.school_id)
    kept = _kept(viewer.person_id)
    waits = _waits_for(viewer.person_id, year_id)

    def make(row: Any) -> OfferingLine:
        ident, title, audience, capacity, taken, state, sort_title, ranked = row
        key = (ranked, sort_title, ident) if is_ranked else (sort_title, ident)
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


def _ordered(
    year_id: int,
    narrowed: Filter,
    viewer: Standing,
    shown: Any,
    ranks: Sequence[tuple[Any, bool]],
    after: Sequence[Any] | None,
    backwards: bool,
    kind: int | None = None,
) -> Any:
    """The rows by `ranks`, then title; `shown` is their rank, `kind` where the words are found."""
    columns: list[tuple[Any, bool]] = [(CommunityRow.sort_title, False), (CommunityRow.id, False)]
    if text.words(narrowed.words) and kind in (None, _TEXT_HAS):
        columns = [(CommunitySearchRow.sort_title, False), (CommunitySearchRow.community, False)]
    query = _narrow(
        CommunityRow.select(
            CommunityRow.id, CommunityRow.title, CommunityRow.audience_words, CommunityRow.capacity,
            CommunityRow.taken, CommunityRow.state, CommunityRow.sort_title, shown,
        ),
        year_id, narrowed, viewer, kind,
    )  # fmt: skip
    return pages.keyset(query, [*ranks, *columns], after, backwards)


def _in_title(title: Any, words: Sequence[str]) -> Any:
    """Every word occurs in the title."""
    return reduce(and_, (title.contains(word) for word in words))


def _begins_in_title(title: Any, words: Sequence[str]) -> Any:
    """A word of the title begins with each of the words."""
    each = (
        reduce(or_, (title.contains(f"{c}{w}") for c in _BEFORE_A_WORD), title.startswith(w))
        for w in words
    )
    # Most titles hold none of the words, and need the first look only.
    return _in_title(title, words) & reduce(and_, each)


def _narrow(
    query: Any, year_id: int, narrowed: Filter, viewer: Standing, kind: int | None = None
) -> Any:
    """What the filter leaves; with `kind` of it what its words are found in just there."""
    query = query.where(CommunityRow.state != "merged")
    words = text.words(narrowed.words)
    title = CommunityRow.sort_title
    if kind == _TITLE_BEGINS:
        query = query.where((CommunityRow.year == year_id) & _begins_in_title(title, words))
    elif kind == _TITLE_HAS:
        rest = _in_title(title, words) & ~_begins_in_title(title, words)
        query = query.where((CommunityRow.year == year_id) & rest)
    elif words:
        # The texts lead: they lie in the list's order, and most communities need no look at all.
        query = query.join(
            CommunitySearchRow, on=(CommunitySearchRow.community == CommunityRow.id)
        ).where(CommunitySearchRow.year == year_id)
        for word in words:
            query = query.where(CommunitySearchRow.folded.contains(word))
        if kind == _TEXT_HAS:
            query = query.where(~_in_title(CommunitySearchRow.sort_title, words))
    else:
        query = query.where(CommunityRow.year == year_id)
    for tag, value in (
        ("priority", narrowed.priority), ("grade", narrowed.grade),
        ("subject", narrowed.subject), ("activity", narrowed.activity),
    ):  # fmt: skip
        if value:
            tagged = CommunityTagRow.select(pw.SQL("1")).where(
                (CommunityTagRow.community == CommunityRow.id)
                & (CommunityTagRow.kind == tag)
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


_KEPT = Prepared(
    lambda person: FavouriteRow.select(FavouriteRow.community).where(FavouriteRow.person == person),
    -1,
)
_WAITS = Prepared(
    lambda person, year: WaitingRow.select(WaitingRow.community).where(
        (WaitingRow.person == person) & (WaitingRow.year == year)
    ),
    -1, -2,
)  # fmt: skip


def _kept(person_id: int | None) -> frozenset[int]:
    if person_id is None:
        return frozenset()
    return frozenset(ident for (ident,) in _KEPT(person_id))


def _waits_for(person_id: int | None, year_id: int) -> int | None:
    row = None if person_id is None else _WAITS.first(person_id, year_id)
    return None if row is None else row[0]


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
        from ..actions.targets import AtPerson, AtPlace

        nobody = AtPerson(SOMEBODY.person_id or 0, 0, "", True)
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
