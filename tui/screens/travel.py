"""Travel to another day of a sample's year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from models.words import day_year
from models.years import Year, nearest_day, telling_days
from tui.widgets.confirm import Press, Question
from tui.widgets.fields import LineInput
from tui.widgets.lines import Item, Lines, Say, Words


class Travel(Question[date | None]):
    """Which day? One of those that tell the most, or any other, written as a date."""

    AUTO_FOCUS = "#days"

    def __init__(self, year: Year, now: date) -> None:
        super().__init__("Travel to another day", ("The sample is played anew up to that day.",))
        self._year, self._now = year, now

    def parts(self) -> Iterable[Widget]:
        lines = Lines(id="days")
        days = telling_days(self._year)
        nearest = nearest_day((on for on, _ in days), self._now)
        lines.show(
            [Item(on.isoformat(), what, day_year(on)) for on, what in days],
            keep=nearest.isoformat(),
        )
        yield lines
        yield Words("", Say("Or a day of your choice, as 2026-10-09", "muted"))
        yield LineInput(self._now.isoformat(), limit=10, id="day")
        yield Words(classes="question--wrong")

    def buttons(self) -> Iterable[Widget]:
        yield Press("Esc  stay here", id="no")

    @on(Lines.Picked)
    def _picked(self, message: Lines.Picked) -> None:
        message.stop()
        self.dismiss(date.fromisoformat(message.id))

    @on(Input.Submitted)
    def _typed(self, message: Input.Submitted) -> None:
        message.stop()
        try:
            there = date.fromisoformat(message.value.strip())
        except ValueError:
            wrong = Say("Please write it as 2026-10-09: year, month, day.", "bad")
            self.query_one(".question--wrong", Words).show((wrong,))
        else:
            self.dismiss(there)

    @on(Press.Pressed)
    def _stay(self, message: Press.Pressed) -> None:
        message.stop()
        self.action_no()
