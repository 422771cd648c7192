"""A meeting's notes: written by its facilitators, published to its members, version after version.

What was published stays before the members as it was, until a later version is published too. The
journal never holds the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import peewee as pw

from .. import text
from ..actions import require
from ..communities import Meeting, MeetingRow, MembershipRow, standing, tell
from ..errors import Conflict, NotFound
from ..journal import Receipt, Write, writes
from ..kept import SessionNoteRow
from ..people import PersonRow
from ..words import day
from ..years import Year
from .next_actions import ActionLine, actions_of
from .tables import (
    follow,
    held_place,
    meeting_of,
    note_state,
    place_of,
    state_of,
    state_with,
)

EXCERPT = 240
"""Characters of the notes that a list shows."""


class ChangedMeanwhile(Conflict):
    """Somebody else saved these notes since they were opened; holds theirs: both are kept."""

    def __init__(self, by: str, at: datetime, time_words: str, body: str, version: int) -> None:
        super().__init__(
            f"{by} saved these notes at {time_words}, while you were writing. Both texts are kept: "
            "look at theirs, then choose."
        )
        self.by = by
        self.at = at
        """Naive UTC."""
        self.body = body
        """Their text."""
        self.version = version


@dataclass(frozen=True)
class Notes:
    """A meeting's notes, as its facilitators see them."""

    body: str
    version: int
    """0 before anything was saved; whoever saves gives the one that they began with."""
    state: str
    """'none', 'saved', 'published' or 'changed'."""
    saved_by: str
    saved_at: datetime | None
    """Naive UTC."""
    published_at: datetime | None


EMPTY = Notes("", 0, "none", "", None, None)


@dataclass(frozen=True)
class PublishedNote:
    """The published notes of one meeting, in a member's list."""

    meeting_id: int
    on: date
    when_words: str
    title: str
    place: str
    published_at: datetime
    excerpt: str
    """How the notes begin, on one line."""

    @property
    def id(self) -> int:
        return self.meeting_id


@dataclass(frozen=True)
class ReadNotes:
    """The published notes of one meeting, to be read."""

    meeting: Meeting
    community_title: str
    body: str
    published_at: datetime
    actions: tuple[ActionLine, ...]
    """What this meeting decided to do."""


def notes_of(row: Any | None, saved_by: str) -> Notes:
    """A row of notes as plain data."""
    if row is None:
        return EMPTY
    return Notes(row.body, row.version, state_of(row), saved_by, row.written_at, row.published_at)


_BLOCK = re.compile(r"\s*(?:[-*+]\s+|\d{1,3}[.)]\s+|>\s?)?(?:\[[ xX]\]\s+)?")
_MARKS = re.compile(r"\*\*|[`*]|(?<!\w)_|_(?!\w)|\[(?=[^\[\]\n]+\]\()|(?<=\w)\]\([^()\s]*\)")


def first_sentence(body: str) -> str:
    """The first sentence of notes in Markdown, without its marks; a heading only where no text follows."""
    heading = ""
    for line in body.splitlines():
        plain = line.strip()
        if plain.startswith("#"):
            heading = heading or plain.strip("# ")
            continue
        plain = " ".join(_MARKS.sub("", _BLOCK.sub("", plain, count=1)).split())
        if any(sign.isalnum() for sign in plain):
            end = re.search(r"[.!?…](?=\s)", plain)
            return plain[: end.end()] if end else plain
    return heading


def published_notes(person_id: int, year: Year) -> tuple[PublishedNote, ...]:
    """The published notes of a person's community, the latest first; one query (M4, M5)."""
    query = (
        SessionNoteRow.select(
            MeetingRow.id, MeetingRow.community, MeetingRow.held_on, MeetingRow.half,
            MeetingRow.starts, MeetingRow.title, MeetingRow.place, MeetingRow.required,
            MeetingRow.half_day, SessionNoteRow.published_at,
            pw.fn.SUBSTR(SessionNoteRow.published_body, 1, EXCERPT),
        )
        .join(MeetingRow)
        .join(MembershipRow, on=(MembershipRow.community == MeetingRow.community))
        .where(
            (MembershipRow.person == person_id)
            & (MembershipRow.year == year.id)
            & SessionNoteRow.published_at.is_null(False)
        )
        .order_by(MeetingRow.held_on.desc(), MeetingRow.id.desc())
    )  # fmt: skip
    found = []
    for *columns, published_at, excerpt in query.tuples():
        meeting = Meeting(*columns)
        found.append(
            PublishedNote(
                meeting.id, meeting.on, meeting.when_words, meeting.title, meeting.place,
                published_at, first_sentence(excerpt),
            )
        )  # fmt: skip
    return tuple(found)


