"""How each engine is opened, migrated, backed up and checked; loaded by `database.open_store`."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import peewee as pw

from ..errors import CofpError, NotFound, StoreCorrupt, StoreError, StoreFull
from . import (
    APPLICATION_ID,
    MIGRATIONS,
    SAFE_SQLITE,
    Store,
    _Sqlite,
    known_newer,
    migrations,
)
from .faults import TIMEOUT, in_words
from .gate import Gate
from .places import is_network_filesystem

# -- SQLite --------------------------------------------------------------------------------------


def open_sqlite(path: Path, *, create: bool, flush: bool) -> Store:
    """Open a SQLite file: look before touching, make it if allowed, migrate under the gate."""
    path = path.absolute()
    kind = is_network_filesystem(path.parent)
    if kind:
        raise StoreError(
            f"{path.parent} is on a network file system ({kind}), where SQLite files get damaged. "
            "Use a local disk, or PostgreSQL for more than one host."
        )
    try:
        if path.is_dir():
            raise StoreError(f"{path} is a folder; name a file.")
        new = not path.exists() or path.stat().st_size == 0
    except OSError as error:
        raise StoreError(f"{path} could not be opened: {error.strerror}.") from error
    if new and not create:
        raise NotFound(f"There is no database at {path}. `cofp init` makes one.")
    version = 0 if new else _look(path)
    is_ours = new and _make(path)
    database = _Sqlite(
        # Never made by connecting: a file that was moved away must not come back empty.
        f"{path.as_uri()}?mode=rw",
        uri=True,
        pragmas=[
            ("busy_timeout", int(TIMEOUT * 1000)),
            ("foreign_keys", 1),
            ("journal_mode", "wal" if flush else "memory"),
            ("synchronous", "full" if flush else "off"),
            ("journal_size_limit", 16 * 1024 * 1024),
            ("cache_size", -16_000),
        ],
        timeout=TIMEOUT,
        autoconnect=False,
    )
    gate = Gate(path.with_name(path.name + ".gate"))
    store = Store(str(path), database, path, _gate=gate, _inode=path.stat().st_ino)
    if database.server_version < SAFE_SQLITE:
        have = ".".join(map(str, database.server_version))
        store.warning = (
            f"SQLite {have} has a fault that can damage a file shared by several programs; "
            "install the pysqlite3 package."
        )
    if version < len(migrations()):
        try:
            with store._errors_in_words(), gate.held(TIMEOUT):
                # Another program may have migrated it while this one waited for the gate.
                version = 0 if new and path.stat().st_size == 0 else _look(path)
                if version < len(migrations()):
                    if version:
                        before = path.with_name(f"{path.name}.before-{len(migrations())}")
                        backup(store, before, overwrite=True)
                    _migrate_sqlite(database)
        except CofpError:
            store.close()
            if is_ours:
                _unmake(path)
            raise
    return store


_BESIDE = ("-wal", "-shm", ".gate")


def _make(path: Path) -> bool:
    """Make an empty file that is its owner's alone; False where it was there, empty, already."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            path.chmod(0o600)
            for ending in _BESIDE:
                with suppress(FileNotFoundError):
                    path.with_name(path.name + ending).chmod(0o600)
            return False
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StoreFull(
                f"The disk that is to hold {path} is full; nothing was made. "
                "Free some space, then try again."
            ) from error
        raise StoreError(
            f"{path} could not be made: {error.strerror}. Choose another place."
        ) from error
    return True


def _unmake(path: Path) -> None:
    """Leave nothing of a file that could not be filled, unless somebody else filled it meanwhile."""
    with suppress(OSError):
        if path.stat().st_size == 0:
            for ending in ("", *_BESIDE):
                path.with_name(path.name + ending).unlink(missing_ok=True)


def _look(path: Path) -> int:
    """The schema number of an existing file, read without writing; refuses what is not this program's."""
    _refuse_newer(path)
    connection: Any = None
    try:
        connection = pw.sqlite3.connect(
            f"{path.as_uri()}?mode=ro", uri=True, timeout=TIMEOUT, isolation_level=None
        )
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except pw.sqlite3.Error as error:
        raise in_words(error, str(path)) from error
    finally:
        if connection is not None:
            connection.close()
    if application != APPLICATION_ID and tables:
        raise StoreCorrupt(f"{path} is no database of this program; it was left untouched.")
    if version > len(migrations()):
        raise known_newer(version, str(path))
    return version


def _refuse_newer(path: Path) -> None:
    """Refuse a newer program's file before a log is laid beside it, which even reading does.

    Read as if nobody could change it, so whatever else it says is asked again in the usual way.
    """
    application, version = marks(path)
    if application == APPLICATION_ID and version > len(migrations()):
        raise known_newer(version, str(path))


def marks(path: Path) -> tuple[int, int]:
    """A file's application id and schema number, found without leaving a trace; zeros for no database."""
    try:
        connection: Any = pw.sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            [application] = connection.execute("PRAGMA application_id").fetchone()
            [version] = connection.execute("PRAGMA user_version").fetchone()
        finally:
            connection.close()
    except pw.sqlite3.Error:
        return 0, 0
    return int(application), int(version)


def _migrate_sqlite(database: Any) -> None:
    from playhouse.migrations import Runner

    database.connect(reuse_if_open=True)
    try:
        # One transaction for all steps: a process that dies in the middle leaves the old file.
        with database.transaction("IMMEDIATE"):
            database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            Runner(database, str(MIGRATIONS)).up()
            database.execute_sql(f"PRAGMA user_version = {len(migrations())}")
    finally:
        database.close()


