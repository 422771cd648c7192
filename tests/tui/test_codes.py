"""Handing out codes: the list, the question, the code in large writing, and what becomes of it."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from models import access
from models.access import pins
from models.access.tables import EnrolmentCodeRow
from models.communities import NoticeRow
from models.database import Store
from models.errors import SignInFailed
from models.text import clean
from tests.factory import Division, add_person, division
from tests.hostile import HOSTILE, unfit
from tui.screens import codes
from tui.widgets import large
from tui.widgets.table import WindowTable

from .app import press, running, shown, type_text
from .conftest import drawn

PIN = "482915"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules are the same with a cheap hash."""
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(pins, "_hasher", lambda: cheap)


@pytest.fixture
def made(sqlite_store: Store) -> Division:
    return division(sqlite_store)


def code_on(page: str) -> str:
    """The code in small writing on the card."""
    found = [w for w in page.split() if len(w) == 9 and set(w) <= {*pins.ALPHABET, "-"}]
    assert len(found) == 1
    return found[0]


async def test_a_lead_hands_out_a_code_that_opens_the_door(made: Division) -> None:
    one = made.people["Teacher One"]
    async with running(made.store, made.people["Lea Lead"], (80, 24)) as (app, pilot):
        assert "h hand out a code" in shown(app)
        await press(pilot, "h", "slash")
        await type_text(pilot, "one")
        await press(pilot, "enter", "enter")
        assert "Make a code for Teacher One?" in shown(app)
        await press(pilot, "enter")
        page = shown(app)
        assert "The code for Teacher One" in page
        assert "Argyle · good once, until Tue 29 Sep 2026" in page
        code = code_on(page)
        # An Enter too many does not take it away.
        await press(pilot, "enter", "h", "1")
        assert code in shown(app)
        await press(pilot, "escape")
        assert code not in shown(app)
        assert "code, until Tue 29 Sep" in shown(app)
        assert app.clipboard == ""
    access.choose_pin(made.store, made.actor("Teacher One"), code, PIN, "t1")
    told = made.store.read(lambda: [n.words for n in NoticeRow.select() if n.person_id == one])
    assert any("Lea Lead made one on Tue 22 Sep." in words for words in told)


async def test_a_code_made_again_is_another_one_and_the_first_is_void(made: Division) -> None:
    async with running(made.store, made.people["Lea Lead"]) as (app, pilot):
        await press(pilot, "h", "down", "enter", "enter")
        assert isinstance(app.screen, codes.CodeCard)
        await press(pilot, "escape")
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, codes.CodeCard)
    live = made.store.read(
        lambda: EnrolmentCodeRow.select().where(EnrolmentCodeRow.used_at.is_null()).count()
    )
    assert live == 1


async def test_nothing_is_made_without_a_yes(made: Division) -> None:
    async with running(made.store, made.people["Lea Lead"]) as (_app, pilot):
        await press(pilot, "h", "down", "enter", "n")
    assert made.store.read(lambda: EnrolmentCodeRow.select().count()) == 0


async def test_whom_a_lead_may_not_help_is_greyed_and_said(made: Division) -> None:
    async with running(made.store, made.people["Lea Lead"]) as (app, pilot):
        await press(pilot, "h", "enter")
        assert "Adam" in app.screen.query_one("#staff", WindowTable).row.name
        assert "Only a Lead for ordinary staff of their school" in shown(app)
        assert isinstance(app.screen, codes.CodesScreen)
        assert not next(h for h in app.screen.hints() if h.id == "open").enabled
        await press(pilot, "down")
        assert next(h for h in app.screen.hints() if h.id == "open").enabled


@pytest.mark.parametrize(
    ("name", "is_theirs"),
    [
        ("Teacher One", False), ("Fay Facilitator", False), ("Adam Admin", False),
        ("Lea Lead", True), ("Cora Core", True), ("Paula Principal", True),
        ("Dana Division", True),
    ],
)  # fmt: skip
async def test_the_key_is_for_whoever_might_make_codes(
    made: Division, name: str, is_theirs: bool
) -> None:
    async with running(made.store, made.people[name]) as (app, pilot):
        assert ("hand out a code" in shown(app)) is is_theirs
        await press(pilot, "h")
        assert isinstance(app.screen, codes.CodesScreen) is is_theirs


