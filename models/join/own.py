"""Where one person stands in the year's joining: the head of the Join page, in one snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import peewee as pw

from ..actions import Verdict, available, judge
from ..actions.states import instead_of_joining
from ..actions.targets import AtPerson, AtRequest
from ..actions.who import SOMEBODY
from ..communities import CommunityRow, Meeting, MembershipRow
from ..people import PersonRow, Standing
from ..words import day, listed
from ..years import Step, Year
from .catalogue import Offering, offering
from .requests import ChangeRequest, _missing_words, own_request
from .suggestions import Suggestion, suggestions
from .tables import WaitingRow, at_person

MOST_SUGGESTED = 3


@dataclass(frozen=True)
class Waiting:
    """One's place on a waiting list."""

    community_id: int
    title: str
    number: int
    """1 for the first in line."""


@dataclass(frozen=True)
class Mine:
    """What the Join page says about the person at the keyboard, and what they may do there."""

    window_words: str
    """What the join window allows on the day: “Join is open until Fri 25 Sep: …”."""
    published: Verdict
    """Whether the year's offerings are out."""
    place: Offering | None
    """The community that they are in."""
    role: str
    """'facilitator', 'member' or empty."""
    how_words: str
    """How they came there, where they did not do it themselves: “registered by Lea Lead”."""
    colleagues: tuple[str, ...]
    """Who from their school is in it beside themselves."""
    next_meeting: Meeting | None
    """The first meeting on or after the day; None when none is ahead."""
    waiting: Waiting | None
    request: ChangeRequest | None
    suggestions: tuple[Suggestion, ...]
    """The best few, while they are in no community and can still choose."""
    verdicts: tuple[Verdict, ...]
    """What they may do with no community at hand; for nobody, what a teacher could do by the day."""
    deciders: str = ""
    """Who has to agree to a change they ask for: “your Principal and Division Personnel”."""

    def verdict(self, action_id: str) -> Verdict | None:
        """What the table says of one action; None when it is not theirs."""
        return next((v for v in self.verdicts if v.action.id == action_id), None)

    @property
    def with_words(self) -> str:
        """With whom they are in their community: facilitators, then colleagues by school."""
        if self.place is None:
            return ""
        parts = [listed(self.place.facilitators, "and", 3)] if self.place.facilitators else []
        if self.colleagues:
            parts.append(f"{listed(self.colleagues, 'and', 4)} from {self.place.my_school}")
        return "; ".join(parts)


def mine(viewer: Standing, year: Year, on: date) -> Mine:
    """Where `viewer` (nobody is fine) stands on a day; raises NotFound for one who left the roster.

    Serves M1 and T4.1 (domain.md): the result of joining is unmistakable.
    """
    published = judge("join.browse", viewer, year, on)
    if viewer.person_id is None:
        verdicts = available(SOMEBODY, year, on)
        words = _window_words(year, on, None)
        return Mine(words, published, None, "", "", (), None, None, None, (), verdicts)
    person = at_person(viewer.person_id, year.id)
    place = None
    how = ""
    colleagues: tuple[str, ...] = ()
    if person.community_id is not None:
        place = offering(person.community_id, viewer, year, on)
        how = _how(viewer.person_id, year.id)
        colleagues = _others(person, viewer)
    suited: tuple[Suggestion, ...] = ()
    if place is None and judge("join.keep", viewer, year, on).is_allowed:
        suited = suggestions([viewer.person_id], year.id, MOST_SUGGESTED)[viewer.person_id]
    return Mine(
        _window_words(year, on, person), published, place, person.role, how, colleagues,
        next_meeting(place.meetings, on) if place else None,
        _waiting(person, year.id), own_request(viewer, year, on), suited,
        available(viewer, year, on, person),
        _deciders(person),
    )  # fmt: skip


def next_meeting(meetings: Sequence[Meeting], on: date) -> Meeting | None:
    """The first meeting on or after a day."""
    return next((meeting for meeting in meetings if meeting.on >= on), None)


def _deciders(person: AtPerson) -> str:
    """Who has to agree to a change that somebody asks for."""
    return _missing_words(AtRequest(person, "open", None, None))


def _window_words(year: Year, on: date, person: AtPerson | None) -> str:
    """What the day allows, as the table says it of a teacher; `person` is None for nobody."""
    window, submit = year.window(Step.JOIN), year.window(Step.SUBMIT)
    joining = judge("join.join", SOMEBODY, year, on)
    opens = joining.refusal.changes_on if joining.refusal is not None else None
    if not judge("join.browse", SOMEBODY, year, on).is_allowed:
        proposing = judge("proposal.submit", SOMEBODY, year, on).refusal
        is_over = proposing is not None and proposing.changes_on is None
        gathered = f"Proposals are gathered until {day(submit.closes)}, then reviewed."
        reviewed = "The proposals are being reviewed."
        return (reviewed if is_over else gathered) + (f" Join opens {day(opens)}." if opens else "")
    if joining.is_allowed:
        return f"Join is open until {day(window.closes)}: join, switch and leave as you like."
    if opens is not None:
        return f"Join opens {day(opens)}. Until then look around and keep favourites."
    closed = f"Join closed {day(window.closes)}."
    if person is None or person.role == "facilitator":
        return closed
    if person.role == "member":
        return f"{closed} A change is a request now: {_deciders(person)} decide."
    return f"{closed} {instead_of_joining(person)}"


def _how(person_id: int, year_id: int) -> str:
    row = (
        MembershipRow.select(MembershipRow.how, PersonRow.name)
        .join(PersonRow, pw.JOIN.LEFT_OUTER, on=(MembershipRow.by == PersonRow.id))
        .where((MembershipRow.person == person_id) & (MembershipRow.year == year_id))
        .tuples()
        .first()
    )
    if row is None:
        return ""
    how, by = row
    return {
        "registered": f"registered by {by or 'the operator'}",
        "waiting": "a place came free for you",
        "request": "your change was approved",
    }.get(how, "")


def _others(person: AtPerson, viewer: Standing) -> tuple[str, ...]:
    query = (
        PersonRow.select(PersonRow.name)
        .join(MembershipRow, on=(MembershipRow.person == PersonRow.id))
        .where(
            (MembershipRow.community == person.community_id)
            & (MembershipRow.role == "member")
            & (PersonRow.school == viewer.school_id)
            & (PersonRow.id != person.person_id)
        )
        .order_by(PersonRow.sort_name, PersonRow.id)
        .limit(50)
    )
    return tuple(name for (name,) in query.tuples())


def _waiting(person: AtPerson, year_id: int) -> Waiting | None:
    if person.waits_for is None:
        return None
    line = [
        ident
        for (ident,) in WaitingRow.select(WaitingRow.person)
        .where((WaitingRow.community == person.waits_for) & (WaitingRow.year == year_id))
        .order_by(WaitingRow.id)
        .tuples()
    ]
    title = CommunityRow.get_by_id(person.waits_for).title
    return Waiting(person.waits_for, title, line.index(person.person_id) + 1)
