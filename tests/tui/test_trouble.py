"""A store that cannot answer, or cannot take anything: nothing typed is lost, nothing ends the program."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from textual import events

from models import participate, today
from models.communities import meetings_of
from models.database import Store
from models.drafts import drafts_of, keep_draft
from models.errors import Refused, StoreBusy, StoreFull
from models.journal import Actor, Receipt
from models.people import PersonRow, search_people
from models.years import get_year
from tests.conftest import set_clock
from tests.factory import Division, division
from tui import keeper, leaving
from tui.app import CofpApp
from tui.intent import Intent, Outcome, Session
from tui.screens.participate import SessionScreen, session
from tui.widgets.confirm import Confirm
from tui.widgets.fields import LineInput

from .app import press, running, settled, shown, type_text

FINN = "Finn Facilitator"
FULL = StoreFull("The disk is full; nothing was written.")
BUSY = StoreBusy("Another program keeps the store.")


@pytest.fixture
def made(sqlite_store: Store) -> Division:
    """Numeracy Talks with a facilitator and three members, on the day of its first meeting."""
    made = division(sqlite_store, members=3)
    for number in ("One", "Two", "Three"):
        made.join(f"Teacher {number}", "Numeracy Talks")
    set_clock(sqlite_store, 2026, 10, 9)
    return made


@contextmanager
def failing(app: CofpApp, lane: str, error: Exception, *, times: int = 10_000) -> Iterator[None]:
    """Let the store refuse the next reads or writes that the screens ask for."""
    lanes: Any = app.lanes
    real, left = getattr(lanes, lane), [times]

    async def fail(*args: Any, **kwargs: Any) -> Any:
        left[0] -= 1
        if left[0] >= 0:
            raise error
        return await real(*args, **kwargs)

    setattr(lanes, lane, fail)
    yield
    setattr(lanes, lane, real)


def said(app: CofpApp) -> str:
    return " ".join(app._house.said.text.split())


def meeting_of(made: Division) -> int:
    return made.store.read(meetings_of, made.communities["Numeracy Talks"])[0].id


def marks(made: Division) -> dict[str, str]:
    found = made.store.read(
        lambda: participate.session(
            meeting_of(made), made.people[FINN], get_year(2026), date(2026, 10, 9)
        )
    )
    return {person.name: person.mark for person in found.people if person.mark}


async def open_session(app: CofpApp, pilot: Any, made: Division) -> SessionScreen:
    app.go("session", Intent("session", id=meeting_of(made)))
    await settled(pilot)
    assert isinstance(app.screen, SessionScreen)
    return app.screen


# -- attendance ------------------------------------------------------------------------------------


async def test_marks_that_cannot_be_stored_wait_and_go_in_later(
    made: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "AGAIN", 0.05)
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await open_session(app, pilot, made)
        with failing(app, "write", FULL):
            await press(pilot, "space", "e")
            assert "disk is full" in said(app) and marks(made) == {}
            assert "2 of 4" in shown(app) or "1 of 4" in shown(app)
        for _ in range(40):
            await pilot.pause(0.02)
            await settled(pilot)
            if marks(made):
                break
        assert marks(made) == {FINN: "present", "Teacher One": "excused"}


async def test_one_refused_mark_takes_no_other_with_it(made: Division) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await open_session(app, pilot, made)
        with failing(app, "write", Refused("This person is not in the community."), times=1):
            await pilot.press("space", "e", "o")
            await settled(pilot)
            assert "not in the community" in said(app)
    assert marks(made) == {"Teacher One": "excused", "Teacher Three": "online"}


# -- leaving ---------------------------------------------------------------------------------------


async def test_leaving_asks_where_notes_cannot_be_kept(made: Division) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        screen = await open_session(app, pilot, made)
        await press(pilot, "n")
        await type_text(pilot, "dear")
        screen.set_focus(None)
        with failing(app, "write", FULL):
            await press(pilot, "q")
            assert isinstance(app.screen, Confirm)
            assert "could not keep the notes that you were writing" in shown(app)
            await press(pilot, "n")
            assert isinstance(app.screen, SessionScreen) and "disk is full" in said(app)
            await press(pilot, "q")
            await press(pilot, "y")
            assert app.return_value is not None


async def test_leaving_asks_where_marks_cannot_be_stored(made: Division) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await open_session(app, pilot, made)
        with failing(app, "write", FULL):
            await press(pilot, "space", "q")
            assert "could not keep 1 mark of the attendance" in shown(app)
            await press(pilot, "n")
        await press(pilot, "q")
        assert app.return_value is not None
    assert marks(made) == {FINN: "present"}


async def test_nobody_is_signed_out_for_being_away_while_notes_are_not_kept(
    made: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "_KEEP_AGAIN", 0.01)
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await open_session(app, pilot, made)
        await press(pilot, "n")
        await type_text(pilot, "dear")
        with failing(app, "write", FULL):
            app.run_worker(app._leave_unasked(may_return=True), group="ask")
            await pilot.pause(0.1)
            assert "Signing out waits: the notes that you were writing" in said(app)
            assert app.return_value is None
        await pilot.pause(0.1)
        assert app.return_value is not None


# -- reading ---------------------------------------------------------------------------------------


async def test_a_store_that_cannot_be_read_is_said_and_ends_nothing(made: Division) -> None:
    async with running(made.store, made.people["Dana Division"]) as (app, pilot):
        with failing(app, "read", BUSY):
            for name in ("today", "join", "participate", "unregistered", "schools", "requests",
                         "division", "profile", "codes", "help"):  # fmt: skip
                app.go(name)
                await settled(pilot)
                assert "keeps the store" in said(app), name
            await press(pilot, "4", "f", "7", "0")
        app.go("unregistered")
        await settled(pilot)
        with failing(app, "read", BUSY):
            for key in ("enter", "s", "x", "v", "u"):
                await press(pilot, key, "escape")
        assert app.is_running and app.return_code in (None, 0)


async def test_sign_in_says_that_the_store_cannot_be_read(made: Division) -> None:
    async with running(made.store) as (app, pilot):
        await press(pilot, "i")
        with failing(app, "read", BUSY):
            await type_text(pilot, "Fin")
            assert "keeps the store" in said(app)
            await app.sign_in_done(Session(made.people[FINN], FINN), None)
            assert app.session is None and "keeps the store" in said(app)


async def test_the_frame_is_never_read_on_the_event_loop(made: Division) -> None:
    app = CofpApp(made.store)
    with pytest.raises(RuntimeError):
        _ = app.frame
    app.lanes.close_now()


async def test_what_a_worker_meets_is_said(made: Division) -> None:
    async with running(made.store) as (app, pilot):

        async def ask() -> None:
            with failing(app, "read", BUSY):
                await app.lanes.read(search_people, "x", 3)

        app.run_worker(ask())
        await settled(pilot)
        assert "keeps the store" in said(app) and app.is_running


# -- drafts ----------------------------------------------------------------------------------------


def drafts(made: Division, name: str) -> dict[str, str]:
    return {d.form: d.body for d in made.store.read(drafts_of, made.people[name])}


async def test_a_form_left_by_esc_is_offered_again_and_gone_when_it_is_saved(
    made: Division,
) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        await open_session(app, pilot, made)
        await press(pilot, "a")
        await press(pilot, "escape")
        assert drafts(made, FINN) == {}
        await press(pilot, "a")
        await type_text(pilot, "Draft it")
        await press(pilot, "escape")
        assert "Draft it" in drafts(made, FINN)["session.add_action"]
    async with running(made.store, made.people[FINN]) as (app, pilot):
        assert "Go on with “A next action of Fri 9 Oct" in shown(app)
        await open_session(app, pilot, made)
        await press(pilot, "a")
        assert "What you left here stands in it again." in shown(app) and "Draft it" in shown(app)
        await press(pilot, "tab", "tab", "tab", "enter")
        assert drafts(made, FINN) == {}
        await press(pilot, "a")
        assert "What you left here" not in shown(app)


async def test_a_reason_is_kept_while_it_is_typed(
    made: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "SECONDS", 0.01)
    name = "Paula Principal"
    async with running(made.store, made.people[name]) as (app, pilot):
        app.go("unregistered")
        await settled(pilot)
        await press(pilot, "u")
        await type_text(pilot, "on leave")
        await pilot.pause(0.1)
        await settled(pilot)
        assert "on leave" in drafts(made, name)["join.expect"]
        await press(pilot, "escape")
        app.go("today")
        await settled(pilot)
        assert "Go on with" not in shown(app)
        app.go("unregistered")
        await settled(pilot)
        await press(pilot, "u")
        assert "on leave" in shown(app)
        await press(pilot, *["backspace"] * 8, "escape")
        assert drafts(made, name) == {}


async def test_a_reason_that_cannot_be_kept_is_named_before_leaving(made: Division) -> None:
    async with running(made.store, made.people["Paula Principal"]) as (app, pilot):
        app.go("unregistered")
        await settled(pilot)
        with failing(app, "write", FULL):
            await press(pilot, "u")
            await type_text(pilot, "ill")
            await press(pilot, "escape")
            assert "what you typed could not be kept yet" in said(app)
            await press(pilot, "q")
            assert "could not keep “A reason about" in shown(app)
            await press(pilot, "n")


async def test_what_one_teaches_is_kept_while_it_is_typed(
    made: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "SECONDS", 0.01)
    name = "Teacher One"
    async with running(made.store, made.people[name]) as (app, pilot):
        app.go("profile")
        await settled(pilot)
        assert drafts(made, name) == {}
        app.screen.query_one("#input-subjects").focus()
        await type_text(pilot, "Art")
        await pilot.pause(0.1)
        await settled(pilot)
        assert "Art" in drafts(made, name)["profile.teaches"]
    async with running(made.store, made.people[name]) as (app, pilot):
        app.go("profile")
        await settled(pilot)
        assert "What you left here" in said(app)
        assert app.screen.query_one("#input-subjects", LineInput).value == "Art"
        app.screen.query_one("#input-subjects").focus()
        await press(pilot, "enter")
        assert drafts(made, name) == {}


async def test_what_is_taken_out_of_a_text_is_said(made: Division) -> None:
    async with running(made.store, made.people["Paula Principal"]) as (app, pilot):
        app.go("unregistered")
        await settled(pilot)
        await press(pilot, "u")
        app.screen.query_one(LineInput)._on_paste(events.Paste("on\u202e le\u2066ave"))
        await press(pilot, "enter")
        assert "2 invisible characters were taken out." in said(app)
        await press(pilot, "f", "u")
        await type_text(pilot, "back")
        await press(pilot, "enter")
        assert "taken out" not in said(app)


# -- help ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kiosk", [False, True])
async def test_help_leaves_out_what_a_kiosk_does_not_have(made: Division, kiosk: bool) -> None:
    async with running(made.store, kiosk=kiosk, size=(120, 90)) as (app, pilot):
        app.go("help")
        await settled(pilot)
        text = shown(app)
        assert ("Write the list to a file" in text) is not kiosk
        assert ("Find a step or an action" in text) is not kiosk
        assert ("Travel to another day" in text) is not kiosk
        assert "messages" not in text and "Leave what is open" in text


async def test_a_screen_that_loads_while_the_program_ends_is_let_finish(made: Division) -> None:
    """Its widgets were taken down under the load: leaving a question by Enter ended in a fault."""
    app = CofpApp(made.store)
    held = threading.Event()
    async with app.run_test() as pilot:
        await settled(pilot)
        app.lanes._reader.put(lambda: held.wait(5) and None)
        load = app._house.reload()
        app.travel(("sample",))
        await pilot.pause(0.2)
        assert app.is_running, "it waits for the load"
        held.set()
        await asyncio.wait({load}, timeout=5)
        assert not load.cancelled() and load.exception() is None
    assert app.return_value is not None and app.return_value.arguments == ("sample",)
    await app.lanes.close()


async def test_a_second_wish_waits_its_turn_and_the_same_one_is_asked_once(made: Division) -> None:
    """While one write waited, the answer to the next question was dropped without a word."""
    calls: list[str] = []

    def write(store: Store, actor: Actor, words: str) -> Receipt:
        calls.append(words)
        held.wait(5)
        return Receipt("notice.seen", words)

    held = threading.Event()
    async with running(made.store, made.people[FINN]) as (app, pilot):
        house = app._house
        wishes = [asyncio.create_task(house.ask_store(write, words)) for words in ("a", "b", "a")]
        await pilot.pause(0.1)
        held.set()
        answers = [await wish for wish in wishes]
    assert [answer and answer.words for answer in answers] == ["a", "b", None]
    assert calls == ["a", "b"]


async def test_signing_out_waits_for_a_write_and_says_that_it_was_refused(made: Division) -> None:
    """The person left while it was under way, believing that it was done."""
    held = threading.Event()

    def write(store: Store, actor: Actor) -> Receipt:
        held.wait(5)
        raise Refused("All places are taken.")

    async with running(made.store, made.people[FINN]) as (app, pilot):
        wish = asyncio.create_task(app._house.ask_store(write))
        await pilot.pause(0.05)
        await pilot.press("q")
        await pilot.pause(0.6)
        assert app.is_running and "Saving …" in said(app)
        held.set()
        await wish
        await settled(pilot)
        assert isinstance(app.screen, Confirm) and "All places are taken." in shown(app)
        await press(pilot, "n")
        assert app.return_value is None and app.session is not None
        await press(pilot, "q")
        assert app.return_value is not None


async def test_whoever_is_gone_from_the_roster_is_signed_out_at_the_next_load(
    made: Division,
) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        keep_draft(made.store, made.actor(FINN), "session.notes", "1", "Notes", "begun")
        made.store.unit(
            lambda: PersonRow.update(active=False).where(PersonRow.name == FINN).execute()
        )
        await press(pilot, "4")
        assert app.return_value == Outcome(again=True, farewell=True)
    assert drafts(made, FINN) == {"session.notes": "begun"}
    app = CofpApp(made.store, farewell=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "You were signed out: the roster says that you are not on the staff" in said(app)
    await app.lanes.close()


async def test_what_was_begun_on_a_screen_that_was_left_is_kept_at_sign_out(made: Division) -> None:
    """Only the screens in sight were asked: a subject typed on one's own page was gone."""
    who = made.people["Teacher One"]
    async with running(made.store, who) as (app, pilot):
        await press(pilot, "comma", "tab")
        await type_text(pilot, "Art")
        await press(pilot, "escape", "q")
        assert app.return_value is not None and app.return_value.again
    [draft] = made.store.read(drafts_of, who)
    assert "Art" in draft.body


