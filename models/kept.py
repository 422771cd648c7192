"""What is kept of a meeting: attendance, notes, next actions; and what of it stands or was begun."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import peewee as pw

from .communities import CommunityRow, MeetingRow
from .database import Table
from .drafts import DraftRow
from .people import PersonRow

_BEGUN = ("session.notes", "session.add_action")
"""The forms in which something may be begun for a meeting."""


class AttendanceRow(Table):
    id = pw.AutoField()
    meeting = pw.ForeignKeyField(MeetingRow)
    person = pw.ForeignKeyField(PersonRow)
    mark = pw.TextField()
    at = pw.DateTimeField()

    class Meta:
        table_name = "attendance"


class SessionNoteRow(Table):
    id = pw.AutoField()
    meeting = pw.ForeignKeyField(MeetingRow)
    body = pw.TextField()
    version = pw.IntegerField()
    written_by = pw.ForeignKeyField(PersonRow, column_name="written_by")
    written_at = pw.DateTimeField()
    published_body = pw.TextField(default="")
    published_at = pw.DateTimeField(null=True)

    class Meta:
        table_name = "session_note"


class NextActionRow(Table):
    id = pw.AutoField()
    community = pw.ForeignKeyField(CommunityRow)
    meeting = pw.ForeignKeyField(MeetingRow)
    words = pw.TextField()
    owner = pw.ForeignKeyField(PersonRow, null=True)
    due = pw.DateField(null=True)
    done_on = pw.DateField(null=True)

    class Meta:
        table_name = "next_action"


def kept_for(meeting_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Of each meeting of which something is kept, what it is: “attendance”, “next actions”, “notes”."""
    # Notes that were emptied again, and never published, are none.
    written = (SessionNoteRow.body != "") | SessionNoteRow.published_at.is_null(False)
    queries: tuple[tuple[str, Any], ...] = (
        ("attendance", AttendanceRow.select(AttendanceRow.meeting).distinct()),
        ("next actions", NextActionRow.select(NextActionRow.meeting).distinct()),
        ("notes", SessionNoteRow.select(SessionNoteRow.meeting).where(written)),
    )
    found: dict[int, tuple[str, ...]] = {}
    for word, query in queries:
        for (ident,) in query.where(query.model.meeting.in_(list(meeting_ids))).tuples():
            found[ident] = (*found.get(ident, ()), word)
    return found


def written_for(meeting_ids: Sequence[int]) -> frozenset[int]:
    """Those of the meetings for which something is kept, or begun in a draft."""
    names = [str(ident) for ident in meeting_ids]
    begun = DraftRow.select(DraftRow.subject).where(
        DraftRow.form.in_(_BEGUN) & DraftRow.subject.in_(names)
    )
    return frozenset(kept_for(meeting_ids)) | {int(ident) for (ident,) in begun.tuples()}


def forget_meeting(meeting_id: int) -> None:
    """Delete a meeting of which nothing is kept, with its emptied notes; its caller is the guarded write."""
    SessionNoteRow.delete().where(SessionNoteRow.meeting == meeting_id).execute()
    # What somebody began to change of it can be sent to nobody any more.
    DraftRow.delete().where(
        (DraftRow.form == "meeting.change") & (DraftRow.subject == str(meeting_id))
    ).execute()
    MeetingRow.delete().where(MeetingRow.id == meeting_id).execute()
