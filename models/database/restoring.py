"""Bringing a backup back: the database that stood there is kept aside, with the log that belongs to it.

A backup that is only copied over the file is read with the old file's log, which damages it or brings the
old state back.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import peewee as pw

from ..errors import NotFound, StoreBusy, StoreCorrupt, StoreError
from . import APPLICATION_ID, known_newer, migrations
from .engines import marks
from .faults import TIMEOUT
from .gate import Gate

_LOGS = ("-wal", "-shm", "-journal")
_SHARED_FIRST, _SHARED_SIZE = 0x4000_0002, 510
"""Where SQLite marks in a file's locks that somebody has it open (sqlite.org/fileformat2, “lock-byte page”)."""


def restore(path: Path, source: Path) -> Path | None:
    """Put the backup `source` in a database's place; returns where that database is kept now, if there was one.

    Raises NotFound, StoreCorrupt, StoreNewer or StoreError for what is no sound backup, and StoreBusy while
    another program has the database open. Nothing is changed then. This process must not have it open.
    """
    path, source = path.absolute(), source.absolute()
    _check_source(path, source)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
        copy = Path(name)
        try:
            shutil.copyfile(source, copy)
            _check_sound(copy, source)
            gate = Gate(path.with_name(f"{path.name}.gate"))
            try:
                with gate.held(TIMEOUT), _alone(path):
                    return _swap(path, copy)
            finally:
                gate.close()
        finally:
            for ending in ("", *_LOGS):
                Path(name + ending).unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            f"{error.filename or path}: {error.strerror}. Nothing was brought back."
        ) from error


def _check_source(path: Path, source: Path) -> None:
    if not source.is_file():
        raise NotFound(f"There is no backup at {source}.")
    if path.exists() and source.samefile(path):
        raise StoreError(f"{source} is the database itself; name a backup of it.")
    if any(source.with_name(source.name + log).exists() for log in ("-wal", "-journal")):
        raise StoreError(
            f"{source} is a database with a log beside it, not a backup; "
            "make one of it with `cofp backup`."
        )
    application, version = marks(source)
    if application != APPLICATION_ID:
        raise StoreCorrupt(f"{source} is no backup of this program, or is damaged.")
    if version > len(migrations()):
        raise known_newer(version, str(source))


def _check_sound(copy: Path, source: Path) -> None:
    """Read the copy through, so that what is checked is what will stand there."""
    answer = dangling = None
    try:
        connection: Any = pw.sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            [answer] = connection.execute("PRAGMA integrity_check").fetchone()
            dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
        finally:
            connection.close()
    except pw.sqlite3.Error as error:
        answer = str(error)
    if answer != "ok" or dangling is not None:
        raise StoreCorrupt(f"{source} is damaged and was not brought back. Try an older backup.")
    with copy.open("rb") as written:
        os.fsync(written.fileno())


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep every other program out of a database; raises StoreBusy when one is in it."""
    if not path.exists():
        yield
        return
    # Not through SQLite, which would read a log that may be the damage itself.
    with path.open("r+b") as held:
        try:
            fcntl.lockf(held, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError as error:
            raise StoreBusy(
                f"Another program has {path} open; nothing was brought back. "
                "Close the program on every terminal, then try again."
            ) from error
        yield


def _swap(path: Path, copy: Path) -> Path | None:
    """Keep the database aside with its log, then put the copy in its place in one step."""
    aside = None
    if any(path.with_name(path.name + ending).exists() for ending in ("", *_LOGS)):
        aside = _unused(path)
        if path.exists():
            _also_at(path, aside)
    for log in _LOGS:
        # Whatever stops this on its way: the database aside is whole.
        with suppress(FileNotFoundError):
            path.with_name(path.name + log).replace(f"{aside}{log}")
    copy.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return aside


def _also_at(path: Path, aside: Path) -> None:
    """Let the file stand at a second name too, or move it where a disk knows no second names."""
    try:
        os.link(path, aside)
    except OSError:
        path.replace(aside)


def _unused(path: Path) -> Path:
    number = 1
    while any(path.with_name(f"{path.name}.aside-{number}{t}").exists() for t in ("", *_LOGS)):
        number += 1
    return path.with_name(f"{path.name}.aside-{number}")
