"""Sign-in at the terminal: by PIN, by code, refused, and going on with what was wanted."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from textual import events
from textual.pilot import Pilot

from models import access
from models.access import pins
from models.access.tables import TerminalFailureRow
from models.clock import Clock, monotonic
from models.communities import MembershipRow
from models.database import Store
from models.errors import SignInFailed
from models.journal import Actor
from models.people import PersonRow
from tests.factory import Division, add_person, division
from tests.hostile import HOSTILE
from tui.app import CofpApp
from tui.intent import Intent
from tui.screens.join import JoinScreen
from tui.screens.sign_in import SignIn, ask_who, terminal_name
from tui.screens.today import TodayScreen
from tui.screens.welcome import WelcomeScreen
from tui.widgets.fields import LineInput, PinInput
from tui.widgets.form import Form
from tui.widgets.lines import Lines

from .app import press, running, settled, shown

PIN = "482915"
NOON = datetime(2026, 9, 22, 18)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(pins, "_hasher", lambda: cheap)
    pins._nobodys.cache_clear()


@pytest.fixture
def made(sqlite_store: Store) -> Division:
    return division(sqlite_store)


@pytest.fixture
def known(made: Division) -> Division:
    """The division, where Teacher One has a PIN."""
    access.set_sample_pin(made.store, made.people["Teacher One"], PIN)
    return made


async def type_text(pilot: Pilot[Any], words: str) -> None:
    """Type a text as fast as the program takes it."""
    await pilot.press(*("space" if char == " " else char for char in words))
    await settled(pilot)


async def name_them(pilot: Pilot[Any], name: str) -> None:
    """Say who one is."""
    await press(pilot, "i")
    await type_text(pilot, name)
    await press(pilot, "enter")


async def type_pin(pilot: Pilot[Any], pin: str) -> None:
    await type_text(pilot, pin)
    await press(pilot, "enter")


def screen(app: CofpApp) -> SignIn:
    assert isinstance(app.screen, SignIn)
    return app.screen


async def test_a_name_and_a_pin_open_today(known: Division) -> None:
    async with running(known.store) as (app, pilot):
        await name_them(pilot, "teacher one")
        await type_pin(pilot, PIN)
        assert isinstance(app.screen, TodayScreen)
        assert app.session is not None and app.session.name == "Teacher One"
        assert "Teacher One" in shown(app)
        # Nothing of the sign-in screen, nor of what was typed there, is left.
        assert not any(isinstance(s, SignIn | WelcomeScreen) for s in app.screen_stack)


async def test_e_mail_serves_as_well(known: Division) -> None:
    async with running(known.store) as (app, pilot):
        await press(pilot, "i")
        await type_text(pilot, "teacher.one@school")
        assert "Teacher One" in shown(app)
        await press(pilot, "enter")
        assert "Teacher One" in shown(app) and app.screen.query(PinInput)


async def test_the_list_of_names_moves_while_typing(known: Division) -> None:
    async with running(known.store) as (app, pilot):
        await press(pilot, "i")
        await type_text(pilot, "teacher")
        assert len(shown(app).split("Teacher ")) == 7
        await press(pilot, "down", "down", "enter")
        assert "Teacher One" in shown(app)
        assert "Teacher Two" not in shown(app)


async def test_two_of_one_name_are_told_apart_by_their_e_mail(made: Division) -> None:
    other = {"source_id": "other", "email": "t1@balfour.example"}
    add_person(made.store, "Teacher One", made.schools["Balfour"], **other)
    async with running(made.store, size=(80, 24)) as (app, pilot):
        await press(pilot, "i")
        await type_text(pilot, "teacher one")
        assert "t1@balfour.example" in shown(app)
        assert "teacher.one@school.example" in shown(app)


async def test_nobody_of_that_name_is_said_kindly(made: Division) -> None:
    async with running(made.store) as (app, pilot):
        await name_them(pilot, "zzz")
        assert "Nobody on the staff is called that" in shown(app)
        assert not app.screen.query(PinInput)


async def test_a_wrong_pin_says_so_and_leaves_the_field_empty(known: Division) -> None:
    async with running(known.store) as (app, pilot):
        await name_them(pilot, "teacher one")
        await type_pin(pilot, "000001")
        assert "do not go together" in shown(app)
        assert app.screen.query_one(PinInput).value == ""
        assert isinstance(app.focused, PinInput)
        await type_pin(pilot, PIN)
        assert isinstance(app.screen, TodayScreen)


async def test_no_pin_is_ever_drawn(known: Division) -> None:
    async with running(known.store) as (app, pilot):
        await name_them(pilot, "teacher one")
        await type_text(pilot, PIN)
        assert PIN not in shown(app)
        app.screen.query_one(PinInput).action_copy()
        assert app.clipboard == ""


async def test_five_failures_tell_how_long_to_wait_and_ten_who_helps(known: Division) -> None:
    async with running(known.store) as (app, pilot):
        await name_them(pilot, "teacher one")
        for _ in range(5):
            await type_pin(pilot, "000001")
        assert "The next try is possible in 30 seconds" in " ".join(shown(app).split())
        await type_pin(pilot, PIN)
        assert "Please wait 30 seconds" in shown(app)
        after = timedelta()
        for failures in range(6, 11):
            after += access.wait_after(failures - 1)
            known.store.clock = Clock("America/Regina", fixed_at=NOON + after)
            await type_pin(pilot, "000001")
        said = " ".join(shown(app).split())
        assert "Paula Principal (Principal) or Lea Lead (Lead)" in said
        # The way on is there at once: a field for the new code.
        assert app.screen.query("#input-code") and "no longer good" in said


async def test_the_first_sign_in_is_by_code(made: Division) -> None:
    code = access.make_code(made.store, made.actor("Lea Lead"), made.people["Teacher Two"]).facts[
        "code"
    ]
    async with running(made.store, size=(80, 24)) as (app, pilot):
        await name_them(pilot, "teacher two")
        said = " ".join(shown(app).split())
        assert "There is no PIN yet" in said
        assert "Ask Paula Principal (Principal) or Lea Lead (Lead)." in said
        await type_text(pilot, code.lower().replace("-", ""))
        await press(pilot, "enter")
        await type_text(pilot, "123456")
        await press(pilot, "enter")
        await type_pin(pilot, "123456")
        assert "counts up or down" in shown(app)
        assert isinstance(app.focused, PinInput)
        await type_pin(pilot, PIN)
        await type_pin(pilot, "482916")
        assert "not the same" in shown(app)
        await type_pin(pilot, PIN)
        await type_pin(pilot, PIN)
        assert isinstance(app.screen, TodayScreen)
        # Whoever has used a code oneself is not warned of it.
        assert "did not ask for a code" not in shown(app)


async def test_a_wrong_code_says_who_makes_another(made: Division) -> None:
    async with running(made.store) as (app, pilot):
        await name_them(pilot, "teacher two")
        await type_pin(pilot, "AAAABBBB")
        await type_pin(pilot, PIN)
        await type_pin(pilot, PIN)
        assert "That code does not fit" in shown(app)
        assert app.session is None


async def test_a_code_and_a_pin_that_are_both_wrong_are_both_said(made: Division) -> None:
    async with running(made.store) as (app, pilot):
        await name_them(pilot, "teacher two")
        assert "for example K7QM-2XWD" in shown(app)
        for typed in ("nonsense", "1234", "1234"):
            await type_pin(pilot, typed)
        said = " ".join(shown(app).split())
        assert "A code is eight letters and digits" in said
        assert "4 digits would be guessed. Please choose a longer one." in said
        assert app.focused is app.screen.query_one("#input-code")


async def test_whoever_forgot_the_pin_uses_a_code(known: Division) -> None:
    async with running(known.store) as (app, pilot):
        await name_them(pilot, "teacher one")
        await press(pilot, "tab", "tab", "enter")
        assert "choose a new PIN" in shown(app)
        made_code = access.make_code(
            known.store, Actor.operator(), known.people["Teacher One"]
        ).facts["code"]
        await type_pin(pilot, made_code)
        await type_pin(pilot, "730264")
        await type_pin(pilot, "730264")
        assert isinstance(app.screen, TodayScreen)


async def test_escape_asks_for_another_name_then_goes_back(known: Division) -> None:
    async with running(known.store) as (app, pilot):
        await name_them(pilot, "teacher one")
        await type_text(pilot, "4829")
        await press(pilot, "escape")
        assert isinstance(app.focused, LineInput) and app.focused.value == ""
        assert not app.screen.query(PinInput)
        await press(pilot, "escape")
        assert isinstance(app.screen, WelcomeScreen)


async def test_joining_from_welcome_takes_at_most_eight_keys(known: Division) -> None:
    async with running(known.store) as (app, pilot):
        keys = 0

        async def key(*names: str) -> None:
            nonlocal keys
            keys += len(names)
            await press(pilot, *names)

        await key("slash")
        await type_text(pilot, "numeracy talks")
        await key("enter", "j")
        await type_text(pilot, "teacher one")
        await key("enter")
        await type_text(pilot, PIN)
        await key("enter")
        assert isinstance(app.screen, JoinScreen)
        assert "You are in Numeracy Talks" in shown(app)
        assert keys <= 8
    ident = known.people["Teacher One"]
    found = known.store.read(
        lambda: [
            m.community_id for m in MembershipRow.select().where(MembershipRow.person == ident)
        ]
    )
    assert found == [known.communities["Numeracy Talks"]]


async def test_what_is_typed_while_sign_in_opens_arrives_there(known: Division) -> None:
    async with running(known.store) as (app, pilot):
        # Each of these letters means something on Welcome, from where they are sent in one go.
        for char in "iqibt0":
            app.post_message(events.Key(char, char))
        for _ in range(100):
            await settled(pilot)
            if (
                app.screen.query("#name")
                and app.screen.query_one("#name", LineInput).value == "qibt0"
            ):
                break
            await asyncio.sleep(0.01)
        assert screen(app).query_one("#name", LineInput).value == "qibt0"


async def test_what_is_typed_while_another_screen_asks_for_a_name_arrives(known: Division) -> None:
    async with running(known.store) as (app, pilot):
        await press(pilot, "4")
        for char in "iqbq0":
            app.post_message(events.Key(char, char))
        for _ in range(100):
            await settled(pilot)
            if (
                app.screen.query("#name")
                and app.screen.query_one("#name", LineInput).value == "qbq0"
            ):
                break
            await asyncio.sleep(0.01)
        assert screen(app).query_one("#name", LineInput).value == "qbq0"


async def test_hostile_names_are_text_and_hostile_pins_are_wrong(made: Division) -> None:
    ident = made.people["Teacher One"]
    for name in HOSTILE[::5]:
        cut = name[:100]
        made.store.unit(
            lambda cut=cut: PersonRow.update(name=cut).where(PersonRow.id == ident).execute()
        )
        async with running(made.store, size=(80, 24)) as (app, pilot):
            await ask_who(app, None, ident)
            await settled(pilot)
            assert "\x1b" not in shown(app)
            assert app.screen.query("#input-code")
    for text in HOSTILE:
        made.store.unit(lambda: TerminalFailureRow.delete().execute())
        with pytest.raises(SignInFailed):
            access.sign_in(made.store, ident, text, text)


async def test_hostile_searches_find_nobody_and_break_nothing(made: Division) -> None:
    async with running(made.store, size=(80, 24)) as (app, pilot):
        await press(pilot, "i")
        for text in HOSTILE:
            app.screen.query_one("#name", LineInput).value = text[:200]
            await settled(pilot)
        assert isinstance(app.screen, SignIn)


async def test_somebody_gone_cannot_be_named(known: Division) -> None:
    ident = known.people["Teacher One"]
    known.store.unit(lambda: PersonRow.update(active=False).where(PersonRow.id == ident).execute())
    async with running(known.store) as (app, pilot):
        await name_them(pilot, "teacher one")
        assert app.screen.query_one("#names", Lines).picked_id is None


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_every_part_of_the_code_form_is_in_sight(
    made: Division, size: tuple[int, int]
) -> None:
    async with running(made.store, size=size) as (app, pilot):
        await name_them(pilot, "teacher two")
        for part in app.screen.query("#how LineInput, #how Press"):
            assert app.screen.find_widget(part).visible_region.height == part.size.height, part


def test_a_terminal_is_named_by_its_caller_or_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "10.1.2.3 5555 10.0.0.1 22")
    assert terminal_name() == "ssh 10.1.2.3"
    monkeypatch.delenv("SSH_CONNECTION")
    monkeypatch.setattr("tui.screens.sign_in.socket.gethostname", lambda: "staffroom")
    monkeypatch.setattr("tui.screens.sign_in.os.ttyname", lambda _fd: "/dev/tty3")
    assert terminal_name() == "staffroom /dev/tty3"
    monkeypatch.setattr("tui.screens.sign_in.os.ttyname", lambda _fd: "/dev/pts/7")
    assert terminal_name() == "staffroom"


async def test_a_wrong_pin_says_beside_the_field_how_many_tries_are_left(known: Division) -> None:
    async with running(known.store) as (app, pilot):
        await name_them(pilot, "teacher one")
        await type_pin(pilot, "000001")
        beside = app.screen.query_one("#field-pin").query_one(".field--error")
        assert "4 more tries, then a short wait" in " ".join(shown(app).split())
        assert beside.display and not screen(app).said.text


async def test_the_wait_counts_where_the_eye_is(known: Division) -> None:
    async with running(known.store) as (app, pilot):
        await name_them(pilot, "teacher one")
        for _ in range(5):
            await type_pin(pilot, "000001")
        form = app.screen.query_one(Form)
        screen(app)._tick(form, monotonic() + 7.5)
        await settled(pilot)
        assert "Please wait 8 seconds before the next try." in shown(app)
        screen(app)._tick(form, monotonic() - 1)
        await settled(pilot)
        assert "You can try again now." in shown(app)


async def test_sign_in_names_the_community_that_it_is_for(known: Division) -> None:
    async with running(known.store) as (app, pilot):
        app.go_sign_in(Intent("join", "join.join", known.communities["Numeracy Talks"]))
        await settled(pilot)
        assert "SIGN IN TO JOIN · NUMERACY TALKS" in shown(app)
