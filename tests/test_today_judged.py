"""Today's lines stand only where the table lets the person do what they say."""

from __future__ import annotations

from datetime import date

import pytest

from models import today
from models.database import Store
from models.errors import Refused
from models.participate import write_notes

from .conftest import set_clock
from .factory import division


def test_a_session_is_no_longer_to_be_logged_once_the_year_has_ended(store: Store) -> None:
    made = division(store, members=3)
    finn = made.people["Finn Facilitator"]

    def logs(on: date) -> list[int]:
        page = store.read(today.today, finn, on)
        return [line.subject or 0 for line in page.lines if line.screen == "session"]

    assert logs(date(2026, 10, 10))
    june = date(2027, 6, 5)
    assert not logs(june)
    set_clock(store, 2027, 6, 5)
    with pytest.raises(Refused, match="The year ended"):
        write_notes(
            store, made.actor("Finn Facilitator"), logs(date(2026, 10, 10))[0], "Too late.", 0
        )


def test_publishing_names_the_opening_of_join_only_until_it_comes(store: Store) -> None:
    made = division(store, members=1, published=False)
    dana = made.people["Dana Division"]

    def when(on: date) -> str:
        page = store.read(today.today, dana, on)
        return next(line.when for line in page.lines if line.id == "publish")

    assert when(date(2026, 9, 18)) == "before Mon 21 Sep"
    assert when(date(2026, 9, 22)) == "any time"