def read_notes(meeting_id: int, person_id: int, year: Year, on: date) -> ReadNotes:
    """The published notes of a meeting, for somebody in its community.

    Raises Refused for everybody else and for what is not published; NotFound.
    """
    place = place_of(meeting_id, year.id)
    who = standing(person_id, year.id)
    require("session.read", who, year, on, place.target)
    if place.note is None:
        raise NotFound("These notes are not there any more.")
    everything = actions_of(place.community.id, place.target, who, year, on)
    return ReadNotes(
        meeting=meeting_of(place.meeting),
        community_title=place.community.title,
        body=place.note.published_body,
        published_at=place.note.published_at,
        actions=tuple(line for line in everything if line.meeting_id == meeting_id),
    )


# -- writes ----------------------------------------------------------------------------------------


@writes("session.write")
def write_notes(w: Write, meeting_id: int, body: str, version: int) -> Receipt:
    """Save a meeting's notes, from its day on (F7); members read them once they are published.

    `version` is the one that the writer began with. Raises ChangedMeanwhile when there is a
    later one with another text, and BadText when it is too long.
    """
    place = held_place(meeting_id, w.this_year.id)
    w.require(place.target)
    body = text.paragraph(body, "Notes", text.NOTES)
    now, note = (0 if place.note is None else place.note.version), place.note
    if note is None or note.body != body:
        _check_version(w, note, version)
        _store(w, meeting_id, note, body)
        now += 1
    w.journal(community_id=place.community.id, meeting=meeting_id, version=now)
    return w.receipt(f"Saved at {time_words(w, w.at)}.", meeting_id, version=now)


def _store(w: Write, meeting_id: int, note: Any | None, body: str) -> None:
    if note is None:
        follow("none", note_state(False, False, not body))
        SessionNoteRow.insert(
            meeting=meeting_id, body=body, version=1, written_by=w.person_id, written_at=w.at
        ).execute()
        return
    follow(state_of(note), state_with(note, body))
    _update(note, body=body, version=note.version + 1, written_by=w.person_id, written_at=w.at)


def _update(note: Any, **fields: Any) -> None:
    """Change the notes as they were read; the version tells two writers at one moment apart."""
    changed = (
        SessionNoteRow.update(**fields)
        .where((SessionNoteRow.id == note.id) & (SessionNoteRow.version == note.version))
        .execute()
    )
    if not changed:
        raise Conflict("Somebody saved these notes at this moment. Yours are kept; look again.")


def _check_version(w: Write, note: Any | None, version: int) -> None:
    if note is None:
        if version != 0:
            raise NotFound("These notes are not there any more; your text is kept, save it again.")
        return
    if note.version != version:
        by = PersonRow.get_by_id(note.written_by_id).name
        raise ChangedMeanwhile(
            by, note.written_at, time_words(w, note.written_at), note.body, note.version
        )


@writes("session.publish")
def publish_notes(w: Write, meeting_id: int, version: int) -> Receipt:
    """Let the members read the notes as saved, and tell them (F8, T6.1).

    `version` is the one that the publisher has before them. Raises ChangedMeanwhile when there is a
    later one.
    """
    place = held_place(meeting_id, w.this_year.id)
    w.require(place.target)
    note = place.note
    if note is None:
        raise NotFound("These notes are not there any more.")
    _check_version(w, note, version)
    follow(state_of(note), "published")
    _update(note, published_body=note.body, published_at=w.at)
    community = place.community
    readers = (place.target.members | place.target.facilitators) - {w.person_id}
    what = "The notes were changed" if note.published_at is not None else "The notes are out"
    for person_id in sorted(readers):
        tell(
            person_id, "notes", f"{what}: {community.title}, {day(place.target.held_on)}.",
            at=w.at, sender=w.person_id, community_id=community.id,
        )  # fmt: skip
    w.journal(community_id=community.id, meeting=meeting_id, version=version, readers=len(readers))
    return w.receipt(
        "Published: the members can read it, and are told.", meeting_id, readers=len(readers)
    )


def time_words(w: Write, at: datetime) -> str:
    """“13:42” in the division's time; with the day when it is another one."""
    local = w.clock.local(at)
    hour = f"{local:%H:%M}"
    return hour if local.date() == w.on else f"{hour} on {day(local.date())}"
