"""Taking out a meeting that was added by mistake: only while nothing is kept or begun for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from ..actions import Verdict, judge
from ..actions.targets import AtMeeting
from ..communities import Meeting
from ..journal import Receipt, Write, writes
from ..kept import forget_meeting, written_for
from ..people import Standing
from ..words import day
from ..years import Year
from .meetings import MeetingLine, tell_all
from .tables import held_place, meeting_of


@writes("meeting.remove")
def remove_meeting(w: Write, meeting_id: int) -> Receipt:
    """Take a meeting out again that was added by mistake; everybody else is told (F4).

    An optional half-day can be planned again afterwards. Raises Refused for a required half-day and
    for a meeting for which anything is written or begun, and NotFound.
    """
    found = held_place(meeting_id, w.this_year.id)
    row, community = found.meeting, found.community
    w.require(_target(found.target, meeting_of(row), written_for([meeting_id])))
    meeting = meeting_of(row)
    forget_meeting(meeting_id)
    w.journal(community_id=community.id, meeting=meeting_id, held_on=meeting.on, half=meeting.half)
    tell_all(w, meeting, f"{community.title} does not meet on {meeting.when_words} after all.")
    return w.receipt(f"Removed: the meeting of {day(meeting.on)}.", meeting_id)


def removals(
    lines: tuple[MeetingLine, ...], at: AtMeeting, who: Standing, year: Year, on: date
) -> Mapping[int, Verdict]:
    """Of each planned meeting of a community whether somebody may take it out: four queries.

    `at` is any meeting of that community.
    """
    planned = [line.meeting for line in lines if line.is_planned]
    written = written_for([meeting.id for meeting in planned])
    return {
        meeting.id: judge("meeting.remove", who, year, on, _target(at, meeting, written))
        for meeting in planned
    }


def _target(at: AtMeeting, meeting: Meeting, written: frozenset[int]) -> AtMeeting:
    return replace(
        at, held_on=meeting.on, is_required=meeting.required, is_written=meeting.id in written
    )
