"""One person's Today page, for the screen and for `cofp today` alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from .. import join, participate, promote
from ..actions import judge
from ..communities import (
    CommunityRow,
    NoticeRow,
    facilitator_names,
    meetings_of,
)
from ..journal import Receipt, Write, writes
from ..people import (
    Standing,
    school,
    short_school,
)
from ..words import count, day, listed
from ..years import Year, year_on
from .ahead import NextEvent, events_ahead
from .due import TodayLine, due_lines
from .frame import Frame, frame


@dataclass(frozen=True)
class Card:
    """The person's own community in a few facts."""

    community_id: int
    title: str
    role: str
    with_words: str
    meets: str
    place: str


@dataclass(frozen=True)
class SchoolBar:
    """How far a school (or the division) is."""

    school_id: int | None
    name: str
    progress: join.Progress
    division: join.Progress
    days: tuple[join.DayCount, ...]
    pace: str


@dataclass(frozen=True)
class Today:
    """One person's Today page."""

    frame: Frame
    lines: tuple[TodayLine, ...]
    nothing: str
    """What to say when nothing is due; empty while something is."""
    bar: SchoolBar | None
    card: Card | None
    waiting: str
    """“number 2 on the waiting list of Makers & Coding”, or empty."""
    events: tuple[NextEvent, ...]
    news: tuple[promote.News, ...]


def today(person_id: int, on: date) -> Today:
    """One person's Today page; raises NotFound for nobody's id, or before the first set-up."""
    head = frame(person_id, on)
    year = head.year or year_on(on)
    who = head.standing
    part = participate.participation(person_id, year, on)
    lines = list(due_lines(who, year, on, part))
    events = events_ahead(who, year, on, part)
    nothing = ""
    if not lines:
        nothing = "Nothing is due today."
        if events:
            nothing += f" Next: {events[0].words}, {day(events[0].on)}."
    return Today(
        head, tuple(lines), nothing, _bar(who, year, on), _card(who, on), _waiting(who, year), events,
        promote.news(year.id, on),
    )  # fmt: skip


def _bar(who: Standing, year: Year, on: date) -> SchoolBar | None:
    if judge("join.follow_schools", who, year, on).is_allowed:
        far = join.progress(year.id)
        days = join.by_day(year, on, None)
        return SchoolBar(None, "The division", far, far, days, join.pace(days, far, on))
    if not judge("join.follow", who, year, on).is_allowed or not who.answers_for:
        return None
    ident = who.school_id if who.school_id in who.answers_for else min(who.answers_for)
    far = join.progress(year.id, ident)
    days = join.by_day(year, on, ident)
    return SchoolBar(
        ident, short_school(school(ident or 0).name), far, join.progress(year.id), days,
        join.pace(days, far, on),
    )  # fmt: skip


def _card(who: Standing, on: date) -> Card | None:
    if who.community_id is None:
        return None
    community: Any = CommunityRow.get_by_id(who.community_id)
    ahead = [m for m in meetings_of(who.community_id) if m.on >= on]
    names = [n for n in facilitator_names([who.community_id])[who.community_id] if n != who.name]
    members = f"{count(community.taken, 'member')}"
    with_words = f"{listed(names)}; {members}" if names else members
    return Card(
        who.community_id, community.title, who.role, with_words,
        ahead[0].when_words if ahead else "no meeting ahead", ahead[0].place if ahead else community.place,
    )  # fmt: skip


def _waiting(who: Standing, year: Year) -> str:
    from ..join.tables import WaitingRow

    row = (
        WaitingRow.select(WaitingRow.id, WaitingRow.community, CommunityRow.title)
        .join(CommunityRow)
        .where((WaitingRow.person == who.person_id) & (WaitingRow.year == year.id))
        .tuples()
        .first()
    )
    if row is None:
        return ""
    ahead = (
        WaitingRow.select()
        .where((WaitingRow.community == row[1]) & (WaitingRow.id <= row[0]))
        .count()
    )
    return f"number {ahead} on the waiting list of {row[2]}"


@writes("notice.seen")
def take_note(w: Write, notice_ids: tuple[int, ...]) -> Receipt:
    """Take note of what stands on one's own Today page."""
    w.require(w.me())
    NoticeRow.update(seen_at=w.at).where(
        NoticeRow.id.in_(list(notice_ids)) & (NoticeRow.person == w.person_id)
    ).execute()
    return w.receipt("Noted.")


def plain_lines(page: Today) -> tuple[str, ...]:
    """The page as plain lines, for `cofp today`."""
    head, who = page.frame, page.frame.standing
    label = head.year.label if head.year else ""
    lines = [
        f"{head.division} · {label} · {day(head.on)} {head.on.year} · {who.name} · {who.role_words}",
        "",
    ]
    lines.append("TODAY")
    if page.nothing:
        lines.append(f"  {page.nothing}")
    width = max((len(line.words) for line in page.lines), default=0)
    lines += [f"  {line.words:<{width}}   {line.when}" for line in page.lines]
    if page.bar is not None:
        far = page.bar.progress
        lines += [
            "",
            page.bar.name.upper(),
            f"  {far.registered:,} of {far.expected:,} registered · division {page.bar.division.percent} %",
        ]
        if page.bar.pace:
            lines.append(f"  {page.bar.pace}")
    if page.card is not None:
        card = page.card
        lines += [
            "",
            "YOUR COMMUNITY",
            f"  {card.title} ({card.role}), with {card.with_words}",
            f"  {card.meets} · {card.place}",
        ]
    if page.waiting:
        lines += ["", f"  You are {page.waiting}."]
    if page.events:
        lines += ["", "NEXT"]
        dates = [f"{day(e.on)}{', ' + e.at if e.at else ''}" for e in page.events]
        width = max(map(len, dates))
        lines += [
            f"  {when:<{width}}   {e.words}" for when, e in zip(dates, page.events, strict=True)
        ]
    if page.news:
        lines += ["", "NEWS"]
        lines += [f"  {n.words} ({n.from_words}, {day(n.on)})" for n in page.news]
    return tuple(lines)
