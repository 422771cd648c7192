"""The sample division's texts, written by hand: data only, for whoever plays its year."""

from __future__ import annotations

from .communities import COMMUNITIES, PRIORITIES
from .names import NAMES
from .notes import (
    CHANGE_REASONS,
    DECLINE_REASONS,
    MEETING_TITLES,
    NEWS,
    NOT_EXPECTED_REASONS,
    REFLECTIONS,
    REMINDERS,
    SESSION_NOTES,
)
from .schools import DIVISION, DIVISION_PERSONNEL, EMAIL_DOMAIN, OFFICE, OFFICE_POSTS, SCHOOLS, TOWN
from .shapes import (
    SampleAction,
    SampleCommunity,
    SampleName,
    SampleNews,
    SampleNote,
    SamplePlace,
    SamplePriority,
    SampleReflection,
    SampleSchool,
    SampleTeaching,
)
from .teaching import TEACHING

__all__ = [
    "CHANGE_REASONS",
    "COMMUNITIES",
    "DECLINE_REASONS",
    "DIVISION",
    "DIVISION_PERSONNEL",
    "EMAIL_DOMAIN",
    "MEETING_TITLES",
    "NAMES",
    "NEWS",
    "NOT_EXPECTED_REASONS",
    "OFFICE",
    "OFFICE_POSTS",
    "PRIORITIES",
    "REFLECTIONS",
    "REMINDERS",
    "SCHOOLS",
    "SESSION_NOTES",
    "TEACHING",
    "TOWN",
    "SampleAction",
    "SampleCommunity",
    "SampleName",
    "SampleNews",
    "SampleNote",
    "SamplePlace",
    "SamplePriority",
    "SampleReflection",
    "SampleSchool",
    "SampleTeaching",
]
