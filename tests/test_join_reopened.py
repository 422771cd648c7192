"""Join, opened again after its lists were frozen: whoever is first in line gets the place that stands free."""

from __future__ import annotations

from datetime import date

import pytest

from models import communities, join, promote
from models.database import Store
from models.errors import Refused
from models.journal import Actor, JournalRow
from models.people import PersonRow
from models.years import Step, Window

from .conftest import set_clock
from .factory import Division, division

LAND = "Land-Based Learning"


@pytest.fixture
def reopened(store: Store) -> Division:
    """Three, Four and Five (who is in Band) wait for Land, where a place came free while lists were frozen."""
    made = division(store)
    for name in ("Teacher One", "Teacher Two"):
        made.join(name, LAND)
    made.join("Teacher Five", "Band & Choir")
    for name in ("Teacher Three", "Teacher Four", "Teacher Five"):
        join.wait(store, made.actor(name), made.communities[LAND])
    set_clock(store, 2026, 9, 30)
    gone = PersonRow.update(active=False).where(PersonRow.id == made.people["Teacher One"])
    store.unit(lambda: gone.execute())
    join.release_gone(store, Actor.operator())
    window = Window(date(2026, 9, 21), date(2026, 10, 2))
    promote.set_year(store, Actor.operator(), 2026, {Step.JOIN: window})
    return made


def _is_in(made: Division, name: str) -> str:
    return made.store.read(communities.standing, made.people[name], 2026).community_title


def _rows(made: Division, name: str) -> list[str]:
    query = JournalRow.select().where(JournalRow.person_id == made.people[name])
    return made.store.read(lambda: [row.action for row in query.order_by(JournalRow.id)])


def test_the_first_in_line_joins(reopened: Division) -> None:
    land = reopened.communities[LAND]
    done = join.join(reopened.store, reopened.actor("Teacher Three"), land)
    assert done.words == "You are in Land-Based Learning."
    assert _is_in(reopened, "Teacher Three") == LAND and reopened.taken(LAND) == 2
    assert _rows(reopened, "Teacher Three")[-1] == "join.wait"


def test_the_first_in_line_switches_and_gives_up_the_other_place(reopened: Division) -> None:
    store, land = reopened.store, reopened.communities[LAND]
    for name in ("Teacher Three", "Teacher Four"):
        join.stop_waiting(store, reopened.actor(name))
    done = join.switch(store, reopened.actor("Teacher Five"), land)
    assert done.words == "You are in Land-Based Learning."
    assert _is_in(reopened, "Teacher Five") == LAND
    assert reopened.taken(LAND) == 2 and reopened.taken("Band & Choir") == 0


def test_asking_to_wait_again_gives_the_first_in_line_their_place(reopened: Division) -> None:
    done = join.wait(reopened.store, reopened.actor("Teacher Three"), reopened.communities[LAND])
    assert done.words == "You are in Land-Based Learning."
    assert _is_in(reopened, "Teacher Three") == LAND


def test_the_first_in_line_is_registered_by_their_lead(reopened: Division) -> None:
    person, land = reopened.people["Teacher Three"], reopened.communities[LAND]
    done = join.register(reopened.store, reopened.actor("Lea Lead"), [(person, land)])
    assert done.words == "Registered Teacher Three in Land-Based Learning."
    assert _is_in(reopened, "Teacher Three") == LAND and reopened.taken(LAND) == 2
    assert _rows(reopened, "Teacher Three")[-1] == "join.register"


def test_somebody_at_another_school_does_not_register_them(reopened: Division) -> None:
    person, land = reopened.people["Teacher Three"], reopened.communities[LAND]
    with pytest.raises(Refused, match="Only the school's Leads"):
        join.register(reopened.store, reopened.actor("Cora Core"), [(person, land)])
    assert _is_in(reopened, "Teacher Three") == "" and reopened.taken(LAND) == 1


def test_whoever_is_not_first_gets_nothing_from_it(reopened: Division) -> None:
    land = reopened.communities[LAND]
    for name in ("Teacher Four", "Teacher Six"):
        with pytest.raises(Refused):
            join.join(reopened.store, reopened.actor(name), land)
    assert _is_in(reopened, "Teacher Four") == "" and reopened.taken(LAND) == 1
