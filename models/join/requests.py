"""Changes after the window: asked for, approved by the Principal and Division Personnel, or declined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import peewee as pw

from .. import text
from ..actions import Verdict, available, reach
from ..actions.states import own_word_missing
from ..actions.targets import AtRequest, approvals_missing
from ..actions.who import principal_answers
from ..communities import CommunityRow, community_row, tell
from ..database import locked
from ..errors import NotFound
from ..journal import Receipt, Write, writes
from ..people import PersonRow, SchoolRow, Standing
from ..words import listed
from ..years import Year
from .places import _forget_wait, _move, _release, _take
from .tables import ChangeRequestRow, at_people, at_person, at_place, hold

TRANSITIONS = {
    "open": ("approved", "declined", "withdrawn"),
    "approved": (),
    "declined": (),
    "withdrawn": (),
}
"""Which state of a request may follow which."""


@dataclass(frozen=True)
class ChangeRequest:
    """A request as its person and those who answer see it."""

    id: int
    person_id: int
    name: str
    school: str
    from_title: str
    to_title: str
    reason: str
    state: str
    asked_at: datetime
    waits_for: str
    """Whose word is still missing: “the Principal and Division Personnel”."""
    answer: str
    verdicts: tuple[Verdict, ...] = ()
    """What the viewer may do with it."""
    to_id: int = 0
    """The community asked for."""
    answers: tuple[Verdict, ...] = ()
    """Approving and declining as the table judges them for the viewer, refused ones too."""
    needs_me: bool = False
    """Whether the viewer's own word is among those that are missing."""

    def answer_verdict(self, action_id: str) -> Verdict | None:
        """What the table says of one answer; None where it is not the viewer's to give."""
        return next((v for v in self.answers if v.action.id == action_id), None)


@writes("join.ask_change")
def ask_change(w: Write, community_id: int, reason: str) -> Receipt:
    """Ask to move to another community after the window; a new request replaces an open one."""
    person = at_person(w.person_id, w.this_year.id)
    w.require(at_place(person, community_id, w.this_year.id))
    why = text.line(reason, "Reason")
    withdraw_open(w, w.person_id)
    ident: int = ChangeRequestRow.insert(
        year=w.this_year.id, person=w.person_id, from_id=person.community_id, to_id=community_id,
        reason=why, state="open", asked_at=w.at,
    ).execute()  # fmt: skip
    w.journal(person_id=w.person_id, community_id=community_id, request=ident)
    missing = _missing_words(_target(ChangeRequestRow.get_by_id(ident), w.this_year.id))
    return w.receipt(f"Your request is with {missing}.", ident)


@writes("join.withdraw_request")
def withdraw_request(w: Write, request_id: int) -> Receipt:
    """Take one's own request back."""
    row = _row(request_id)
    w.require(_target(row, row.year_id))
    _settle(row, "withdrawn")
    w.journal(person_id=row.person_id, community_id=row.to_id, request=request_id)
    return w.receipt("Your request is taken back.", request_id)


@writes("join.approve_change")
def approve_change(w: Write, request_id: int) -> Receipt:
    """Give one's approval; with the last one missing the person moves in the same transaction."""
    row = _row(request_id)
    hold(row.from_id, row.to_id)
    target = _target(row, row.year_id)
    w.require(target)
    missing = approvals_missing(target)
    is_principals = "principal" in missing and principal_answers(w.standing, target)
    slot = "principal" if is_principals else "division"
    setattr(row, f"{slot}_by", w.person_id)
    row.save()
    left = missing - {slot}
    name = PersonRow.get_by_id(row.person_id).name
    w.journal(person_id=row.person_id, community_id=row.to_id, request=request_id, approved_as=slot)
    if left:
        still = "The Principal's" if "principal" in left else "Division Personnel's"
        return w.receipt(f"Approved. {still} approval is still to come.", request_id)
    _take(row.to_id)
    held = target.person.community_id
    _move(w, row.person_id, held, row.to_id, "request", w.person_id)
    _forget_wait(row.person_id, row.to_id)
    _settle(row, "approved")
    _release(w, held)
    title = community_row(row.to_id).title
    tell(row.person_id, "request", f"Your change is approved: you are now in {title}.",
         at=w.at, sender=w.person_id, community_id=row.to_id)  # fmt: skip
    return w.receipt(f"{name} is now in {title}.", request_id, moved=True)


@writes("join.decline_change")
def decline_change(w: Write, request_id: int, reason: str) -> Receipt:
    """Decline with a reason, which the person reads on Today."""
    row = _row(request_id)
    w.require(_target(row, row.year_id))
    row.answer = text.line(reason, "Reason")
    row.declined_by = w.person_id
    row.save()
    _settle(row, "declined")
    title = community_row(row.to_id).title
    tell(row.person_id, "request",
         f"{w.standing.name} declined your change to {title}: {row.answer}",
         at=w.at, sender=w.person_id, community_id=row.to_id)  # fmt: skip
    w.journal(person_id=row.person_id, community_id=row.to_id, request=request_id)
    return w.receipt("Declined; the person is told why.", request_id)


def withdraw_open(w: Write, person_id: int) -> None:
    """Take a person's open request back, if there is one; its caller is the guarded write."""
    row = locked(
        ChangeRequestRow.select().where(
            (ChangeRequestRow.person == person_id)
            & (ChangeRequestRow.year == w.this_year.id)
            & (ChangeRequestRow.state == "open")
        )
    ).first()
    if row is not None:
        _settle(row, "withdrawn")
        w.journal(
            person_id=person_id,
            community_id=row.to_id,
            request=row.id,
            action="join.withdraw_request",
        )


