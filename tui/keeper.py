"""Keeps what is being typed in the store, for its writer alone, until it is saved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from typing import Any

from models.drafts import drop_draft, keep_draft
from models.errors import CofpError
from models.journal import Actor

from .lanes import Lanes
from .unfinished import Unfinished

SECONDS = 3.0
"""From the first key that is not kept yet to its keeping, or its next try; five are promised."""


class Keeper:
    """One form on its way: `typed` at every change, `is_kept` once it is in the store."""

    def __init__(
        self,
        lanes: Lanes,
        person_id: int,
        what: Unfinished,
        later: Callable[[float, Callable[[], Any]], Any],
    ) -> None:
        """`later(seconds, do)` is a timer."""
        self._lanes, self._person_id, self.what = lanes, person_id, what
        self._later = later
        self._waiting: str | None = None
        self._do: Callable[[], Any] | None = None
        self._is_timed = False
        self._known: set[str] = set()
        """What the store may hold of it from this terminal; anything else is another one's."""
        self._turn = asyncio.Lock()
        self.body: str | None = None
        """What was typed last; None before anything was, and once it is saved."""
        self.is_kept = False
        """Whether the store has a draft, and all that was typed is in it."""
        self.elsewhere = 0
        """How many other versions the same person has kept, at other terminals."""

    def found(self, body: str) -> None:
        """The store has this draft from before."""
        self.body = body
        self._known = {body}
        self.is_kept = True

    def typed(self, body: str, do: Callable[[], Any]) -> None:
        """This stands in the form now; `do` is called when it is time to `keep`."""
        self.body = self._waiting = body
        self._do, self.is_kept = do, False
        self._arm()

    def _arm(self) -> None:
        if not self._is_timed and self._do is not None:
            self._is_timed = True
            self._later(SECONDS, self._do)

    async def keep(self) -> bool:
        """Put what waits into the store; whether there was anything. Raises CofpError, then tries
        again later."""
        self._is_timed = False
        # One after the other: who comes second must not believe that the first will succeed.
        async with self._turn:
            held, self._waiting = self._waiting, None
            if held is None:
                return False
            what, known = self.what, frozenset(self._known)
            # Before it is asked for: whether a lost answer was a yes is not known.
            self._known.add(held)
            try:
                receipt = await self._lanes.write(
                    keep_draft,
                    Actor(self._person_id),
                    what.form,
                    what.subject,
                    what.title,
                    held,
                    known,
                )
            except CofpError:
                self._waiting = self._waiting or held
                self._arm()
                raise
            self._known = {held}
            self.elsewhere = int(receipt.facts["elsewhere"])
            self.is_kept = self._waiting is None
            return True

    async def drop(self) -> None:
        """Forget it, if there is any: it is saved. Raises CofpError."""
        self.body = self._waiting = None
        self.is_kept = False
        async with self._turn:
            if self._known:
                known, self._known = frozenset(self._known), set()
                await self._forget(known)

    async def forget(self, others: Collection[str]) -> None:
        """Let go of what other terminals kept: its owner has chosen. Raises CofpError."""
        await self._forget(others)
        self.elsewhere = 0

    async def _forget(self, bodies: Collection[str]) -> None:
        what = self.what
        await self._lanes.write(drop_draft, Actor(self._person_id), what.form, what.subject, bodies)
