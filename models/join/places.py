"""Taking, changing and giving up a place; the waiting lists; registering somebody else.

A place is taken by one conditional UPDATE with CHECK (taken <= capacity) and UNIQUE (year, person) behind
it; a place that comes free goes on down the list inside the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from .. import text
from ..actions import judge
from ..actions.targets import AtPerson, AtPlace
from ..actions.who import SOMEBODY
from ..communities import CommunityRow, MembershipRow, community_row, tell, title_of
from ..database.prepared import Prepared, PreparedWrite
from ..errors import Conflict, NotFound, Refused
from ..journal import Receipt, Write, writes
from ..people import PersonRow, Standing
from ..words import count, listed
from .tables import (
    FavouriteRow,
    WaitingRow,
    at_people,
    at_person,
    at_place,
    hold,
    hold_people,
)


@writes("join.join")
def join(w: Write, community_id: int) -> Receipt:
    """Take a place in a community (M1). Raises Refused, naming the rule, when there is none to take."""
    hold_people(w.person_id)
    hold(community_id)
    served = _served(w, community_id)
    if served is not None:
        return served
    w.require(at_place(at_person(w.person_id, w.this_year.id), community_id, w.this_year.id))
    _take(community_id)
    _enter(w, w.person_id, community_id, "self", None)
    _forget_wait(w.person_id, community_id)
    w.journal(person_id=w.person_id, community_id=community_id)
    return w.receipt(f"You are in {title_of(community_id)}.", community_id)


@writes("join.switch")
def switch(w: Write, community_id: int) -> Receipt:
    """Move to another community in one step: the old place is given up only when the new one is had."""
    hold_people(w.person_id)
    person = at_person(w.person_id, w.this_year.id)
    hold(community_id, person.community_id)
    served = _served(w, community_id)
    if served is not None:
        return served
    person = at_person(w.person_id, w.this_year.id)
    w.require(at_place(person, community_id, w.this_year.id))
    _take(community_id)
    left = person.community_id
    _move(w, w.person_id, left, community_id, "self", None)
    _forget_wait(w.person_id, community_id)
    w.journal(person_id=w.person_id, community_id=community_id, left=left)
    _release(w, left)
    return w.receipt(f"You are in {title_of(community_id)}.", community_id, left=left)


@writes("join.leave")
def leave(w: Write, community_id: int) -> Receipt:
    """Give up one's place; it goes to the first on the list at once."""
    hold_people(w.person_id)
    hold(community_id)
    w.require(at_place(at_person(w.person_id, w.this_year.id), community_id, w.this_year.id))
    gone = (
        MembershipRow.delete()
        .where(
            (MembershipRow.person == w.person_id)
            & (MembershipRow.community == community_id)
            & (MembershipRow.role == "member")
        )
        .execute()
    )
    if not gone:
        raise Conflict("You have left this community already, at another terminal.")
    w.journal(person_id=w.person_id, community_id=community_id)
    _release(w, community_id)
    return w.receipt(f"You have left {title_of(community_id)}.", community_id)


@writes("join.wait")
def wait(w: Write, community_id: int) -> Receipt:
    """Stand in a full community's waiting list; one list a person, the latest asked for.

    A place held elsewhere stays until one comes free here.
    """
    hold_people(w.person_id)
    hold(community_id)
    served = _served(w, community_id)
    if served is not None:
        return served
    person = at_person(w.person_id, w.this_year.id)
    w.require(at_place(person, community_id, w.this_year.id))
    WaitingRow.delete().where(
        (WaitingRow.person == w.person_id) & (WaitingRow.year == w.this_year.id)
    ).execute()
    WaitingRow.insert(
        year=w.this_year.id, community=community_id, person=w.person_id, asked_at=w.at
    ).execute()
    w.journal(person_id=w.person_id, community_id=community_id, left_list=person.waits_for)
    ahead = WaitingRow.select().where(WaitingRow.community == community_id).count()
    title = title_of(community_id)
    return w.receipt(
        f"You are number {ahead} on the waiting list of {title}.", community_id, place=ahead
    )


@writes("join.stop_waiting")
def stop_waiting(w: Write) -> Receipt:
    """Step off the waiting list."""
    hold_people(w.person_id)
    person = at_person(w.person_id, w.this_year.id)
    w.require(person)
    gone = (
        WaitingRow.delete()
        .where((WaitingRow.person == w.person_id) & (WaitingRow.community == person.waits_for))
        .execute()
    )
    if not gone:
        raise Conflict("Your place in line changed at this moment. Please look again.")
    w.journal(person_id=w.person_id, community_id=person.waits_for)
    return w.receipt("You are no longer waiting.", person.waits_for)