async def test_nobody_signed_in_hands_out_codes(made: Division) -> None:
    async with running(made.store) as (app, pilot):
        await press(pilot, "h")
        assert app.screen.NAME == "welcome"  # type: ignore[attr-defined]
        app.go("codes")
        await press(pilot)
        assert "Only a Lead for ordinary staff" in shown(app)
        assert "Teacher One" not in shown(app)
        # No key of the list works there.
        await press(pilot, "slash", "f", "enter")
        assert "Teacher One" not in shown(app)


async def test_those_without_a_pin_are_one_key_away(made: Division) -> None:
    access.set_sample_pin(made.store, made.people["Teacher One"], PIN)
    async with running(made.store, made.people["Paula Principal"]) as (app, pilot):
        await press(pilot, "h")
        assert "One, Teacher" in shown(app)
        await press(pilot, "f")
        assert "One, Teacher" not in shown(app) and "those without a PIN" in shown(app)
        await press(pilot, "escape")
        assert "One, Teacher" in shown(app)
        await press(pilot, "escape")
        assert app.screen.NAME == "today"  # type: ignore[attr-defined]


async def test_division_personnel_find_anybody_by_a_few_letters(made: Division) -> None:
    async with running(made.store, made.people["Dana Division"], (80, 24)) as (app, pilot):
        await press(pilot, "h", "slash")
        await type_text(pilot, "hugo")
        await press(pilot, "enter")
        assert "Head, Hugo" in shown(app) and "Balfour" in shown(app)
        assert "One, Teacher" not in shown(app)
        await press(pilot, "enter", "enter")
        code = code_on(shown(app))
        await press(pilot, "escape")
    with pytest.raises(SignInFailed):
        access.choose_pin(made.store, made.actor("Teacher One"), code, PIN, "t1")
    access.choose_pin(made.store, made.actor("Hugo Head"), code, PIN, "t1")


async def test_an_older_code_and_a_pin_are_spoken_of_before(made: Division) -> None:
    access.set_sample_pin(made.store, made.people["Teacher One"], PIN)
    access.make_code(made.store, made.actor("Lea Lead"), made.people["Teacher One"])
    async with running(made.store, made.people["Lea Lead"]) as (app, pilot):
        await press(pilot, "h", "slash")
        await type_text(pilot, "one")
        await press(pilot, "enter", "enter")
        assert "The code that is out for them is void then." in shown(app)
        assert "Their PIN stays good until they choose a new one." in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_hostile_names_are_text_on_the_list_and_the_card(
    made: Division, size: tuple[int, int]
) -> None:
    for place, name in enumerate(HOSTILE):
        add_person(made.store, f"Zoe Zz{place} {clean(name).text}", made.schools["Argyle"])
    async with running(made.store, made.people["Lea Lead"], size) as (app, pilot):
        await press(pilot, "h", "end")
        for _ in range(3):
            await press(pilot, "up", "enter")
            assert not unfit(shown(app).replace("\n", ""))
            await press(pilot, "enter")
            assert not unfit(shown(app).replace("\n", ""))
            await press(pilot, "escape")


def test_every_letter_of_a_code_has_a_large_form_of_its_own() -> None:
    forms = {letter: form.split() for letter, form in large._LETTERS.items()}
    assert set(forms) == {*pins.ALPHABET, "-"}
    assert len({tuple(form) for form in forms.values()}) == len(forms)
    for rows in forms.values():
        assert len(rows) == large.ROWS and {len(row) for row in rows} == {5}


async def test_large_writing_makes_way_where_it_does_not_fit() -> None:
    from .conftest import Around

    for width, lines in ((70, 7), (40, 1)):
        card = large.Large("K7QM-2XWD")
        app = Around(card)
        async with app.run_test(size=(width, 20)):
            assert len(drawn(card)) == lines
            assert drawn(card)[-1].strip() == "K7QM-2XWD"
