"""The sample's session notes with their next actions, and the short texts that people write."""

from __future__ import annotations

from ..shapes import SampleNote
from . import belonging, making, outdoors, reading
from .words import (
    CHANGE_REASONS,
    DECLINE_REASONS,
    MEETING_TITLES,
    NEWS,
    NOT_EXPECTED_REASONS,
    REFLECTIONS,
    REMINDERS,
)

__all__ = [
    "CHANGE_REASONS",
    "DECLINE_REASONS",
    "MEETING_TITLES",
    "NEWS",
    "NOT_EXPECTED_REASONS",
    "REFLECTIONS",
    "REMINDERS",
    "SESSION_NOTES",
]

SESSION_NOTES: tuple[SampleNote, ...] = tuple(
    sorted(
        outdoors.NOTES + reading.NOTES + making.NOTES + belonging.NOTES,
        key=lambda note: (note.year, note.half_day),
    )
)
"""In the order in which they are written: by year, then half-day."""
