"""Keys, filters and steps in a real terminal, at two sizes of store; and the query behind Unregistered."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from time import perf_counter

import peewee as pw

from models import join
from models.communities import standing
from models.database import open_store
from models.years import year_on

from ..terminal import Painted, Terminal
from .build import LARGE, SMALL, Made, Size, made
from .figures import Figure, median, percentile, say
from .opened import signed_in

PART = "keys"
KEYS = 120
"""Keys a screen."""
WORDS = ("kov", "whi", "byr", "pet", "fra", "gil", "had", "ols", "sat", "wal", "eze", "dem")
"""Each narrows the list by its second or third letter."""
STEPS = "4645646465"
Lines = tuple[str, ...]


def measure(sizes: Sequence[Size] = (SMALL, LARGE), keys: int = KEYS) -> Iterator[Figure]:
    """Every figure at every size, and how the sizes compare."""
    medians: dict[str, list[tuple[float, float]]] = {}
    for size in sizes:
        say(f"  {size.name}")
        store = made(size)
        for name, times in _screens(store, keys):
            p50, p95 = percentile(times, 0.5) * 1000, percentile(times, 0.95) * 1000
            medians.setdefault(name, []).append((p50, p95))
            words = f"{len(times)} keys, p99 {percentile(times, 0.99) * 1000:.0f} ms"
            at = f"{name}, {size.name}"
            yield Figure(PART, f"{at}: key to paint p50", p50, "ms", 5, False, words)
            yield Figure(PART, f"{at}: key to paint p95", p95, "ms", 16, False, words)
        yield from _filter(store, size)
        yield from _steps(store, size)
        yield _query(store, size)
    for name, found in medians.items():
        if len(found) == 2:
            (small, _), (large, _) = found
            ratio = max(small, large) / min(small, large)
            words = f"p50 {small:.2f} and {large:.2f} ms"
            yield Figure(PART, f"{name}: one size ÷ the other", ratio, "", 1.3, False, words)


def _screens(store: Made, keys: int) -> Iterator[tuple[str, list[float]]]:
    with signed_in(store, store.principal) as terminal:
        yield "Today", _timed(terminal, _there_and_back(terminal, keys, 5))
        terminal.send("4")
        terminal.wait_for("communities ·")
        terminal.rest(1.0)
        yield "catalogue", _timed(terminal, _there_and_back(terminal, keys, 60))
        terminal.send("0")
        terminal.rest(0.5)
        terminal.send("end")
        terminal.rest(0.3)
        terminal.send("enter")
        terminal.wait_for("UNREGISTERED", seconds=30)
        terminal.rest(1.5)
        yield "unregistered", _timed(terminal, _there_and_back(terminal, keys, 18))


def _there_and_back(terminal: Terminal, keys: int, most: int) -> Iterator[str]:
    """Down and up again, as often as there are rows."""
    place, step = 0, 1
    for _ in range(keys):
        if not 0 <= place + step <= most:
            step = -step
        place += step
        yield "down" if step > 0 else "up"


def _timed(terminal: Terminal, keys: Iterator[str]) -> list[float]:
    """Seconds from each key to the first frame that it changed; the first few keys warm up."""
    times = []
    for number, key in enumerate(keys):
        painted = terminal.painted(key, quiet=0.12, seconds=1.0)
        if painted.change is not None and number >= 5:
            times.append(painted.change)
    return times


def _filter(store: Made, size: Size) -> Iterator[Figure]:
    """From a letter typed into the search to the rows that it leaves."""
    times: list[float] = []
    with signed_in(store, store.teacher) as terminal:
        terminal.send("4")
        terminal.wait_for("communities ·")
        terminal.rest(2.0)
        terminal.send("/")
        terminal.rest(0.3)
        for key in (key for word in WORDS for key in (*word, *["backspace"] * len(word))):
            before = _rows(terminal.lines)
            painted = terminal.painted(key, quiet=0.3, seconds=2.0)
            final = _rows(terminal.lines)
            if final != before:
                times.append(_until(painted, final))
    words = f"{len(times)} letters"
    for share, limit in ((0.5, 20), (0.95, 50)):
        value = percentile(times, share) * 1000
        name = f"filter, {size.name}: letter to rows p{share * 100:.0f}"
        yield Figure(PART, name, value, "ms", limit, False, words)


def _until(painted: Painted, rows: Lines) -> float:
    """Seconds to the first frame with these rows."""
    found = painted.first(lambda seen: _rows(seen) == rows)
    if found is None:
        raise RuntimeError("the rows were never painted")
    return found


def _rows(lines: Lines) -> Lines:
    """The rows of the catalogue on a screen, without the pane beside them and the marker."""
    top = next((n for n, line in enumerate(lines) if "Community" in line and "Places" in line), 0)
    width = lines[top].find("Places") + 6
    return tuple(line[6:width] for line in lines[top + 1 : -2])


def _steps(store: Made, size: Size) -> Iterator[Figure]:
    """From one step's key to the other step painted; each was opened before."""
    times: list[float] = []
    with signed_in(store, store.principal) as terminal:
        first = []
        for step in "12456":
            first.append(terminal.painted(step, quiet=0.7, seconds=5.0).change or 9.9)
        for step in STEPS * 4:
            seen = _is_step(step)
            if seen(terminal.lines):
                continue
            painted = terminal.painted(step, quiet=0.4, seconds=5.0)
            times.append(painted.change or 9.9)
    words = f"{len(times)} steps, p50 {percentile(times, 0.5) * 1000:.1f} ms"
    words += f"; the first opening of each, median {median(first) * 1000:.0f} ms"
    value = percentile(times, 0.95) * 1000
    yield Figure(PART, f"step to step, {size.name}: p95", value, "ms", 20, False, words)


def _is_step(step: str) -> Callable[[Lines], bool]:
    marks = {"4": "communities ·", "5": "PARTICIPATE", "6": "SHARE"}
    return lambda lines: any(marks[step] in line for line in lines[4:])


def _query(store: Made, size: Size) -> Figure:
    """The statement that finds a school's unregistered, by plain sqlite3."""
    opened = open_store(str(store.path))
    try:
        statements: list[tuple[str, Sequence[object]]] = []
        execute = opened.db.execute_sql

        def note(sql: str, params: Sequence[object] | None = None, *more: object) -> object:
            statements.append((sql, params or ()))
            return execute(sql, params, *more)

        year = opened.read(year_on, opened.clock.today())
        viewer = opened.read(standing, store.principal, year.id)
        which = join.Which(viewer, year, opened.clock.today(), viewer.school_id)
        opened.db.execute_sql = note
        begun = perf_counter()
        page = opened.read(join.unregistered, which)
        whole = (perf_counter() - begun) * 1000
    finally:
        opened.close()
    sql, params = next((s, p) for s, p in statements if "NOT EXISTS" in s or "NOT (EXISTS" in s)
    times = []
    with contextlib.closing(pw.sqlite3.connect(str(store.path))) as db:
        for _ in range(50):
            begun = perf_counter()
            found = db.execute(sql, tuple(params)).fetchall()
            times.append((perf_counter() - begun) * 1000)
    if len(found) != len(page.rows):
        raise RuntimeError("this was not the query of the unregistered")
    words = f"{len(found)} rows; the whole read with its other queries {whole:.1f} ms"
    return Figure(PART, f"unregistered query, {size.name}", median(times), "ms", 1, False, words)
