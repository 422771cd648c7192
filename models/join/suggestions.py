"""Offerings that suit a person, with the reasons in words."""

from __future__ import annotations

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
