"""Welcome: what anybody sees, what asks for a name, the sample's people, and the first run."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from textual.pilot import Pilot

from models import access, join
from models.access import pins
from models.communities import CommunityRow
from models.database import Setting, Store, read_settings, set_setting
from models.people import NOBODY, find_person
from models.sample import DemoPerson
from models.years import laid_out, telling_days
from tests.conftest import set_clock
from tests.factory import Division, division
from tests.hostile import HOSTILE
from tests.roster_files import little
from tui.app import CofpApp
from tui.screens.join import JoinScreen
from tui.screens.set_up import SetUpScreen
from tui.screens.sign_in import SignIn
from tui.screens.today import TodayScreen
from tui.screens.travel import Travel
from tui.screens.welcome import ASKS, WelcomeScreen
from tui.widgets.fields import LineInput
from tui.widgets.lines import Lines
from tui.widgets.table import WindowTable

from .app import press, running, settled, shown

PIN = "482915"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(pins, "_hasher", lambda: cheap)
    pins._nobodys.cache_clear()


@pytest.fixture
def made(sqlite_store: Store) -> Division:
    return division(sqlite_store)


@pytest.fixture
def sampled(made: Division) -> Division:
    """The division as if it were a sample, with two people whom Welcome introduces."""
    demo = [
        DemoPerson(made.people[name], name, role, school, PIN)
        for name, role, school in (
            ("Dana Division", "Division Personnel", "Office"),
            ("Teacher One", "Teacher in no community yet", "Argyle"),
        )
    ]
    for person in demo:
        access.set_sample_pin(made.store, person.person_id, PIN)
    clock = made.store.clock
    made.store.unit(
        lambda: (
            set_setting("sample_on", "2026-09-22"),
            Setting.insert(key="demo", value=json.dumps([asdict(p) for p in demo])).execute(),
        )
    )
    made.store.reload_settings()
    made.store.clock = clock
    return made


async def type_text(pilot: Pilot[Any], words: str) -> None:
    """Type a text as fast as the program takes it."""
    await pilot.press(*("space" if char == " " else char for char in words))
    await settled(pilot)


def keys_on(app: CofpApp) -> set[str]:
    """The keys that the footer offers as working."""
    assert isinstance(app.screen, WelcomeScreen)
    return {hint.id for hint in app.screen.hints() if hint.enabled}


def travels(app: CofpApp) -> list[tuple[str, ...]]:
    """Where the program is sent from now on, instead of starting anew."""
    sent: list[tuple[str, ...]] = []
    app.travel = sent.append  # type: ignore[method-assign]
    return sent


# -- what anybody sees -----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_what_is_open_what_comes_and_the_offerings(
    made: Division, size: tuple[int, int]
) -> None:
    async with running(made.store, size=size) as (app, _pilot):
        said = shown(app)
        for words in ("3 days left", "Fri 25 Sep", "Join closes", "Land-Based Learning",
                      "3 communities", "Band & Choir", "sign in", "No PIN yet?"):  # fmt: skip
            assert words in said, words
        assert "Sign in as".upper() not in said


async def test_before_the_offerings_are_out_the_year_is_shown(sqlite_store: Store) -> None:
    made = division(sqlite_store, published=False)
    set_clock(made.store, 2026, 6, 15)
    async with running(made.store) as (app, _pilot):
        said = shown(app)
        assert "not out yet" in said and "THE YEAR" in said and "Participate" in said
        assert "Mon 21 Sep" in said and "Join opens" in said
        assert not keys_on(app) & {"join", "wait", "keep", "search"}


async def test_the_list_narrows_while_typing_and_esc_shows_it_all(made: Division) -> None:
    async with running(made.store) as (app, pilot):
        await press(pilot, "slash")
        await type_text(pilot, "band")
        assert "1 community" in shown(app) and "Numeracy Talks" not in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.focused, WindowTable)
        await press(pilot, "escape")
        assert "3 communities" in shown(app)
        await press(pilot, "slash")
        await type_text(pilot, "nothing like this")
        assert "No community fits these words" in shown(app)


async def test_enter_shows_an_offering_to_nobody_in_particular(made: Division) -> None:
    async with running(made.store) as (app, pilot):
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, JoinScreen) and app.session is None
        assert "How does Land-Based Learning help?" in shown(app)
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, WelcomeScreen)


@pytest.mark.parametrize(
    ("day", "full"),
    [((2026, 9, 18), False), ((2026, 9, 20), False), ((2026, 9, 21), False),
     ((2026, 9, 22), True), ((2026, 9, 25), False), ((2026, 9, 26), False),
     ((2026, 10, 9), False), ((2027, 5, 31), False)],
)  # fmt: skip
async def test_the_keys_offered_are_those_that_the_store_allows(
    made: Division, day: tuple[int, int, int], full: bool
) -> None:
    if full:
        for name in ("Teacher Two", "Teacher Three", "High One"):
            made.join(name, "Band & Choir")
    set_clock(made.store, *day)
    async with running(made.store) as (app, pilot):
        table = app.screen.query_one(WindowTable)
        for place in range(3):
            table.move_to(place)
            await settled(pilot)
            row = table.row
            assert row is not None
            offering = made.store.read(join.offering, row.id, NOBODY, app.frame.year, app.frame.on)
            verdicts = {key: offering.verdict(action) for key, action in ASKS.items()}
            allowed = {key for key, v in verdicts.items() if v is not None and v.is_allowed}
            assert keys_on(app) & set(ASKS) == allowed, row.title


async def test_a_key_that_cannot_work_says_why_instead_of_asking_for_a_name(
    made: Division,
) -> None:
    set_clock(made.store, 2026, 9, 28)
    async with running(made.store) as (app, pilot):
        await press(pilot, "j")
        assert isinstance(app.screen, WelcomeScreen)
        assert "Join closed on Fri 25 Sep" in shown(app)


async def test_a_key_that_works_asks_for_a_name_and_says_what_for(made: Division) -> None:
    async with running(made.store) as (app, pilot):
        await press(pilot, "j")
        assert isinstance(app.screen, SignIn)
        assert "SIGN IN TO JOIN" in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_hostile_offerings_are_text(made: Division, size: tuple[int, int]) -> None:
    store = made.store
    for text in HOSTILE[:13]:
        cut = text[:120]
        store.unit(lambda cut=cut: CommunityRow.update(title=cut, audience_words=cut).execute())
        async with running(store, size=size) as (app, _pilot):
            said = shown(app)
            assert not any(ord(char) < 32 and char != "\n" for char in said)
            assert isinstance(app.screen, WelcomeScreen)


async def test_hostile_searches_break_nothing(made: Division) -> None:
    async with running(made.store, size=(80, 24)) as (app, pilot):
        for text in HOSTILE:
            app.screen.query_one("#find", LineInput).value = text[:200]
            await settled(pilot)
        assert isinstance(app.screen, WelcomeScreen)


# -- a sample --------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_sample_lists_somebody_for_each_role(
    sampled: Division, size: tuple[int, int]
) -> None:
    async with running(sampled.store, size=size) as (app, pilot):
        said = shown(app)
        assert f"PIN {PIN} for all" in said and "Division Personnel" in said
        assert isinstance(app.focused, Lines)
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, SignIn) and f"the PIN is {PIN}" in shown(app)
        await type_text(pilot, PIN)
        await press(pilot, "enter")
        assert isinstance(app.screen, TodayScreen)
        assert app.session is not None and app.session.name == "Teacher One"


async def test_a_sample_travels_to_another_day(sampled: Division) -> None:
    async with running(sampled.store, size=(80, 24)) as (app, pilot):
        sent = travels(app)
        await press(pilot, "t")
        assert isinstance(app.screen, Travel)
        await press(pilot, "down", "enter")
        assert sent == [("sample", "--on", "2026-09-25")], "it begins at the day at hand"
        await press(pilot, "t", "tab")
        field = app.screen.query_one(LineInput)
        field.value = "2026-13-01"
        await press(pilot, "enter")
        assert "year, month, day" in shown(app)
        field.value = "2026-12-04"
        await press(pilot, "enter")
        assert sent[1:] == [("sample", "--on", "2026-12-04")]
        await press(pilot, "t", "escape")
        assert isinstance(app.screen, WelcomeScreen) and len(sent) == 2


async def test_only_a_sample_travels_and_never_a_kiosk(made: Division, sampled: Division) -> None:
    async with running(sampled.store, kiosk=True) as (app, pilot):
        await press(pilot, "t")
        assert isinstance(app.screen, WelcomeScreen) and "travel" not in shown(app)
    made.store.unit(lambda: set_setting("sample_on", ""))
    made.store.reload_settings()
    set_clock(made.store, 2026, 9, 22)
    async with running(made.store) as (app, pilot):
        await press(pilot, "t", "g")
        assert isinstance(app.screen, WelcomeScreen)
        assert "travel" not in shown(app) and "SIGN IN AS" not in shown(app)


def test_telling_days_lie_in_the_year_in_order() -> None:
    days = [on for on, _ in telling_days(laid_out(2026))]
    assert days == sorted(set(days))
    assert days[0] == date(2026, 6, 1) and days[-1] == date(2027, 5, 31)
    assert date(2026, 9, 22) in days


# -- the first run ---------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_first_run_offers_the_sample_and_a_roster(
    sqlite_store: Store, size: tuple[int, int]
) -> None:
    async with running(sqlite_store, size=size) as (app, pilot):
        sent = travels(app)
        assert "no division here yet" in shown(app)
        await press(pilot, "enter")
        assert sent == [("sample",)]
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, SetUpScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, WelcomeScreen)


async def test_a_kiosk_is_not_set_up_by_whoever_stands_there(sqlite_store: Store) -> None:
    async with running(sqlite_store, kiosk=True) as (app, pilot):
        await press(pilot, "g", "enter")
        assert isinstance(app.screen, WelcomeScreen)
        assert "Whoever runs the program can do it" in shown(app)


async def test_a_division_is_set_up_and_its_first_person_signs_in(
    sqlite_store: Store, tmp_path: Path
) -> None:
    file = little("1.2").zip(tmp_path / "roster.zip")
    async with running(sqlite_store, size=(80, 24)) as (app, pilot):
        await press(pilot, "g")
        await type_text(pilot, "Little Schools")
        await press(pilot, "enter")
        app.screen.query_one("#input-roster", LineInput).value = str(tmp_path / "missing.zip")
        await press(pilot, "enter")
        assert "look at the path" in " ".join(shown(app).split())
        app.screen.query_one("#input-roster", LineInput).value = str(file)
        await press(pilot, "enter")
        assert "Set up Little Schools?" in shown(app) and "people added" in shown(app)
        await press(pilot, "y")
        assert "Little Schools" in shown(app) and "2026–27" in shown(app)
        await type_text(pilot, "olga")
        await press(pilot, "enter")
        assert "Enrolment code" in shown(app)
        code = next(word for word in shown(app).split() if len(word) == 9 and word[4] == "-")
        await press(pilot, "enter")
        assert isinstance(app.screen, SignIn)
        for typed in (code, PIN, PIN):
            await type_text(pilot, typed)
            await press(pilot, "enter")
        assert isinstance(app.screen, TodayScreen)
        assert app.frame.standing.is_division
        assert code not in shown(app)
    assert sqlite_store.read(find_person, "Olga Petrenko").name == "Olga Petrenko"
    assert sqlite_store.settings.division == "Little Schools"


async def test_a_set_up_that_is_not_wanted_leaves_the_store_empty(
    sqlite_store: Store, tmp_path: Path
) -> None:
    file = little().folder(tmp_path / "roster")
    async with running(sqlite_store) as (app, pilot):
        await press(pilot, "g")
        app.screen.query_one("#input-division", LineInput).value = "Little"
        app.screen.query_one("#input-roster", LineInput).value = str(file)
        app.screen.query_one("#input-roster").focus()
        await press(pilot, "enter", "n", "escape")
        assert isinstance(app.screen, WelcomeScreen)
        assert "no division here yet" in shown(app)


async def test_a_roster_with_refused_rows_is_not_brought_in_by_enter_alone(
    sqlite_store: Store, tmp_path: Path
) -> None:
    roster = little()
    roster.row("users", "T1")["email"] = "nonsense"
    file = roster.folder(tmp_path / "roster")
    async with running(sqlite_store) as (app, pilot):
        await press(pilot, "g")
        app.screen.query_one("#input-division", LineInput).value = "Little"
        app.screen.query_one("#input-roster", LineInput).value = str(file)
        app.screen.query_one("#input-roster").focus()
        await press(pilot, "enter")
        asked = " ".join(shown(app).split())
        assert (
            "Set up Little without 1 row of the roster?" in asked and "Left out: users.csv" in asked
        )
        await press(pilot, "enter")
        assert sqlite_store.read(read_settings).division != "Little"
        await press(pilot, "enter", "y")
        assert sqlite_store.read(read_settings).division == "Little"


async def test_a_division_set_up_meanwhile_is_left_as_it_is(
    sqlite_store: Store, tmp_path: Path
) -> None:
    file = little().folder(tmp_path / "roster")
    async with running(sqlite_store) as (app, pilot):
        await press(pilot, "g")
        app.screen.query_one("#input-division", LineInput).value = "Little"
        app.screen.query_one("#input-roster", LineInput).value = str(file)
        app.screen.query_one("#input-roster").focus()
        await press(pilot, "enter")
        division(sqlite_store, members=1)
        await press(pilot, "y")
        assert "has been set up here already" in shown(app)
    assert sqlite_store.read(read_settings).division != "Little"


async def test_leaving_the_program_is_asked_about(made: Division) -> None:
    async with running(made.store) as (app, pilot):
        await press(pilot, "q")
        assert "Leave the program?" in shown(app)
        await press(pilot, "n")
        assert app.return_value is None
        assert isinstance(app.screen, WelcomeScreen)
        await press(pilot, "q", "y")
        assert app.return_value is not None and not app.return_value.again
