"""The dates that come next, for one person or for whoever stands at the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .. import participate
from ..people import (
    NOBODY,
    Standing,
)
from ..years import Step, Year


@dataclass(frozen=True)
class NextEvent:
    """Something of the year that lies ahead."""

    on: date
    at: str
    """“afternoon”, or empty."""
    words: str


DEADLINES = (Step.SUBMIT, Step.JOIN)
"""The steps after whose last day something cannot be done any more as it was."""
ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")


def events_ahead(
    who: Standing, year: Year, on: date, part: participate.Participation | None
) -> tuple[NextEvent, ...]:
    """The next few dates: windows that open, deadlines, half-days, one's own meetings."""
    found = [
        NextEvent(year.window(step).opens, "", f"{step.title} opens")
        for step in Step
        if year.window(step).is_before(on) and step is not Step.PARTICIPATE
    ]
    found += [
        NextEvent(year.window(step).closes, "", f"{step.title} closes")
        for step in DEADLINES
        if not year.window(step).is_before(on) and not year.window(step).is_over(on)
    ]
    meetings = part.meetings if part else ()
    mine = {line.meeting.half_day_id for line in meetings if line.is_planned}
    ordinal = {half.id: place for place, half in enumerate(year.half_days)}
    first = year.next_half_day(on + timedelta(days=1))
    for half in year.half_days:
        if half.on <= on:
            continue
        place = ordinal[half.id]
        name = ORDINALS[place] if place < len(ORDINALS) else "Another"
        kind = "required" if half.required else "optional"
        words = f"{name} half-day ({kind})"
        if who.person_id is not None and who.community_id is None and half is first:
            words += " · you are in no community yet"
        elif half.id in mine and who.community_title:
            words += f" · {who.community_title}"
        found.append(NextEvent(half.on, half.half, words))
    for line in meetings:
        if line.is_planned and line.meeting.half_day_id is None and line.meeting.on > on:
            at = line.meeting.starts or ("" if line.meeting.half == "other" else line.meeting.half)
            found.append(
                NextEvent(line.meeting.on, at, f"{line.kind_words} · {who.community_title}")
            )
    return tuple(sorted(found, key=lambda event: event.on)[:4])


def welcome_events(year: Year, on: date) -> tuple[NextEvent, ...]:
    """The next dates of the year for whoever stands at the terminal."""
    return events_ahead(NOBODY, year, on, None)
