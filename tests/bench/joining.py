"""Forty terminals that join at once, against the same statements by plain sqlite3 with the same gate."""

from __future__ import annotations

import fcntl
import multiprocessing as mp
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import peewee as pw

from models import join
from models.database import open_store
from models.journal import Actor

from .build import SMALL, made
from .figures import LEAST_RUNS, Figure, median

PART = "joining"
TERMINALS = 40
JOINS = 12
"""Joins a terminal."""

Pair = tuple[int, int]
Statement = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Template:
    """What one join says to the database, with the values of that join in it."""

    statements: tuple[Statement, ...]
    person: int
    community: int
    op: str

    def said_for(self, person: int, community: int, op: str) -> Iterator[Statement]:
        """The same for another join."""
        other = {self.person: person, self.community: community, self.op: op}
        for sql, values in self.statements:
            yield sql, tuple(other.get(v, v) if type(v) in (int, str) else v for v in values)


def measure(runs: int = LEAST_RUNS) -> Iterator[Figure]:
    """Both in turn, each on a fresh copy of the same store."""
    with tempfile.TemporaryDirectory(prefix="cofp-bench-") as folder:
        base = _unregistered(Path(folder))
        template = _template(base)
        ours, plain = [], []
        for _ in range(runs):
            ours.append(_rush(base, _by_program, None))
            plain.append(_rush(base, _by_sqlite, template))
    rate, reference = median([r for r, _ in ours]), median([r for r, _ in plain])
    words = (
        f"{rate:,.0f} a second; plain {reference:,.0f}; {len(template.statements)} statements each"
    )
    name = f"{TERMINALS} terminals joining ÷ plain sqlite3"
    yield Figure(PART, name, rate / reference, "", 0.3, True, words)
    worst = max(longest for _, longest in ours) * 1000
    plain_worst = max(longest for _, longest in plain) * 1000
    yield Figure(
        PART, "longest wait of all", worst, "ms", 1000, False, f"plain {plain_worst:,.0f} ms"
    )


def _unregistered(folder: Path) -> Path:
    """The small store, its communities with room for everybody, ids of its own for the template."""
    base = folder / "base.db"
    shutil.copy(made(SMALL).path, base)
    with closing(pw.sqlite3.connect(str(base))) as db:
        year = db.execute("SELECT max(id) FROM year").fetchone()[0]
        db.execute("DELETE FROM waiting WHERE year_id = ?", (year,))
        db.execute("DELETE FROM membership WHERE year_id = ? AND role = 'member'", (year,))
        db.execute("UPDATE community SET taken = 0, capacity = 900 WHERE year_id = ?", (year,))
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return base


def _pairs(path: Path) -> list[list[Pair]]:
    """For each terminal the people who join there, and where."""
    with closing(pw.sqlite3.connect(str(path))) as db:
        year = db.execute("SELECT max(id) FROM year").fetchone()[0]
        people = [
            row[0]
            for row in db.execute(
                "SELECT id FROM person WHERE expected AND active AND id NOT IN "
                "(SELECT person_id FROM membership WHERE year_id = ?) ORDER BY id DESC LIMIT ?",
                (year, TERMINALS * JOINS),
            )
        ]
        communities = [
            row[0] for row in db.execute("SELECT id FROM community WHERE year_id = ?", (year,))
        ]
    pairs = [(person, communities[n % len(communities)]) for n, person in enumerate(people)]
    return [pairs[n::TERMINALS] for n in range(TERMINALS)]


def _template(base: Path) -> Template:
    """The statements of one real join, noted while it was done on a copy."""
    copy = base.with_name("template.db")
    shutil.copy(base, copy)
    person, community = _pairs(copy)[0][0]
    store = open_store(str(copy))
    noted: list[Statement] = []
    execute: Callable[..., Any] = store.db.execute_sql

    def note(sql: str, params: Sequence[Any] | None = None, *more: Any) -> Any:
        if not sql.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            noted.append((sql, tuple(params or ())))
        return execute(sql, params, *more)

    actor = Actor(person)
    join.keep(
        store, Actor(person), community, True
    )  # connections and prepared selects are there now
    store.db.execute_sql = note
    join.join(store, actor, community)
    store.close()
    return Template(tuple(noted), person, community, actor.op)


def _rush(base: Path, work: Callable[..., None], template: Template | None) -> tuple[float, float]:
    """Joins a second, and the longest wait for one."""
    path = base.with_name("rush.db")
    for old in base.parent.glob("rush.db*"):
        old.unlink()
    shutil.copy(base, path)
    spawn = mp.get_context("fork")
    ready, start = spawn.Barrier(TERMINALS + 1), spawn.Barrier(TERMINALS + 1)
    answers: Any = spawn.SimpleQueue()
    workers = [
        spawn.Process(target=work, args=(path, pairs, template, ready, start, answers))
        for pairs in _pairs(path)
    ]
    for worker in workers:
        worker.start()
    ready.wait(120)
    begun = perf_counter()
    start.wait(120)
    found = [answers.get() for _ in workers]
    seconds = max(ended for ended, _ in found) - begun
    for worker in workers:
        worker.join()
    joined = _members(path)
    if joined != TERMINALS * JOINS:
        raise RuntimeError(f"{joined} of {TERMINALS * JOINS} joined")
    return TERMINALS * JOINS / seconds, max(longest for _, longest in found)


def _members(path: Path) -> int:
    with closing(pw.sqlite3.connect(str(path))) as db:
        found: int = db.execute(
            "SELECT count(*) FROM membership WHERE role = 'member' "
            "AND year_id = (SELECT max(id) FROM year)"
        ).fetchone()[0]
    return found


def _by_program(path: Path, pairs: list[Pair], _: None, ready: Any, start: Any, out: Any) -> None:
    store = open_store(str(path))
    longest = 0.0
    # As a terminal has it: the screen was read before, so the connection is there.
    store.read(lambda: None)
    ready.wait()
    start.wait()
    for person, community in pairs:
        begun = perf_counter()
        join.join(store, Actor(person), community)
        longest = max(longest, perf_counter() - begun)
    out.put((perf_counter(), longest))
    store.close()


def _by_sqlite(
    path: Path, pairs: list[Pair], template: Template, ready: Any, start: Any, out: Any
) -> None:
    db = pw.sqlite3.connect(str(path), isolation_level=None, timeout=10)
    for words in ("journal_mode=wal", "synchronous=full", "foreign_keys=1", "cache_size=-16000"):
        db.execute(f"PRAGMA {words}")
    gate = os.open(f"{path}.gate", os.O_RDWR | os.O_CREAT, 0o600)
    longest = 0.0
    ready.wait()
    start.wait()
    for person, community in pairs:
        begun = perf_counter()
        fcntl.flock(gate, fcntl.LOCK_EX)
        db.execute("BEGIN IMMEDIATE")
        for sql, values in template.said_for(person, community, f"plain-{person}"):
            db.execute(sql, values).fetchall()
        db.execute("COMMIT")
        fcntl.flock(gate, fcntl.LOCK_UN)
        longest = max(longest, perf_counter() - begun)
    out.put((perf_counter(), longest))
    db.close()
