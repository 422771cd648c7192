"""Numbers drawn rather than listed: how many of how many, day by day, and the year as lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from textual.message import Message

from models import words
from tui import safe
from tui.theme import GLYPHS

from .drawn import Drawn, Piece, wide


@dataclass(frozen=True)
class Amount:
    """So many of so many, with words."""

    done: int
    of: int
    words: str = ""
    """“registered”: what follows “31 of 38”."""
    note: str = ""
    """More at the end: “division 74 %”."""
    label: str = ""
    """What stands before the bar, where there are several."""
    id: str = ""
    """What a click on it picks."""


def bar(amount: Amount, cells: int, ground: str = "") -> list[Piece]:
    """The bar alone, in so many cells. Any done shows, and only all done fills it."""
    share = amount.done / amount.of if amount.of > 0 else 0.0
    full = round(min(1.0, max(0.0, share)) * cells)
    if 0 < amount.done < amount.of:
        full = min(max(full, 1), cells - 1)
    return [
        Piece(GLYPHS["line"] * full, f"accent {ground}"),
        Piece(GLYPHS["rest"] * (cells - full), f"rule {ground}"),
    ]


class Bar(Drawn):
    """One bar and its words, on one line."""

    def __init__(
        self, amount: Amount | None = None, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._amount = amount

    def show(self, amount: Amount) -> None:
        """Show this from now on."""
        if amount != self._amount:
            self._amount = amount
            self.changed(layout=False)

    def draw(self, width: int) -> list[list[Piece]]:
        amount = self._amount
        if amount is None:
            return [[]]
        said = [
            Piece("  "),
            Piece(f"{amount.done:,}", "strong"),
            Piece(f" of {amount.of:,} {safe.shown(amount.words)}".rstrip(), "text"),
        ]
        note = [Piece("   " + safe.shown(amount.note), "muted")] if amount.note else []
        cells = min(64, width - wide(said) - wide(note))
        if cells < 10:
            cells, note = min(64, width - wide(said)), []
        if cells < 4:
            return [said[1:]]
        return [[*bar(amount, cells), *said, *note]]


class Bars(Drawn):
    """Bars under each other, one a school or a community; a click picks one."""

    @dataclass
    class Picked(Message):
        """A bar was clicked."""

        id: str

    def __init__(
        self, amounts: Sequence[Amount] = (), *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._amounts = tuple(amounts)

    def show(self, amounts: Sequence[Amount]) -> None:
        """Show these from now on."""
        if tuple(amounts) != self._amounts:
            self._amounts = tuple(amounts)
            self.changed()

    def hit(self, what: Any, *, double: bool = False) -> None:
        self.post_message(self.Picked(what))

    def draw(self, width: int) -> list[list[Piece]]:
        if not self._amounts:
            return []
        label = min(28, width // 3, max(safe.width(safe.shown(a.label)) for a in self._amounts))
        counts = [f"{a.done:,} of {a.of:,}" for a in self._amounts]
        widest = max(map(len, counts))
        notes = max(safe.width(safe.shown(a.note)) for a in self._amounts)
        note = min(notes, max(0, width - label - widest - 20))
        cells = max(4, min(48, width - label - widest - 6 - note))
        return [
            [
                Piece(safe.fit(amount.label, label) + "  ", "text", amount.id or None),
                *(piece._replace(hit=amount.id or None) for piece in bar(amount, cells)),
                Piece(f"  {count:>{widest}}", "strong", amount.id or None),
                Piece(
                    "  " + safe.cut(amount.note, note) if note else "", "muted", amount.id or None
                ),
            ]
            for amount, count in zip(self._amounts, counts, strict=True)
        ]


@dataclass(frozen=True)
class Days:
    """A number for each day up to the deadline."""

    values: tuple[int | None, ...]
    """One a day, the last one the deadline's; None for days to come."""
    words: str
    """“9 on Monday, 6 today · at this pace 36 by Friday”."""
    of: int = 0
    """What a full column stands for; 0: the largest value."""


