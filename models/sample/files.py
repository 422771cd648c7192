"""Where samples are kept: a file for each day and each form of the program, in the user's cache."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from ..database import Store, open_store
from ..errors import BadFile, Refused, StoreError
from ..words import day_year
from .play import FIRST_DAY, LAST_DAY, play

DEFAULT_ON = date(2026, 9, 22)
"""The Tuesday of the join week: the day on which a sample stands unless another is asked for."""
MOST_KEPT = 24
"""Samples in the cache; the oldest go when there are more."""
_PLAYING = ".playing-"
"""How the name of a file begins into which a sample is being played."""
_BESIDE = ("-wal", "-shm", ".gate")


def cache_folder() -> Path:
    """The user's folder for what can be made anew."""
    from platformdirs import user_cache_path

    return user_cache_path("cofp")


def sample_path(on: date, roster: Path | None = None) -> Path:
    """The file of a day's sample; another one for each version of the program and each roster.

    Raises Refused for a day outside of the two years played, BadFile for a roster that is not there.
    """
    if not FIRST_DAY <= on <= LAST_DAY:
        raise Refused(
            f"The sample can stand on any day from {day_year(FIRST_DAY)} to {day_year(LAST_DAY)}."
        )
    return cache_folder() / f"sample-{_mark(roster)}-{on.isoformat()}.db"


def open_sample(
    on: date = DEFAULT_ON,
    roster: Path | None = None,
    *,
    fresh: bool = False,
    say: Callable[[str], None] = lambda words: None,
) -> Store:
    """Open a day's sample, played first where it is not there yet (or again, with `fresh`).

    `say` is told when there is something to wait for. Raises Refused, BadFile, StoreError.
    """
    path = sample_path(on, roster)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path.parent} could not be made: {error.strerror}.") from error
    with _alone(path.parent):
        if fresh or not path.exists():
            say(f"Playing the sample up to {day_year(on)} …")
            _make(path, on, roster)
        return open_store(str(path), create=False)


def _mark(roster: Path | None) -> str:
    """Tells samples of different programs and rosters apart."""
    found = hashlib.sha256()
    for source in sorted(Path(__file__).parents[1].rglob("*.py")):
        found.update(source.read_bytes())
    for part in _parts(roster):
        found.update(b"\0" + part.name.encode())
        found.update(hashlib.sha256(part.read_bytes()).digest())
    return found.hexdigest()[:12]


def _parts(roster: Path | None) -> list[Path]:
    if roster is None:
        return []
    if not roster.exists():
        raise BadFile(f"There is no roster at {roster}.")
    parts = sorted(roster.glob("*.csv")) if roster.is_dir() else [roster]
    return [part for part in parts if part.is_file()]


def _make(path: Path, on: date, roster: Path | None) -> None:
    """Play into a temporary file that nobody else sees; checked, then moved into place."""
    # Only one program plays at a time: what is there was left by one that was killed.
    for left in path.parent.glob(f"{_PLAYING}*"):
        left.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(prefix=_PLAYING, suffix=".db", dir=path.parent)
    os.close(handle)
    playing = Path(name)
    try:
        store = open_store(name, flush=False)
        try:
            play(store, on, roster)
            _check(store)
        finally:
            store.close()
        _remove(path)
        playing.replace(path)
    finally:
        _remove(playing)
    _keep_few(path)


def _check(store: Store) -> None:
    answers = store.read(lambda: store.db.execute_sql("PRAGMA quick_check").fetchall())
    if [row[0] for row in answers] != ["ok"]:
        raise StoreError("The sample that was played failed its check. Please try again.")


def _remove(path: Path) -> None:
    """Remove a store and what lies beside it, the store first: a log without one is nobody's."""
    path.unlink(missing_ok=True)
    for ending in _BESIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _keep_few(just_made: Path) -> None:
    found = [p for p in just_made.parent.glob("sample-*.db") if p != just_made]
    found.sort(key=lambda p: p.stat().st_mtime, reverse=True)
    for old in found[MOST_KEPT - 1 :]:
        with suppress(OSError):
            _remove(old)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one program at a time look for a sample, play or replace it."""
    try:
        handle = os.open(folder / "samples.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreError(f"{folder} may not be written: {error.strerror}.") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
