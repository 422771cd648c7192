"""Today, on top of every step: what one person can or must do now, what comes next, where they belong.

The Today screen and `cofp today` print the same snapshot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import peewee as pw

from . import drafts, join, participate, promote
from .actions import AtPerson, AtSchool, judge
from .clock import Clock
from .communities import (
    CommunityRow,
    NoticeRow,
    facilitator_names,
    meetings_of,
    standing,
)
from .database import read_settings
from .errors import NotFound
from .journal import Receipt, Write, writes
from .people import (
    NOBODY,
    PersonRow,
    School,
    Standing,
    principals_of,
    school,
    schools,
    short_school,
    taught_by,
)
from .submit import ProposalRow
from .words import count, day, listed, short_day
from .years import Step, Year, year_on


@dataclass(frozen=True)
class Frame:
    """What every screen's head and footer are drawn from."""

    division: str
    on: date
    year: Year | None
    """None before the first set-up."""
    standing: Standing
    is_sample: bool
    website: str
    social_feed: str
    idle_seconds: int
    session_hours: int


@dataclass(frozen=True)
class TodayLine:
    """One thing to do, one Enter from done."""

    id: str
    """Stable while the thing stays the same, so that the cursor keeps its place."""
    words: str
    when: str
    """“Join closes Fri 25 Sep”, “any time”."""
    screen: str
    """The screen that Enter opens; empty where there is only something to take note of."""
    subject: int | None = None
    """What of it: a school, a community, a meeting."""
    is_pressing: bool = False
    """Whether it has a deadline within the week."""
    notice_ids: tuple[int, ...] = ()
    """Notes that Enter takes note of."""


@dataclass(frozen=True)
class NextEvent:
    """Something of the year that lies ahead."""

    on: date
    at: str
    """“afternoon”, or empty."""
    words: str


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


def frame(person_id: int | None, on: date) -> Frame:
    """The head of every screen for one person (or nobody) on a day."""
    settings = read_settings()
    try:
        year: Year | None = year_on(on)
    except NotFound:
        year = None
    who = NOBODY if person_id is None else standing(person_id, year.id if year else 0)
    return Frame(
        settings.division, on, year, who, settings.is_sample, settings.website, settings.social_feed,
        settings.idle_seconds, settings.session_hours,
    )  # fmt: skip


def today(person_id: int, on: date) -> Today:
    """One person's Today page; raises NotFound for nobody's id, or before the first set-up."""
    head = frame(person_id, on)
    year = head.year or year_on(on)
    who = head.standing
    part = participate.participation(person_id, year, on)
    lines = list(_lines(who, year, on, part))
    events = _events(who, year, on, part)
    nothing = ""
    if not lines:
        nothing = "Nothing is due today."
        if events:
            nothing += f" Next: {events[0].words}, {day(events[0].on)}."
    return Today(
        head, tuple(lines), nothing, _bar(who, year, on), _card(who, on), _waiting(who, year), events,
        promote.news(year.id, on),
    )  # fmt: skip


# -- what to do -------------------------------------------------------------------------------------


def _lines(
    who: Standing, year: Year, on: date, part: participate.Participation
) -> Iterator[TodayLine]:
    """The lines, most urgent first: what somebody did for you, deadlines, then what has time."""
    pressing: list[TodayLine] = []
    relaxed: list[TodayLine] = []
    for line in (
        *_of_joining(who, year, on),
        *_of_schools(who, year, on),
        *_of_sessions(part, on),
        *_of_division(who, year, on),
        *_of_oneself(who, year, on),
    ):
        (pressing if line.is_pressing else relaxed).append(line)
    yield from _of_notices(who)
    yield from pressing
    yield from relaxed


