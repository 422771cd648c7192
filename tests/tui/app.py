"""The real application on a real store, driven by Pilot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from models.database import Store
from models.people import person
from tui.app import CofpApp
from tui.intent import Session


@asynccontextmanager
async def running(
    store: Store,
    person_id: int | None = None,
    size: tuple[int, int] = (120, 36),
    kiosk: bool = False,
) -> AsyncIterator[tuple[CofpApp, Pilot[Any]]]:
    """The application at Welcome, or signed in as somebody (the sign-in screens have their own tests)."""
    app = CofpApp(store, kiosk=kiosk)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        if person_id is not None:
            name = await app.lanes.read(lambda: person(person_id).name)
            await app.sign_in_done(Session(person_id, name), None)
            await settled(pilot)
        yield app, pilot
        await settled(pilot)
    await app.lanes.close()


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until no screen loads, no worker runs and every message is handled."""
    app: Any = pilot.app
    for _ in range(200):
        await pilot.pause()
        busy = [w for w in app.workers if w.is_running and w.group not in ("intent-wait", "ask")]
        if not app.is_loading and not app.lanes.writing and not (busy and not _is_asking(app)):
            await pilot.pause()
            if not app.is_loading:
                return
        await asyncio.sleep(0.005)
    raise AssertionError("the screen never settled")


def _is_asking(app: CofpApp) -> bool:
    """Whether a question is open, for whose answer a worker waits."""
    from textual.screen import ModalScreen

    return isinstance(app.screen, ModalScreen)


def shown(app: CofpApp) -> str:
    """What the whole screen shows now, as plain text."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after the other, each when the screen has settled."""
    app: Any = pilot.app
    for key in keys:
        # As somebody who reads what is said before going on.
        app.guard.rest()
        await pilot.press(key)
        await settled(pilot)
    await settled(pilot)


async def type_text(pilot: Pilot[Any], words: str) -> None:
    """Type a text into what has the focus."""
    await press(pilot, *("space" if c == " " else c for c in words))
