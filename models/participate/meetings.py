"""A community's meetings: the year's half-days, and those it arranges itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from .. import text
from ..communities import (
    Meeting,
    MeetingRow,
    MembershipRow,
    community_row,
    meetings_of,
    tell,
)
from ..errors import BadText, Conflict, NotFound
from ..journal import Receipt, Write, writes
from ..kept import AttendanceRow, SessionNoteRow, kept_for
from ..words import day, day_year, listed, until
from ..years import HalfDay, HalfDayRow, Year, get_year
from .tables import (
    NOTE_WORDS,
    THERE,
    at_community,
    held_place,
    hold_community,
    meeting_of,
    meeting_row,
    note_state,
)

HALVES = {"morning": "morning", "afternoon": "afternoon", "other": "another time"}
"""When a meeting may lie, with the words."""
STARTS = 40
"""Characters for the hour, as the facilitator writes it."""


@dataclass(frozen=True)
class MeetingLine:
    """One meeting in a community's list, or a half-day on which it could meet."""

    meeting: Meeting
    """With the id 0 where the community has not planned this half-day."""
    note_state: str
    there: int
    """How many took part, in the room or online."""
    marked: int
    """How many have a mark of any kind."""
    of: int
    """How many belonged to the community on that day."""
    when_words: str
    state_words: str
    """“in 12 days”, “today”, “notes published · 14 of 17 there”."""
    tone: str
    """How much it matters now: 'now', 'due', 'done', 'ahead' or 'open' (not planned)."""

    @property
    def id(self) -> str:
        """Names the line: a half-day, planned or not, or a meeting of the community's own."""
        half = self.meeting.half_day_id
        return f"m{self.meeting.id}" if half is None else f"h{half}"

    @property
    def is_planned(self) -> bool:
        return self.meeting.id != 0

    @property
    def kind_words(self) -> str:
        """“required half-day”, “optional half-day”, or the title of a meeting of their own."""
        if self.meeting.half_day_id is None:
            return self.meeting.title or "own meeting"
        kind = f"{'required' if self.meeting.required else 'optional'} half-day"
        return f"{self.meeting.title} ({kind})" if self.meeting.title else kind


def community_meetings(
    community_id: int, year: Year, on: date, *, for_members: bool = False
) -> tuple[MeetingLine, ...]:
    """A community's meetings by date, and those half-days of its year that it has not planned.

    `year` is the community's own; `for_members` says what has been published, not what is still to
    be logged. Four queries, however many meetings there are.
    """
    joined = dict(
        MembershipRow.select(MembershipRow.person, MembershipRow.registered_on)
        .where(MembershipRow.community == community_id)
        .tuples()
    )
    marks: dict[int, dict[int, str]] = {}
    for meeting_id, person_id, mark in (
        AttendanceRow.select(AttendanceRow.meeting, AttendanceRow.person, AttendanceRow.mark)
        .join(MeetingRow)
        .where(MeetingRow.community == community_id)
        .tuples()
    ):
        marks.setdefault(meeting_id, {})[person_id] = mark
    notes = _note_states(community_id)
    lines = []
    planned = set()
    for meeting in meetings_of(community_id):
        planned.add(meeting.half_day_id)
        theirs = marks.get(meeting.id, {})
        belonged = {ident for ident, since in joined.items() if since <= meeting.on}
        lines.append(
            _line(
                meeting,
                notes.get(meeting.id, "none"),
                there=sum(mark in THERE for mark in theirs.values()),
                marked=len(theirs),
                of=len(belonged | theirs.keys()),
                on=on,
                for_members=for_members,
            )
        )
    lines += [
        _line(_unplanned(half, community_id), "none", 0, 0, 0, on, for_members)
        for half in year.half_days
        if half.id not in planned
    ]
    return tuple(sorted(lines, key=lambda line: (line.meeting.on, line.meeting.id)))


def _note_states(community_id: int) -> dict[int, str]:
    """The state of the notes of each meeting that has some; the texts stay in the store."""
    return {
        meeting_id: note_state(published_at is not None, is_same, is_blank)
        for meeting_id, is_same, is_blank, published_at in SessionNoteRow.select(
            SessionNoteRow.meeting,
            # Without a converter Peewee would take the answer for a text, as the column is.
            (SessionNoteRow.body == SessionNoteRow.published_body).converter(bool),
            (SessionNoteRow.body == "").converter(bool),
            SessionNoteRow.published_at,
        )
        .join(MeetingRow)
        .where(MeetingRow.community == community_id)
        .tuples()
    }


