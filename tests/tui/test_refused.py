"""Keys that are not to be used here or now: each says why, and a sentence typed after one runs nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from textual import events
from textual.binding import Binding
from textual.pilot import Pilot

from models.communities import meetings_of
from models.database import Store
from tests.conftest import set_clock
from tests.factory import Division, division
from tui.app import SCREENS, CofpApp
from tui.house import House
from tui.intent import Intent
from tui.keys import IDLE, JUDGED, KEYS
from tui.refusing import PAUSE, Guard
from tui.widgets.said import Said

from .app import press, running, settled, shown

BEFORE, WITHIN, AFTER = date(2026, 9, 10), date(2026, 9, 22), date(2026, 10, 20)


@pytest.fixture
def made(sqlite_store: Store) -> Division:
    found = division(sqlite_store)
    found.join("Teacher Two", "Numeracy Talks")
    return found


def at(made: Division, on: date) -> None:
    set_clock(made.store, on.year, on.month, on.day)


async def opened(app: CofpApp, pilot: Pilot[Any], name: str, made: Division) -> House:
    """A screen by name; where it is about one thing, about the first meeting of Numeracy Talks."""
    intent = None
    if name in ("session", "notes"):
        first = made.store.read(meetings_of, made.communities["Numeracy Talks"])[0]
        intent = Intent(name, "session.write", first.id)
    app.go(name, intent)
    await settled(pilot)
    assert isinstance(app.screen, House)
    return app.screen


def keys_of(screen: House) -> list[str]:
    """The ids of the keys that a screen knows as its actions; at the base also the application's."""
    is_base = screen.NAME in ("today", "welcome")
    given = [*type(screen).BINDINGS, *(CofpApp.BINDINGS if is_base else ())]
    known = [b.id for b in given if isinstance(b, Binding) and b.id in KEYS]
    elsewhere = {"travel", "set_up"}  # of a sample, and of a terminal that is not set up
    others = {"back", "open", "next_field", "sign_out", "theme", "mark", "today"}
    return [i for i in dict.fromkeys(known) if i not in elsewhere | others]


@pytest.mark.parametrize(
    ("name", "on"),
    (
        ("", WITHIN), ("Teacher One", BEFORE), ("Lea Lead", WITHIN), ("Finn Facilitator", BEFORE),
        ("Dana Division", AFTER),
    ),
)  # fmt: skip
async def test_every_key_of_every_screen_acts_or_says_why_not(
    made: Division, name: str, on: date
) -> None:
    at(made, on)
    dead: list[str] = []
    async with running(made.store, made.people.get(name), size=(80, 24)) as (app, pilot):
        for where in SCREENS:
            if where == ("today" if not name else "welcome"):
                continue
            for ident in keys_of(await opened(app, pilot, where, made)):
                screen = app.screen
                if not isinstance(screen, House) or where != screen.NAME:
                    screen = await opened(app, pilot, where, made)
                screen.said.clear()
                before = (shown(app), app.screen, app.focused)
                await press(pilot, KEYS[ident].names[0])
                if (shown(app), app.screen, app.focused) == before:
                    dead.append(f"{where}: {ident}")
                if not isinstance(app.screen, House):
                    await press(pilot, "escape")
                    assert isinstance(app.screen, House), (where, ident)
    assert not dead, dead


# -- a sentence typed after a refused key ----------------------------------------------------------


def key(name: str, at: float) -> events.Key:
    """A key that came at a moment, in seconds."""
    made = events.Key(name, name if len(name) == 1 else None)
    made.time = at
    return made


def refused(said: Said) -> None:
    said.refusals += 1


def test_letters_after_a_refused_key_are_held_back_until_a_pause() -> None:
    guard, said = Guard(), Said()
    assert not guard.holds(key("n", 10.0), said)
    refused(said)
    for place, name in enumerate(("w", ",", "q", "backspace", "enter", "a")):
        assert guard.holds(key(name, 10.3 + place * 0.3), said), name
    last = 10.3 + 5 * 0.3
    assert not guard.holds(key("j", last + PAUSE + 0.01), said)
    assert not guard.holds(key("k", last + PAUSE + 0.2), said)


def test_keys_without_a_letter_are_keys_after_a_refused_one_too() -> None:
    guard, said = Guard(), Said()
    for name in ("escape", "down", "enter", "f10"):
        assert not guard.holds(key("n", 10.0), said)
        refused(said)
        assert not guard.holds(key(name, 10.1), said), name
        assert not guard.holds(key("j", 10.2), said)
        guard.rest()


def test_nothing_is_held_back_after_a_key_that_was_not_refused() -> None:
    guard, said = Guard(), Said()
    refused(said)
    for place, name in enumerate("nwq"):
        assert not guard.holds(key(name, 10.0 + place / 10), said)


async def test_a_lead_is_told_who_may_say_so_and_the_sentence_runs_nothing(made: Division) -> None:
    async with running(made.store, made.people["Lea Lead"]) as (app, pilot):
        screen = await opened(app, pilot, "unregistered", made)
        await pilot.press("u", *"on", "comma", *"q")
        await settled(pilot)
        assert app.screen is screen
        assert "Only the school's Principal or Division Personnel can say" in shown(app).replace(
            "’", "'"
        )


def test_every_key_that_the_table_judges_is_one() -> None:
    assert {ident for _, ident in (*JUDGED, *IDLE)} <= set(KEYS)
    assert {name for name, _ in (*JUDGED, *IDLE)} <= {"", *SCREENS}


# -- the key line while letters are typed ----------------------------------------------------------


@pytest.mark.parametrize("where", ("welcome", "join", "unregistered", "codes"))
async def test_with_a_field_at_hand_only_its_keys_are_shown(made: Division, where: str) -> None:
    who = None if where == "welcome" else made.people["Lea Lead"]
    async with running(made.store, who, size=(80, 24)) as (app, pilot):
        screen = await opened(app, pilot, where, made)
        before = shown(app).splitlines()[-1]
        await press(pilot, "slash")
        line = shown(app).splitlines()[-1].split()
        assert {"Esc", "Tab", "F10"} <= set(line)
        assert not {"0", "1–6", "i", "q", "j", "r", "x", "?", "h"} & set(line)
        await press(pilot, "escape")
        assert app.screen is screen and shown(app).splitlines()[-1] == before


async def test_find_knows_what_this_person_may_do_on_another_screen(made: Division) -> None:
    async with running(made.store, made.people["Lea Lead"]) as (app, pilot):
        await press(pilot, "colon", *"rem")
        assert "Send a reminder" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, House) and app.screen.NAME == "unregistered"


async def test_find_begins_with_what_the_screen_does(made: Division) -> None:
    async with running(made.store, made.people["Teacher One"]) as (app, pilot):
        await opened(app, pilot, "join", made)
        await press(pilot, "colon")
        assert "Join this community" in shown(app)
