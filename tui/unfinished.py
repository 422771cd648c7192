"""The name under which a form that is not finished yet is kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Unfinished:
    """Which form it is that somebody has begun to fill in."""

    form: str
    """Such as 'session.notes'."""
    subject: str
    """What it is about, such as a meeting's id as text."""
    title: str
    """What to call it: “Notes of Fri 9 Oct”."""
