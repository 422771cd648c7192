"""Words of dates, counts and lists; pages of long lists, forward and back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import pages
from models.communities import PriorityRow
from models.database import Store
from models.words import count, day, day_year, listed, short_day, until, weekday


def test_a_date_reads_as_people_say_it() -> None:
    on = date(2026, 10, 9)
    assert (day(on), short_day(on), weekday(on)) == ("Fri 9 Oct", "9 Oct", "Friday")
    assert day_year(on) == "Fri 9 Oct 2026"


@given(st.dates())
def test_a_day_never_depends_on_the_language_of_the_system(on: date) -> None:
    name, number, month = day(on).split()
    assert name == "MonTueWedThuFriSatSun"[on.weekday() * 3 :][:3]
    assert int(number) == on.day
    assert month == "JanFebMarAprMayJunJulAugSepOctNovDec"[on.month * 3 - 3 :][:3]


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 people"), (1, "1 person"), (2, "2 people"), (1234, "1,234 people")]
)
def test_counts_agree_in_number(number: int, words: str) -> None:
    assert count(number, "person", "people") == words


def test_a_plural_is_made_with_an_s() -> None:
    assert (count(1, "place"), count(12_000, "place")) == ("1 place", "12,000 places")


@pytest.mark.parametrize(
    ("parts", "most", "words"),
    [
        ([], 0, ""), (["a"], 0, "a"), (["a", "b"], 0, "a and b"), (["a", "b", "c"], 0, "a, b and c"),
        (["a", "b", "c"], 3, "a, b and c"), (["a", "b", "c", "d"], 3, "a, b, c and 1 more"),
        (["a", "b"], 1, "a and 1 more"),
    ],
)  # fmt: skip
def test_lists_read_as_sentences(parts: list[str], most: int, words: str) -> None:
    assert listed(parts, "and", most) == words


def test_how_far_off_a_day_is() -> None:
    on = date(2026, 9, 22)
    said = [until(on, on + timedelta(days=n)) for n in (0, 1, 2, -1, -5)]
    assert said == ["today", "tomorrow", "in 2 days", "yesterday", "5 days ago"]


# -- pages ------------------------------------------------------------------------------------------


def fetch(
    levels: bool, after: tuple[Any, ...] | None, limit: int, backwards: bool = False
) -> pages.Page[PriorityRow]:
    """A page of the priorities; `levels`: by level, last first, then by name."""
    columns: list[tuple[Any, bool]] = [(PriorityRow.name, False)]
    if levels:
        columns.insert(0, (PriorityRow.level, True))
    found = list(pages.keyset(PriorityRow.select(), columns, after, backwards).limit(limit + 1))
    return pages.page_of(found, limit, backwards, lambda row: row)


def key(row: Any, levels: bool) -> tuple[Any, ...]:
    return (row.level, row.name) if levels else (row.name,)


@pytest.mark.parametrize("levels", [False, True])
@pytest.mark.parametrize("limit", [1, 3, 20, 64])
def test_pages_forward_and_back_show_every_row_once_in_order(
    store: Store, levels: bool, limit: int
) -> None:
    rows = [
        {"name": f"p{n:02}", "level": ("division", "provincial", "school")[n % 3]}
        for n in range(20)
    ]
    store.unit(lambda: PriorityRow.insert_many(rows).execute())
    forward: list[Any] = []
    after: tuple[Any, ...] | None = None
    while True:
        page = store.read(fetch, levels, after, limit)
        forward += page.rows
        if not page.more:
            break
        after = key(page.rows[-1], levels)
    names = [row.name for row in forward]
    expected = sorted(rows, key=lambda r: r["name"])
    if levels:
        expected.sort(key=lambda r: r["level"], reverse=True)
    assert names == [row["name"] for row in expected]

    back: list[Any] = []
    after = key(forward[-1], levels)
    while True:
        page = store.read(fetch, levels, after, limit, True)
        back = [*page.rows, *back]
        if not page.more:
            break
        after = key(page.rows[0], levels)
    assert [row.name for row in back] == names[:-1]


def test_a_page_beyond_the_end_is_empty(store: Store) -> None:
    page = store.read(fetch, False, ("zzz",), 64)
    assert (page.rows, page.more) == ((), False)
