"""Keys one after the other: what was typed ahead waits until what came before it is on the screen.

Textual hands a key to whatever has the focus when it comes, and acts upon it later. So a key behind one that
opens something would go to what is being left. Here it is handed out only when the key before it has had its
effect, as though the person had waited for it. Letters into a field and steps in a list pass at once.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from textual import events
from textual.message import Message
from textual.widget import Widget
from textual.worker import WorkerState

from models.clock import monotonic

from .house import House

if TYPE_CHECKING:
    from .app import CofpApp

TYPED_AHEAD = 0.05
"""Seconds within which one key follows another too fast for its effect to be seen to be under way."""
PATIENCE = 2.0
"""Seconds that a key waits at most for what the one before it opens; signing in is the longest."""
WRITE_PATIENCE = 0.3
"""The same while the store writes: another terminal may hold it for long, and the screen is there."""
_ROUNDS = 2
"""Messages that one key sets going, one after the other, before anything is awaited."""
_LOOK_AGAIN = 0.004
_MOST_MESSAGE = 0.25
"""Seconds that a message takes at most; one whose widget was taken down never arrives."""

MOVES = frozenset({"up", "down", "pageup", "pagedown", "home", "end"})
"""The keys that go to another line of a list."""

Typed = events.Key | events.Paste


class Turn(Message, bubble=True):
    """Goes the way of a key, behind everything that the key has set going."""

    def __init__(self) -> None:
        super().__init__()
        self.is_through = asyncio.Event()


class Turns:
    """The keys that wait, in the order in which they were typed."""

    def __init__(self, app: CofpApp, give: Callable[[Typed], Awaitable[None]]) -> None:
        """`give` hands a key to whatever has the focus."""
        self._app, self._give = app, give
        self._waiting: deque[Typed] = deque()
        self._last: Typed | None = None
        """The last key that was handed out, until it is known to have had its effect."""
        self._is_last_light = True
        self._handed_at = 0.0
        self._ignored: set[Any] = set()
        """Work that was waited for in vain: nothing waits for it again."""

    async def take(self, event: Typed) -> None:
        """Hand out a key that came from the terminal, at once or when its turn has come."""
        if self._waiting:
            self._waiting.append(event)
        elif self._must_wait(event):
            self._waiting.append(event)
            self._app.watch_task(asyncio.get_running_loop().create_task(self._go_on()))
        else:
            await self._hand_out(event)

    async def _go_on(self) -> None:
        while self._waiting and self._app.is_running:
            if self._must_wait(self._waiting[0]):
                await self._settle()
            # Taken off only now: what comes meanwhile stands behind it.
            await self._hand_out(self._waiting[0])
            self._waiting.popleft()

    async def _hand_out(self, event: Typed) -> None:
        self._last, self._is_last_light = event, self._is_light(event)
        self._handed_at = monotonic()
        await self._give(event)

    def _is_light(self, event: Typed) -> bool:
        """Whether a key stays where it is: a letter into a field, or a step in a list."""
        focused = self._app.focused
        takes: Callable[[Typed], bool] | None = getattr(focused, "takes", None)
        if takes is not None:
            return takes(event)
        is_move = isinstance(event, events.Key) and event.key in MOVES
        return focused is not None and (is_move or isinstance(event, events.Paste))

    def _must_wait(self, event: Typed) -> bool:
        last = self._last
        if last is None or (self._is_last_light and self._is_light(event)):
            return False
        since = min(event.time - last.time, monotonic() - self._handed_at)
        return since < TYPED_AHEAD or not self._is_quiet()

    # -- what the last key has set going -----------------------------------------------------------

    async def _settle(self) -> None:
        """Wait until the last key has had its effect, or for as long as is bearable."""
        began = monotonic()
        for _ in range(_ROUNDS):
            await self._let_messages_through()
        while True:
            if self._is_quiet():
                # What ended last may have told the widgets something.
                await self._let_paint()
                await self._let_messages_through()
                if self._is_quiet():
                    break
            is_saving = self._app.lanes.writing and self._app.session is not None
            most = WRITE_PATIENCE if is_saving else PATIENCE
            if monotonic() - began > most or not self._app.is_running:
                self._ignored = set(self._under_way())
                break
            await asyncio.sleep(_LOOK_AGAIN)
        self._last = None

    def _is_quiet(self) -> bool:
        """Whether the uppermost screen is there, with all that was asked for."""
        screen = self._app.screen
        if not isinstance(screen, House):
            # Whoever asked the question waits for its answer, so that work goes on under it.
            return screen.is_mounted and screen.focused is not None
        return all(work in self._ignored for work in self._under_way())

    def _under_way(self) -> list[Any]:
        """What the screen, its workers and the application still do."""
        app, screen = self._app, self._app.screen
        found: list[Any] = [w for w in app.workers if w.state in _WORKING]
        if isinstance(screen, House) and not screen.is_loaded:
            found.append(screen)
        if app.opening is not None and not app.opening.done():
            found.append(app.opening)
        return found

    async def _let_messages_through(self) -> None:
        turn = Turn()
        node: Widget = self._app.focused or self._app.screen
        if node.post_message(turn):
            await _wait(turn.is_through)

    async def _let_paint(self) -> None:
        painted = asyncio.Event()
        if self._app.screen.call_after_refresh(painted.set):
            await _wait(painted)


_WORKING = (WorkerState.PENDING, WorkerState.RUNNING)


async def _wait(event: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(event.wait(), _MOST_MESSAGE)
    except TimeoutError:
        return
