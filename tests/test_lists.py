"""Lists of people at hundreds of thousands: every one begins at a place in an index."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest

from models import access, join
from models.communities import standing
from models.database import Store
from models.people import find_person
from models.years import get_year

from .factory import Division, division

ON = date(2026, 9, 22)
AT = datetime(2026, 9, 22, 18, 0)

_PEOPLE = re.compile(r'FROM "person" AS "t1"')
_EXPLAINED = {True: "EXPLAIN QUERY PLAN ", False: "EXPLAIN "}
_SCANS = {
    # A walk in an index's order ends with the page; without one all are read, and then sorted.
    True: re.compile(r"SCAN t1$|USE TEMP B-TREE FOR ORDER BY$"),
    False: re.compile(r"Seq Scan on person t1"),
}


@pytest.fixture
def d(store: Store) -> Division:
    made = division(store)
    for principal, who in (("Paula Principal", "Teacher Two"), ("Hugo Head", "High Two")):
        join.expect(store, made.actor(principal), made.people[who], False, "On leave.")
    return made


@contextmanager
def asked(store: Store) -> Iterator[list[tuple[str, Any]]]:
    """The statements, with their parameters, that are asked meanwhile."""
    found: list[tuple[str, Any]] = []
    execute = store.db.execute_sql

    def noted(sql: str, params: Any = None, *more: Any, **named: Any) -> Any:
        found.append((sql, params))
        return execute(sql, params, *more, **named)

    store.db.execute_sql = noted
    try:
        yield found
    finally:
        del store.db.execute_sql


def plan_of(store: Store, sql: str, params: Any) -> list[str]:
    """How the engine would answer, a line each; a table of a few rows counts as a long one."""
    is_sqlite = store.path is not None

    def explain() -> list[str]:
        if not is_sqlite:
            store.db.execute_sql("SET LOCAL enable_seqscan = off")
        rows = store.db.execute_sql(_EXPLAINED[is_sqlite] + sql, params).fetchall()
        return [str(row[-1]) for row in rows]

    return store.read(explain)


def _staff(d: Division, name: str, *after: Any, words: str = "", without_pin: bool = False) -> Any:
    viewer = standing(d.people[name], 2026)
    whose = access.Whose(viewer, words, without_pin)
    return access.staff_for_codes(whose, get_year(2026), ON, AT, after or None)


def _excused(d: Division, name: str, school: str | None) -> Any:
    viewer = standing(d.people[name], 2026)
    ident = d.schools[school] if school else None
    return join.not_expected(ident, viewer, get_year(2026), ON)


def _missing(d: Division, name: str, school: str | None, *after: Any) -> Any:
    viewer = standing(d.people[name], 2026)
    ident = d.schools[school] if school else None
    return join.unregistered(join.Which(viewer, get_year(2026), ON, ident), after or None)


LISTS: dict[str, Callable[[Division], Any]] = {
    "a Lead's staff": lambda d: _staff(d, "Lea Lead"),
    "a Lead's staff, further on": lambda d: _staff(d, "Lea Lead", "m", 1),
    "those of a school without a PIN": lambda d: _staff(d, "Paula Principal", without_pin=True),
    "everybody's": lambda d: _staff(d, "Dana Division"),
    "everybody's, further on": lambda d: _staff(d, "Dana Division", "m", 1),
    "a school's not expected": lambda d: _excused(d, "Paula Principal", "Argyle"),
    "all who are not expected": lambda d: _excused(d, "Dana Division", None),
    "a school's missing": lambda d: _missing(d, "Lea Lead", "Argyle"),
    "a school's missing, further on": lambda d: _missing(d, "Lea Lead", "Argyle", "m", 1),
    "all who are missing": lambda d: _missing(d, "Dana Division", None),
    "somebody by e-mail": lambda d: find_person("teacher.one@school.example"),
}


@pytest.mark.parametrize("which", LISTS)
def test_no_list_of_people_reads_the_whole_table(d: Division, which: str) -> None:
    store = d.store
    with asked(store) as statements:
        store.read(LISTS[which], d)
    lists = [(sql, params) for sql, params in statements if _PEOPLE.search(sql)]
    assert lists
    for sql, params in lists:
        plan = plan_of(store, sql, params)
        assert not [line for line in plan if _SCANS[store.path is not None].search(line)], (
            "\n".join([sql, *plan])
        )