def _row(request_id: int) -> Any:
    # Held until the transaction ends: two answers at one moment must both count.
    row = locked(ChangeRequestRow.select().where(ChangeRequestRow.id == request_id)).first()
    if row is None:
        raise NotFound("That request is not there any more.")
    return row


def _settle(row: Any, state: str) -> None:
    if state not in TRANSITIONS[row.state]:
        raise ValueError(f"a request that is {row.state} cannot become {state}")
    row.state = state
    row.save()


def _target(row: Any, year_id: int) -> AtRequest:
    person = at_person(row.person_id, year_id)
    place = at_place(person, row.to_id, year_id)
    return AtRequest(
        person, row.state, row.principal_by, row.division_by, place.is_running, place.places_left
    )


def _missing_words(target: AtRequest) -> str:
    missing = approvals_missing(target)
    parts = ["your Principal"] * ("principal" in missing) + ["Division Personnel"] * (
        "division" in missing
    )
    return listed(parts)


def requests_for(
    standing: Standing, year: Year, on: date, limit: int = 100
) -> tuple[ChangeRequest, ...]:
    """The open requests that somebody may answer, oldest first, with what they may do with each."""
    theirs = reach("join.approve_change", standing)
    if theirs.is_empty:
        return ()
    query = theirs.narrow(_requests(year.id).where(ChangeRequestRow.state == "open"))
    # Those that wait for one's own word come first: they are never beyond the end of the list.
    first = pw.Case(None, [(_needs(standing), 0)], 1)
    rows = list(query.order_by(first, ChangeRequestRow.id).limit(limit))
    return _made(rows, standing, year, on)


def own_request(standing: Standing, year: Year, on: date) -> ChangeRequest | None:
    """A person's latest request of the year, whatever became of it."""
    row = (
        _requests(year.id)
        .where(ChangeRequestRow.person == standing.person_id)
        .order_by(ChangeRequestRow.id.desc())
        .first()
    )
    return None if row is None else _made([row], standing, year, on)[0]


def _requests(year_id: int) -> Any:
    return (
        ChangeRequestRow.select(ChangeRequestRow, PersonRow, SchoolRow)
        .join(PersonRow, on=(ChangeRequestRow.person == PersonRow.id))
        .join(SchoolRow)
        .where(ChangeRequestRow.year == year_id)
        .order_by(ChangeRequestRow.id)
    )


def _made(rows: list[Any], standing: Standing, year: Year, on: date) -> tuple[ChangeRequest, ...]:
    """The requests as the viewer sees them, in four queries however many they are."""
    people = at_people([row.person_id for row in rows], year.id)
    wanted = {ident for row in rows for ident in (row.from_id, row.to_id) if ident}
    communities = {
        ident: (title, state, left)
        for ident, title, state, left in CommunityRow.select(
            CommunityRow.id, CommunityRow.title, CommunityRow.state,
            CommunityRow.capacity - CommunityRow.taken,
        )
        .where(CommunityRow.id.in_(list(wanted)))
        .tuples()
    }  # fmt: skip
    nowhere = ("", "", 0)
    made = []
    for row in rows:
        title, state, left = communities.get(row.to_id, nowhere)
        target = AtRequest(
            people[row.person_id], row.state, row.principal_by, row.division_by,
            state == "running", left,
        )  # fmt: skip
        verdicts = available(standing, year, on, target)
        answers = tuple(
            v for v in verdicts if v.action.id in ("join.approve_change", "join.decline_change")
        )
        needs_me = (
            bool(answers)
            and row.state == "open"
            and own_word_missing(standing, year, target) is None
        )
        made.append(ChangeRequest(
            row.id, row.person_id, row.person.name, row.person.school.name,
            communities.get(row.from_id, nowhere)[0], title, row.reason, row.state, row.asked_at,
            _missing_words(target).replace("your Principal", "the Principal"), row.answer,
            tuple(v for v in verdicts if v.is_allowed), row.to_id, answers, needs_me,
        ))  # fmt: skip
    return tuple(made)


def count_requests(standing: Standing, year: Year) -> int:
    """How many requests wait for this person's own word; one query, however many there are."""
    theirs = reach("join.approve_change", standing)
    if theirs.is_empty:
        return 0
    query = ChangeRequestRow.select(ChangeRequestRow.id).join(
        PersonRow, on=(ChangeRequestRow.person == PersonRow.id)
    )
    found: int = (
        theirs.narrow(query)
        .where(
            (ChangeRequestRow.year == year.id)
            & (ChangeRequestRow.state == "open")
            & _needs(standing)
        )
        .count()
    )
    return found


def _needs(standing: Standing) -> Any:
    """The condition of waiting for this person's own word, as `own_word_missing` judges each request."""
    me = standing.person_id
    ours = ChangeRequestRow.principal_by.is_null() & PersonRow.school.in_(
        sorted(standing.principal_of)
    )
    if standing.is_division:
        ours |= ChangeRequestRow.division_by.is_null()
    said = (ChangeRequestRow.principal_by, ChangeRequestRow.division_by)
    unsaid = [by.is_null() | (by != me) for by in said]
    return ours & (ChangeRequestRow.person != me) & unsaid[0] & unsaid[1]
