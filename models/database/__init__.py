"""The store: opening a URL, connections, transactions with retry, the writers' gate, settings.

The only room that names an engine; `engines` holds what differs. SQLite by path (WAL, FULL, one writer
at a time through a gate that the kernel frees when its holder dies); PostgreSQL by URL. The figures
behind each choice are in docs/architecture.md.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import peewee as pw

from .. import clock as clocks
from .. import drivers
from ..errors import (
    Conflict,
    StoreBusy,
    StoreError,
    StoreNewer,
)
from .faults import TIMEOUT, in_words, is_worth_another_try
from .gate import Gate
from .prepared import Prepared

T = TypeVar("T")

APPLICATION_ID = 0x434F4650  # "COFP"
SAFE_SQLITE = (3, 51, 3)
"""Before this release a WAL-reset fault could corrupt a file that several processes share."""
MIGRATIONS = Path(__file__).parent.parent / "migrations"
_RETRIES = 8

proxy = pw.DatabaseProxy()


class Table(pw.Model):
    """The base of every table; rows never leave `models`."""

    class Meta:
        database = proxy
        legacy_table_names = False


class Setting(Table):
    key = pw.TextField(primary_key=True)
    value = pw.TextField()


@dataclass(frozen=True)
class Settings:
    """The division's settings, with the defaults of the programme's decisions."""

    division: str = "The division"
    zone: str = clocks.DEFAULT_ZONE
    minimum_size: int = 4
    most_priorities: int = 3
    expected_kinds: str = "teacher"
    """Kinds of staff that are expected to register, separated by commas."""
    idle_seconds: int = 180
    session_hours: int = 8
    website: str = ""
    social_feed: str = ""
    clock_accepted: str = ""
    """The latest moment (naive UTC, ISO) in the journal that the operator declared wrong."""
    sample_on: str = ""
    """The ISO date on which a sample division stands; empty in a real one."""

    @property
    def is_sample(self) -> bool:
        return bool(self.sample_on)


_SETTINGS = Prepared(lambda: Setting.select(Setting.key, Setting.value))


def read_settings() -> Settings:
    """The settings as stored, defaults where the division set none."""
    settings = Settings()
    known: dict[str, Any] = {}
    for key, value in _SETTINGS():
        if hasattr(settings, key):
            try:
                known[key] = type(getattr(settings, key))(value)
            except ValueError:
                continue  # only another program can have written it: the default serves
    return replace(settings, **known)


def _day(iso: str) -> date | None:
    """The day on which a sample stands; None in a real division, or for what is no date."""
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def set_setting(key: str, value: object) -> None:
    """Store one setting; raises KeyError for a name that is none."""
    if key not in Settings.__dataclass_fields__:
        raise KeyError(key)
    Setting.insert(key=key, value=str(value)).on_conflict(
        conflict_target=[Setting.key], update={Setting.value: str(value)}
    ).execute()


def locked(query: Any) -> Any:
    """The same select, holding its rows until the transaction ends; SQLite's writers are alone anyway."""
    return query if isinstance(proxy.obj, pw.SqliteDatabase) else query.for_update()


def lock(query: Any) -> None:
    """Hold the rows of a select until the transaction ends; on SQLite nothing needs to be asked."""
    if not isinstance(proxy.obj, pw.SqliteDatabase):
        list(query.for_update().tuples())


class _Sqlite(pw.SqliteDatabase):
    def rollback(self) -> None:
        # SQLite ends the transaction by itself on a full disk; a second ROLLBACK would hide the cause.
        if self.connection().in_transaction:
            super().rollback()


