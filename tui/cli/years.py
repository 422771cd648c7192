"""`year show`, `year lay-out` and `year set`: the dates that everything follows from."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from models import promote
from models.database import Store
from models.errors import Conflict, NotFound, Refused
from models.journal import Actor
from models.words import day, day_year
from models.years import HalfDay, Step, Year, get_year, year_on

from .output import say, table
from .parser import Usage

_WAY_OUT = (
    "Nothing was changed; cofp year show shows the dates, and one cofp year set can change several."
)


def year(store: Store, chosen: Namespace) -> int:
    """Show or change a year."""
    if chosen.what == "lay-out":
        say(promote.lay_out(store, Actor.operator(), chosen.year).words)
        _show(store.read(get_year, chosen.year), store.clock.today())
        return 0
    on = store.clock.today()
    found = store.read(_wanted, chosen.year, on)
    if chosen.what == "show":
        _show(found, on)
        return 0
    windows = {step: window for step in Step if (window := getattr(chosen, step.value)) is not None}
    half_days = _half_days(found, chosen)
    if not windows and half_days is None:
        raise Usage("year set needs a date to set. Try: cofp year set --help")
    try:
        done = promote.set_year(store, Actor.operator(), found.id, windows or None, half_days)
    except Refused as error:
        raise replace(error, help=error.help or _WAY_OUT) from error
    say(done.words)
    _show(store.read(get_year, found.id), on)
    return 0


def _wanted(number: int | None, on: date) -> Year:
    """The year that is meant; raises NotFound saying how to open it."""
    try:
        return get_year(number) if number else year_on(on)
    except NotFound as error:
        raise NotFound(f"{error} Open it with: cofp year lay-out YEAR") from error


def _half_days(found: Year, chosen: Namespace) -> Sequence[HalfDay] | None:
    """The half-days as they shall be; None where none of them was spoken of."""
    if not (chosen.half_day or chosen.move_half_day or chosen.remove_half_day):
        return None
    days = {half.on: half for half in found.half_days}
    for on in chosen.remove_half_day:
        days.pop(_known(days, on, found))
    for before, after in chosen.move_half_day:
        half = days.pop(_known(days, before, found))
        if after in days:
            raise Conflict(
                f"{day_year(after)} is a half-day already. Take that one out with "
                "--remove-half-day, or choose another day."
            )
        days[after] = replace(half, on=after)
    for half in chosen.half_day:
        there = days.get(half.on)
        days[half.on] = replace(half, id=there.id if there else 0)
    return sorted(days.values(), key=lambda half: half.on)


def _known(days: dict[date, HalfDay], on: date, found: Year) -> date:
    if on not in days:
        raise NotFound(f"{day_year(on)} is no half-day of {found.label}. See: cofp year show")
    return on


def _show(found: Year, on: date) -> None:
    out = "the offerings are out" if found.is_published else "the offerings are not out yet"
    say(f"{found.label} · {out}")
    rows = [
        (f"{state.step.number} {state.step.title}", day(found.window(state.step).opens),
         day(found.window(state.step).closes), state.words)
        for state in found.ribbon(on)
    ]  # fmt: skip
    table(("Step", "Opens", "Closes", "Today"), rows)
    for half in found.half_days:
        say(f"Half-day  {half.words}")
