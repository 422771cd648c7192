"""What is put into a store from another one stands there as it was, and goes on from there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.database import Store, engines, open_store

from . import kept
from .factory import add_school, division, played


@pytest.fixture
def open_another(
    store: Store, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[[], Store]]:
    """Opens a second empty store on the same engine; from then on the tables are its."""
    opened: list[Store] = []

    def open_it() -> Store:
        url = str(tmp_path / "another.db")
        if store.path is None:
            url = request.getfixturevalue("postgres_url")
        opened.append(open_store(url, upgrade=True))
        return opened[0]

    yield open_it
    for one in opened:
        one.close()


def test_what_was_played_is_put_whole_into_another_store(
    store: Store, open_another: Callable[[], Store]
) -> None:
    made = played(store)
    made.join("Teacher One", "Band & Choir")
    rows = kept.take(store)
    following = add_school(store, "Coronation School")
    another = open_another()
    kept.put(another, rows)
    assert kept.take(another) == rows
    assert all(well for _, well, _ in engines.check(another))
    assert add_school(another, "Coronation School") == following


def test_a_division_is_the_same_whether_it_was_played_or_put(
    store: Store, open_another: Callable[[], Store]
) -> None:
    one = division(store, members=3)
    rows = kept.take(store)
    one.people["Somebody"] = 0
    another = open_another()
    other = division(another, members=3)
    assert kept.take(another) == rows
    assert other.communities == one.communities and "Somebody" not in other.people
    assert other.store.clock.today() == one.store.clock.today()
    other.join("Teacher One", "Numeracy Talks")
    assert other.taken("Numeracy Talks") == 1