def _of_notices(who: Standing) -> Iterator[TodayLine]:
    query = (
        NoticeRow.select(
            NoticeRow.id, NoticeRow.kind, NoticeRow.words, NoticeRow.community, NoticeRow.at,
            PersonRow.name,
        )
        .join(PersonRow, pw.JOIN.LEFT_OUTER, on=(NoticeRow.sender == PersonRow.id))
        .where((NoticeRow.person == who.person_id) & NoticeRow.seen_at.is_null())
        .order_by(NoticeRow.id.desc())
        .limit(6)
    )  # fmt: skip
    clock = Clock(read_settings().zone)
    for ident, kind, words, community_id, at, sender in query.tuples():
        # A reminder leads to the list of offerings; the rest to the community they are about.
        screen = {"notes": "participate", "meeting": "participate", "code": ""}.get(kind, "join")
        when = f"{sender or 'CofP'} · {short_day(clock.day_of(at))}"
        yield TodayLine(f"notice-{ident}", words, when, screen, community_id, True, (ident,))


def _of_joining(who: Standing, year: Year, on: date) -> Iterator[TodayLine]:
    window = year.window(Step.JOIN)
    closes = f"Join closes {day(window.closes)}"
    may_join = judge("join.join", who, year, on)
    if who.community_id is None:
        if may_join.is_allowed:
            words = (
                "Choose your own community"
                if who.is_expected
                else "Choose a community, if you like"
            )
            yield TodayLine("join", words, closes, "join", None, who.is_expected)
        elif year.is_published and window.is_before(on):
            offered = join.count_offerings(year.id, join.Filter(), who)
            yield TodayLine(
                "look", f"Look over the {count(offered, 'offering')} and mark your favourites",
                f"Join opens {day(window.opens)}", "join",
            )  # fmt: skip
        elif window.is_over(on) and who.is_expected:
            yield TodayLine(
                "late", "You are in no community: ask to be registered", "any time", "join"
            )
    request = join.own_request(who, year, on)
    if request is not None and request.state == "open":
        yield TodayLine(
            "request",
            f"Your change to {request.to_title} waits for {request.waits_for}",
            "any time",
            "join",
        )


def _of_schools(who: Standing, year: Year, on: date) -> Iterator[TodayLine]:
    window = year.window(Step.JOIN)
    for ident in sorted(who.answers_for):
        home = school(ident)
        target = AtSchool(ident, home.level, bool(principals_of([ident])[ident]))
        if not judge("join.see_unregistered", who, year, on, target).is_allowed:
            continue
        if not year.is_published or window.is_before(on):
            continue
        missing = join.count_unregistered(year.id, ident)
        if missing:
            yield _missing_line(who, year, on, home, missing)
    requests = join.count_requests(who, year, on)
    if requests:
        yield TodayLine(
            "requests", f"Answer {count(requests, 'request')} for a change", "any time", "requests"
        )


def _missing_line(who: Standing, year: Year, on: date, home: School, missing: int) -> TodayLine:
    window = year.window(Step.JOIN)
    people = "the one who is" if missing == 1 else f"the {missing:,} who are"
    at = f" at {home.short}" if len(who.answers_for) > 1 else ""
    somebody = AtPerson(0, home.id, home.level, True)
    if window.is_over(on):
        verb = "Register" if judge("join.register_late", who, year, on).is_theirs else "See"
        when = "any time, with a reason" if verb == "Register" else "any time"
        return TodayLine(
            f"missing-{home.id}",
            f"{verb} {people} in no community{at}",
            when,
            "unregistered",
            home.id,
        )
    registers = judge("join.register", who, year, on).is_theirs
    verb = "Register" if registers else "Remind"
    if not judge("join.remind", who, year, on, somebody).is_allowed and not registers:
        verb = "See"
    return TodayLine(
        f"missing-{home.id}", f"{verb} {people} not yet in a community{at}",
        f"Join closes {day(window.closes)}", "unregistered", home.id, True,
    )  # fmt: skip