def _unplanned(half: HalfDay, community_id: int) -> Meeting:
    return Meeting(0, community_id, half.on, half.half, "", "", "", half.required, half.id)


def _line(
    meeting: Meeting, notes: str, there: int, marked: int, of: int, on: date, for_members: bool
) -> MeetingLine:
    if not meeting.id or on < meeting.on:
        tone, words = _ahead(meeting, on)
    elif for_members:
        is_out = notes in ("published", "changed")
        tone = "now" if on == meeting.on else "done"
        words = NOTE_WORDS["published"] if is_out else "today" if tone == "now" else "no notes yet"
    else:
        tone, words = _to_log(meeting, notes, marked, on)
        if marked:
            words = f"{words} · {there} of {of} there"
    return MeetingLine(meeting, notes, there, marked, of, meeting.when_words, words, tone)


def _ahead(meeting: Meeting, on: date) -> tuple[str, str]:
    """How a meeting to come, or a half-day that is not planned, stands: its tone and its words."""
    if meeting.id:
        return "ahead", until(on, meeting.on)
    return "open", "not met" if on > meeting.on else f"not planned · {until(on, meeting.on)}"


def _to_log(meeting: Meeting, notes: str, marked: int, on: date) -> tuple[str, str]:
    """How far a session is logged, for its facilitators: its tone and its words."""
    if notes == "published":
        return "done", NOTE_WORDS[notes]
    if meeting.on == on:
        return "now", "today" if notes == "none" else f"today · {NOTE_WORDS[notes]}"
    if notes == "none" and not marked:
        return "due", "no notes or attendance yet"
    return "due", NOTE_WORDS[notes]


# -- writes ----------------------------------------------------------------------------------------


@writes("meeting.add")
def add_meeting(
    w: Write,
    community_id: int,
    *,
    half_day_id: int | None = None,
    held_on: date | None = None,
    half: str = "other",
    starts: str = "",
    title: str = "",
    place: str = "",
) -> Receipt:
    """Plan a half-day of the year, or a meeting on a day of their own (F3, T5.1, T5.2).

    Give `half_day_id`, or `held_on` with `half`; the place is the community's unless given. A day
    and half that are one of the year's half-days become that half-day. Raises BadText, NotFound,
    and Conflict where the community meets then already.
    """
    hold_community(community_id)
    community = community_row(community_id)
    w.require(at_community(community, w.this_year.id))
    scheduled = _half_day(community.year_id, half_day_id, held_on, half)
    if scheduled is not None:
        held_on, half = scheduled.on, scheduled.half
    if held_on is None:
        raise BadText("Date", "choose a day, or one of the year's half-days.")
    _check_day(held_on, half, get_year(community.year_id))
    starts = text.line(starts, "Hour", STARTS, required=False)
    _check_free(community_id, held_on, half, starts, scheduled, None)
    ident: int = MeetingRow.insert(
        community=community_id,
        half_day=scheduled.id if scheduled else None,
        held_on=held_on,
        half=half,
        starts=starts,
        title=text.line(title, "Title", text.TITLE, required=False),
        place=text.line(place, "Place", required=False) or community.place,
        required=scheduled.required if scheduled else False,
    ).execute()
    w.journal(community_id=community_id, meeting=ident, held_on=held_on, half=half)
    meeting = _meeting(ident)
    tell_all(w, meeting, f"{community.title} meets on {meeting.when_words}, {meeting.place}.")
    return w.receipt(f"Added: {meeting.when_words}, {meeting.place}.", ident)


