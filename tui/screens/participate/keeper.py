"""Keeps what is being typed in the store, for its writer alone, until it is saved."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from models.drafts import Draft, drop_draft, keep_draft
from models.journal import Actor
from tui.lanes import Lanes

SECONDS = 3.0
"""From the first key that is not kept yet to its keeping; five are promised."""
FORM = "session.notes"


@dataclass(frozen=True)
class Kept:
    """Notes that were typed and not saved."""

    version: int
    """The version that they were begun from."""
    body: str


def kept_in(draft: Draft | None) -> Kept | None:
    """What a draft holds; None where there is none, or it is no draft of notes."""
    if draft is None:
        return None
    try:
        held = json.loads(draft.body)
        return Kept(int(held["version"]), str(held["body"]))
    except (ValueError, TypeError, KeyError):
        return None


class Keeper:
    """One text on its way: `typed` at every change, `kept` once it is in the store."""

    def __init__(
        self,
        lanes: Lanes,
        person_id: int,
        meeting_id: int,
        title: str,
        later: Callable[[float, Callable[[], Any]], Any],
    ) -> None:
        """`later(seconds, do)` is a timer of the screen's."""
        self._lanes, self._person_id, self._title = lanes, person_id, title
        self._subject = str(meeting_id)
        self._later = later
        self._waiting: Kept | None = None
        self._is_timed = False
        self._in_store = False
        self.is_kept = False
        """Whether the store has a draft, and all that was typed is in it."""

    def found(self) -> None:
        """The store has a draft from before."""
        self._in_store = self.is_kept = True

    def typed(self, version: int, body: str, do: Callable[[], Any]) -> None:
        """This stands in the field now; `do` is called when it is time to `keep`."""
        self._waiting, self.is_kept = Kept(version, body), False
        if not self._is_timed:
            self._is_timed = True
            self._later(SECONDS, do)

    async def keep(self) -> bool:
        """Put what waits into the store; whether there was anything. Raises CofpError."""
        self._is_timed = False
        held, self._waiting = self._waiting, None
        if held is None:
            return False
        self._in_store = True
        body = json.dumps({"version": held.version, "body": held.body}, ensure_ascii=False)
        try:
            await self._lanes.write(
                keep_draft, Actor(self._person_id), FORM, self._subject, self._title, body
            )
        except BaseException:
            self._waiting = self._waiting or held
            raise
        self.is_kept = self._waiting is None
        return True

    async def drop(self) -> None:
        """Forget it, if there is any: it is saved. Raises CofpError."""
        self._waiting, self.is_kept = None, False
        if not self._in_store:
            return
        self._in_store = False
        await self._lanes.write(drop_draft, Actor(self._person_id), FORM, self._subject)
