"""The year's frame and the division's settings, which Division Personnel set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from .. import text
from ..actions.targets import AtSchool
from ..clock import zone
from ..database import Settings, set_setting
from ..errors import Conflict, NotFound, Refused
from ..journal import Receipt, Write, writes
from ..people import KIND_WORDS, PersonRow, SchoolRow, principals_of
from ..words import listed
from ..years import (
    HalfDay,
    Step,
    StepWindowRow,
    Window,
    YearRow,
    check_year,
    get_year,
    laid_out,
    store_year,
)
from .half_days import set_half_days


@writes("year.lay_out")
def lay_out(w: Write, year: int) -> Receipt:
    """Open a year with the dates of the rule (D1); raises Conflict when it is there."""
    w.require()
    if YearRow.get_or_none(YearRow.id == year) is not None:
        raise Conflict(f"The year {year}–{(year + 1) % 100:02d} is set up already.")
    made = laid_out(year)
    store_year(made)
    w.journal(year=year)
    return w.receipt(f"The year {made.label} is laid out.", year)


@writes("year.set")
def set_year(
    w: Write,
    year_id: int,
    windows: dict[Step, Window] | None = None,
    half_days: Sequence[HalfDay] | None = None,
) -> Receipt:
    """Change windows or the half-days of a year (D1); meetings on a moved half-day move with it, and every
    running community meets on one that is required.

    `half_days` replaces the list; one whose id is known is changed, one left out is removed. Raises
    Refused when the dates contradict the programme, or what communities have written of a half-day.
    """
    w.require()
    before = get_year(year_id)
    after = replace(
        before,
        windows={**before.windows, **(windows or {})},
        half_days=tuple(sorted(half_days, key=lambda h: h.on))
        if half_days is not None
        else before.half_days,
    )
    check_year(after)
    for step, window in (windows or {}).items():
        StepWindowRow.update(opens=window.opens, closes=window.closes).where(
            (StepWindowRow.year == year_id) & (StepWindowRow.step == step.value)
        ).execute()
    if half_days is not None:
        set_half_days(w, before, half_days)
    w.journal(
        year=year_id,
        windows={s.value: [x.opens, x.closes] for s, x in (windows or {}).items()},
        half_days=[h.words for h in half_days or ()],
    )
    return w.receipt(f"The dates of {after.label} are set.", year_id)


@writes("division.set")
def set_division(w: Write, key: str, value: str) -> Receipt:
    """Change one of the division's settings; a kind of staff set expected takes effect at once."""
    w.require()
    known = Settings.__dataclass_fields__
    if key not in known or key in ("sample_on", "clock_accepted"):
        names = [k for k in known if k not in ("sample_on", "clock_accepted")]
        raise NotFound(f"There is no setting “{key}”; there are {listed(names)}.")
    cleaned = _setting(key, value)
    set_setting(key, cleaned)
    if key == "expected_kinds":
        kinds = cleaned.split(", ")
        office = SchoolRow.select(SchoolRow.id).where(SchoolRow.level == "office")
        PersonRow.update(
            expected=PersonRow.kind.in_(kinds) & PersonRow.school.not_in(office)
        ).where(PersonRow.expected_reason == "").execute()
    w.journal(key=key, value=cleaned)
    return w.receipt(f"{key} is now “{cleaned}”.")


MOST = {"minimum_size": 99, "most_priorities": 9, "idle_seconds": 3600, "session_hours": 24}
"""The largest value of each setting that is a number."""


def _setting(key: str, value: str) -> str:
    """A setting's value as it may be stored; raises Refused or CofpError saying what it takes."""
    cleaned = text.line(value, key, required=key in ("division", "zone", "expected_kinds"))
    if key in MOST:
        number = (
            int(cleaned) if cleaned.isascii() and cleaned.isdecimal() and len(cleaned) < 9 else 0
        )
        if not 1 <= number <= MOST[key]:
            raise Refused(
                f"{key} takes a whole number from 1 to {MOST[key]:,}; “{cleaned}” is none."
            )
        return str(number)
    if key == "zone":
        zone(cleaned)
    if key == "expected_kinds":
        kinds = list(dict.fromkeys(k.strip() for k in cleaned.split(",") if k.strip()))
        unknown = [k for k in kinds if k not in KIND_WORDS]
        if unknown or not kinds:
            raise Refused(
                f"“{unknown[0] if unknown else cleaned}” is no kind of staff; there are {listed(list(KIND_WORDS))}."
            )
        return ", ".join(kinds)
    return cleaned


@writes("school.set_level")
def set_level(w: Write, school_id: int, level: str) -> Receipt:
    """Say what kind of school it is, where the roster leaves it open (domain.md, “Who is who”)."""
    row: Any = SchoolRow.get_or_none(SchoolRow.id == school_id)
    if row is None:
        raise NotFound("That school is not there any more.")
    w.require(AtSchool(school_id, row.level, bool(principals_of([school_id])[school_id])))
    if level not in ("elementary", "high", "combined"):
        raise Refused("A school is elementary, high or combined.")
    SchoolRow.update(level=level, level_by="division").where(SchoolRow.id == school_id).execute()
    w.journal(school_id=school_id, level=level)
    return w.receipt(f"{row.name} is now {level}.", school_id)