def _of_sessions(part: participate.Participation, on: date) -> Iterator[TodayLine]:
    if part.role == "facilitator":
        for line in part.meetings:
            if line.is_planned and line.meeting.on <= on and line.note_state != "published":
                words = f"Log the session of {day(line.meeting.on)}"
                when = "today" if line.meeting.on == on else line.state_words
                yield TodayLine(
                    f"notes-{line.meeting.id}", words, when, "session", line.meeting.id,
                    line.meeting.on == on,
                )  # fmt: skip
    for action in part.actions:
        if (
            not action.is_done
            and action.may_tick
            and (part.role != "facilitator" or action.is_late)
        ):
            when = (
                f"by {action.by_words}"
                if action.by_words and not action.is_late
                else action.by_words
            )
            yield TodayLine(
                f"action-{action.id}", action.words, when or "any time", "participate",
                action.meeting_id, action.is_late,
            )  # fmt: skip


def _of_division(who: Standing, year: Year, on: date) -> Iterator[TodayLine]:
    if not who.is_division:
        return
    window = year.window(Step.JOIN)
    if year.is_published and not window.is_before(on):
        far = join.progress(year.id)
        if far.missing:
            behind = sum(1 for line in join.schools_progress(year.id) if line.progress.missing)
            when = "any time" if window.is_over(on) else f"Join closes {day(window.closes)}"
            yield TodayLine(
                "schools",
                f"{count(far.missing, 'person', 'people')} at {count(behind, 'school')} "
                "are in no community yet",
                when, "schools", None, not window.is_over(on),
            )  # fmt: skip
        small = at_risk(year.id)
        if small:
            yield TodayLine(
                "risk",
                f"{count(len(small), 'community has', 'communities have')} fewer than "
                f"{read_settings().minimum_size} members: {listed(small, 'and', 2)}",
                "any time", "division",
            )  # fmt: skip
    waiting = count_approved(year.id)
    if waiting and judge("offerings.publish", who, year, on).is_allowed:
        yield TodayLine(
            "publish",
            f"Publish {count(waiting, 'approved offering')}",
            f"before {day(window.opens)}",
            "division",
        )
    unknown = schools_without_principal()
    if unknown:
        yield TodayLine(
            "principals", f"Say who is the Principal of {listed([s.short for s in unknown], 'and', 2)}",
            "any time", "division",
        )  # fmt: skip


def _of_oneself(who: Standing, year: Year, on: date) -> Iterator[TodayLine]:
    if who.person_id is None:
        return
    for draft in drafts.drafts_of(who.person_id)[:2]:
        subject = int(draft.subject) if draft.subject.isdecimal() else None
        screen = "session" if draft.form.startswith("session") else "today"
        yield TodayLine(
            f"draft-{draft.form}-{draft.subject}",
            f"Go on with “{draft.title}”",
            "a draft of yours",
            screen,
            subject,
        )
    if who.kind == "teacher" and who.community_id is None and not any(taught_by(who.person_id)):
        yield TodayLine(
            "teaches", "Say what you teach, for better suggestions", "any time", "profile"
        )


# -- what else stands on the page -------------------------------------------------------------------


def at_risk(year_id: int) -> tuple[str, ...]:
    """The running communities with fewer members than the division's minimum, by name."""
    least = read_settings().minimum_size
    query = (
        CommunityRow.select(CommunityRow.title)
        .where(
            (CommunityRow.year == year_id)
            & (CommunityRow.state == "running")
            & (CommunityRow.taken < least)
        )
        .order_by(CommunityRow.sort_title)
        .limit(50)
    )
    return tuple(title for (title,) in query.tuples())


def schools_without_principal() -> tuple[School, ...]:
    """The schools whose Principal the roster did not tell: † duties are Division Personnel's meanwhile."""
    everything = schools()
    known = principals_of([s.id for s in everything])
    return tuple(s for s in everything if not known[s.id])


def principal_candidates(school_id: int) -> tuple[tuple[int, str, str], ...]:
    """(id, name, e-mail) of a school's administrators, among whom the Principal is likely."""
    query = (
        PersonRow.select(PersonRow.id, PersonRow.name, PersonRow.email)
        .where(
            PersonRow.active & (PersonRow.school == school_id) & (PersonRow.kind == "administrator")
        )
        .order_by(PersonRow.sort_name, PersonRow.id)
    )
    return tuple(query.tuples())


