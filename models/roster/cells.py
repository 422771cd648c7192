"""Single cells of a roster: what they hold, cleaned, or why they cannot be taken in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from ..errors import BadText
from ..people import GRADES
from ..text import EMAIL, NAME, clean
from . import spec
from .faults import shown

LONGEST_ID = 255
"""Characters of a sourcedId, as the specification has it."""
MOST_SUBJECTS = 40
"""Subjects kept of one person."""
SUBJECT = 60
"""Characters kept of one subject."""
_EMAIL = re.compile(r"[^@\s,;<>()\[\]\\\"]+@[^@\s,;<>()\[\]\\\".]+(\.[^@\s,;<>()\[\]\\\".]+)+")


class Cleaner:
    """Cleans texts on the way in and counts what was taken out of them."""

    def __init__(self) -> None:
        self.removed = 0
        """Characters taken out so far."""

    def line(self, value: str, field: str, limit: int = NAME, *, required: bool = True) -> str:
        """A text of one line; raises BadText when it is empty (if required) or too long."""
        cleaned = clean(value)
        self.removed += cleaned.removed
        if required and not cleaned.text:
            raise BadText(field, "the cell is empty; fill it in.")
        if len(cleaned.text) > limit:
            raise BadText(field, f"{len(cleaned.text):,} characters; {limit:,} fit. Shorten it.")
        return cleaned.text

    def email(self, value: str) -> str:
        """An e-mail address, or nothing; raises BadText when it is no address."""
        text = self.line(value, "email", EMAIL, required=False)
        if text and not _EMAIL.fullmatch(text):
            raise BadText(
                "email", f"{shown(text)} is no e-mail address; correct it or leave it out."
            )
        return text

    def subjects(self, values: Iterable[str]) -> tuple[str, ...]:
        """Subjects, each once, sorted; those too long for a name are cut."""
        cleaned = {self.line(value[:SUBJECT], "subjects", required=False) for value in values}
        return tuple(sorted(cleaned - {""}))[:MOST_SUBJECTS]


def listed(cell: str) -> list[str]:
    """The parts of a cell that holds a list, separated by commas."""
    return [part.strip() for part in cell.split(",") if part.strip()] if cell else []


def source_id(value: str) -> str:
    """A reference for the store; raises BadText when it is too long or holds odd characters."""
    if not value.isprintable() or len(value) > LONGEST_ID:
        raise BadText(
            "sourcedId", f"{shown(value)} is too long or holds invisible characters; correct it."
        )
    return value


def is_gone(status: str) -> bool:
    """Whether a status says that the row is no longer so; blank is active. Raises BadText."""
    text = status.strip().lower()
    if text in ("", "active"):
        return False
    if text in spec.GONE:
        return True
    raise BadText("status", f"{shown(status)} is not known; write active or tobedeleted.")


def is_true(value: str, field: str) -> bool:
    """A yes or no, yes when blank; raises BadText when it is neither."""
    text = value.strip().lower()
    if text in ("", "true", "1"):
        return True
    if text in ("false", "0"):
        return False
    raise BadText(field, f"{shown(value)} is not known; write true or false.")


def day(value: str, field: str) -> date:
    """A date as YYYY-MM-DD, a time after it allowed; raises BadText."""
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        raise BadText(field, f"{shown(value)} is no date; write it as 2026-09-22.") from None


def degrees(value: str, most: float) -> float | None:
    """A latitude (most 90) or longitude (180); None when blank or no such thing."""
    try:
        number = float(value)
    except ValueError:
        return None
    return number if -most <= number <= most else None


def grades(codes: Iterable[str]) -> tuple[str, ...]:
    """The programme's words for grades, each once, youngest first; unknown codes tell nothing."""
    words = {spec.GRADES[code.upper()] for code in codes if code.upper() in spec.GRADES}
    return tuple(sorted(words, key=GRADES.index))


def level_of(codes: Iterable[str]) -> str | None:
    """A school's level from the grades of its students (domain.md, "Who is who"); None if they tell
    nothing."""
    found = [GRADES.index(word) for word in grades(codes)]
    if not found:
        return None
    if max(found) <= GRADES.index("8"):
        return "elementary"
    return "high" if min(found) >= GRADES.index("9") else "combined"
