"""When it may be done: the step's window, or the days before or after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from ..errors import Refused
from ..words import day
from ..years import Step, Window, Year

When = Callable[[Year, date, Any], Refused | None]
"""None when the day is right; else the rule, the day on which it changes, and who can help."""


def always(_year: Year, _on: date, _target: Any) -> Refused | None:
    """On any day."""
    return None


def _not_yet(what: str, window: Window) -> Refused:
    return Refused(f"{what} opens on {day(window.opens)}.", window.opens)


def in_window(step: Step, after: str | Callable[[Any], str] = "") -> When:
    """While the step is open; `after` says, perhaps of the target, what to do once it has closed."""

    def when(year: Year, on: date, target: Any) -> Refused | None:
        window = year.window(step)
        if window.is_before(on):
            return _not_yet(step.title, window)
        if window.is_over(on):
            help = after(target) if callable(after) else after
            return Refused(f"{step.title} closed on {day(window.closes)}.", None, help)
        return None

    return when


def until_close(step: Step, after: str = "") -> When:
    """From the year's start until the step's last day."""

    def when(year: Year, on: date, _target: Any) -> Refused | None:
        window = year.window(step)
        if window.is_over(on):
            return Refused(f"{step.title} closed on {day(window.closes)}.", None, after)
        return None

    return when


def from_opening(step: Step) -> When:
    """From the day on which the step opens until the year ends."""

    def when(year: Year, on: date, target: Any) -> Refused | None:
        window = year.window(step)
        return _not_yet(step.title, window) if window.is_before(on) else in_year(year, on, target)

    return when


def after_close(step: Step, before: str = "") -> When:
    """From the day after the step closed until the year ends."""

    def when(year: Year, on: date, _target: Any) -> Refused | None:
        window, end = year.window(step), year.whole.closes
        if not window.is_over(on):
            return Refused(
                f"This begins when {step.title} has closed, on {day(window.closes)}.",
                window.closes + timedelta(days=1),
                before,
            )
        if on > end:
            return Refused(f"The year ended on {day(end)}.")
        return None

    return when


def in_year(year: Year, on: date, _target: Any) -> Refused | None:
    """While the year lasts."""
    end = year.whole.closes
    return Refused(f"The year ended on {day(end)}.") if on > end else None


def from_meeting_day(year: Year, on: date, target: Any) -> Refused | None:
    """From the day of the meeting on, until the year ends."""
    if target is not None and on < target.held_on:
        return Refused(
            f"This opens on the day of the meeting, {day(target.held_on)}.", target.held_on
        )
    if target is not None and target.held_on < year.whole.opens:
        return Refused("The year of this meeting has ended.")
    return in_year(year, on, target)
