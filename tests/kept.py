"""The same rows in another store: what was played once is put into the next store as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.database import Store

_NOT_DATA = ("schema_migration", "sqlite_sequence")
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"
_NUMBERS_SQLITE = (
    "DELETE FROM sqlite_sequence WHERE name = ?1 AND ?2 > 0",
    "INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)",
)


@dataclass(frozen=True)
class Rows:
    """Everything in a store."""

    tables: dict[str, list[tuple[Any, ...]]]
    """The rows of each table that has any."""
    numbers: list[tuple[str, int]]
    """How far each table has numbered its rows: ids are never given twice."""


def take(store: Store) -> Rows:
    """Read every row of a store."""

    def read() -> Rows:
        tables = {}
        for table in sorted(set(store.db.get_tables()) - set(_NOT_DATA)):
            rows = store.db.execute_sql(f'SELECT * FROM "{table}"').fetchall()
            if rows:
                tables[table] = rows
        asked = _SEQUENCES if store.path is None else "SELECT name, seq FROM sqlite_sequence"
        return Rows(tables, sorted(store.db.execute_sql(asked).fetchall()))

    return store.read(read)


def put(store: Store, kept: Rows) -> None:
    """Write every row into a store that has none."""

    def write() -> None:
        cursor = store.db.cursor()
        if store.path is None:
            cursor.execute("SET LOCAL session_replication_role = replica")
            mark, numbers = "%s", ("SELECT setval(%s, %s)",)
        else:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            mark, numbers = "?", _NUMBERS_SQLITE
        for table, rows in kept.tables.items():
            marks = ", ".join([mark] * len(rows[0]))
            cursor.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)
        for entry in kept.numbers:
            for number in numbers:
                cursor.execute(number, entry)

    store.unit(write)


def is_empty(store: Store) -> bool:
    """Whether a store holds nothing at all."""
    return not take(store).tables
