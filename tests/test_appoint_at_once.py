"""Roles given at one moment from two places: a school has one Principal, a person each role once."""

from __future__ import annotations

import threading
from contextlib import suppress

import pytest

from models import promote
from models.database import Store
from models.errors import Conflict, Refused
from models.journal import Actor
from models.people import AppointmentRow

from .factory import add_person, division


def test_a_school_gets_one_principal_of_two_named_at_once(store: Store) -> None:
    made = division(store, members=1)
    argyle = made.schools["Argyle"]
    promote.appoint(
        store, Actor.operator(), "principal", made.people["Paula Principal"], given=False
    )
    rivals = [add_person(store, f"Rival {n}", argyle, "administrator") for n in range(4)]
    for _ in range(3):
        start = threading.Barrier(len(rivals))

        def appoint(person_id: int, start: threading.Barrier = start) -> None:
            start.wait()
            with suppress(Refused, Conflict):
                promote.appoint(store, Actor.operator(), "principal", person_id)
            store.close_connection()

        threads = [threading.Thread(target=appoint, args=(rival,)) for rival in rivals]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        query = AppointmentRow.select(AppointmentRow.person).where(
            (AppointmentRow.role == "principal") & (AppointmentRow.school == argyle)
        )
        principals = store.read(lambda found=query: [ident for (ident,) in found.tuples()])
        assert len(principals) == 1
        promote.appoint(store, Actor.operator(), "principal", principals[0], given=False)


@pytest.mark.parametrize("role", ["principal", "division"])
def test_the_store_holds_a_lasting_role_once(store: Store, role: str) -> None:
    made = division(store, members=1)
    who, home = (
        ("Paula Principal", made.schools["Argyle"])
        if role == "principal"
        else ("Dana Division", None)
    )
    again = AppointmentRow.insert(
        person=made.people[who], role=role, school=home, year=None, source="roster"
    )
    with pytest.raises(Conflict):
        store.unit(lambda: again.execute())
