"""What somebody was about to do when they were asked to sign in, or where a line of Today leads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Intent:
    """A screen to open, and what to go on with there."""

    screen: str
    """A name of app.SCREENS."""
    action: str = ""
    """An id of the action table, such as “join.join”."""
    id: int | None = None
    """The thing at hand: a community, a school, a meeting."""
    words: str = ""
    """What to type into the screen's search, where that is the intent."""


@dataclass(frozen=True)
class Session:
    """Who is at the keyboard."""

    person_id: int
    name: str


@dataclass(frozen=True)
class Outcome:
    """How the application ended: whether a fresh process follows, and with which arguments."""

    again: bool = False
    arguments: tuple[str, ...] | None = None
    """None: the same as before."""
    farewell: bool = False
    """Whether the next process says that the last person is not on the staff any more."""