@writes("meeting.change")
def change_meeting(
    w: Write,
    meeting_id: int,
    *,
    held_on: date,
    half: str,
    starts: str = "",
    title: str = "",
    place: str,
) -> Receipt:
    """Change when and where a meeting is; its members are told (F4).

    The day of one of the year's half-days is the division's. Raises BadText, NotFound and Conflict.
    """
    hold_community(meeting_row(meeting_id).community_id)
    found = held_place(meeting_id, w.this_year.id)
    w.require(found.target)
    row, community = found.meeting, found.community
    starts = text.line(starts, "Hour", STARTS, required=False)
    if (held_on, half) != (row.held_on, row.half):
        if row.half_day_id is not None:
            raise BadText(
                "Date",
                "this is one of the division's half-days; add a meeting on the other day instead.",
            )
        _check_day(held_on, half, get_year(community.year_id))
        kept = listed(kept_for([meeting_id]).get(meeting_id, ()))
        if held_on > w.on and kept:
            raise BadText("Date", f"what is kept of it ({kept}) cannot be of a day to come.")
    if (held_on, half, starts) != (row.held_on, row.half, row.starts):
        _check_free(community.id, held_on, half, starts, None, meeting_id)
    before = _meeting(meeting_id)
    MeetingRow.update(
        held_on=held_on,
        half=half,
        starts=starts,
        title=text.line(title, "Title", text.TITLE, required=False),
        place=text.line(place, "Place"),
    ).where(MeetingRow.id == meeting_id).execute()
    meeting = _meeting(meeting_id)
    w.journal(community_id=community.id, meeting=meeting_id, held_on=held_on, half=half)
    if (before.when_words, before.place) != (meeting.when_words, meeting.place) and held_on >= w.on:
        tell_all(
            w, meeting,
            f"Changed: {community.title} meets on {meeting.when_words}, {meeting.place} "
            f"(it was {before.when_words}, {before.place}).",
        )  # fmt: skip
    return w.receipt(f"Saved: {meeting.when_words}, {meeting.place}.", meeting_id)


def _half_day(
    year_id: int, half_day_id: int | None, held_on: date | None, half: str
) -> HalfDay | None:
    """The half-day that is meant, by its id or by its day and half; raises NotFound."""
    query = HalfDayRow.select().where(HalfDayRow.year == year_id)
    if half_day_id is not None:
        row: Any = query.where(HalfDayRow.id == half_day_id).first()
        if row is None:
            raise NotFound("That half-day is not in this year any more.")
    else:
        row = query.where((HalfDayRow.held_on == held_on) & (HalfDayRow.half == half)).first()
    return HalfDay(row.held_on, row.half, row.required, row.id) if row is not None else None


def _check_day(held_on: date, half: str, year: Year) -> None:
    """Raise BadText unless it is a day of the year and a known part of it."""
    if half not in HALVES:
        raise BadText("Part of the day", "choose morning, afternoon or another time.")
    window = year.whole
    if not window.holds(held_on):
        raise BadText(
            "Date", f"choose a day from {day_year(window.opens)} to {day_year(window.closes)}."
        )


def _check_free(
    community_id: int,
    held_on: date,
    half: str,
    starts: str,
    scheduled: HalfDay | None,
    but: int | None,
) -> None:
    """Raise Conflict where the community meets then already; at other times the hours tell two apart."""
    query = MeetingRow.select(MeetingRow.id).where(MeetingRow.community == community_id)
    if but is not None:
        query = query.where(MeetingRow.id != but)
    same = (MeetingRow.held_on == held_on) & (MeetingRow.half == half)
    if half == "other":
        same &= MeetingRow.starts == starts
    if scheduled is not None:
        same |= MeetingRow.half_day == scheduled.id
    if not query.where(same).exists():
        return
    if half == "other":
        at = f", {starts}," if starts else ""
        raise Conflict(
            f"Your community meets on {day(held_on)}{at} already. Give another hour for a second one."
        )
    raise Conflict(f"Your community meets on {day(held_on)}, {half}, already.")


def _meeting(meeting_id: int) -> Meeting:
    return meeting_of(meeting_row(meeting_id))


def tell_all(w: Write, meeting: Meeting, words: str) -> None:
    """Tell everyone in the community but the one who acts; a day that is over is news to nobody."""
    if meeting.on < w.on:
        return
    for person_id in _others(meeting.community_id, w.person_id):
        tell(
            person_id, "meeting", words, at=w.at, sender=w.person_id,
            community_id=meeting.community_id,
        )  # fmt: skip


def _others(community_id: int, person_id: int) -> Iterable[int]:
    query = MembershipRow.select(MembershipRow.person).where(
        (MembershipRow.community == community_id) & (MembershipRow.person != person_id)
    )
    return [ident for (ident,) in query.tuples()]
