"""October to May: half-days and meetings of their own, attendance, notes, next actions."""

from __future__ import annotations

import random
from datetime import date, timedelta

from .. import participate
from ..communities import MeetingRow, MembershipRow
from ..database.prepared import Prepared
from . import texts
from .summer import Planned, Summer
from .texts import SampleAction, SampleNote

_UNUSUAL = (("excused", 0.06), ("online", 0.04), ("absent", 0.03))
"""How often somebody is not simply there."""

_MEETING_ON = Prepared(
    lambda community, on: (
        MeetingRow.select(MeetingRow.id)
        .where((MeetingRow.community == community) & (MeetingRow.held_on == on))
        .order_by(MeetingRow.id)
    ),
    -1,
    date.min,
)
_MEMBERS = Prepared(
    lambda community: (
        MembershipRow.select(MembershipRow.person)
        .where((MembershipRow.community == community) & (MembershipRow.role == "member"))
        .order_by(MembershipRow.id)
    ),
    -1,
)


class Sessions:
    """Plans and plays one year's meetings."""

    def __init__(self, summer: Summer) -> None:
        self.stage = summer.stage
        self.summer = summer
        # Luck of its own: what is left out of a year long past changes nothing else.
        self.rng = random.Random(summer.year)
        self._notes = {
            (note.community, note.half_day): note
            for note in texts.SESSION_NOTES
            if note.year == summer.year
        }

    def schedule(self) -> None:
        """Put the year's meetings on the stage; of a year long past only what was published."""
        near = self.summer.is_near
        for number, half in enumerate(self.summer.frame.half_days, 1):
            for place, planned in enumerate(self.summer.communities):
                note = self._notes.get((planned.text.key, number)) if planned.copy == 0 else None
                if note is None and (not half.required or not near or place % 6 == 4):
                    continue
                if not half.required:
                    self.stage.at(half.on - timedelta(days=24), 16, self._plan, planned, half.on)
                self.stage.at(half.on, 15.5 + place % 7 / 10, self._hold, planned, half.on, note)
        if near:
            self._schedule_own()

    def _schedule_own(self) -> None:
        """Meetings that communities arrange themselves, some of them still ahead in spring."""
        first = self.summer.frame.half_days[0].on
        for number, title in enumerate(texts.MEETING_TITLES):
            planned = self.summer.communities[number * 3 % len(self.summer.communities)]
            on = first + timedelta(days=26 + 33 * number + number % 3)
            if on.weekday() > 4:
                on += timedelta(days=2)
            self.stage.at(on - timedelta(days=15), 16.2, self._add, planned, on, title)

    def _plan(self, planned: Planned, on: date) -> None:
        """Say that the community meets on an optional half-day."""
        by = planned.facilitators[0]
        half = next(h for h in self.summer.frame.half_days if h.on == on)
        self.stage.attempt(
            by, participate.add_meeting, planned.id, held_on=on, half=half.half, starts="13:00"
        )

    def _add(self, planned: Planned, on: date, title: str) -> None:
        by = planned.facilitators[0]
        made = self.stage.attempt(
            by, participate.add_meeting, planned.id, held_on=on, starts="16:00", title=title
        )
        if made is not None and made.id is not None:
            self.stage.at(on, 17.3, self._attend, planned, made.id)

    def _hold(self, planned: Planned, on: date, note: SampleNote | None) -> None:
        found = self.stage.store.read(_MEETING_ON, planned.id, on)
        if not found:
            return
        meeting: int = found[0][0]
        self._attend(planned, meeting)
        if note is None:
            return
        by = planned.facilitators[-1]
        written = self.stage.do(by, participate.write_notes, meeting, note.text, 0)
        members = self._members(planned)
        for number, action in enumerate(note.actions if self.summer.is_near else ()):
            owner = planned.facilitators[0]
            if action.who == "member" and members:
                owner = members[(number * 5 + meeting) % len(members)]
            self._decide(by, meeting, on, action, owner)
        morning = on + timedelta(days=3 if on.weekday() == 4 else 1)
        self.stage.at(morning, 8.3, self._publish, by, meeting, written.facts["version"])

    def _members(self, planned: Planned) -> list[int]:
        return [ident for (ident,) in self.stage.store.read(_MEMBERS, planned.id)]

    def _attend(self, planned: Planned, meeting: int) -> None:
        """Those first who are not simply there, then everybody else at once."""
        by = planned.facilitators[0]
        for person in self._members(planned) if self.summer.is_near else ():
            roll = self.rng.random()
            for how, share in _UNUSUAL:
                if roll < share:
                    self.stage.do(by, participate.mark, meeting, person, how)
                    break
                roll -= share
        self.stage.do(by, participate.mark_all_present, meeting)

    def _decide(self, by: int, meeting: int, on: date, action: SampleAction, owner: int) -> None:
        due = on + timedelta(days=action.days)
        made = self.stage.do(by, participate.add_action, meeting, action.text, owner, due)
        if action.done:
            self.stage.at(due - timedelta(days=1), 16.1, self._tick, owner, made.id)

    def _tick(self, owner: int, action: int) -> None:
        self.stage.attempt(owner, participate.tick_action, action)

    def _publish(self, by: int, meeting: int, version: int) -> None:
        self.stage.do(by, participate.publish_notes, meeting, version)
