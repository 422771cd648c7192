"""What an action is done to: frozen descriptions of the thing at hand, read afresh for every write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class AtPerson:
    """One member of staff and how they stand in the year's joining."""

    person_id: int
    school_id: int
    school_level: str
    has_principal: bool
    """Whether the school has a known Principal; the division office has none."""
    is_active: bool = True
    community_id: int | None = None
    role: str = ""
    """'facilitator', 'member' or empty."""
    waits_for: int | None = None
    """The community on whose waiting list they are."""
    is_division: bool = False


@dataclass(frozen=True)
class AtPlace:
    """A person before one community: may they take, wait for, or give up its place?"""

    person: AtPerson
    community_id: int
    is_running: bool
    places_left: int

    @property
    def is_theirs(self) -> bool:
        return self.person.community_id == self.community_id


@dataclass(frozen=True)
class AtRequest:
    """A request for a change after the window."""

    person: AtPerson
    state: str
    principal_by: int | None
    division_by: int | None
    to_running: bool = True
    places_left: int = 1


@dataclass(frozen=True)
class AtSchool:
    """One school's list."""

    school_id: int
    school_level: str
    has_principal: bool


@dataclass(frozen=True)
class AtMeeting:
    """One meeting of a community and who belongs to it."""

    community_id: int
    is_running: bool
    held_on: date
    facilitators: frozenset[int]
    members: frozenset[int]
    is_published: bool = False
    has_news: bool = False
    """Whether notes are saved that the members do not read yet."""
    action_owner: int | None = None
    """The owner of the next action at hand, where one is."""
    is_required: bool = False
    """Whether it is one of the year's required half-days."""
    is_written: bool = False
    """Whether anything is kept or begun for it; looked at only where that matters."""


@dataclass(frozen=True)
class AtCommunity:
    """A community whose life its facilitators arrange."""

    community_id: int
    is_running: bool
    facilitators: frozenset[int]


@dataclass(frozen=True)
class AtProposal:
    """A proposal and its authors."""

    state: str
    authors: frozenset[int]


@dataclass(frozen=True)
class AtCode:
    """The person for whom an enrolment code is to be made, and what they are."""

    person_id: int
    school_id: int
    is_active: bool
    is_principal: bool
    is_leader: bool
    """Whether they are a Lead, Core Leader or administrator."""
    is_division: bool


Target = AtPerson | AtPlace | AtRequest | AtSchool | AtMeeting | AtCommunity | AtProposal | AtCode


def person_of(target: Any) -> AtPerson:
    """The person whom a target concerns."""
    person: AtPerson = target if isinstance(target, AtPerson) else target.person
    return person


def approvals_missing(target: AtRequest) -> frozenset[str]:
    """Whose word a request still needs: 'principal', 'division' (domain.md).

    Where no Principal is known, or the Principal is the one who asks, Division Personnel decide alone.
    """
    missing = set()
    if target.person.has_principal and target.principal_by is None:
        missing.add("principal")
    if target.division_by is None:
        missing.add("division")
    return frozenset(missing)
