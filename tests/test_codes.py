"""The list from which codes are handed out: who stands in it, what it says, whom it lets one help."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from playhouse.test_utils import count_queries

from models import access, promote
from models.access import pins
from models.access.tables import CredentialRow
from models.communities import standing
from models.database import Store
from models.errors import Refused
from models.journal import Actor
from models.pages import Page
from models.people import PersonRow
from models.years import Year, get_year

from .conftest import JOIN_TUESDAY
from .factory import Division, add_person, division

PIN = "482915"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules are the same with a cheap hash."""
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(pins, "_hasher", lambda: cheap)


@pytest.fixture
def made(store: Store) -> Division:
    return division(store)


def year_of(made: Division) -> Year:
    found: Year = made.store.read(get_year, 2026)
    return found


def whose(made: Division, name: str, words: str = "", without_pin: bool = False) -> access.Whose:
    viewer = made.store.read(standing, made.people[name], 2026)
    return access.Whose(viewer, words, without_pin)


def page(made: Division, of: access.Whose, *more: object) -> Page[access.CodeLine]:
    now = made.store.clock.now()
    found: Page[access.CodeLine] = made.store.read(
        access.staff_for_codes, of, year_of(made), made.store.clock.today(), now, *more
    )
    return found


def line_of(made: Division, viewer: str, name: str) -> access.CodeLine:
    rows = page(made, whose(made, viewer, name)).rows
    return next(row for row in rows if row.name == name)


def test_a_lead_sees_their_school_and_helps_ordinary_staff_only(made: Division) -> None:
    rows = page(made, whose(made, "Lea Lead")).rows
    assert {row.school for row in rows} == {"Argyle School"}
    assert "Lea Lead" not in {row.name for row in rows}
    refused = {row.name: row.role for row in rows if not row.verdict.is_allowed}
    assert refused == {"Paula Principal": "Principal", "Adam Admin": "Administrator"}


def test_a_principal_helps_everybody_of_the_school(made: Division) -> None:
    rows = page(made, whose(made, "Paula Principal")).rows
    assert "Lea Lead" in {row.name for row in rows}
    assert all(row.verdict.is_allowed for row in rows)


def test_division_personnel_see_everybody_but_help_none_of_their_own(made: Division) -> None:
    of = whose(made, "Dana Division")
    rows = page(made, of).rows
    assert {row.school for row in rows} == {
        "Argyle School",
        "Balfour Collegiate",
        "Division Office",
    }
    assert of.several_schools and not whose(made, "Lea Lead").several_schools
    refused = [row.name for row in rows if not row.verdict.is_allowed]
    assert refused == ["Drew Division"]


@pytest.mark.parametrize("name", ["Teacher One", "Adam Admin", "Fay Facilitator"])
def test_whoever_makes_no_codes_sees_nobody(made: Division, name: str) -> None:
    of = whose(made, name)
    with pytest.raises(Refused, match="Only a Lead"):
        page(made, of)
    with pytest.raises(Refused, match="Only a Lead"):
        made.store.read(access.count_staff_for_codes, of, year_of(made), made.store.clock.today())


def test_what_the_list_allows_is_what_the_store_does(made: Division) -> None:
    for viewer in ("Lea Lead", "Cora Core", "Paula Principal", "Dana Division"):
        for row in page(made, whose(made, viewer)).rows:
            try:
                access.make_code(made.store, made.actor(viewer), row.id)
            except Refused:
                assert not row.verdict.is_allowed, row.name
            else:
                assert row.verdict.is_allowed, row.name


def test_the_list_says_how_each_signs_in(made: Division) -> None:
    one = "Teacher One"
    fresh = line_of(made, "Lea Lead", one)
    assert (fresh.has_pin, fresh.is_void, fresh.code_until) == (False, False, None)
    done = access.make_code(made.store, made.actor("Lea Lead"), made.people[one])
    assert line_of(made, "Lea Lead", one).code_until == JOIN_TUESDAY + timedelta(days=7)
    access.choose_pin(made.store, made.actor(one), done.facts["code"], PIN, "t1")
    known = line_of(made, "Lea Lead", one)
    assert known.has_pin and known.code_until is None
    made.store.unit(lambda: CredentialRow.update(failures=access.MOST_FAILURES).execute())
    void = line_of(made, "Lea Lead", one)
    assert void.is_void and not void.has_pin


def test_a_code_that_has_run_out_is_not_spoken_of(made: Division) -> None:
    access.make_code(made.store, Actor.operator(), made.people["Teacher One"])
    of, year = whose(made, "Lea Lead", "Teacher One"), year_of(made)
    for days, is_out in ((7, False), (6, True)):
        at = JOIN_TUESDAY + timedelta(days=days)
        found = made.store.read(access.staff_for_codes, of, year, at.date(), at)
        assert (found.rows[0].code_until is not None) is is_out


def test_the_list_is_narrowed_by_name_e_mail_and_pin(made: Division) -> None:
    access.set_sample_pin(made.store, made.people["Teacher One"], PIN)
    assert [r.name for r in page(made, whose(made, "Lea Lead", "teach one")).rows] == [
        "Teacher One"
    ]
    assert len(page(made, whose(made, "Lea Lead", "fay.fac")).rows) == 1
    without = page(made, whose(made, "Lea Lead", without_pin=True)).rows
    assert "Teacher One" not in {r.name for r in without} and len(without) == 8


def test_pages_follow_one_another_and_their_count_is_theirs(made: Division) -> None:
    of = whose(made, "Dana Division")
    everybody = [row.id for row in page(made, of).rows]
    found: list[int] = []
    after = None
    while True:
        part = page(made, of, after, 5)
        found += [row.id for row in part.rows]
        if not part.more:
            break
        after = part.rows[-1].key
    assert found == everybody
    on = made.store.clock.today()
    assert made.store.read(access.count_staff_for_codes, of, year_of(made), on) == len(found)
    back = page(made, of, after, 5, True)
    assert [row.id for row in back.rows] == everybody[everybody.index(after[1]) - 5 :][:5]  # type: ignore[index]


def test_a_page_takes_the_same_few_queries_however_many_it_holds(made: Division) -> None:
    of, year, on = whose(made, "Dana Division"), year_of(made), made.store.clock.today()
    for number in range(40):
        add_person(made.store, f"Extra Number{number}", made.schools["Argyle"])
    for limit in (1, 60):
        with count_queries() as counted:
            made.store.read(access.staff_for_codes, of, year, on, JOIN_TUESDAY, None, limit)
        assert counted.count == 4


def test_whoever_is_gone_is_not_in_the_list(made: Division) -> None:
    gone = made.people["Teacher One"]
    made.store.unit(lambda: PersonRow.update(active=False).where(PersonRow.id == gone).execute())
    assert gone not in {row.id for row in page(made, whose(made, "Dana Division")).rows}


def test_a_lead_of_two_schools_sees_both(made: Division) -> None:
    promote.appoint(
        made.store, Actor.operator(), "core_leader", made.people["Lea Lead"],
        made.schools["Balfour"],
    )  # fmt: skip
    of = whose(made, "Lea Lead")
    assert of.several_schools
    assert {row.school for row in page(made, of).rows} == {"Argyle School", "Balfour Collegiate"}
