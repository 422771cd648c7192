"""Leaving without a trace: what was asked for is finished, what was typed is kept, then the program ends."""

from __future__ import annotations

import asyncio
import signal
from typing import Any

from textual.app import App
from textual.message import Message

from models.clock import monotonic
from models.database import Store
from models.errors import CofpError
from models.words import listed

from . import safe
from .house import House
from .intent import Outcome, Session
from .lanes import Lanes

_STAY = 600.0
"""Seconds that sign-out of somebody who went away waits for what they typed to be kept."""
_KEEP_AGAIN = 10.0
"""Seconds between two tries to keep it."""
_STAY_SIGNALLED = 75.0
"""Seconds that a signal's end waits for it; 90 is when service managers kill what has not ended."""
_KEEP_AGAIN_SIGNALLED = 0.5
"""Seconds between two tries then; each waits for its turn at the store besides."""

_LOADS_END = 1.0
"""Seconds that the end of the program waits for what is still being read."""


class Leaving(App[Outcome], inherit_bindings=False):
    """The application's part that ends it: for whoever signs out, for whoever went away, and on signals."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.lanes = Lanes(store)
        self.session: Session | None = None
        self.is_kiosk = False
        self.is_ending = False
        """Whether the screens are about to be taken down: none loads any more."""
        self._last_key = monotonic()
        self._leaving = False
        self._end_code = 0
        self._tasks: set[asyncio.Task[Any]] = set()

    def _said(self, error: Exception) -> bool:
        """Say what a task met, where it has words for a person."""
        raise NotImplementedError

    def _arm_idle(self) -> None:
        """Watch again whether anybody is there."""
        raise NotImplementedError

    def _close_questions(self) -> None:
        """Take away whatever stands over the uppermost full screen."""
        raise NotImplementedError

    @property
    def _idle_seconds(self) -> float:
        """Seconds without a key after which nobody is taken to be there."""
        raise NotImplementedError

    @property
    def _house(self) -> House:
        """The uppermost full screen: a question may stand over it."""
        return next(s for s in reversed(self.screen_stack) if isinstance(s, House))

    def watch_task(self, task: asyncio.Task[Any]) -> None:
        """Hold a task until it is done; whatever it raises is this application's failure."""
        self._tasks.add(task)
        task.add_done_callback(self._task_done)

    def _task_done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception) and not self._said(error):
            self._handle_exception(error)

    # -- signing out ---------------------------------------------------------------------------------

    async def action_sign_out(self) -> None:
        """Sign out; at Welcome ask whether to leave the program (a kiosk stays)."""
        if self.session is None:
            if not self.is_kiosk and isinstance(self.screen, House):
                self.run_worker(self._ask_to_leave(), group="leave")
        else:
            self.run_worker(self._leave(Outcome(again=True)), group="leave")

    async def _ask_to_leave(self) -> None:
        from .widgets.confirm import Confirm

        if await self.push_screen_wait(Confirm("Leave the program?", yes="leave", no="stay")):
            await self._leave(Outcome())

    def travel(self, arguments: tuple[str, ...]) -> None:
        """Start again with other arguments: another day of the sample, a new store."""
        self.run_worker(self._leave(Outcome(True, arguments)), group="leave")

    async def _leave(self, outcome: Outcome) -> None:
        """Finish what was asked for and keep what was typed, then end; where that fails, the person decides."""
        if self._leaving:
            return
        self._leaving = True
        failed = await self._finish_writes()
        lost = await self._keep_all()
        goes = await self._ask_to_lose(lost, failed) if lost or failed else True
        if goes:
            await self._end(outcome)
            return
        self._leaving = False
        if goes is None:
            await self._leave_unasked(may_return=True)
        elif self.session is not None:
            self._arm_idle()

    async def _finish_writes(self) -> tuple[str, ...]:
        """Wait for what the store was asked to write; why that was not done which was not, in words."""
        if not self.lanes.writing:
            return ()
        self._house.said.busy("Saving …")
        errors = await self.lanes.finish_writes()
        return tuple(dict.fromkeys(str(e) for e in errors if isinstance(e, CofpError)))

    async def _ask_to_lose(self, lost: tuple[str, ...], failed: tuple[str, ...]) -> bool | None:
        """Whether to leave all the same; None when nobody has answered for as long as idling may last."""
        from .widgets.confirm import Confirm

        words = [*failed]
        if lost:
            words.append(f"The store could not keep {listed(lost)}.")
        question = Confirm(
            "Leave without it?" if lost else "Not done",
            (*words, "You can stay, and try again."),
            yes="leave without it" if lost else "leave all the same",
            no="stay",
            danger=True,
        )
        try:
            return await asyncio.wait_for(self.push_screen_wait(question), self._idle_seconds)
        except TimeoutError:
            self._close_questions()
            return None

    async def _leave_unasked(self, *, may_return: bool) -> None:
        """Sign out somebody who is not there: not before all is kept, unless that takes too long.

        `may_return`: whether a key puts it off.
        """
        if self._leaving:
            return
        self._leaving = True
        began = monotonic()
        while (lost := await self._keep_all()) and monotonic() - began < _STAY:
            self._house.said.warn(f"Signing out waits: {listed(lost)} could not be kept yet.")
            await asyncio.sleep(_KEEP_AGAIN)
            if may_return and self._last_key > began:
                self._leaving = False
                self._arm_idle()
                return
        await self._end(Outcome(again=True))

    async def _end(self, outcome: Outcome, code: int = 0, words: str | None = None) -> None:
        """Finish every write, then end; `words` stay on the terminal."""
        while self.lanes.writing:
            await asyncio.sleep(0.01)
        if self._end_code and not code:
            # A signal came while somebody was signing out: it ends the program, whatever was wished.
            outcome, code = Outcome(), self._end_code
        await self._finish_loads()
        self.exit(outcome, return_code=code, message=words and safe.rich_text(words))

    async def _finish_loads(self) -> None:
        """Let every screen take in what it asked for: later its widgets are gone."""
        self.is_ending = True
        screens = (s for s in self.screen_stack if isinstance(s, House))
        if loads := {s.last_load for s in screens if s.last_load is not None}:
            _, late = await asyncio.wait(loads, timeout=_LOADS_END)
            for load in late:
                load.cancel()

    async def _keep_all(self) -> tuple[str, ...]:
        """Keep what was typed, on screens that have been left too; what could not be kept, in words."""
        lost: list[str] = []
        for screen in dict.fromkeys((*self.screen_stack, *self._installed_screens.values())):
            if isinstance(screen, House):
                lost += await screen.keep()
        return tuple(lost)

    # -- signals -------------------------------------------------------------------------------------

    def _catch_signals(self) -> None:
        if self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"):
            number = getattr(signal, name)
            loop.add_signal_handler(number, self._signalled, number)

    def on_input_ended(self, message: Message) -> None:
        """Nothing can be heard from the terminal any more: it has hung up, or reading it failed."""
        # By name, so that the driver is not imported before there is a terminal.
        error: Exception | None = getattr(message, "error", None)
        if error is not None:
            self._leaving = True
            self.watch_task(asyncio.get_running_loop().create_task(self._give_up(error)))
        elif not self._end_code:
            self._signalled(signal.SIGHUP)

    async def _give_up(self, error: Exception) -> None:
        """End as after every fault of the program, once what was typed is kept."""
        await self._keep_all()
        self._handle_exception(error)

    def _signalled(self, number: int) -> None:
        if self._end_code:
            return  # it is on its way out, and keeps what was typed first
        self._end_code = 128 + number
        self._leaving = True
        self.watch_task(asyncio.get_running_loop().create_task(self._obey(128 + number)))

    async def _obey(self, code: int) -> None:
        """A signal: keep what was typed, however long another program holds the store within reason, and end."""
        began = monotonic()
        while (lost := await self._keep_all()) and monotonic() - began < _STAY_SIGNALLED:
            self._house.said.warn(f"Ending waits: {listed(lost)} could not be kept yet.")
            await asyncio.sleep(_KEEP_AGAIN_SIGNALLED)
        words = (
            f"CofP was told to end, and the store could not keep {listed(lost)}." if lost else None
        )
        await self._end(Outcome(), code, words)
