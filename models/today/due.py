"""What one person can or must do now, most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

import peewee as pw

from .. import drafts, join, participate
from ..actions import judge
from ..actions.targets import AtPerson, AtPlace, AtSchool
from ..clock import Clock
from ..communities import (
    NoticeRow,
)
from ..database import read_settings
from ..people import (
    PersonRow,
    Standing,
    person,
    principals_of,
    school,
    taught_by,
)
from ..words import count, day, listed, short_day
from ..years import Step, Year
from .desk import count_approved, schools_without_principal, small_communities, small_words


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
    is_told: bool = False
    """Whether the line says all of its note, or what it opens does: Enter opens it without asking."""


def due_lines(
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
    yield from _of_notices(who, year, part)
    yield from pressing
    yield from relaxed


MOST_NOTICES = 6
"""Lines of what others did that stand before what is due."""


def _of_notices(who: Standing, year: Year, part: participate.Participation) -> Iterator[TodayLine]:
    # What was not read in a former year is about communities that are over.
    began = datetime.combine(year.whole.opens, time())
    query = (
        NoticeRow.select(
            NoticeRow.id, NoticeRow.kind, NoticeRow.words, NoticeRow.community, NoticeRow.at,
            PersonRow.name,
        )
        .join(PersonRow, pw.JOIN.LEFT_OUTER, on=(NoticeRow.sender == PersonRow.id))
        .where(
            (NoticeRow.person == who.person_id)
            & NoticeRow.seen_at.is_null()
            & (NoticeRow.at >= began)
            # A reminder to choose is overtaken once one has chosen.
            & ((NoticeRow.kind != "reminder") | (who.community_id is None))
        )
        .order_by(NoticeRow.id.desc())
        .limit(5 * MOST_NOTICES)
    )  # fmt: skip
    clock = Clock(read_settings().zone)
    rows = list(query.tuples())
    codes = tuple(ident for ident, kind, *_ in rows if kind == "code")
    lines = 0
    for ident, kind, words, community_id, at, sender in rows:
        if lines == MOST_NOTICES or ident in codes[1:]:
            continue
        lines += 1
        when = f"{sender or 'CofP'} · {short_day(clock.day_of(at))}"
        if kind == "code":
            if len(codes) > 1:
                words = (
                    "If you did not ask for codes, tell Division Personnel: "
                    f"{len(codes)} were made for you."
                )
            yield TodayLine(f"notice-{ident}", words, when, "", community_id, True, codes)
            continue
        meeting_id = _notes_told_of(part, community_id, at, words) if kind == "notes" else None
        if meeting_id is not None:
            yield TodayLine(
                f"notice-{ident}", words, when, "notes", meeting_id, True, (ident,), is_told=True
            )
            continue
        # A reminder leads to the list of offerings; the rest to the community they are about.
        screen = {"notes": "participate", "meeting": "participate"}.get(kind, "join")
        yield TodayLine(f"notice-{ident}", words, when, screen, community_id, True, (ident,))


def _notes_told_of(
    part: participate.Participation, community_id: int | None, at: datetime, words: str
) -> int | None:
    """The meeting whose notes a note is about, while its reader can read them."""
    if part.community_id is None or part.community_id != community_id:
        return None
    for notes in part.notes:
        # Told at the moment of publishing; by its day, where they came out once more since.
        if notes.published_at == at or words.endswith(f", {day(notes.on)}."):
            return notes.meeting_id
    return None


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
        elif judge("join.keep", who, year, on).is_allowed:
            offered = join.count_offerings(year.id, join.Filter(), who)
            yield TodayLine(
                "look", f"Look over the {count(offered, 'offering')} and mark your favourites",
                f"Join opens {day(window.opens)}", "join",
            )  # fmt: skip
        elif judge("join.ask_change", who, year, on).is_allowed and who.is_expected:
            yield TodayLine(
                "late",
                f"You are in no community yet: {_registrars(who)} can register you",
                "any time",
                "join",
            )
    request = join.own_request(who, year, on)
    if request is not None and request.state == "open":
        yield TodayLine(
            "request",
            f"Your change to {request.to_title} waits for {request.waits_for}",
            "any time",
            "join",
        )


def _registrars(who: Standing) -> str:
    """Who can register somebody after the window, by name where there is one."""
    known = principals_of([who.school_id])[who.school_id] if who.school_id is not None else ()
    names = [person(ident).name for ident in known if ident != who.person_id]
    return listed([*names[:1], "Division Personnel"], "or")


def _of_schools(who: Standing, year: Year, on: date) -> Iterator[TodayLine]:
    for ident in sorted(who.answers_for):
        target = join.at_school(ident)
        if not judge("join.follow", who, year, on, target).is_allowed:
            continue
        missing = join.count_unregistered(join.Which(who, year, on, ident))
        if missing:
            yield _missing_line(who, year, on, target, missing)
    requests = join.count_requests(who, year)
    if requests:
        yield TodayLine(
            "requests", f"Answer {count(requests, 'request')} for a change", "any time", "requests"
        )


def _missing_line(who: Standing, year: Year, on: date, at: AtSchool, missing: int) -> TodayLine:
    """What somebody may do about those who are missing at a school, as the table says it today."""
    people = "the one who is" if missing == 1 else f"the {missing:,} who are"
    home = f" at {school(at.school_id).short}" if len(who.answers_for) > 1 else ""
    somebody = AtPerson(0, at.school_id, at.school_level, at.has_principal)
    place = AtPlace(somebody, 0, is_running=True, places_left=1)
    verb = ""
    if judge("join.register", who, year, on, place).is_allowed:
        verb = "Register"
    elif judge("join.remind", who, year, on, somebody).is_allowed:
        verb = "Remind"
    if verb:
        closes = f"Join closes {day(year.window(Step.JOIN).closes)}"
        words = f"{verb} {people} not yet in a community{home}"
        return TodayLine(
            f"missing-{at.school_id}", words, closes, "unregistered", at.school_id, True
        )
    registers = judge("join.register_late", who, year, on, place).is_allowed
    words = f"{'Register' if registers else 'See'} {people} in no community{home}"
    when = "any time, with a reason" if registers else "any time"
    return TodayLine(f"missing-{at.school_id}", words, when, "unregistered", at.school_id)


def _of_sessions(part: participate.Participation, on: date) -> Iterator[TodayLine]:
    if part.role == "facilitator":
        for line in part.meetings:
            if line.tone in ("now", "due") and part.writes[line.meeting.id].is_allowed:
                words = f"Log the session of {day(line.meeting.on)}"
                when = "today" if line.tone == "now" else line.state_words
                yield TodayLine(
                    f"notes-{line.meeting.id}", words, when, "session", line.meeting.id,
                    line.tone == "now",
                )  # fmt: skip
    if part.role == "member":
        for line in part.meetings:
            if line.tone == "now":
                yield TodayLine(
                    f"meets-{line.meeting.id}", f"{part.community_title} meets today",
                    f"{line.meeting.when_words.partition(', ')[2] or 'today'} · {line.meeting.place}",
                    "participate", None, True,
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
    window = year.window(Step.JOIN)
    if judge("join.follow_schools", who, year, on).is_allowed:
        far = join.progress(year.id)
        if far.missing:
            behind = sum(
                1 for line in join.schools_progress(who, year, on) if line.progress.missing
            )
            is_open = judge("join.register", who, year, on).is_allowed
            when = f"Join closes {day(window.closes)}" if is_open else "any time"
            yield TodayLine(
                "schools",
                f"{count(far.missing, 'person', 'people')} at {count(behind, 'school')} "
                "are in no community yet",
                when, "schools", None, is_open,
            )  # fmt: skip
        small = [title for title, _ in small_communities(year.id)]
        if small:
            yield TodayLine(
                "risk",
                f"{small_words(len(small))}: {listed(small, 'and', 2)}",
                "any time", "division",
            )  # fmt: skip
    may_publish = judge("offerings.publish", who, year, on).is_allowed
    waiting = count_approved(year.id) if may_publish else 0
    if waiting:
        yield TodayLine(
            "publish",
            f"Publish {count(waiting, 'approved offering')}",
            f"before {day(window.opens)}" if window.is_before(on) else "any time",
            "division",
        )
    names = judge("people.appoint", who, year, on).is_allowed
    unknown = schools_without_principal() if names else ()
    if unknown:
        yield TodayLine(
            "principals", f"Say who is the Principal of {listed([s.short for s in unknown], 'and', 2)}",
            "any time", "division",
        )  # fmt: skip


def _of_oneself(who: Standing, year: Year, on: date) -> Iterator[TodayLine]:
    if who.person_id is None:
        return
    # The others are offered where their forms are opened; a line about them would lead nowhere.
    left = [d for d in drafts.drafts_of(who.person_id) if d.form.startswith("session.")]
    for draft in left[:2]:
        subject = int(draft.subject) if draft.subject.isdecimal() else None
        yield TodayLine(
            f"draft-{draft.form}-{draft.subject}",
            f"Go on with “{draft.title}”",
            "a draft of yours",
            "session",
            subject,
        )
    if who.kind == "teacher" and who.community_id is None and not any(taught_by(who.person_id)):
        yield TodayLine(
            "teaches", "Say what you teach, for better suggestions", "any time", "profile"
        )
