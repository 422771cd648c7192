"""The CofP year: its six windows, the review gap, its half-days, and the rule that lays out a new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

import peewee as pw

from .database import Table
from .database.prepared import Prepared
from .errors import NotFound, Refused
from .words import day, day_year, short_day


class Step(Enum):
    """The six steps of the year; Review lies between Submit and Join."""

    PROMOTE = "promote"
    GENERATE = "generate"
    SUBMIT = "submit"
    JOIN = "join"
    PARTICIPATE = "participate"
    SHARE = "share"

    @property
    def number(self) -> int:
        """1 to 6, the key that opens the step."""
        return list(Step).index(self) + 1

    @property
    def title(self) -> str:
        return "Share & Reflect" if self is Step.SHARE else self.value.capitalize()

    @property
    def short(self) -> str:
        """The name where room is scarce."""
        return {Step.PARTICIPATE: "Particip.", Step.SHARE: "Share"}.get(self, self.title)


@dataclass(frozen=True)
class Window:
    """The days on which a step is open, both included."""

    opens: date
    closes: date

    def holds(self, on: date) -> bool:
        return self.opens <= on <= self.closes

    def is_before(self, on: date) -> bool:
        """Whether `on` lies before the window opens."""
        return on < self.opens

    def is_over(self, on: date) -> bool:
        return on > self.closes


@dataclass(frozen=True)
class HalfDay:
    """A scheduled half-day on which every community may meet."""

    on: date
    half: str
    """'morning' or 'afternoon'."""
    required: bool
    id: int = 0

    @property
    def words(self) -> str:
        return f"{day(self.on)}, {self.half} ({'required' if self.required else 'optional'})"


@dataclass(frozen=True)
class StepState:
    """A step as the ribbon shows it on one day."""

    step: Step
    state: str
    """'open', 'ahead' or 'over'."""
    words: str
    """“3 days left”, “from 9 Oct”, “closed 11 Sep”, “ongoing”."""
    pressing: bool
    """Whether the step is open and closes within a week."""


@dataclass(frozen=True)
class Year:
    """One CofP year, 1 June to 31 May, as plain data."""

    id: int
    """The calendar year in which it begins: 2026 for 2026–27."""
    windows: Mapping[Step, Window]
    half_days: tuple[HalfDay, ...]
    is_published: bool = False
    """Whether this year's offerings are out."""

    @property
    def label(self) -> str:
        """“2026–27”."""
        return f"{self.id}–{(self.id + 1) % 100:02d}"

    def window(self, step: Step) -> Window:
        return self.windows[step]

    @property
    def whole(self) -> Window:
        """The year itself, 1 June to 31 May, whatever its windows are (domain.md, “The year”)."""
        return Window(date(self.id, 6, 1), date(self.id + 1, 5, 31))

    @property
    def review(self) -> Window | None:
        """The gap between Submit and Join, None when they touch."""
        opens = self.windows[Step.SUBMIT].closes + timedelta(days=1)
        closes = self.windows[Step.JOIN].opens - timedelta(days=1)
        return Window(opens, closes) if opens <= closes else None

    def day_words(self, on: date) -> str:
        """“Fri 9 Oct”; with the calendar year for a day that is not of this CofP year."""
        return day(on) if self.whole.holds(on) else day_year(on)

    def ribbon(self, on: date) -> tuple[StepState, ...]:
        """The six steps with their state and words on a day."""
        return tuple(self._state(step, on) for step in Step)

    def _state(self, step: Step, on: date) -> StepState:
        window = self.windows[step]
        if window.is_before(on):
            return StepState(step, "ahead", f"from {short_day(window.opens)}", False)
        if window.is_over(on):
            return StepState(step, "over", f"closed {short_day(window.closes)}", False)
        left = (window.closes - on).days
        if left > 60:
            words = "ongoing" if step is Step.PROMOTE else f"to {short_day(window.closes)}"
            return StepState(step, "open", words, False)
        words = {0: "last day", 1: "1 day left"}.get(left, f"{left} days left")
        return StepState(step, "open", words, left < 7)

    def next_half_day(self, on: date, *, required: bool = False) -> HalfDay | None:
        """The first half-day on or after a day."""
        ahead = (h for h in self.half_days if h.on >= on and (h.required or not required))
        return min(ahead, key=lambda h: h.on, default=None)


