"""One's own page: what one teaches, and changing one's own PIN."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from models import access
from models.access import pins
from models.database import Store
from models.errors import SignInFailed
from models.people import taught_by
from tests.factory import Division, division
from tui.screens.profile import ProfileScreen
from tui.widgets.fields import PinInput
from tui.widgets.form import Form

from .app import press, running, shown, type_text

OLD, NEW = "482915", "730264"
ONE = "Teacher One"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules are the same with a cheap hash."""
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(pins, "_hasher", lambda: cheap)


@pytest.fixture
def made(sqlite_store: Store) -> Division:
    known = division(sqlite_store)
    access.set_sample_pin(sqlite_store, known.people[ONE], OLD)
    return known


def fits(made: Division, pin: str) -> bool:
    try:
        access.sign_in(made.store, made.people[ONE], pin, "another terminal")
    except SignInFailed:
        return False
    return True


async def change(pilot: object, old: str, new: str, again: str) -> None:
    """Fill in the three fields from the first; Enter in the last one submits."""
    for pin in (old, new, again):
        await type_text(pilot, pin)  # type: ignore[arg-type]
        await press(pilot, "enter")  # type: ignore[arg-type]


async def to_the_pin(pilot: object) -> None:
    """Open one's own page and go to the first field of the PIN."""
    await press(pilot, "comma", "tab", "tab", "tab")  # type: ignore[arg-type]


async def test_somebody_changes_their_pin(made: Division) -> None:
    async with running(made.store, made.people[ONE], (80, 24)) as (app, pilot):
        await to_the_pin(pilot)
        await change(pilot, OLD, NEW, NEW)
        page = shown(app)
        assert "Your PIN is changed. Use the new one from now on." in page
        assert OLD not in page and NEW not in page
        assert [field.value for field in app.screen.query(PinInput)] == ["", "", ""]
    assert fits(made, NEW) and not fits(made, OLD)


async def test_a_wrong_old_pin_changes_nothing_and_empties_the_fields(made: Division) -> None:
    async with running(made.store, made.people[ONE]) as (app, pilot):
        await to_the_pin(pilot)
        await change(pilot, "915734", NEW, NEW)
        assert "That name and PIN do not go together." in shown(app)
        assert [field.value for field in app.screen.query(PinInput)] == ["", "", ""]
        assert app.focused is app.screen.query_one("#input-old")
        await change(pilot, OLD, NEW, NEW)
        assert "Your PIN is changed." in shown(app)
    assert fits(made, NEW)


async def test_guessing_the_old_pin_locks_as_at_the_door(made: Division) -> None:
    async with running(made.store, made.people[ONE]) as (app, pilot):
        await to_the_pin(pilot)
        for _ in range(access.FREE_FAILURES):
            await change(pilot, "915734", NEW, NEW)
        assert "The next try is possible in 30 seconds." in shown(app)
        await change(pilot, OLD, NEW, NEW)
        assert "Please wait 30 seconds before the next try." in shown(app)


@pytest.mark.parametrize(
    ("new", "again", "words"),
    [
        ("730264", "730265", "The two were not the same"),
        ("123456", "123456", "This one only counts up or down"),
        ("12", "12", "2 digits would be guessed."),
    ],
)
async def test_what_is_wrong_with_the_new_one_is_said_beside_it(
    made: Division, new: str, again: str, words: str
) -> None:
    async with running(made.store, made.people[ONE], (80, 24)) as (app, pilot):
        await to_the_pin(pilot)
        await change(pilot, OLD, new, again)
        assert words in " ".join(shown(app).split())
        assert app.screen.query_one("#field-pin").has_class("-wrong")
        assert app.focused is app.screen.query_one("#input-old")
    assert fits(made, OLD)


async def test_an_empty_field_is_asked_for(made: Division) -> None:
    async with running(made.store, made.people[ONE]) as (app, pilot):
        await to_the_pin(pilot)
        await change(pilot, "", NEW, NEW)
        assert "Please write something here." in shown(app)
    assert fits(made, OLD)


async def test_what_one_types_about_teaching_stays_until_it_is_saved(made: Division) -> None:
    async with running(made.store, made.people[ONE]) as (app, pilot):
        await press(pilot, "comma", "space", "tab")
        await type_text(pilot, "Art")
        await press(pilot, "escape", "comma")
        assert app.screen.query_one("#teaches", Form).values == {
            "grades": ("PK",), "subjects": "Art",
        }  # fmt: skip
        await press(pilot, "tab", "enter")
        assert "You teach: grades PK and Art." in shown(app)
    assert made.store.read(taught_by, made.people[ONE]) == ({"PK"}, {"Art"})


async def test_a_subject_too_long_is_said_beside_the_field(made: Division) -> None:
    async with running(made.store, made.people[ONE]) as (app, pilot):
        await press(pilot, "comma", "tab")
        await type_text(pilot, "x" * 70)
        await press(pilot, "enter")
        assert app.screen.query_one("#field-subjects").has_class("-wrong")
    assert made.store.read(taught_by, made.people[ONE]) == (set(), set())


async def test_the_page_is_for_whoever_is_signed_in(made: Division) -> None:
    async with running(made.store) as (app, pilot):
        assert ", my page" not in shown(app)
        await press(pilot, "comma")
        assert app.screen.NAME == "welcome"  # type: ignore[attr-defined]
    async with running(made.store, made.people[ONE]) as (app, pilot):
        assert ", my page" in shown(app)
        await press(pilot, "4", "comma")
        assert isinstance(app.screen, ProfileScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_every_part_is_in_sight(made: Division, size: tuple[int, int]) -> None:
    async with running(made.store, made.people[ONE], size) as (app, pilot):
        await press(pilot, "comma")
        page = shown(app)
        for words in ("WHAT YOU TEACH", "Grades", "Subjects", "save", "CHANGE MY PIN",
                      "Your PIN now", "New PIN", "The new PIN again", "change it"):  # fmt: skip
            assert words in page, words
