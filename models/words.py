"""Dates, counts and lists in the words of every screen: “Fri 9 Oct”, “7 people”, “Ann, Bo and Cy”."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(on: date) -> str:
    """“Fri 9 Oct”."""
    return f"{_DAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]}"


def weekday(on: date) -> str:
    """“Friday”."""
    return _WEEKDAYS[on.weekday()]


def short_day(on: date) -> str:
    """“9 Oct”."""
    return f"{on.day} {_MONTHS[on.month - 1]}"


def day_year(on: date) -> str:
    """“Fri 9 Oct 2026”."""
    return f"{day(on)} {on.year}"


def count(number: int, one: str, many: str | None = None) -> str:
    """“1 person”, “1,234 people”; the plural adds an s unless given."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(parts: Sequence[str], last: str = "and", most: int = 0) -> str:
    """“a, b and c”; with `most`, “a, b and 3 more”."""
    items = list(parts)
    if most and len(items) > most:
        left = len(items) - most
        return f"{', '.join(items[:most])} {last} {left:,} more"
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def until(on: date, other: date) -> str:
    """How far off `other` is, seen from `on`: “today”, “tomorrow”, “in 12 days”, “3 days ago”."""
    days = (other - on).days
    if days == 0:
        return "today"
    if days in (1, -1):
        return "tomorrow" if days == 1 else "yesterday"
    return f"in {days:,} days" if days > 0 else f"{-days:,} days ago"
