"""Writing notes while the store is slow or refuses: no word that was typed is lost."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from textual import events

from models import participate
from models.communities import meetings_of
from models.database import Store
from models.drafts import drafts_of
from models.kept import SessionNoteRow
from models.text import NOTES
from tests.conftest import set_clock
from tests.factory import Division, division
from tui.app import CofpApp
from tui.intent import Intent
from tui.screens.participate import SessionScreen

from .app import press, running, settled, shown, type_text

FINN = "Finn Facilitator"


@pytest.fixture
def made(sqlite_store: Store) -> Division:
    """Numeracy Talks with a facilitator and a member, on the day of its first meeting."""
    made = division(sqlite_store, members=1)
    made.join("Teacher One", "Numeracy Talks")
    set_clock(sqlite_store, 2026, 10, 9)
    return made


def meeting_of(made: Division) -> int:
    return made.store.read(meetings_of, made.communities["Numeracy Talks"])[0].id


def saved(made: Division) -> str:
    """The notes as they are in the store for all who facilitate."""
    row = made.store.read(lambda: SessionNoteRow.select().first())
    return row.body if row else ""


def kept(made: Division) -> list[str]:
    return [draft.body for draft in made.store.read(drafts_of, made.people[FINN])]


def said(app: CofpApp) -> str:
    return " ".join(app._house.said.text.split())


async def open_notes(app: CofpApp, pilot: Any, made: Division) -> SessionScreen:
    app.go("session", Intent("session", id=meeting_of(made)))
    await settled(pilot)
    assert isinstance(app.screen, SessionScreen)
    await press(pilot, "n")
    return app.screen


async def arrived(pilot: Any, screen: SessionScreen, text: str) -> None:
    """Wait until that stands in the field."""
    for _ in range(200):
        if screen._text is not None and screen._text.text == text:
            return
        await pilot.pause(0.01)
    raise AssertionError("the keys never arrived")


class Slow:
    """A store that takes its time over one kind of write."""

    def __init__(self, app: CofpApp, what: Any) -> None:
        lanes: Any = app.lanes
        real = lanes.write
        self.asked, self.go_on = asyncio.Event(), asyncio.Event()

        async def write(do: Any, *arguments: Any, **more: Any) -> Any:
            if do is what:
                self.asked.set()
                await self.go_on.wait()
            return await real(do, *arguments, **more)

        lanes.write = write


async def test_what_is_typed_while_notes_are_saved_stays_in_the_field_and_is_kept(
    made: Division,
) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        screen = await open_notes(app, pilot, made)
        await type_text(pilot, "First.")
        slow = Slow(app, participate.write_notes)
        await pilot.press("escape")
        await slow.asked.wait()
        await pilot.press(*"Later")
        await arrived(pilot, screen, "First.Later")
        slow.go_on.set()
        await settled(pilot)
        assert screen._text is not None and screen._text.display
        assert screen._text.text == "First.Later"
        assert saved(made) == "First."
        assert "since is kept for you" in said(app)
        await screen.keep()
        assert any("First.Later" in body for body in kept(made))
        await press(pilot, "escape")
        assert saved(made) == "First.Later" and kept(made) == []
        assert "First.Later" in shown(app)


async def test_notes_take_what_fits_say_what_does_not_and_keep_all_that_they_hold(
    made: Division,
) -> None:
    async with running(made.store, made.people[FINN]) as (app, pilot):
        screen = await open_notes(app, pilot, made)
        await type_text(pilot, "ab")
        app.post_message(events.Paste('"' * NOTES + "the end"))
        await settled(pilot)
        assert screen._text is not None
        assert screen._text.text == "ab" + '"' * (NOTES - 2)
        assert "200,000 characters" in said(app) and "9 more were not taken" in said(app)
        assert "the end" in said(app)
        assert await screen.keep() == ()
        [draft] = kept(made)
        assert json.loads(draft)["body"] == screen._text.text
        await pilot.press("z")
        await settled(pilot)
        assert "1 more was not taken: “z”" in said(app)
        await press(pilot, "backspace", "backspace", "z")
        assert screen._text.text.endswith('"z') and len(screen._text.text) == NOTES - 1
        assert await screen.keep() == ()


async def test_what_is_typed_while_a_draft_is_dropped_is_kept_too(made: Division) -> None:
    from models.drafts import drop_draft

    async with running(made.store, made.people[FINN]) as (app, pilot):
        screen = await open_notes(app, pilot, made)
        await type_text(pilot, "First.")
        await screen.keep()
        slow = Slow(app, drop_draft)
        await pilot.press("escape")
        await slow.asked.wait()
        await pilot.press(*"Later")
        await arrived(pilot, screen, "First.Later")
        slow.go_on.set()
        await settled(pilot)
        assert screen._text is not None and screen._text.text == "First.Later"
        await screen.keep()
        assert any("First.Later" in body for body in kept(made))
        await press(pilot, "escape")
        assert saved(made) == "First.Later" and kept(made) == []
