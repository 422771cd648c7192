"""The forms in which the sample's texts are written down, and the keys they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

GRADES = ("K", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12")
"""Every grade of the division, youngest first."""

SUBJECTS = (
    "Arts",
    "Band",
    "Career education",
    "Computer science",
    "Early years",
    "English language arts",
    "French",
    "Health",
    "Indigenous studies",
    "Learning support",
    "Library",
    "Mathematics",
    "Physical education",
    "Practical arts",
    "Science",
    "Social studies",
)
"""What people of the division teach."""

ROLES = ("teacher", "aide", "administrator", "office")
"""Kinds of staff, as the roster knows them."""

ACTIVITIES = (
    "sharing",
    "planning",
    "data",
    "visits",
    "reading",
    "inquiry",
    "experts",
    "discussion",
    "other",
)
"""Kinds of activity that a proposal may name (domain: Proposals)."""

Level = Literal["elementary", "high", "combined", "office"]
PriorityLevel = Literal["provincial", "division", "school"]
Audience = Literal["any", "elementary", "high"]
Owner = Literal["facilitator", "member"]


def span(first: str, last: str) -> tuple[str, ...]:
    """The grades from `first` to `last`, both included."""
    return GRADES[GRADES.index(first) : GRADES.index(last) + 1]


@dataclass(frozen=True)
class SampleSchool:
    """A school of the invented division, or its office."""

    key: str
    name: str
    level: Level
    latitude: float
    longitude: float
    staff: int
    """Everybody who works there, administrators and aides included."""
    administrators: int
    """Of `staff`: the Principal and, from two on, vice-principals."""
    aides: int
    """Of `staff`: educational assistants."""
    rooms: tuple[str, ...]
    """Places in which a community may meet."""
    grades: tuple[str, ...] = ()
    french: bool = False
    """Whether it teaches in French immersion."""
    core_areas: tuple[str, ...] = ()
    """Subject areas that have a Core Leader; high and combined schools only."""

    @property
    def teachers(self) -> int:
        """Staff who teach: who are expected to register."""
        return self.staff - self.administrators - self.aides


@dataclass(frozen=True)
class SampleName:
    """What a person is called."""

    given: str
    family: str


@dataclass(frozen=True)
class SampleTeaching:
    """What one person teaches."""

    words: str
    """Short, for a column: 'Grade 3', 'Science 9–12'."""
    grades: tuple[str, ...]
    subjects: tuple[str, ...]


@dataclass(frozen=True)
class SamplePriority:
    """A priority that proposals align with."""

    name: str
    level: PriorityLevel
    words: str
    """What the priority means, in one sentence."""


@dataclass(frozen=True)
class SamplePlace:
    """Where a community meets: a school's key and one of its rooms."""

    school: str
    room: str


@dataclass(frozen=True)
class SampleCommunity:
    """A community as its facilitators proposed it."""

    key: str
    """Distinct within a year; a continuing community keeps its key."""
    title: str
    description: str
    question: str
    priorities: tuple[str, ...]
    """Names in PRIORITIES, the first one leading."""
    audience: Audience
    audience_words: str
    """Short, for a column."""
    activities: tuple[str, ...]
    size: int
    """Most members, facilitators not counted."""
    place: SamplePlace
    facilitators_from: tuple[str, ...]
    """A school's key for each facilitator; the first one proposes, the others accept."""
    popularity: int
    """1 (few ask) to 10 (fills up in the first days): the weight of choosing it."""
    grades: tuple[str, ...] = ()
    """Empty: any grade."""
    subjects: tuple[str, ...] = ()
    """Empty: any subject."""
    roles: tuple[str, ...] = ()
    """Empty: any role."""
    continues: str | None = None
    """The key of the community of the year before that this one goes on from."""
    whats_new: str = ""
    """What is new this year; empty unless it continues one."""


@dataclass(frozen=True)
class SampleAction:
    """A next action written down in a session."""

    text: str
    who: Owner
    days: int
    """Days from the meeting until it is due."""
    done: bool = True
    """Whether it was done by the next meeting; if not, it is carried over."""


@dataclass(frozen=True)
class SampleNote:
    """The notes of one session."""

    year: int
    """The calendar year in which the CofP year begins: 2026 for 2026–27."""
    community: str
    half_day: int
    """1 to 4: which of the year's half-days."""
    text: str
    """Markdown."""
    actions: tuple[SampleAction, ...]


@dataclass(frozen=True)
class SampleNews:
    """A news item for the Today page, dated by the year's own windows."""

    step: str
    """A step's id: 'promote', 'submit', 'join' …"""
    edge: Literal["opens", "closes"]
    """Which end of the step's window it is counted from."""
    days: int
    """Days after that end; negative: before it."""
    text: str
    """One line."""


@dataclass(frozen=True)
class SampleReflection:
    """What a member shared of a year's learning."""

    year: int
    community: str
    text: str
