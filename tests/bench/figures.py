"""What was measured, what was asked for, and the table of both."""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter

LEAST_RUNS = 7
"""Runs of which a median is taken."""


@dataclass(frozen=True)
class Figure:
    """One measured figure."""

    part: str
    name: str
    value: float
    unit: str
    asked: float | None = None
    """The limit; None for a figure that is only reported."""
    is_least: bool = False
    """Whether the limit is the least that is asked for, not the most."""
    absolute: str = ""
    """The figures behind a ratio, in words."""

    @property
    def is_met(self) -> bool:
        if self.asked is None:
            return True
        return self.value >= self.asked if self.is_least else self.value <= self.asked

    @property
    def asked_words(self) -> str:
        if self.asked is None:
            return ""
        return f"{'≥' if self.is_least else '≤'} {number(self.asked, self.unit)}"


def number(value: float, unit: str) -> str:
    """A figure with its unit; a ratio has none."""
    words = f"{value:,.2f}" if unit in ("", "ms", "%") and abs(value) < 100 else f"{value:,.0f}"
    return f"{words} {unit}".strip()


def table(figures: Iterable[Figure]) -> str:
    """The figures as a plain table, those that miss marked."""
    rows = [("", "what", "measured", "asked", "behind it")]
    part = ""
    for figure in figures:
        if figure.part != part:
            part = figure.part
            rows.append(("", part.upper(), "", "", ""))
        mark = "" if figure.asked is None else ("ok" if figure.is_met else "MISSED")
        rows.append(
            (mark, f"  {figure.name}", number(figure.value, figure.unit), figure.asked_words,
             figure.absolute)
        )  # fmt: skip
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    return "\n".join(
        f"{m:<{widths[0]}}  {w:<{widths[1]}}  {v:>{widths[2]}}  {a:>{widths[3]}}  {b}".rstrip()
        for m, w, v, a, b in rows
    )


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def say(words: str) -> None:
    """Tell how far the run is."""
    print(words, file=sys.stderr, flush=True)


def yardstick() -> str:
    """What this machine does at this moment: three million additions in plain Python, in words.

    The absolute limits are meant for a machine that takes about 200 ms for it.
    """
    begun, total = perf_counter(), 0
    for number in range(3_000_000):
        total += number & 7
    return f"yardstick: 3 million additions take {(perf_counter() - begun) * 1000:.0f} ms here, now"


def go_first() -> None:
    """Keep the load of other programs out of the figures, where this user may; children inherit it."""
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    except PermissionError:
        say("(run as a user who may raise priorities for figures without other programs' load)")
