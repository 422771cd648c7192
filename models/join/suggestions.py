"""Offerings that suit a person, with the reasons in words."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import peewee as pw

from ..communities import (
    CommunityRow,
    CommunityTagRow,
    MembershipRow,
)
from ..people import (
    PersonRow,
    SchoolRow,
    TeachesRow,
    grade_words,
)
from ..words import count, listed
from .tables import FavouriteRow


@dataclass(frozen=True)
class Suggestion:
    """An offering that suits a person, and why."""

    community_id: int
    title: str
    places_left: int
    reasons: tuple[str, ...]
    score: int


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
    people = taught_by(list(person_ids))
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
    places: dict[int | None, list[int]] = {}
    for ident, row in open_ones.items():
        places.setdefault(row[4], []).append(ident)
        if row[3] is not None:
            following.setdefault(row[3], []).append(ident)
    found: dict[int, tuple[Suggestion, ...]] = {}
    for person_id, (level, school_id, grades, subjects) in people.items():
        before = last_year.get(person_id)
        suited = _Suited(
            before[1] if before else "",
            frozenset(following.get(before[0], ()) if before else ()),
            frozenset(kept.get(person_id, ())),
            _matched(by_value, "grade", grades),
            _matched(by_value, "subject", subjects),
            colleagues.get(school_id, {}),
            frozenset(places.get(school_id, ())),
        )
        points = suited.points(open_ones)
        # Words are made for the best only: thousands may suit.
        best = heapq.nsmallest(
            most,
            (i for i in points if fits(open_ones[i][2], level)),
            key=lambda i, p=points: (-p[i], -open_ones[i][1], open_ones[i][0]),  # type: ignore[misc]
        )
        found[person_id] = tuple(
            Suggestion(i, open_ones[i][0], open_ones[i][1], suited.reasons(i, to_others), points[i])
            for i in best
        )
    return found


@dataclass(frozen=True)
class _Suited:
    """What speaks for offerings in one person's eyes: which, by each reason."""

    title_before: str
    goes_on: frozenset[int]
    kept: frozenset[int]
    grades: dict[int, set[str]]
    subjects: dict[int, set[str]]
    colleagues: dict[int, int]
    near: frozenset[int]

    def points(self, open_ones: dict[int, Any]) -> dict[int, int]:
        """The points of every open offering that anything speaks for."""
        found: dict[int, int] = {}
        for idents, points in (
            (self.goes_on, 8), (self.kept, 6), (self.grades, 4), (self.subjects, 4),
            (self.colleagues, 1), (self.near, 1),
        ):  # fmt: skip
            for ident in idents:
                if ident in open_ones:
                    found[ident] = found.get(ident, 0) + points
        return found

    def reasons(self, ident: int, to_others: bool) -> tuple[str, ...]:
        """What speaks for one of them, in words, the weightiest first."""
        they, their = ("they were", "their") if to_others else ("you were", "your")
        found = []
        if ident in self.goes_on:
            found.append(f"goes on from {self.title_before}, where {they} last year")
        if ident in self.kept:
            found.append(f"one of {their} favourites")
        if ident in self.grades:
            found.append(_matched_words("grade", self.grades[ident]))
        if ident in self.subjects:
            found.append(_matched_words("subject", self.subjects[ident]))
        if ident in self.colleagues:
            found.append(f"{count(self.colleagues[ident], 'colleague')} from {their} school")
        if ident in self.near:
            found.append(f"meets at {their} school")
        return tuple(found)


def _matched(
    by_value: dict[tuple[str, str], list[int]], kind: str, mine: Iterable[str]
) -> dict[int, set[str]]:
    """The offerings for any of a person's grades or subjects, each with those it is for."""
    matched: dict[int, set[str]] = {}
    for value in mine:
        for ident in by_value.get((kind, value), ()):
            matched.setdefault(ident, set()).add(value)
    return matched


def _matched_words(kind: str, values: set[str]) -> str:
    """“for Grade 7–8”, “for Mathematics”: what of a person's teaching an offering is for."""
    return (
        f"for Grade {grade_words(values)}"
        if kind == "grade"
        else f"for {listed(sorted(values), 'and', 2)}"
    )


def fits(audience: str, level: str) -> bool:
    """Whether a community for that audience is for the staff of a school of that level."""
    return audience == "any" or level in ("office", "combined") or audience == level


def taught_by(person_ids: Sequence[int]) -> dict[int, tuple[str, int, set[str], set[str]]]:
    """Each person's school's level, school, grades and subjects, in two queries."""
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
        # A cross join is done in the order written: from a school's few people, not from a year's many.
        .join(MembershipRow, pw.JOIN.CROSS)
        .where(
            PersonRow.school.in_(list(school_ids))
            & (MembershipRow.person == PersonRow.id)
            & (MembershipRow.year == year_id)
        )
        .group_by(PersonRow.school, MembershipRow.community)
    )
    found: dict[int, dict[int, int]] = {}
    for school_id, community_id, number in query.tuples():
        found.setdefault(school_id, {})[community_id] = number
    return found
