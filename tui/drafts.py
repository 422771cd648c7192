"""The unfinished forms of a screen: kept while somebody types, offered when they open them again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from models.drafts import read_draft
from models.errors import CofpError

from .keeper import Keeper
from .unfinished import Unfinished

if TYPE_CHECKING:
    from .house import House
    from .widgets.confirm import Question

Values = Mapping[str, str | tuple[str, ...]]


class Drafts:
    """One keeper for each form that was opened over a screen."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._keepers: dict[tuple[str, str], Keeper] = {}
        self._answered: Keeper | None = None
        """The form whose answer is on its way to the store."""

    async def take_up(self, question: Question[Any]) -> None:
        """Put into a question what was left of it, and follow what is typed into it."""
        if question.draft is None:
            return
        keeper = await self._begin(question.draft)
        if keeper is None:
            return
        left = values_in(keeper.body)
        if left:
            question.restore(left)
        question.tell = lambda values: self._typed(keeper, values)

    async def take_up_form(self, what: Unfinished) -> dict[str, str | tuple[str, ...]]:
        """What was left of a form that stands on the screen itself; `typed` and `done` follow it."""
        keeper = await self._begin(what)
        return values_in(keeper.body) if keeper is not None else {}

    def typed(self, what: Unfinished, values: Values) -> None:
        """This stands in a form on the screen now; it is kept once `take_up_form` has been asked."""
        keeper = self._keepers.get((what.form, what.subject))
        if keeper is not None:
            self._typed(keeper, values)

    async def drop(self, what: Unfinished) -> None:
        """What was typed into a form on the screen is in the store."""
        keeper = self._keepers.get((what.form, what.subject))
        if keeper is not None:
            await self._drop(keeper)

    async def _begin(self, what: Unfinished) -> Keeper | None:
        """The keeper of a form, with what was left of it; None while nobody is signed in."""
        session = self._house.app.session
        if session is None:
            return None
        keeper = self._keepers.get((what.form, what.subject))
        if keeper is None:
            app = self._house.app
            keeper = Keeper(app.lanes, session.person_id, what, app.set_timer)
            self._keepers[what.form, what.subject] = keeper
        if keeper.body is None:
            draft = await self._house.read(read_draft, session.person_id, what.form, what.subject)
            if draft is not None:
                keeper.found(draft.body)
        return keeper

    def _typed(self, keeper: Keeper, values: Values) -> None:
        body = json.dumps(values, ensure_ascii=False)
        if body != keeper.body and (keeper.body is not None or any(values.values())):
            keeper.typed(body, lambda: self._house.app.run_worker(self._keep(keeper)))

    async def put_down(self, what: Unfinished, *, is_answered: bool) -> None:
        """The question is closed: it waits for `done`, or is kept for another time."""
        keeper = self._keepers.get((what.form, what.subject))
        self._answered = keeper if is_answered else None
        if keeper is None or is_answered:
            return
        if not any(values_in(keeper.body).values()):
            await self._drop(keeper)
        elif not await self._keep(keeper):
            self._house.said.warn(f"{what.title}: what you typed could not be kept yet.")

    async def done(self) -> None:
        """What was answered last is in the store: nothing is unfinished about it."""
        keeper, self._answered = self._answered, None
        if keeper is not None:
            await self._drop(keeper)

    def refused(self) -> None:
        """What was answered last was not done: it stays unfinished."""
        self._answered = None

    async def keep(self) -> tuple[str, ...]:
        """Keep all of them; the titles of those that could not be kept."""
        keepers = tuple(self._keepers.values())
        return tuple([f"“{k.what.title}”" for k in keepers if not await self._keep(k)])

    async def _keep(self, keeper: Keeper) -> bool:
        known_of = keeper.elsewhere
        try:
            await keeper.keep()
        except CofpError:
            return False
        if keeper.elsewhere > known_of:
            self._house.said.warn(
                f"{keeper.what.title}: you fill this in at another terminal too. What stands there "
                "is kept as well, and is offered here once this is settled."
            )
        return True

    async def _drop(self, keeper: Keeper) -> None:
        self._keepers.pop((keeper.what.form, keeper.what.subject), None)
        # A draft that could not be dropped is offered once more, which costs nothing.
        with suppress(CofpError):
            await keeper.drop()


def values_in(body: str | None) -> dict[str, str | tuple[str, ...]]:
    """What a draft of a form holds, by field; empty where there is none, or it is of another kind."""
    if body is None:
        return {}
    try:
        held = json.loads(body)
    except ValueError:
        return {}
    if not isinstance(held, dict):
        return {}
    return {
        str(name): value if isinstance(value, str) else tuple(map(str, value))
        for name, value in held.items()
        if isinstance(value, str | list)
    }