def _bar(who: Standing, year: Year, on: date) -> SchoolBar | None:
    window = year.window(Step.JOIN)
    if not year.is_published or window.is_before(on):
        return None
    if who.is_division:
        far = join.progress(year.id)
        days = join.by_day(year, on, None)
        return SchoolBar(None, "The division", far, far, days, join.pace(days, far, on))
    if not who.answers_for:
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
    with_words = f"{listed(names)} and {members}" if names else members
    return Card(
        who.community_id, community.title, who.role, with_words,
        ahead[0].when_words if ahead else "no meeting ahead", ahead[0].place if ahead else community.place,
    )  # fmt: skip


def _waiting(who: Standing, year: Year) -> str:
    from .join.tables import WaitingRow

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


def _events(
    who: Standing, year: Year, on: date, part: participate.Participation | None
) -> tuple[NextEvent, ...]:
    """The next few dates: windows that open, half-days, one's own meetings."""
    found = [
        NextEvent(year.window(step).opens, "", f"{step.title} opens")
        for step in Step
        if year.window(step).is_before(on) and step is not Step.PARTICIPATE
    ]
    meetings = part.meetings if part else ()
    mine = {line.meeting.half_day_id for line in meetings if line.is_planned}
    ordinal = {half.id: place for place, half in enumerate(year.half_days)}
    first = year.next_half_day(on)
    for half in year.half_days:
        if half.on < on:
            continue
        name = (
            ("First", "Second", "Third", "Fourth")[ordinal[half.id]]
            if ordinal[half.id] < 4
            else "A"
        )
        kind = "required" if half.required else "optional"
        words = f"{name} half-day ({kind})"
        if who.person_id is not None and who.community_id is None and half is first:
            words += " · you are in no community yet"
        elif half.id in mine and who.community_title:
            words += f" · {who.community_title}"
        found.append(NextEvent(half.on, half.half, words))
    for line in meetings:
        if line.is_planned and line.meeting.half_day_id is None and line.meeting.on >= on:
            at = line.meeting.starts or ("" if line.meeting.half == "other" else line.meeting.half)
            found.append(
                NextEvent(line.meeting.on, at, f"{line.kind_words} · {who.community_title}")
            )
    return tuple(sorted(found, key=lambda event: event.on)[:4])


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
    join_step: Step = Step.JOIN


def desk(who: Standing, year: Year, on: date) -> Desk:
    """The division's own desk on a day; for others only the refusal."""
    theirs = judge("people.appoint", who, year, on)
    if theirs.refusal is not None:
        return Desk(False, str(theirs.refusal), 0, False, "", (), (), ())
    publishing = judge("offerings.publish", who, year, on)
    note = str(publishing.refusal) if publishing.refusal else ""
    least = read_settings().minimum_size
    small = (
        CommunityRow.select(CommunityRow.title, CommunityRow.taken)
        .where(
            (CommunityRow.year == year.id)
            & (CommunityRow.state == "running")
            & (CommunityRow.taken < least)
        )
        .order_by(CommunityRow.taken, CommunityRow.sort_title)
        .limit(20)
    )
    opened = not year.window(Step.JOIN).is_before(on)
    dates = [
        (step.title, f"{day(year.window(step).opens)} to {day(year.window(step).closes)}")
        for step in Step
    ]
    dates += [("Half-day", half.words) for half in year.half_days]
    schools_open = tuple(
        (s, count(len(principal_candidates(s.id)), "administrator"))
        for s in schools_without_principal()
    )
    return Desk(
        True, "", count_approved(year.id), publishing.is_allowed, note, schools_open, tuple(dates),
        tuple(small.tuples()) if opened and year.is_published else (),
    )  # fmt: skip


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


def welcome_events(year: Year, on: date) -> tuple[NextEvent, ...]:
    """The next dates of the year for whoever stands at the terminal."""
    return _events(NOBODY, year, on, None)


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
        lines += [f"  {day(e.on)}{', ' + e.at if e.at else ''}   {e.words}" for e in page.events]
    if page.news:
        lines += ["", "NEWS"]
        lines += [f"  {n.words} ({n.from_words}, {day(n.on)})" for n in page.news]
    return tuple(lines)
