"""Next actions: what a meeting decided to do, who took it on, by when; carried on until done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import peewee as pw

from .. import text
from ..actions import judge
from ..actions.targets import AtMeeting
from ..communities import MeetingRow
from ..errors import BadText, NotFound
from ..journal import Receipt, Write, writes
from ..kept import NextActionRow
from ..people import PersonRow, Standing
from ..words import day, short_day
from ..years import Year
from .tables import held_place


@dataclass(frozen=True)
class ActionLine:
    """One next action, as the lists show it."""

    id: int
    meeting_id: int
    from_on: date
    """The day of the meeting that decided it."""
    words: str
    owner_id: int | None
    owner: str
    """A name, or empty where nobody took it on yet."""
    due: date | None
    done_on: date | None
    is_late: bool
    may_tick: bool
    """Whether the one who looks may tick it off."""

    @property
    def is_done(self) -> bool:
        return self.done_on is not None

    @property
    def by_words(self) -> str:
        """“4 Dec”, “done 2 Dec”, “late: 4 Dec”, or empty without a day."""
        if self.done_on is not None:
            return f"done {short_day(self.done_on)}"
        if self.due is None:
            return ""
        return f"late: {short_day(self.due)}" if self.is_late else short_day(self.due)


def actions_of(
    community_id: int, target: AtMeeting, who: Standing, year: Year, on: date
) -> tuple[ActionLine, ...]:
    """Every next action of a community, the oldest meeting's first, in one query.

    `target` is any meeting of the community: it says who may tick an action off.
    """
    query = (
        NextActionRow.select(
            NextActionRow.id, NextActionRow.meeting, MeetingRow.held_on, NextActionRow.words,
            NextActionRow.owner, PersonRow.name, NextActionRow.due, NextActionRow.done_on,
        )
        .join(MeetingRow)
        .switch(NextActionRow)
        .join(PersonRow, pw.JOIN.LEFT_OUTER)
        .where(NextActionRow.community == community_id)
        .order_by(MeetingRow.held_on, NextActionRow.id)
    )  # fmt: skip
    return tuple(_lines(query.tuples(), target, who, year, on))


def _lines(
    rows: Iterable[Any], target: AtMeeting, who: Standing, year: Year, on: date
) -> Iterable[ActionLine]:
    for ident, meeting_id, held_on, words, owner_id, owner, due, done_on in rows:
        at = replace(target, held_on=held_on, action_owner=owner_id)
        yield ActionLine(
            id=ident,
            meeting_id=meeting_id,
            from_on=held_on,
            words=words,
            owner_id=owner_id,
            owner=owner or "",
            due=due,
            done_on=done_on,
            is_late=done_on is None and due is not None and due < on,
            may_tick=judge("session.tick_action", who, year, on, at).is_allowed,
        )


@writes("session.add_action")
def add_action(
    w: Write, meeting_id: int, words: str, owner_id: int | None = None, due: date | None = None
) -> Receipt:
    """Note what is to be done after a meeting, by whom and by when, both if known (F7, M2).

    Raises BadText, and NotFound for an owner who is not in the community.
    """
    place = held_place(meeting_id, w.this_year.id)
    w.require(place.target)
    words = text.line(words, "Next action")
    if owner_id is not None and owner_id not in place.target.facilitators | place.target.members:
        raise NotFound("They are not in this community any more; choose one of its people.")
    held_on = place.target.held_on
    if due is not None and due < held_on:
        raise BadText("By", f"choose a day from the meeting on, {day(held_on)} or later.")
    ident: int = NextActionRow.insert(
        community=place.community.id, meeting=meeting_id, words=words, owner=owner_id, due=due
    ).execute()
    w.journal(
        person_id=owner_id, community_id=place.community.id, meeting=meeting_id, next_action=ident
    )
    return w.receipt("Next action added.", ident)


@writes("session.tick_action")
def tick_action(w: Write, action_id: int, done: bool = True) -> Receipt:
    """Tick a next action off, or take the tick back (M2); raises NotFound."""
    row: Any = NextActionRow.get_or_none(NextActionRow.id == action_id)
    if row is None:
        raise NotFound("That next action is not there any more.")
    place = held_place(row.meeting_id, w.this_year.id, row.owner_id)
    w.require(place.target)
    NextActionRow.update(done_on=w.on if done else None).where(
        NextActionRow.id == action_id
    ).execute()
    w.journal(community_id=row.community_id, next_action=action_id, done=done)
    return w.receipt("Done." if done else "Open again.", action_id)
