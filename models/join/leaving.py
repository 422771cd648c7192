"""Those who left the staff: their places, waits and requests are freed for those who stay."""

from __future__ import annotations

from ..communities import MembershipRow
from ..journal import Receipt, Write, writes
from ..people import PersonRow
from ..words import count
from .places import _release
from .requests import withdraw_open
from .tables import ChangeRequestRow, WaitingRow, hold, hold_people


@writes("join.release_gone")
def release_gone(w: Write) -> Receipt:
    """Free what people hold who are no longer on the staff; run after a roster was brought in.

    A free place goes to the first in line while Join is open. Facilitators keep their community: who
    takes it over is for Division Personnel to settle.
    """
    w.require()
    year = w.this_year.id
    gone = PersonRow.select(PersonRow.id).where(~PersonRow.active)
    waits = [
        ident
        for (ident,) in WaitingRow.select(WaitingRow.person)
        .where((WaitingRow.year == year) & WaitingRow.person.in_(gone))
        .tuples()
    ]
    members = list(
        MembershipRow.select(MembershipRow.person, MembershipRow.community)
        .where(
            (MembershipRow.year == year)
            & (MembershipRow.role == "member")
            & MembershipRow.person.in_(gone)
        )
        .order_by(MembershipRow.person)
        .tuples()
    )
    asked = [
        ident
        for (ident,) in ChangeRequestRow.select(ChangeRequestRow.person)
        .where(
            (ChangeRequestRow.year == year)
            & (ChangeRequestRow.state == "open")
            & ChangeRequestRow.person.in_(gone)
        )
        .tuples()
    ]
    hold_people(*waits, *asked, *(person for person, _ in members))
    hold(*(community for _, community in members))
    WaitingRow.delete().where((WaitingRow.year == year) & WaitingRow.person.in_(waits)).execute()
    for person_id in asked:
        withdraw_open(w, person_id)
    for person_id, community_id in members:
        MembershipRow.delete().where(
            (MembershipRow.year == year) & (MembershipRow.person == person_id)
        ).execute()
        w.journal(person_id=person_id, community_id=community_id)
        _release(w, community_id)
    w.journal(places=len(members), waits=len(waits), requests=len(asked))
    words = f"{count(len(members), 'place')} of people who left the staff came free."
    return w.receipt(words, None, places=len(members), waits=len(waits), requests=len(asked))
