"""Today, on top of every step: what one person can or must do now, what comes next, where they belong.

The Today screen and `cofp today` print the same snapshot.
"""

from .ahead import NextEvent, welcome_events
from .desk import Desk, desk, principal_candidates, schools_without_principal, small_communities
from .due import TodayLine
from .frame import Frame, frame
from .page import Card, SchoolBar, Today, plain_lines, take_note, today

__all__ = [
    "Card", "Desk", "Frame", "NextEvent", "SchoolBar", "Today", "TodayLine", "desk", "frame",
    "plain_lines", "principal_candidates", "schools_without_principal", "small_communities", "take_note",
    "today", "welcome_events",
]  # fmt: skip
