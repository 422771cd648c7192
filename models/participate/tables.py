"""Participate's marks and words, its targets for the action table, and which notes' state follows which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ..actions.targets import AtCommunity, AtMeeting
from ..communities import CommunityRow, Meeting, MeetingRow, MembershipRow, community_row
from ..database import lock
from ..database.prepared import Prepared, PreparedRow
from ..errors import Conflict, NotFound
from ..kept import SessionNoteRow

MARKS = {
    "present": "present",
    "excused": "excused",
    "online": "online",
    "absent": "absent",
}
"""The marks of attendance, with their words."""
THERE = ("present", "online")
"""The marks of those who took part."""

NOTE_WORDS = {
    "none": "no notes yet",
    "saved": "notes saved, not published",
    "published": "notes published",
    "changed": "notes changed since they were published",
}
"""The states of a meeting's notes, with their words."""

NOTE_FOLLOWS: dict[str, frozenset[str]] = {
    "none": frozenset({"none", "saved"}),
    "saved": frozenset({"none", "saved", "published"}),
    "published": frozenset({"published", "changed"}),
    "changed": frozenset({"published", "changed"}),
}
"""Which state of the notes may follow which: what was published once is never unpublished."""


def note_state(is_published: bool, is_same: bool, is_blank: bool) -> str:
    """The state of notes: were they published, as they are now saved, and are they empty?"""
    if is_published:
        return "published" if is_same else "changed"
    return "none" if is_blank else "saved"


def follow(before: str, after: str) -> str:
    """The new state, once the transition table has let it; raises Conflict."""
    if after not in NOTE_FOLLOWS[before]:
        raise Conflict(f"These are {NOTE_WORDS[before]}; that cannot be undone.")
    return after


@dataclass(frozen=True)
class Place:
    """A meeting, its community and who belongs to it, read afresh for one write or one view."""

    meeting: Any
    """The live row; never leaves `models`."""
    community: Any
    note: Any | None
    """The live row of its notes, where some were written."""
    target: AtMeeting


def meeting_of(row: Any) -> Meeting:
    """A meeting's live row as plain data."""
    return Meeting(
        row.id, row.community_id, row.held_on, row.half, row.starts, row.title, row.place,
        row.required, row.half_day_id,
    )  # fmt: skip


def meeting_row(meeting_id: int) -> Any:
    """A meeting's live row with its community's; raises NotFound."""
    row = _MEETING.first(meeting_id)
    if row is None:
        raise NotFound("That meeting is not there any more.")
    row.community = community_row(row.community_id)
    return row


_MEETING = PreparedRow(lambda meeting: MeetingRow.select().where(MeetingRow.id == meeting), -1)
_NOTE = PreparedRow(
    lambda meeting: SessionNoteRow.select().where(SessionNoteRow.meeting == meeting), -1
)
_ROLES = Prepared(
    lambda community: MembershipRow.select(MembershipRow.person, MembershipRow.role).where(
        MembershipRow.community == community
    ),
    -1,
)


def roles_in(community_id: int) -> tuple[frozenset[int], frozenset[int]]:
    """The facilitators and the members of a community, by id."""
    facilitators: set[int] = set()
    members: set[int] = set()
    for person_id, role in _ROLES(community_id):
        (facilitators if role == "facilitator" else members).add(person_id)
    return frozenset(facilitators), frozenset(members)


def place_of(meeting_id: int, year_id: int, action_owner: int | None = None) -> Place:
    """A meeting and all that the action table asks about it: four queries. Raises NotFound."""
    meeting = meeting_row(meeting_id)
    community = meeting.community
    facilitators, members = roles_in(community.id)
    note: Any = _NOTE.first(meeting_id)
    state = state_of(note)
    return Place(
        meeting,
        community,
        note,
        AtMeeting(
            community_id=community.id,
            is_running=runs_in(community, year_id),
            held_on=meeting.held_on,
            facilitators=facilitators,
            members=members,
            is_published=state in ("published", "changed"),
            action_owner=action_owner,
            has_news=state in ("saved", "changed") and bool(note.body.strip()),
        ),
    )


def held_place(meeting_id: int, year_id: int, action_owner: int | None = None) -> Place:
    """The same for a write: the meeting is held until the transaction ends, and only then judged.

    Two facilitators who press Enter together come one after the other, and the second sees what the
    first has done. Raises NotFound.
    """
    lock(MeetingRow.select(MeetingRow.id).where(MeetingRow.id == meeting_id))
    return place_of(meeting_id, year_id, action_owner)


def hold_community(community_id: int) -> None:
    """Hold a community until the transaction ends, so that its meetings are arranged one at a time."""
    lock(CommunityRow.select(CommunityRow.id).where(CommunityRow.id == community_id))


def at_any_meeting(community: Any, year_id: int, on: date) -> AtMeeting:
    """A community's meeting on a day, for what is the same at all: who may tick an action off."""
    facilitators, members = roles_in(community.id)
    return AtMeeting(community.id, runs_in(community, year_id), on, facilitators, members)


def at_community(community: Any, year_id: int) -> AtCommunity:
    """A community as the action table asks about it."""
    return AtCommunity(community.id, runs_in(community, year_id), roles_in(community.id)[0])


def runs_in(community: Any, year_id: int) -> bool:
    """Whether a community runs in that year: an earlier year's is over, whatever became of it."""
    return bool(community.state == "running" and community.year_id == year_id)


def state_of(note: Any | None) -> str:
    """The state of a row of notes, or of none."""
    if note is None:
        return "none"
    return state_with(note, note.body)


def state_with(note: Any, body: str) -> str:
    """The state of a row of notes if its text were `body`."""
    return note_state(note.published_at is not None, body == note.published_body, not body)
