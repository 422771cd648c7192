"""What only Division Personnel settle and watch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..actions import judge, require
from ..communities import (
    CommunityRow,
)
from ..database import read_settings
from ..people import (
    PersonRow,
    School,
    Standing,
    principals_of,
    schools,
)
from ..submit import ProposalRow
from ..words import count, day
from ..years import Step, Year

MOST_SMALL = 20
"""Small communities that the desk names."""


@dataclass(frozen=True)
class Desk:
    """What Division Personnel have to settle, and what they watch."""

    is_theirs: bool
    refusal: str
    to_publish: int
    may_publish: bool
    publish_note: str
    without_principal: tuple[tuple[School, str], ...]
    """Each with how many administrators it has, in words."""
    dates: tuple[tuple[str, str], ...]
    small: tuple[tuple[str, int], ...]
    """(title, members) of the first communities that are too small, smallest first."""
    small_words: str = ""
    """“10 communities have fewer than 4 members”; empty when none has."""
    join_opens: date | None = None


def desk(who: Standing, year: Year, on: date) -> Desk:
    """The division's own desk on a day; for others only the refusal."""
    theirs = judge("people.appoint", who, year, on)
    if theirs.refusal is not None:
        return Desk(False, str(theirs.refusal), 0, False, "", (), (), ())
    publishing = judge("offerings.publish", who, year, on)
    note = str(publishing.refusal) if publishing.refusal else ""
    watches = judge("join.follow_schools", who, year, on).is_allowed
    dates = [
        (step.title, f"{day(year.window(step).opens)} to {day(year.window(step).closes)}")
        for step in Step
    ]
    dates += [("Half-day", half.words) for half in year.half_days]
    schools_open = tuple(
        (s, count(len(principal_candidates(s.id, who, year, on)), "administrator"))
        for s in schools_without_principal()
    )
    small = small_communities(year.id) if watches else ()
    return Desk(
        True, "", count_approved(year.id), publishing.is_allowed, note, schools_open, tuple(dates),
        small[:MOST_SMALL], small_words(len(small)), year.window(Step.JOIN).opens,
    )  # fmt: skip


def small_communities(year_id: int) -> tuple[tuple[str, int], ...]:
    """(title, members) of the running communities below the division's minimum, smallest first."""
    query = (
        CommunityRow.select(CommunityRow.title, CommunityRow.taken)
        .where(
            (CommunityRow.year == year_id)
            & (CommunityRow.state == "running")
            & (CommunityRow.taken < read_settings().minimum_size)
        )
        .order_by(CommunityRow.taken, CommunityRow.sort_title)
    )
    return tuple(query.tuples())


def small_words(many: int) -> str:
    """How many communities are too small, in words; empty for none."""
    if not many:
        return ""
    said = count(many, "community has", "communities have")
    return f"{said} fewer than {read_settings().minimum_size} members"


def schools_without_principal() -> tuple[School, ...]:
    """The schools whose Principal the roster did not tell: † duties are Division Personnel's meanwhile."""
    everything = schools()
    known = principals_of([s.id for s in everything])
    return tuple(s for s in everything if not known[s.id])


def principal_candidates(
    school_id: int, viewer: Standing, year: Year, on: date
) -> tuple[tuple[int, str, str], ...]:
    """(id, name, e-mail) of a school's administrators, among whom the Principal is likely.

    Raises Refused for whoever gives no roles.
    """
    require("people.appoint", viewer, year, on)
    query = (
        PersonRow.select(PersonRow.id, PersonRow.name, PersonRow.email)
        .where(
            PersonRow.active & (PersonRow.school == school_id) & (PersonRow.kind == "administrator")
        )
        .order_by(PersonRow.sort_name, PersonRow.id)
    )
    return tuple(query.tuples())


def count_approved(year_id: int) -> int:
    """How many approved proposals are not out yet."""
    found: int = (
        ProposalRow.select()
        .where(
            (ProposalRow.year == year_id)
            & (ProposalRow.state == "approved")
            & ProposalRow.community.is_null()
        )
        .count()
    )
    return found
