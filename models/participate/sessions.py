"""One meeting as its facilitators hold it: who was there, notes, next actions, what was before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..actions import Verdict, available, require
from ..communities import Meeting, MeetingRow, MembershipRow, standing
from ..errors import NotFound
from ..journal import Receipt, Write, writes
from ..kept import AttendanceRow, SessionNoteRow
from ..people import PersonRow, SchoolRow
from ..words import count
from ..years import Year
from .next_actions import ActionLine, actions_of
from .notes import Notes, notes_of
from .tables import (
    MARKS,
    THERE,
    held_place,
    meeting_of,
    place_of,
    state_of,
)


@dataclass(frozen=True)
class MarkLine:
    """One person on a meeting's list."""

    person_id: int
    name: str
    list_name: str
    """“Bear, Nicole”."""
    school: str
    role: str
    """'facilitator', 'member', or empty for somebody who has left the community since."""
    mark: str
    """One of MARKS, or empty."""
    joined_later: bool
    """Whether they came into the community after the meeting."""

    @property
    def is_there(self) -> bool:
        return self.mark in THERE

    @property
    def is_counted(self) -> bool:
        """Whether they belong to the “14 of 17”."""
        return bool(self.mark) or not self.joined_later


@dataclass(frozen=True)
class EarlierNote:
    """The notes of an earlier meeting, beside the new ones."""

    meeting_id: int
    when_words: str
    title: str
    state: str
    body: str
    """As saved last: the facilitators' own view."""


@dataclass(frozen=True)
class Session:
    """A meeting with everything that its facilitators keep of it."""

    meeting: Meeting
    community_title: str
    people: tuple[MarkLine, ...]
    notes: Notes
    carried: tuple[ActionLine, ...]
    """What earlier meetings left to do: open, or done since this meeting."""
    actions: tuple[ActionLine, ...]
    """What this meeting decided."""
    earlier: tuple[EarlierNote, ...]
    """The latest first."""
    verdicts: Mapping[str, Verdict]
    """What the viewer may do with it today, by action id."""

    @property
    def there(self) -> int:
        return sum(line.is_there for line in self.people)

    @property
    def counted(self) -> int:
        return sum(line.is_counted for line in self.people)

    @property
    def others(self) -> int:
        """How many belong to the community besides the one who looks."""
        return sum(bool(line.role) for line in self.people) - 1

    @property
    def unmarked(self) -> int:
        """How many have no mark, of those who belonged to the community on the day."""
        return sum(line.is_counted and not line.mark for line in self.people)


def session(meeting_id: int, person_id: int, year: Year, on: date) -> Session:
    """A meeting for one of its facilitators, before its day too; raises Refused and NotFound."""
    place = place_of(meeting_id, year.id)
    who = standing(person_id, year.id)
    require("session.hold", who, year, on, place.target)
    verdicts = {v.action.id: v for v in available(who, year, on, place.target)}
    meeting = meeting_of(place.meeting)
    everything = actions_of(place.community.id, place.target, who, year, on)
    earlier = {line.meeting_id: line.from_on for line in everything}
    writer = PersonRow.get_by_id(place.note.written_by_id).name if place.note is not None else ""
    return Session(
        meeting=meeting,
        community_title=place.community.title,
        people=_people(meeting),
        notes=notes_of(place.note, writer),
        carried=tuple(
            line
            for line in everything
            if (earlier[line.meeting_id], line.meeting_id) < (meeting.on, meeting.id)
            and (line.done_on is None or line.done_on >= meeting.on)
        ),
        actions=tuple(line for line in everything if line.meeting_id == meeting.id),
        earlier=_earlier(meeting),
        verdicts=verdicts,
    )