@writes("join.keep")
def keep(w: Write, community_id: int, kept: bool) -> Receipt:
    """Mark an offering as a favourite, or take the mark away."""
    w.require(at_place(at_person(w.person_id, w.this_year.id), community_id, w.this_year.id))
    mine = (FavouriteRow.person == w.person_id) & (FavouriteRow.community == community_id)
    if kept:
        FavouriteRow.insert(
            person=w.person_id, community=community_id
        ).on_conflict_ignore().execute()
    else:
        FavouriteRow.delete().where(mine).execute()
    w.journal(person_id=w.person_id, community_id=community_id, kept=kept)
    return w.receipt(
        "Kept among your favourites." if kept else "No longer a favourite.", community_id
    )


@writes("join.register")
def register(w: Write, pairs: Sequence[tuple[int, int]]) -> Receipt:
    """Register people, each in a community: (person, community) pairs (L4, T4.2).

    With several, whoever can be is registered and the rest are named with the reason in
    `facts["refused"]`; one alone that cannot be raises Refused. Everybody registered is told by whom.
    """
    return _register(w, pairs, "")


@writes("join.register_late")
def register_late(w: Write, pairs: Sequence[tuple[int, int]], reason: str) -> Receipt:
    """The same after the window, with a reason that the journal keeps (domain.md, “Who is who”)."""
    return _register(w, pairs, text.line(reason, "Reason"))


def _register(w: Write, pairs: Sequence[tuple[int, int]], reason: str) -> Receipt:
    hold_people(*(person for person, _ in pairs))
    hold(*(community for _, community in pairs))
    before = at_people([person for person, _ in pairs], w.this_year.id)
    places = {
        (person, community): at_place(before[person], community, w.this_year.id)
        for person, community in pairs
        if person in before
    }
    for community_id in sorted({community for _, community in pairs}):
        _first_in_line(w, community_id)
    people = at_people([person for person, _ in pairs], w.this_year.id)
    names = dict(
        PersonRow.select(PersonRow.id, PersonRow.name)
        .where(PersonRow.id.in_(list(people)))
        .tuples()
    )
    done: list[int] = []
    refused: list[tuple[str, str]] = []
    for person_id, community_id in pairs:
        if person_id not in people:
            raise NotFound("That person is not in the roster any more.")
        place = places[person_id, community_id]
        is_served = _is_served(place, people[person_id])
        try:
            w.require(
                place if is_served else at_place(people[person_id], community_id, w.this_year.id)
            )
            if person_id in done:
                raise Refused("They were named twice.")
            if not is_served:
                _take(community_id)
        except Refused as error:
            if len(pairs) == 1:
                raise
            refused.append((names[person_id], error.rule))
            continue
        if not is_served:
            _enter(w, person_id, community_id, "registered", w.standing.person_id)
            _forget_wait(person_id, community_id)
        title = title_of(community_id)
        because = f" Reason given: {reason}" if reason else ""
        free = "" if reason else " You are free to switch while Join is open."
        tell(person_id, "registered", f"{w.standing.name} registered you in {title}.{because}{free}",
             at=w.at, sender=w.standing.person_id, community_id=community_id)  # fmt: skip
        w.journal(person_id=person_id, community_id=community_id, reason=reason)
        done.append(person_id)
    if not done:
        raise Refused(
            "Nobody could be registered: " + "; ".join(f"{n}: {why}" for n, why in refused[:3])
        )
    where = sorted({community for person, community in pairs if person in done})
    at = f" in {title_of(where[0])}" if len(where) == 1 else ""
    words = (
        f"Registered {listed([names[p] for p in done], 'and', 3)}{at}.{_who_waits_on(names, done)}"
    )
    if refused:
        words += f" {count(len(refused), 'person', 'people')} could not be: {refused[0][0]}: {refused[0][1]}"
    return w.receipt(words, None, done=done, refused=refused)


def _who_waits_on(names: dict[int, str], done: Sequence[int]) -> str:
    """That somebody registered goes on waiting for another community (domain.md, “Who is who”)."""
    lists = list(
        WaitingRow.select(WaitingRow.person, CommunityRow.title)
        .join(CommunityRow)
        .where(WaitingRow.person.in_(list(done)))
        .order_by(WaitingRow.id)
        .tuples()
    )
    if not lists:
        return ""
    if len(lists) == 1:
        person_id, title = lists[0]
        return f" {names[person_id]} still waits for a place in {title}."
    return f" {len(lists):,} of them still wait for a place elsewhere."


# -- what moves places ----------------------------------------------------------------------------


_TAKE = PreparedWrite(
    lambda community: CommunityRow.update(taken=CommunityRow.taken + 1).where(
        (CommunityRow.id == community) & (CommunityRow.taken < CommunityRow.capacity)
    ),
    -1,
)
_ENTER = PreparedWrite(
    lambda year, community, person, since, on, how, by: MembershipRow.insert(
        year=year, community=community, person=person, role="member", since=since,
        registered_on=on, how=how, by=by,
    ),
    -1, -2, -3, datetime.fromisoformat("2000-01-01T00:00:00"), date.min, "how", -4,
)  # fmt: skip
_FORGET = PreparedWrite(
    lambda person, community: WaitingRow.delete().where(
        (WaitingRow.person == person) & (WaitingRow.community == community)
    ),
    -1, -2,
)  # fmt: skip
_FIRST = Prepared(
    lambda community: (
        WaitingRow.select(WaitingRow.id).where(WaitingRow.community == community).limit(1)
    ),
    -1,
)


