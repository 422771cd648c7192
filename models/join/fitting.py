"""What to think about once more before others are registered in a community."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..communities import community_row, tags_of
from ..people import PersonRow
from .suggestions import fits, taught_by


@dataclass(frozen=True)
class Fitting:
    """How a community suits those who are to be registered in it."""

    audience_words: str
    """For whom it is: “9–12 Mathematics”."""
    others: tuple[str, ...]
    """The names of those for whom, by their school's level or their grades, it is not."""
    places_left: int


def fitting(community_id: int, person_ids: Sequence[int]) -> Fitting:
    """For whom a community is, and who of these people is somebody else; raises NotFound.

    Somebody whose grades nobody said, and a community that names none, are taken to fit.
    """
    row = community_row(community_id)
    grades = set(tags_of([community_id])[community_id].get("grade", ()))
    people = taught_by(person_ids)
    strange = [
        ident
        for ident, (level, _school, taught, _subjects) in people.items()
        if not fits(row.audience, level) or (grades and taught and not grades & taught)
    ]
    names = PersonRow.select(PersonRow.name).where(PersonRow.id.in_(strange))
    return Fitting(
        row.audience_words,
        tuple(name for (name,) in names.order_by(PersonRow.sort_name).tuples()),
        row.capacity - row.taken,
    )
