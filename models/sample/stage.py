"""The stage on which a year is played: one clock, events in the order of time, public writes only."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from ..clock import Clock, zone
from ..database import Store
from ..errors import Conflict, Refused
from ..journal import Actor, Receipt

_PAUSE = timedelta(seconds=11)
"""Between two things that somebody does in one sitting."""


class Stage:
    """Plays what is due until a moment, the same each time.

    What happens later never changes what happened before: a sample of October tells the same
    September as one of September.
    """

    def __init__(self, store: Store, until: datetime, seed: int) -> None:
        """`until`: the last moment played, in the division's time, without a zone."""
        self.store = store
        self.until = until
        self.rng = random.Random(seed)
        self._zone = zone(store.settings.zone)
        self._events: list[tuple[datetime, int, Callable[..., object], tuple[Any, ...]]] = []
        self._numbers = count(1)
        self._ops = count(1)
        self._now = datetime(1, 1, 1)  # noqa: DTZ001 - the division's time, as everywhere here

    @property
    def on(self) -> date:
        """The day that is being played."""
        return self._now.date()

    def at(self, on: date, hour: float, event: Callable[..., object], *args: Any) -> None:
        """Let something happen on a day; `hour` in the division's time, 13.5 is half past one."""
        moment = datetime.combine(on, time()) + timedelta(hours=hour)
        if moment <= self.until:
            heapq.heappush(self._events, (moment, next(self._numbers), event, args))

    def run(self) -> None:
        """Play every event that is due, and those that follow from them."""
        while self._events:
            moment, _, event, args = heapq.heappop(self._events)
            self._now = max(moment, self._now)
            event(*args)

    def do(
        self, person_id: int | None, write: Callable[..., Receipt], *args: Any, **more: Any
    ) -> Receipt:
        """Let somebody (None: the operator) do a public write at this moment."""
        self._now += _PAUSE
        at = self._now.replace(tzinfo=self._zone).astimezone(UTC).replace(tzinfo=None)
        self.store.clock = Clock(self.store.settings.zone, fixed_at=at)
        actor = Actor(person_id, person_id is None, self.new_op())
        return write(self.store, actor, *args, **more)

    def attempt(
        self, person_id: int | None, write: Callable[..., Receipt], *args: Any, **more: Any
    ) -> Receipt | None:
        """The same where the rules may say no, as they do to people; None then."""
        try:
            return self.do(person_id, write, *args, **more)
        except (Refused, Conflict):
            return None

    def new_op(self) -> str:
        """The next operation id."""
        return f"sample-{next(self._ops):06}"

    def chance(self, share: float) -> bool:
        """Whether something happens that happens in that share of all cases."""
        return self.rng.random() < share