@dataclass
class Store:
    """One open store. Each thread that uses it has a connection of its own."""

    url: str
    db: Any
    path: Path | None
    """The database file; None on PostgreSQL."""
    clock: clocks.Clock = field(default_factory=clocks.Clock)
    settings: Settings = field(default_factory=Settings)
    warning: str = ""
    """What the operator should know, such as an old SQLite."""
    _gate: Gate | None = None
    _inode: int = 0
    """The file that was opened, by which one in its place is told apart."""
    _depth: threading.local = field(default_factory=threading.local)
    _taking: threading.Lock = field(default_factory=threading.Lock)
    """Held while the settings and the clock that follows from them change together."""

    # -- reading ---------------------------------------------------------------------------------

    def read(self, work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Run a read: one snapshot, however many queries; raises StoreError in words."""
        if getattr(self._depth, "inside", 0):
            return work(*args, **kwargs)

        def once() -> T:
            with self._errors_in_words(), self._connection():
                self._depth.inside = 1
                try:
                    with self._snapshot():
                        return work(*args, **kwargs)
                finally:
                    self._depth.inside = 0

        return _until_done(once)

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        if self.path is not None:
            with self.db.transaction("DEFERRED"):
                yield
        else:
            with self.db.transaction(isolation_level="REPEATABLE READ"):
                yield

    # -- writing ---------------------------------------------------------------------------------

    def unit(self, work: Callable[[], T]) -> T:
        """Run `work` in one transaction, behind the gate, again from its start where that is safe.

        `work` must recognise an operation that was done already (journal.writes sees to it), since a commit
        whose answer was lost is repeated. Raises StoreBusy when its turn did not come within TIMEOUT.
        """
        if getattr(self._depth, "inside", 0):
            raise RuntimeError("a write inside a read or another write")

        def once() -> T:
            with self._errors_in_words(), self._gate_held(), self._connection():
                self._depth.inside = 1
                try:
                    with self._writing():
                        return work()
                finally:
                    self._depth.inside = 0

        return _until_done(once)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        begin = self.db.transaction("IMMEDIATE") if self.path is not None else self.db.transaction()
        with begin:
            self._check_schema()
            yield

    def _check_schema(self) -> None:
        """Refuse to write into a file that a newer program has raised to its form meanwhile."""
        if self.path is None:
            return  # raised by `cofp upgrade` alone, when the operator has closed the program
        # Past Peewee, since every write pays for it: 2 µs instead of 5 (two cores, SQLite 3.53).
        [version] = self.db.connection().execute("PRAGMA user_version").fetchone()
        if version > _known():
            raise known_newer(version, self.where)

    @contextmanager
    def _gate_held(self) -> Iterator[None]:
        if self._gate is None:
            yield
            return
        with self._gate.held(TIMEOUT):
            self._check_place()
            yield

    def _check_place(self) -> None:
        """Refuse to write into a file that is no longer where it was opened: it would be lost."""
        if self.path is None:
            return
        try:
            now = self.path.stat().st_ino
        except OSError:
            now = 0
        if not self._inode:
            self._inode = now
        if now != self._inode:
            raise StoreError(
                f"{self.path} was moved or deleted while the program ran; nothing was written. "
                "Put it back where it was, or close the program everywhere."
            )

    # -- connections -----------------------------------------------------------------------------

    @contextmanager
    def _connection(self) -> Iterator[None]:
        if self.path is not None:
            self.db.connect(reuse_if_open=True)
            yield
        else:
            # One check-out a unit: a pooled connection survives a server's restart that way.
            with self.db.connection_context():
                yield

    def close_connection(self) -> None:
        """Close the calling thread's connection."""
        if not self.db.is_closed():
            self.db.close()

    def close(self) -> None:
        """Close the calling thread's connection, the pool and the gate."""
        self.close_connection()
        if self.path is None:
            self.db.close_all()
        if self._gate is not None:
            self._gate.close()

    def reload_settings(self) -> None:
        """Take the settings and the clock that follows from them from the store again."""
        self.read(self.take_settings)

    def take_settings(self) -> tuple[Settings, clocks.Clock]:
        """The same inside a read or a write: whoever runs the division may have changed them meanwhile.

        Returns what this very transaction read; the other lane may take another snapshot's at any time.
        """
        settings = read_settings()
        with self._taking:
            if settings != self.settings:
                stands = _day(settings.sample_on)
                self.clock = replace(self.clock, zone_name=settings.zone, fixed=stands)
                self.settings = settings
            return settings, self.clock

    @contextmanager
    def _errors_in_words(self) -> Iterator[None]:
        try:
            yield
        except (
            pw.DatabaseError, pw.InterfaceError, pw.ImproperlyConfigured, pw.sqlite3.Error,
        ) as error:  # fmt: skip  # a row that is fetched late fails with SQLite's own error
            if isinstance(error, pw.IntegrityError):
                raise Conflict(
                    "Somebody changed the same thing at this moment. Please look again."
                ) from error
            if is_worth_another_try(error):
                self._drop_broken()
                raise _Again from error
            raise in_words(error, self.where) from error

    def _drop_broken(self) -> None:
        if self.path is None:
            try:
                self.db.manual_close()
            except (pw.DatabaseError, pw.InterfaceError):
                self.db.dispose()

    @property
    def where(self) -> str:
        """The store's place for a person: the file's path, or the URL without its password."""
        return str(self.path) if self.path else re.sub(r"://([^:@/]*):[^@]*@", r"://\1@", self.url)


class _Again(Exception):
    """The unit lost a race that a repetition may win."""


def _until_done(once: Callable[[], T]) -> T:
    """Run `once` again while a repetition may help; raises StoreBusy in the end."""
    for _ in range(_RETRIES):
        try:
            return once()
        except _Again as again:
            last = again
    raise StoreBusy("The store was too busy; nothing was written. Please try again.") from last


# -- opening -------------------------------------------------------------------------------------


@cache
def _known() -> int:
    """How many migrations this program has."""
    return len(migrations())


def migrations() -> tuple[str, ...]:
    """The names of this program's migrations, in order."""
    return tuple(sorted(path.stem for path in MIGRATIONS.glob("[0-9]*.py")))


def open_store(
    url: str, *, create: bool = True, upgrade: bool = False, flush: bool = True
) -> Store:
    """Open the store at a path or a postgresql:// URL and bring its schema up to date.

    `create` allows a new SQLite file; `upgrade` allows migrations on PostgreSQL (SQLite always migrates,
    after a backup); `flush=False` trades durability for speed and is for files that are thrown away on any
    failure (a sample being played). Raises StoreError and its kinds, in words.
    """
    if drivers.is_postgres(url):
        from .engines import open_postgres

        store = open_postgres(url, upgrade=upgrade)
    else:
        from .engines import open_sqlite

        try:
            path = Path(url).expanduser()
        except RuntimeError as error:
            raise StoreError(f"There is no home folder for {url}; write the whole path.") from error
        store = open_sqlite(path, create=create, flush=flush)
    proxy.initialize(store.db)
    try:
        store.reload_settings()
    except BaseException:
        store.close()
        raise
    return store


def known_newer(number: int, where: str) -> StoreNewer:
    """The refusal of a store that a newer program wrote."""
    return StoreNewer(
        f"{where} was written by a newer cofp (schema {number}; this one knows {len(migrations())}). "
        "It was left untouched: use the newer program."
    )