async def test_a_refused_form_stays_unfinished_whatever_is_written_next(made: Division) -> None:
    """The next write of anything took the draft of the refused one with it."""
    who = made.people["Teacher One"]
    set_clock(made.store, 2026, 9, 28)
    async with running(made.store, who) as (app, pilot):
        app.go("join", Intent("join", id=made.communities["Band & Choir"]))
        await settled(pilot)
        await press(pilot, "c")
        await type_text(pilot, "Music please")
        with failing(app, "write", BUSY):
            await press(pilot, "enter")
        assert "Another program" in said(app)
        await app._house.do(today.take_note, ())
        await settled(pilot)
        await press(pilot, "q")
    [draft] = made.store.read(drafts_of, who)
    assert "Music please" in draft.body


async def test_a_question_at_sign_out_that_nobody_answers_keeps_nobody_signed_in(
    made: Division, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The terminal stayed signed in for ever behind “Leave without it?”, and after “stay” too."""
    async with running(made.store, made.people[FINN]) as (app, pilot):
        app.go("session", Intent("session", id=meeting_of(made)))
        await settled(pilot)
        await press(pilot, "n")
        await type_text(pilot, "dear")
        with failing(app, "write", FULL):
            await press(pilot, "f10")
            assert isinstance(app.screen, Confirm)
            await press(pilot, "n")
            assert app._idle is not None and not app._leaving
            monkeypatch.setattr(CofpApp, "_idle_seconds", 0.1)
            await pilot.press("f10")
            await pilot.pause(0.5)
            assert not isinstance(app.screen, Confirm), "nobody answered"
        app.workers.cancel_group(app, "leave")
