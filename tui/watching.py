"""The watch on time: whether anybody is still there, which day it is, and when memory is tidied."""

from __future__ import annotations

import gc

from textual.timer import Timer

from models.clock import monotonic
from models.database import Store
from models.today import Frame

from .house import House
from .leaving import Leaving

_COLLECT_AFTER = 0.6
"""Seconds after the last key in which memory is tidied; a full collection is a 100 ms spike."""
_COLLECT_AT_LATEST = 3.0
"""Seconds of keys without a pause after which what is young is tidied all the same.

Without it 5,000 openings by a key held down grew memory by 147 MB, which no later tidying gives back.
"""
_LOOKS_AT_DAY = 60.0
"""Seconds without a key after which the next one looks whether the day is another."""


class Watching(Leaving, inherit_bindings=False):
    """The application's part that keeps time."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.frame_or_none: Frame | None = None
        self._started = monotonic()
        self._day_seen = monotonic()
        self._collecting: Timer | None = None
        self._collected = monotonic()
        self._idle: Timer | None = None

    @property
    def frame(self) -> Frame:
        """The head of every screen, as of the last load; RuntimeError before the first."""
        if self.frame_or_none is None:
            raise RuntimeError("the head of the screens has not been read yet")
        return self.frame_or_none

    def _begin_watch(self) -> None:
        self.set_timer(_COLLECT_AFTER, self._settled)
        self._arm_midnight()

    def _signed_in_now(self) -> None:
        self._started = self._last_key = monotonic()

    def _touched(self) -> None:
        """A key, a click or a paste came."""
        self._last_key = monotonic()
        if self._last_key - self._day_seen > _LOOKS_AT_DAY:
            # A terminal that slept may have missed midnight.
            self._check_day()
        if self._collecting is None:
            self._collecting = self.set_timer(_COLLECT_AFTER, self._collect)

    # -- memory --------------------------------------------------------------------------------------

    def _settled(self) -> None:
        # What start-up made stays: it need not be looked through again at every collection.
        gc.collect()
        gc.freeze()

    def _collect(self) -> None:
        rest = _COLLECT_AFTER - (monotonic() - self._last_key)
        if rest > 0:
            if monotonic() - self._collected > _COLLECT_AT_LATEST:
                self._collected = monotonic()
                gc.collect(1)
            self._collecting = self.set_timer(rest, self._collect)
            return
        self._collecting = None
        self._collected = monotonic()
        gc.collect()

    # -- the day -------------------------------------------------------------------------------------

    def _arm_midnight(self) -> None:
        self.set_timer(self.store.clock.seconds_to_midnight() + 1.0, self._midnight)

    def _midnight(self) -> None:
        self._check_day()
        self._arm_midnight()

    def _check_day(self) -> None:
        self._day_seen = monotonic()
        frame = self.frame_or_none
        if frame is not None and self.store.clock.today() != frame.on:
            for screen in self.screen_stack:
                if isinstance(screen, House):
                    screen.reload()

    # -- whoever is here -------------------------------------------------------------------------------

    @property
    def _idle_seconds(self) -> float:
        return float(self.frame.idle_seconds)

    def _arm_idle(self) -> None:
        if self._idle is not None:
            self._idle.stop()
        rest = self.frame.idle_seconds - (monotonic() - self._last_key)
        left = self.frame.session_hours * 3600 - (monotonic() - self._started)
        self._idle = self.set_timer(max(0.1, min(rest, left)), self._check_idle)

    def _check_idle(self) -> None:
        if self.session is None or self._leaving:
            return
        now = monotonic()
        if now - self._started >= self.frame.session_hours * 3600:
            self.run_worker(self._leave_unasked(may_return=False), group="leave")
        elif now - self._last_key >= self.frame.idle_seconds:
            self.run_worker(self._ask_idle(), group="idle", exclusive=True)
        else:
            self._arm_idle()

    async def _ask_idle(self) -> None:
        from .screens.idle import StillThere

        lost = await self._keep_all()
        if await self.push_screen_wait(StillThere(is_kept=not lost)):
            self._last_key = monotonic()
            self._arm_idle()
        else:
            await self._leave_unasked(may_return=True)
