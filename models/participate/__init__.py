"""Participate: a community's meetings, who was there, their notes, and what comes next."""

from .dates import read_day
from .meetings import (
    HALVES,
    STARTS,
    MeetingLine,
    add_meeting,
    change_meeting,
    community_meetings,
)
from .next_actions import ActionLine, add_action, tick_action
from .notes import (
    ChangedMeanwhile,
    Notes,
    PublishedNote,
    ReadNotes,
    publish_notes,
    published_notes,
    read_notes,
    write_notes,
)
from .part import Participation, participation
from .removing import remove_meeting
from .sessions import EarlierNote, MarkLine, Session, mark, mark_all_present, session
from .tables import (
    MARKS,
    NOTE_FOLLOWS,
    NOTE_WORDS,
    THERE,
)

__all__ = [
    "HALVES",
    "MARKS",
    "NOTE_FOLLOWS",
    "NOTE_WORDS",
    "STARTS",
    "THERE",
    "ActionLine",
    "ChangedMeanwhile",
    "EarlierNote",
    "MarkLine",
    "MeetingLine",
    "Notes",
    "Participation",
    "PublishedNote",
    "ReadNotes",
    "Session",
    "add_action",
    "add_meeting",
    "change_meeting",
    "community_meetings",
    "mark",
    "mark_all_present",
    "participation",
    "publish_notes",
    "published_notes",
    "read_day",
    "read_notes",
    "remove_meeting",
    "session",
    "tick_action",
    "write_notes",
]