def backup(store: Store, target: Path, *, overwrite: bool = False) -> None:
    """Copy the store into `target` through SQLite's backup API; checked, then renamed into place.

    Raises StoreError when the copy fails its check, when the target is there already and may not be
    overwritten, when it is a store that is in use, or on PostgreSQL (which has pg_dump).
    """
    if store.path is None:
        raise StoreError("A PostgreSQL database is backed up with pg_dump, not with this command.")
    target = target.absolute()
    _check_target(store.path, target)
    if target.is_dir():
        raise StoreError(f"{target} is a folder; name a file in it.")
    if target.exists() and not overwrite:
        what = "a database of this program" if marks(target)[0] == APPLICATION_ID else "a file"
        raise StoreError(
            f"{target} is there already ({what}); nothing was overwritten. "
            "Give the backup another name, or add --overwrite."
        )
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise StoreError(f"{target} could not be written: {error.strerror}.") from error
    os.close(handle)
    try:
        source = pw.sqlite3.connect(f"{store.path.as_uri()}?mode=ro", uri=True, timeout=TIMEOUT)
        copy = pw.sqlite3.connect(name)
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = delete")
            answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
        finally:
            copy.close()
            source.close()
        if answer != "ok":
            raise StoreCorrupt(f"The copy of {store.path} failed its check ({answer}).")
        with Path(name).open("rb") as written:
            os.fsync(written.fileno())
        Path(name).replace(target)
    except pw.sqlite3.Error as error:
        raise in_words(error, str(target)) from error
    except OSError as error:
        raise StoreError(f"{target} could not be written: {error.strerror}.") from error
    finally:
        Path(name).unlink(missing_ok=True)


def _check_target(path: Path, target: Path) -> None:
    """Refuse a target beside which a log lies: a file put in its place would be read with that log."""
    parts = [path.with_name(path.name + tail) for tail in ("", "-wal", "-shm", "-journal", ".gate")]
    is_itself = any(part.exists() and target.exists() and target.samefile(part) for part in parts)
    if is_itself or target in parts:
        raise StoreError(f"{target} is in use by the store itself; give the backup another name.")
    if target.with_name(f"{target.name}-wal").exists():
        raise StoreError(f"{target} is a store that is in use; give the backup another name.")


# -- PostgreSQL ----------------------------------------------------------------------------------

_LOCK = 0x434F4650


def open_postgres(url: str, *, upgrade: bool) -> Store:
    """Open a PostgreSQL URL through Peewee's pool; migrates only when `upgrade` is asked for."""
    try:
        import psycopg  # noqa: F401
        from playhouse.db_url import parse
        from playhouse.pool import PooledPostgresqlDatabase
    except ImportError as error:
        raise StoreError("PostgreSQL needs the extra packages: install cofp[postgres].") from error
    try:
        parameters = parse(url, unquote_password=True, unquote_user=True)
    except ValueError as error:
        raise StoreError(
            "That is no address of a PostgreSQL: postgresql://user@host/name."
        ) from error
    database = PooledPostgresqlDatabase(
        parameters.pop("database"),
        max_connections=8,
        stale_timeout=300,
        timeout=TIMEOUT,
        autoconnect=False,
        prefer_psycopg3=True,
        connect_timeout=int(TIMEOUT),
        options=f"-c lock_timeout={int(TIMEOUT * 1000)} -c timezone=UTC",
        **parameters,
    )
    store = Store(url, database, None)
    with store._errors_in_words(), database.connection_context():
        applied = _applied(database)
        unknown = [name for name in applied if name not in migrations()]
        if unknown:
            raise known_newer(len(applied), store.where)
        if len(applied) < len(migrations()):
            if not upgrade:
                raise StoreError(
                    f"{store.where} needs `cofp upgrade` first (schema {len(applied)} of {len(migrations())})."
                )
            _migrate_postgres(database)
    return store


def _applied(database: Any) -> list[str]:
    if not database.table_exists("schema_migration"):
        return []
    return [row[0] for row in database.execute_sql("SELECT name FROM schema_migration").fetchall()]


def _migrate_postgres(database: Any) -> None:
    from playhouse.migrations import Runner

    with database.transaction():
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        Runner(database, str(MIGRATIONS)).up()


# -- health --------------------------------------------------------------------------------------


def check(store: Store) -> Iterator[tuple[str, bool, str]]:
    """The store's health, a line each: what was looked at, whether it is well, and in words."""
    if store.path is not None:
        import stat

        yield (
            "SQLite",
            not store.warning,
            store.warning or ".".join(map(str, store.db.server_version)),
        )
        mode = stat.S_IMODE(store.path.stat().st_mode)
        yield "File permissions", mode & 0o077 == 0, f"{mode:04o} (others should have none)"
        answer = [
            row[0]
            for row in store.read(lambda: store.db.execute_sql("PRAGMA integrity_check").fetchall())
        ]
        yield "Integrity", answer == ["ok"], "; ".join(map(str, answer[:3]))
        dangling = store.read(lambda: store.db.execute_sql("PRAGMA foreign_key_check").fetchall())
        yield (
            "References",
            not dangling,
            "all resolve" if not dangling else f"{len(dangling)} dangling",
        )
    else:
        answer = store.read(lambda: store.db.execute_sql("SHOW server_version").fetchone())
        yield "PostgreSQL", True, str(answer[0])
