"""At rest: what the program does when nobody does anything."""

from __future__ import annotations

from collections.abc import Iterator

import psutil

from .build import SMALL, made
from .figures import Figure
from .opened import at_welcome

PART = "at rest"
SECONDS = 20.0


def measure(seconds: float = SECONDS) -> Iterator[Figure]:
    """Twenty seconds of Welcome with nobody there."""
    store = made(SMALL)
    with at_welcome(store) as terminal:
        terminal.rest(3.0)
        program = psutil.Process(terminal.pid)
        written, size = len(terminal.raw), _stamps(store.path)
        before = program.cpu_times()
        terminal.rest(seconds, seconds + 1)
        after = program.cpu_times()
        share = 100 * (after.user + after.system - before.user - before.system) / seconds
        yield Figure(PART, "processor on Welcome", share, "%", 0.25, False, "of one core")
        more = len(terminal.raw) - written
        yield Figure(PART, "bytes written to the terminal", more, "bytes", 0)
        changed = sum(a != b for a, b in zip(size, _stamps(store.path), strict=True))
        yield Figure(PART, "files of the store changed", changed, "files", 0)


def _stamps(path: object) -> list[tuple[int, int] | None]:
    """Size and moment of the last change of each file of a store."""
    from pathlib import Path

    found: list[tuple[int, int] | None] = []
    for suffix in ("", "-wal", "-shm", ".gate"):
        file = Path(f"{path}{suffix}")
        stat = file.stat() if file.exists() else None
        found.append((stat.st_size, stat.st_mtime_ns) if stat else None)
    return found