# -- the rule that lays out a new year -------------------------------------------------------------

REFERENCE = 2017
_REFERENCE_WINDOWS: dict[Step, tuple[date | int, date | int]] = {
    # A bare number is a month: its first day at the start of a window, its last day at the end.
    Step.PROMOTE: (6, 5),
    Step.GENERATE: (6, date(2017, 9, 8)),
    Step.SUBMIT: (6, date(2017, 9, 8)),
    Step.JOIN: (date(2017, 9, 18), date(2017, 9, 22)),
    Step.PARTICIPATE: (date(2017, 10, 6), 5),
    Step.SHARE: (10, 5),
}
_REFERENCE_HALF_DAYS = (
    (date(2017, 10, 6), True),
    (date(2017, 12, 1), False),
    (date(2018, 3, 9), True),
    (date(2018, 5, 18), False),
)


def carried(reference: date, year: int) -> date:
    """A date of the reference year in the CofP year that begins in `year`.

    The same weekday, nearest to the same day of the month (domain.md, “The year”).
    """
    same = date(reference.year - REFERENCE + year, reference.month, reference.day)
    ahead = (reference.weekday() - same.weekday()) % 7
    return same + timedelta(days=ahead if ahead <= 3 else ahead - 7)


def _bound(value: date | int, year: int, *, end: bool) -> date:
    if isinstance(value, date):
        return carried(value, year)
    calendar_year = year if value >= 6 else year + 1
    if not end:
        return date(calendar_year, value, 1)
    following = date(calendar_year + value // 12, value % 12 + 1, 1)
    return following - timedelta(days=1)


def laid_out(year: int) -> Year:
    """The year that begins in `year` by the rule, before the division edits it. All half-days are afternoons."""
    windows = {
        step: Window(_bound(opens, year, end=False), _bound(closes, year, end=True))
        for step, (opens, closes) in _REFERENCE_WINDOWS.items()
    }
    half_days = tuple(
        HalfDay(carried(on, year), "afternoon", required) for on, required in _REFERENCE_HALF_DAYS
    )
    return Year(year, windows, half_days)


def year_of(on: date) -> int:
    """The CofP year that holds a day: it begins on 1 June."""
    return on.year if on.month >= 6 else on.year - 1


def days(year: int) -> Iterable[date]:
    """Every day of a CofP year, 1 June to 31 May."""
    first = date(year, 6, 1)
    for offset in range((date(year + 1, 6, 1) - first).days):
        yield first + timedelta(days=offset)


def nearest_day(days: Iterable[date], on: date) -> date:
    """The one of some days that is `on`, or lies nearest to it; raises ValueError for none."""
    return min(days, key=lambda a_day: abs(a_day - on))


def telling_days(year: Year) -> tuple[tuple[date, str], ...]:
    """The days of a year that show the programme best, with what happens: where a sample travels to."""
    join, a_day = year.window(Step.JOIN), timedelta(days=1)
    found = [
        (year.whole.opens, "The year begins: ideas and proposals"),
        (year.window(Step.SUBMIT).closes, "The last day for proposals"),
        (join.opens - 3 * a_day, "The offerings are out"),
        (join.opens + a_day, "The second day of Join"),
        (join.closes, "The last day of Join"),
        (join.closes + 3 * a_day, "Join has closed"),
        *(
            (half.on, f"A half-day ({'required' if half.required else 'optional'})")
            for half in year.half_days[:3]
        ),
        (year.whole.closes, "The year's last day"),
    ]
    return tuple(sorted(found))


# -- the store -------------------------------------------------------------------------------------


class YearRow(Table):
    id = pw.IntegerField(primary_key=True)
    published_at = pw.DateTimeField(null=True)

    class Meta:
        table_name = "year"


class StepWindowRow(Table):
    id = pw.AutoField()
    year = pw.ForeignKeyField(YearRow)
    step = pw.TextField()
    opens = pw.DateField()
    closes = pw.DateField()

    class Meta:
        table_name = "step_window"


class HalfDayRow(Table):
    id = pw.AutoField()
    year = pw.ForeignKeyField(YearRow)
    held_on = pw.DateField()
    half = pw.TextField()
    required = pw.BooleanField()

    class Meta:
        table_name = "half_day"


_YEAR = Prepared(
    lambda year: YearRow.select(YearRow.id, YearRow.published_at).where(YearRow.id == year), 991
)
_LATEST = Prepared(
    lambda year: (
        YearRow.select(YearRow.id, YearRow.published_at)
        .where(YearRow.id <= year)
        .order_by(YearRow.id.desc())
        .limit(1)
    ),
    991,
)
_WINDOWS = Prepared(
    lambda year: StepWindowRow.select(
        StepWindowRow.step, StepWindowRow.opens, StepWindowRow.closes
    ).where(StepWindowRow.year == year),
    991,
)
_HALF_DAYS = Prepared(
    lambda year: (
        HalfDayRow.select(HalfDayRow.held_on, HalfDayRow.half, HalfDayRow.required, HalfDayRow.id)
        .where(HalfDayRow.year == year)
        .order_by(HalfDayRow.held_on)
    ),
    991,
)


def get_year(year: int) -> Year:
    """The stored year; raises NotFound when the division has not opened it."""
    row = _YEAR.first(year)
    if row is None:
        raise NotFound(f"The year {year}–{(year + 1) % 100:02d} has not been set up yet.")
    return _year(*row)


def year_on(on: date) -> Year:
    """The stored year that holds a day, else the latest one before it; raises NotFound when there is none."""
    row = _LATEST.first(year_of(on))
    if row is None:
        raise NotFound("No year has been set up yet. `cofp init` lays one out.")
    return _year(*row)


def _year(year: int, published_at: datetime | None) -> Year:
    windows = {Step(step): Window(opens, closes) for step, opens, closes in _WINDOWS(year)}
    half_days = tuple(HalfDay(*row) for row in _HALF_DAYS(year))
    return Year(year, windows, half_days, published_at is not None)


def store_year(year: Year) -> None:
    """Insert a year as laid out (its caller is the guarded write)."""
    YearRow.insert(id=year.id).execute()
    StepWindowRow.insert_many(
        [
            {"year": year.id, "step": step.value, "opens": w.opens, "closes": w.closes}
            for step, w in year.windows.items()
        ]
    ).execute()
    HalfDayRow.insert_many(
        [
            {"year": year.id, "held_on": h.on, "half": h.half, "required": h.required}
            for h in year.half_days
        ]
    ).execute()


def check_year(year: Year) -> None:
    """Refuse windows that contradict the programme: raises Refused naming the first fault found."""
    first, last = date(year.id, 6, 1), date(year.id + 1, 5, 31)
    for step, window in year.windows.items():
        if window.opens > window.closes:
            raise Refused(
                f"{step.title} would close ({year.day_words(window.closes)}) before it opens "
                f"({year.day_words(window.opens)})."
            )
        if window.opens < first or window.closes > last:
            raise Refused(f"{step.title} must lie within the year, {day(first)} to {day(last)}.")
    if year.window(Step.SUBMIT).closes >= year.window(Step.JOIN).opens:
        raise Refused("Submit must close before Join opens, so that there is time for the review.")
    seen: set[date] = set()
    for half in year.half_days:
        if half.half not in ("morning", "afternoon"):
            raise Refused(
                f"The half-day {year.day_words(half.on)} must be in the morning or in the afternoon."
            )
        if half.on in seen:
            raise Refused(
                f"There is one half-day a date; {year.day_words(half.on)} is given twice."
            )
        seen.add(half.on)
        if not first <= half.on <= last:
            raise Refused(f"The half-day {year.day_words(half.on)} lies outside the year.")
        if half.on <= year.window(Step.JOIN).closes:
            raise Refused(
                f"The half-day {year.day_words(half.on)} lies before the join window closes."
            )