def _people(meeting: Meeting) -> tuple[MarkLine, ...]:
    """Everyone in the community, and whoever has a mark though they have left, by family name."""
    marks = {
        row[0]: row
        for row in AttendanceRow.select(
            PersonRow.id, PersonRow.name, PersonRow.family, PersonRow.given, PersonRow.sort_name,
            SchoolRow.name, AttendanceRow.mark,
        )
        .join(PersonRow)
        .join(SchoolRow)
        .where(AttendanceRow.meeting == meeting.id)
        .tuples()
    }  # fmt: skip
    lines: list[tuple[str, MarkLine]] = []
    here: set[int] = set()
    for ident, name, family, given, sort_name, school, role, since in (
        MembershipRow.select(
            PersonRow.id, PersonRow.name, PersonRow.family, PersonRow.given, PersonRow.sort_name,
            SchoolRow.name, MembershipRow.role, MembershipRow.registered_on,
        )
        .join(PersonRow, on=(MembershipRow.person == PersonRow.id))
        .join(SchoolRow)
        .where(MembershipRow.community == meeting.community_id)
        .tuples()
    ):  # fmt: skip
        here.add(ident)
        mark = marks[ident][6] if ident in marks else ""
        line = MarkLine(
            ident, name, _list_name(family, given, name), school, role, mark, since > meeting.on
        )
        lines.append((sort_name, line))
    for ident, name, family, given, sort_name, school, mark in marks.values():
        if ident not in here:
            line = MarkLine(ident, name, _list_name(family, given, name), school, "", mark, False)
            lines.append((sort_name, line))
    # Sorted here and not by the engines, which order letters differently.
    lines.sort(key=lambda pair: (pair[0], pair[1].person_id))
    return tuple(line for _, line in lines)


def _list_name(family: str, given: str, name: str) -> str:
    return f"{family}, {given}" if family and given else name


def _earlier(meeting: Meeting) -> tuple[EarlierNote, ...]:
    query = (
        SessionNoteRow.select(SessionNoteRow, MeetingRow)
        .join(MeetingRow)
        .where(
            (MeetingRow.community == meeting.community_id)
            & (MeetingRow.id != meeting.id)
            & (MeetingRow.held_on <= meeting.on)
            & (SessionNoteRow.body != "")
        )
        .order_by(MeetingRow.held_on.desc(), MeetingRow.id.desc())
    )
    return tuple(_earlier_note(row) for row in query if _is_before(row.meeting, meeting))


def _is_before(row: Any, meeting: Meeting) -> bool:
    return bool((row.held_on, row.id) < (meeting.on, meeting.id))


def _earlier_note(row: Any) -> EarlierNote:
    was = meeting_of(row.meeting)
    return EarlierNote(was.id, was.when_words, was.title, state_of(row), row.body)


# -- writes ----------------------------------------------------------------------------------------


@writes("session.attend")
def mark(w: Write, meeting_id: int, person_id: int, how: str | None) -> Receipt:
    """Mark one person present, excused, online or absent, or take the mark back (M4, T5.1).

    Raises NotFound for somebody who is not on the meeting's list, ValueError for an unknown mark.
    """
    if how is not None and how not in MARKS:
        raise ValueError(how)
    place = held_place(meeting_id, w.this_year.id)
    w.require(place.target)
    theirs = (AttendanceRow.meeting == meeting_id) & (AttendanceRow.person == person_id)
    is_listed = person_id in place.target.facilitators | place.target.members
    if not is_listed and not AttendanceRow.select().where(theirs).exists():
        raise NotFound("They are not in this community any more. Look at the list again.")
    if how is None:
        AttendanceRow.delete().where(theirs).execute()
    else:
        _set_marks(w, meeting_id, [person_id], how)
    w.journal(
        person_id=person_id, community_id=place.community.id, meeting=meeting_id, mark=how or ""
    )
    name = PersonRow.get_by_id(person_id).name
    return w.receipt(f"{name}: {MARKS[how] if how else 'no mark'}.", person_id)


@writes("session.attend_all")
def mark_all_present(w: Write, meeting_id: int) -> Receipt:
    """Mark everyone present who has no mark yet and belonged to the community on the day (T5.1)."""
    place = held_place(meeting_id, w.this_year.id)
    w.require(place.target)
    missing = [
        line.person_id
        for line in _people(meeting_of(place.meeting))
        if line.is_counted and not line.mark
    ]
    _set_marks(w, meeting_id, missing, "present")
    w.journal(community_id=place.community.id, meeting=meeting_id, marked=len(missing))
    if not missing:
        return w.receipt("Everyone has a mark already.", meeting_id, marked=0)
    words = f"{count(len(missing), 'person', 'people')} marked present."
    return w.receipt(words, meeting_id, marked=len(missing))


def _set_marks(w: Write, meeting_id: int, person_ids: Iterable[int], how: str) -> None:
    rows = [
        {"meeting": meeting_id, "person": person_id, "mark": how, "at": w.at}
        for person_id in person_ids
    ]
    if rows:
        AttendanceRow.insert_many(rows).on_conflict(
            conflict_target=[AttendanceRow.meeting, AttendanceRow.person],
            update={AttendanceRow.mark: how, AttendanceRow.at: w.at},
        ).execute()
