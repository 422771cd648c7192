"""One person's part in Participate: their community, its meetings and notes, what is still to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ..actions import Verdict, judge
from ..communities import community_row, facilitator_names, standing
from ..years import Year
from .meetings import MeetingLine, community_meetings
from .next_actions import ActionLine, actions_of
from .notes import PublishedNote, published_notes
from .removing import removals
from .tables import at_any_meeting, at_community


@dataclass(frozen=True)
class Participation:
    """One person's part in Participate, for the step's screen."""

    community_id: int | None
    community_title: str
    question: str
    place: str
    role: str
    """'facilitator', 'member', or empty for somebody in no community."""
    facilitators: tuple[str, ...]
    meetings: tuple[MeetingLine, ...]
    notes: tuple[PublishedNote, ...]
    """What has been published to its members, the latest first."""
    actions: tuple[ActionLine, ...]
    """What the community, or for a member they themselves, still have to do."""
    add: Verdict
    """Whether they may add a meeting."""
    change: Verdict
    """Whether they may change one that is planned."""
    removals: Mapping[int, Verdict]
    """Of each meeting, by its id, whether they may take it out again."""
    writes: Mapping[int, Verdict]
    """Of each meeting, by its id, whether they may write its notes."""
    join: Verdict
    """Whether they may join a community today; for those who are in none."""

    @property
    def is_facilitator(self) -> bool:
        """Whether they hold the community's sessions."""
        return self.role == "facilitator"


def participation(person_id: int, year: Year, on: date) -> Participation:
    """What Participate is to one person: meetings, notes and what is still to do (F3, M4)."""
    who = standing(person_id, year.id)
    join = judge("join.join", who, year, on)
    if who.community_id is None:
        add = judge("meeting.add", who, year, on)
        change = judge("meeting.change", who, year, on)
        return Participation(None, "", "", "", "", (), (), (), (), add, change, {}, {}, join)
    community = community_row(who.community_id)
    meeting = at_any_meeting(community, year.id, on)
    everything = actions_of(community.id, meeting, who, year, on)
    is_facilitator = who.role == "facilitator"
    meetings = community_meetings(community.id, year, on, for_members=not is_facilitator)
    return Participation(
        community_id=community.id,
        community_title=community.title,
        question=community.question,
        place=community.place,
        role=who.role,
        facilitators=facilitator_names([community.id])[community.id],
        meetings=meetings,
        notes=published_notes(person_id, year),
        actions=tuple(
            line
            for line in everything
            if not line.is_done and (is_facilitator or line.owner_id == person_id)
        ),
        add=judge("meeting.add", who, year, on, at_community(community, year.id)),
        change=judge("meeting.change", who, year, on, meeting),
        removals=removals(meetings, meeting, who, year, on),
        writes={
            line.meeting.id: judge(
                "session.write", who, year, on, replace(meeting, held_on=line.meeting.on)
            )
            for line in meetings
            if line.is_planned
        },
        join=join,
    )
