"""The year's half-days and the meetings on them: moved, added and taken out together.

What communities have written is never moved ahead of today, never thrown away, and never doubled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import peewee as pw

from ..communities import CommunityRow, MeetingRow
from ..database import lock
from ..errors import NotFound, Refused
from ..journal import Write
from ..kept import forget_meeting, kept_for, written_for
from ..words import listed
from ..years import HalfDay, HalfDayRow, Year
from .news import put_news


def set_half_days(w: Write, year: Year, after: Sequence[HalfDay]) -> None:
    """Put `after` in the place of a year's half-days; its caller is the guarded write.

    `year` is the year as it was. Raises NotFound for a half-day of another year, Refused where
    attendance or notes are kept for one that would be removed, or moved to a day to come.
    """
    before = {half.id: half for half in year.half_days}
    remaining = {half.id for half in after if half.id}
    if remaining - before.keys():
        raise NotFound("That half-day is not in this year any more. Look at the dates again.")
    dropped = [half for half in year.half_days if half.id not in remaining]
    moved = [half for half in after if half.id and _is_elsewhere(before[half.id], half)]
    _hold([*dropped, *moved], [half.on for half in after if _is_new(half, before)])
    for half in dropped:
        _drop(year, half)
    for half in moved:
        _check_may_move(w, year, before[half.id], half)
    _out_of_the_way(moved)
    for half in after:
        row = {"held_on": half.on, "half": half.half, "required": half.required}
        ident = half.id
        if ident:
            HalfDayRow.update(**row).where(HalfDayRow.id == ident).execute()
        else:
            ident = HalfDayRow.insert(year=year.id, **row).execute()
        if _is_new(half, before):
            _adopt(w, year, half, ident)
        MeetingRow.update(**row).where(MeetingRow.half_day == ident).execute()
        if half.required:
            _meet(ident, row, year.id)
    for half in moved:
        # Everybody reads of a half-day that moved: it is their meeting.
        old, new = year.day_words(before[half.id].on), year.day_words(half.on)
        put_news(w, f"The half-day of {old} moves to {new}, {half.half}.")


def _is_elsewhere(old: HalfDay, new: HalfDay) -> bool:
    return (old.on, old.half) != (new.on, new.half)


def _is_new(half: HalfDay, before: dict[int, HalfDay]) -> bool:
    """Whether it was added, or moved to where it is."""
    return not half.id or _is_elsewhere(before[half.id], half)


def _hold(changed: Iterable[HalfDay], days: list[date]) -> None:
    """Hold the meetings concerned, so that nobody writes of one while it moves."""
    query: Any = MeetingRow.select(MeetingRow.id).where(
        MeetingRow.half_day.in_([half.id for half in changed])
        | (MeetingRow.half_day.is_null() & MeetingRow.held_on.in_(days))
    )
    lock(query.order_by(MeetingRow.id))


def _kept(half_day_id: int, *, with_begun: bool = False) -> tuple[str, str]:
    """What communities keep of a half-day and which they are, in words; empty where none does.

    `with_begun`: what somebody only began to write counts too.
    """
    titles = dict(
        MeetingRow.select(MeetingRow.id, CommunityRow.title)
        .join(CommunityRow)
        .where(MeetingRow.half_day == half_day_id)
        .order_by(CommunityRow.sort_title)
        .tuples()
    )
    kept = kept_for(list(titles))
    if with_begun:
        for ident in written_for(list(titles)) - kept.keys():
            kept[ident] = ("unfinished writing",)
    what = sorted({word for words in kept.values() for word in words})
    whose = [title for ident, title in titles.items() if ident in kept]
    return listed(what), listed(whose, "and", 2)


def _drop(year: Year, half: HalfDay) -> None:
    what, whose = _kept(half.id, with_begun=True)
    if what:
        raise Refused(
            f"The half-day of {year.day_words(half.on)} cannot be removed: communities keep {what} of it ({whose}).",
            None,
            "Leave it as it is.",
        )
    for (ident,) in list(
        MeetingRow.select(MeetingRow.id).where(MeetingRow.half_day == half.id).tuples()
    ):
        forget_meeting(ident)
    HalfDayRow.delete().where(HalfDayRow.id == half.id).execute()


def _check_may_move(w: Write, year: Year, old: HalfDay, new: HalfDay) -> None:
    """Raise Refused where something is kept of a half-day that would lie ahead again."""
    if new.on == old.on or new.on <= w.on:
        return
    what, whose = _kept(old.id)
    if what:
        raise Refused(
            f"The half-day of {year.day_words(old.on)} cannot move to {year.day_words(new.on)}, a day "
            f"to come: communities keep {what} of it ({whose}).",
            None,
            f"Leave it on its day, and add another half-day on {year.day_words(new.on)}.",
        )


def _out_of_the_way(moved: Iterable[HalfDay]) -> None:
    """Let half-days trade their dates: each stands on a day of its own meanwhile."""
    for half in moved:
        aside = date(1900, 1, 1) + timedelta(days=half.id)
        HalfDayRow.update(held_on=aside).where(HalfDayRow.id == half.id).execute()
        MeetingRow.update(held_on=aside).where(MeetingRow.half_day == half.id).execute()


def _adopt(w: Write, year: Year, half: HalfDay, half_day_id: int) -> None:
    """Make what communities had planned by themselves for that very time their half-day.

    Where a meeting of the half-day comes along too, the one of which something is written stays.
    """
    rows = (
        MeetingRow.select(MeetingRow.id, MeetingRow.community, MeetingRow.half)
        .join(CommunityRow)
        .where(
            (CommunityRow.year == year.id)
            & (CommunityRow.state == "running")
            & MeetingRow.half_day.is_null()
            & (MeetingRow.held_on == half.on)
            & MeetingRow.half.in_([half.half, "other"])
        )
        # The one at the same half of the day first.
        .order_by(MeetingRow.community, pw.Case(MeetingRow.half, (("other", 1),), 0), MeetingRow.id)
    )
    own: dict[int, tuple[int, str]] = {}
    for ident, community_id, at in rows.tuples():
        own.setdefault(community_id, (ident, at))
    theirs = dict(
        MeetingRow.select(MeetingRow.community, MeetingRow.id)
        .where((MeetingRow.half_day == half_day_id) & MeetingRow.community.in_(list(own)))
        .tuples()
    )
    written = written_for([*theirs.values(), *(ident for ident, _ in own.values())])
    for community_id, (ident, at) in own.items():
        other = theirs.get(community_id)
        if other in written and ident in written:
            if at != "other":
                title = CommunityRow.get_by_id(community_id).title
                raise Refused(
                    f"{title} has written of two meetings that would both lie on "
                    f"{year.day_words(half.on)}, {half.half}.",
                    None,
                    "Choose another day, or ask its facilitators to move theirs.",
                )
            continue
        if other in written:
            forget_meeting(ident)
            continue
        if other is not None:
            forget_meeting(other)
        MeetingRow.update(half_day=half_day_id).where(MeetingRow.id == ident).execute()
        w.journal(community_id=community_id, meeting=ident, became_half_day=half_day_id)


def _meet(half_day_id: int, row: dict[str, Any], year_id: int) -> None:
    """Let every running community meet on a required half-day, those that do not yet."""
    meets = MeetingRow.select(pw.SQL("1")).where(
        (MeetingRow.community == CommunityRow.id) & (MeetingRow.half_day == half_day_id)
    )
    missing = CommunityRow.select(CommunityRow.id, CommunityRow.place).where(
        (CommunityRow.year == year_id) & (CommunityRow.state == "running") & ~pw.fn.EXISTS(meets)
    )
    rows = [
        {"community": ident, "half_day": half_day_id, "place": place, **row}
        for ident, place in missing.order_by(CommunityRow.id).tuples()
    ]
    if rows:
        MeetingRow.insert_many(rows).execute()
