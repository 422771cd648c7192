"""The head of a list of people without a community: how many, how far, how fast."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from models import join
from models.words import day
from tui.widgets.bars import Amount, Bar, Days, Spark
from tui.widgets.section import Section

MOST_NOTE = 38
"""Characters beside the title that 80 columns have room for."""


class ProgressHead(Vertical):
    """A title with the window's words, the bar of registered against expected, and the days."""

    def compose(self) -> ComposeResult:
        yield Section("", classes="tight")
        yield Bar()
        yield Spark()

    def show(self, title: str, sheet: join.Sheet | None, found: int | None = None) -> None:
        """Show a sheet; None shows the title alone. `found` is how many of them a search left."""
        self.query_one(Bar).display = sheet is not None
        spark = self.query_one(Spark)
        spark.display = sheet is not None and any(d.is_past for d in sheet.by_day)
        if sheet is None:
            self.query_one(Section).show(title)
            return
        far = sheet.progress
        note = f"{far.missing:,} of {far.expected:,} · {sheet.window_words}"
        if len(note) > MOST_NOTE:
            note = f"{far.missing:,} missing · {sheet.window_words.partition(' (')[0]}"
        if found is not None:
            note = f"{found:,} found"
        self.query_one(Section).show(title, note)
        is_all = isinstance(sheet, join.DivisionSheet)
        share = f"{far.percent} %" if is_all else f"division {sheet.division.percent} %"
        self.query_one(Bar).show(Amount(far.registered, far.expected, "registered", share))
        said = sheet.pace_words or (
            f"registrations by day, {day(sheet.opens)} to {day(sheet.closes)}"
        )
        values = tuple(d.registered if d.is_past else None for d in sheet.by_day)
        spark.show(Days(values, said))