def _take(community_id: int) -> None:
    """Take one place, or raise Refused: decided by the store itself, never by a count."""
    if not _TAKE(community_id):
        raise Refused("This community is full.")


def _enter(w: Write, person_id: int, community_id: int, how: str, by: int | None) -> None:
    _ENTER(w.this_year.id, community_id, person_id, w.at, w.on, how, by)


def _move(
    w: Write, person_id: int, left: int | None, community_id: int, how: str, by: int | None
) -> None:
    changed = (
        MembershipRow.update(community=community_id, since=w.at, how=how, by=by)
        .where(
            (MembershipRow.person == person_id)
            & (MembershipRow.year == w.this_year.id)
            & (MembershipRow.community == left)
            & (MembershipRow.role == "member")
        )
        .execute()
    )
    if not changed:
        raise Conflict("Your place changed at another terminal meanwhile. Please look again.")


def _first_in_line(w: Write, community_id: int) -> None:
    """Before anybody else takes a place, those who wait for it get it.

    While Join is open a free place and a waiting list never stand together, except when Join was opened
    again after its lists had been frozen.
    """
    if _FIRST.first(community_id) is not None:
        fill(w, [community_id])


def _served(w: Write, community_id: int) -> Receipt | None:
    """Let the line move up; the receipt where that gives the acting person the very place they ask for.

    Judged as it stood before, when the place was free and they were the first to wait for it.
    """
    before = at_place(at_person(w.person_id, w.this_year.id), community_id, w.this_year.id)
    _first_in_line(w, community_id)
    if not _is_served(before, at_person(w.person_id, w.this_year.id)):
        return None
    left = before.person.community_id
    w.require(before, "join.join" if left is None else "join.switch")
    facts = {} if left is None else {"left": left}
    return w.receipt(f"You are in {title_of(community_id)}.", community_id, **facts)


def _is_served(before: AtPlace, now: AtPerson) -> bool:
    """Whether the line has given somebody this place since."""
    return not before.is_theirs and now.community_id == before.community_id


def _forget_wait(person_id: int, community_id: int) -> None:
    _FORGET(person_id, community_id)


def _release(w: Write, community_id: int | None) -> None:
    """Give a place back and let the lists move up, as far as that goes (while Join is open)."""
    if community_id is None:
        return
    CommunityRow.update(taken=CommunityRow.taken - 1).where(
        CommunityRow.id == community_id
    ).execute()
    fill(w, [community_id])


def fill(w: Write, community_ids: Sequence[int]) -> int:
    """Give free places to the first in each list; a place they held goes on in the same way.

    Lists are frozen once Join has closed (domain.md). Returns how many people moved up.
    """
    if not judge("join.join", SOMEBODY, w.this_year, w.on).is_allowed:
        return 0
    moved = 0
    queue = list(community_ids)
    while queue:
        community_id = queue.pop()
        hold(community_id)
        first: Any = (
            WaitingRow.select(WaitingRow.id, WaitingRow.person)
            .where(WaitingRow.community == community_id)
            .order_by(WaitingRow.id)
            .limit(1)
            .tuples()
            .first()
        )
        community = community_row(community_id)
        if first is None or community.taken >= community.capacity or community.state != "running":
            continue
        wait_id, person_id = first
        WaitingRow.delete().where(WaitingRow.id == wait_id).execute()
        queue.append(community_id)
        hold_people(person_id)
        person = at_person(person_id, w.this_year.id)
        if not _may_move_up(w, person, community_id):
            w.journal(person_id=person_id, community_id=community_id, action="join.stop_waiting")
            continue
        _take(community_id)
        if person.community_id is None:
            _enter(w, person_id, community_id, "waiting", None)
        else:
            _move(w, person_id, person.community_id, community_id, "waiting", None)
            CommunityRow.update(taken=CommunityRow.taken - 1).where(
                CommunityRow.id == person.community_id
            ).execute()
            queue.append(person.community_id)
        came = f"A place came free: you are now in {community.title}."
        tell(person_id, "place_free", came, at=w.at, community_id=community_id)
        w.journal(
            person_id=person_id,
            community_id=community_id,
            action="join.wait",
            left=person.community_id,
        )
        moved += 1
    return moved


def _may_move_up(w: Write, person: AtPerson, community_id: int) -> bool:
    """Whether somebody in line may still take the place, as the table judges it for themselves."""
    action = "join.join" if person.community_id is None else "join.switch"
    who = Standing(person.person_id, "", is_active=person.is_active)
    place = at_place(person, community_id, w.this_year.id)
    return judge(action, who, w.this_year, w.on, place).is_allowed
