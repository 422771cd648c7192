"""Cold start to Welcome painted, and the memory then, against a minimal Textual application."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec

import psutil

from ..terminal import Terminal
from .build import SMALL, made
from .figures import LEAST_RUNS, Figure, median
from .opened import command

PART = "start"
MINIMAL = [sys.executable, "-m", "tests.bench.minimal"]
SETTLED = 1.5
"""Seconds after the painting at which memory is read."""


def measure(runs: int = LEAST_RUNS) -> Iterator[Figure]:
    """Both in turn, so that whatever else the machine does meets both."""
    if find_spec("psycopg") is None:
        raise RuntimeError(
            "psycopg has to be installed for this figure: it is what costs the start"
        )
    store = made(SMALL)
    ours, theirs = command(store), MINIMAL
    _once(ours, ("sign in", "Assessment"))
    pairs = [
        (_once(ours, ("sign in", "Assessment")), _once(theirs, ("ready",))) for _ in range(runs)
    ]
    yield _ratio("cold start to Welcome painted", pairs, 0, 1000, "ms", 1.3)
    yield _ratio("memory at Welcome (RSS)", pairs, 1, 1e-6, "MB", 1.5)
    pss = [_behind(pairs, 2, 1e-6)]
    yield Figure(PART, "memory at Welcome (PSS)", pss[0][0], "MB", None, False,
                 f"minimal {pss[0][1]:.0f} MB")  # fmt: skip


def _once(argv: Sequence[str], words: tuple[str, ...]) -> tuple[float, float, float]:
    """Seconds to the words, RSS and PSS."""
    with Terminal(argv) as terminal:
        seconds = terminal.wait_for(*words, seconds=30)
        terminal.rest(SETTLED)
        memory = psutil.Process(terminal.pid).memory_full_info()
        return seconds, float(memory.rss), float(memory.pss)


_Pairs = Sequence[tuple[tuple[float, ...], tuple[float, ...]]]


def _behind(pairs: _Pairs, place: int, scale: float) -> tuple[float, float]:
    return (
        median([ours[place] for ours, _ in pairs]) * scale,
        median([theirs[place] for _, theirs in pairs]) * scale,
    )


def _ratio(name: str, pairs: _Pairs, place: int, scale: float, unit: str, asked: float) -> Figure:
    ours, theirs = _behind(pairs, place, scale)
    words = f"{ours:.0f} {unit}; minimal {theirs:.0f} {unit}"
    return Figure(PART, f"{name} ÷ minimal Textual app", ours / theirs, "", asked, False, words)