class Spark(Drawn):
    """One line of columns, a mark at the deadline, and the same in words."""

    def __init__(
        self, days: Days | None = None, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._days = days

    def show(self, days: Days) -> None:
        """Show this from now on."""
        if days != self._days:
            self._days = days
            self.changed(layout=False)

    def draw(self, width: int) -> list[list[Piece]]:
        days = self._days
        if days is None or not days.values:
            return [[]]
        kept = days.values[-max(1, width // 3) :]
        highest = days.of or max((value or 0 for value in kept), default=0)
        # Few days get wide columns, as in a small chart; many get one cell each.
        each = 2 if len(kept) * 2 <= width // 3 else 1
        columns = "".join(_column(value, highest) * each for value in kept)
        said = safe.cut(days.words, max(0, width - len(columns) - 4))
        return [
            [
                Piece(columns, "open"),
                Piece(GLYPHS["deadline"], "faint"),
                Piece("  " + said, "muted"),
            ]
        ]


def _column(value: int | None, highest: int) -> str:
    if value is None:
        return " "
    steps = GLYPHS["spark"]
    if value <= 0 or highest <= 0:
        return steps[0]
    return steps[min(len(steps) - 1, max(1, round(value / highest * (len(steps) - 1))))]


@dataclass(frozen=True)
class YearRow:
    """A step of the year as a line, or meetings as marks."""

    name: str
    spans: tuple[tuple[date, date], ...] = ()
    """Windows, both days included."""
    marks: tuple[tuple[date, bool], ...] = ()
    """Half-days; whether each is required."""
    look: Literal["closed", "later", "open", "urgent"] = "open"


@dataclass(frozen=True)
class YearLines:
    """The year's first and last day, today, and its rows."""

    first: date
    last: date
    today: date
    rows: tuple[YearRow, ...]


def legend() -> str:
    """What the marks of the half-days mean, for the heading above the year."""
    return f"{GLYPHS['half_day']} required  {GLYPHS['optional']} optional half-day"


_LOOKS = {"closed": "faint", "later": "open", "open": "open", "urgent": "accent"}


class Year(Drawn):
    """The year as lines with today on it."""

    def __init__(
        self, year: YearLines | None = None, *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._year = year

    def show(self, year: YearLines) -> None:
        """Show this from now on."""
        if year != self._year:
            self._year = year
            self.changed()

    def draw(self, width: int) -> list[list[Piece]]:
        year = self._year
        if year is None:
            return []
        label = 2 + max((safe.width(safe.shown(row.name)) for row in year.rows), default=0)
        label = min(label, width // 3)
        cells = max(12, width - label - 1)
        days = max(1, (year.last - year.first).days)

        def place(on: date) -> int:
            return max(0, min(cells - 1, round((on - year.first).days / days * (cells - 1))))

        now = place(year.today)
        told = any(row.look == "urgent" and row.spans for row in year.rows)
        lines = [[Piece(" " * label), *_months(year, place, cells, label, None if told else now)]]
        for row in year.rows:
            lines.append([Piece(safe.fit(row.name, label)), *self._row(row, place, cells, now)])
        return lines

    def _row(self, row: YearRow, place: Any, cells: int, now: int) -> list[Piece]:
        line = [" "] * cells
        tones = ["rule"] * cells
        line[now], tones[now] = GLYPHS["upright"], "rule"
        for first, last in row.spans:
            start, stop = place(first), place(last) + 1
            if row.look == "urgent":
                # What is left of it comes after today's sign and would hide it.
                stop = max(start + 1, min(stop, now + 1))
            for x in range(start, stop):
                line[x], tones[x] = (
                    GLYPHS["thin" if row.look == "closed" else "line"],
                    _LOOKS[row.look],
                )
        for on, required in row.marks:
            x = place(on)
            line[x], tones[x] = GLYPHS["half_day" if required else "optional"], "open"
        pieces = [Piece(char, tone) for char, tone in zip(line, tones, strict=True)]
        if row.look == "urgent" and row.spans:
            sign = f"{GLYPHS['today']} today"
            after = min(now + 1, cells - len(sign))
            pieces[after:] = [Piece(sign, "accent"), Piece(" " * (cells - after - len(sign)))]
        return _joined(pieces)


def _months(year: YearLines, place: Any, cells: int, label: int, now: int | None) -> list[Piece]:
    """The months' names above their first days, and today where no row says it.

    A month that today's sign would touch gives way to it.
    """
    line = [" "] * cells
    sign = f"{GLYPHS['today']} today"
    at = None if now is None else min(now, cells - len(sign))
    first = year.first.replace(day=1)
    free = 0
    each = 1 if cells >= 48 else 2 if cells >= 26 else 3
    for number in range((year.last.year - first.year) * 12 + year.last.month - first.month + 1):
        if number % each:
            continue
        years, month = divmod(first.month - 1 + number, 12)
        on = date(first.year + years, month + 1, 1)
        x, name = place(on), words.short_day(on).split()[1]
        is_today = at is not None and at - len(name) <= x <= at + len(sign)
        if free <= x <= cells - len(name) and not is_today:
            line[x : x + len(name)] = name
            free = x + len(name) + 1
    pieces = [Piece(char, "muted") for char in line]
    if at is not None:
        pieces[at : at + len(sign)] = [Piece(char, "accent") for char in sign]
    return _joined(pieces)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one tone as one piece."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].tone == piece.tone:
            joined[-1] = joined[-1]._replace(text=joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined
