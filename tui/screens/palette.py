"""Find: every step and action of the screen by its words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from models import text

from ..keys import KEYS
from ..widgets.confirm import Question
from ..widgets.fields import LineInput
from ..widgets.lines import Item, Lines

if TYPE_CHECKING:
    from ..house import House


class Palette(Question[None]):
    """Type a few letters; Enter does the first that fits."""

    AUTO_FOCUS = "LineInput"

    def __init__(self, over: House) -> None:
        super().__init__("Find a step or an action")
        self._over = over
        self._found = _actions(over)

    def parts(self) -> Iterable[Widget]:
        yield LineInput(id="words", placeholder="type a few letters")
        yield Lines("Nothing is called that.", id="found")

    def on_mount(self) -> None:
        self._show("")

    def _show(self, typed: str) -> None:
        wanted = text.words(typed)
        fitting = [
            Item(ident, said, KEYS[ident].shown)
            for ident, said, _ in self._found
            if all(word in text.fold(said) for word in wanted)
        ]
        self.query_one("#found", Lines).show(fitting[:10])

    @on(Input.Changed, "#words")
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        self._show(message.value)

    @on(Input.Submitted, "#words")
    async def _entered(self, message: Input.Submitted) -> None:
        message.stop()
        first = self.query_one("#found", Lines).picked_id
        if first is not None:
            await self._run(first)

    @on(Lines.Picked, "#found")
    async def _picked(self, message: Lines.Picked) -> None:
        message.stop()
        await self._run(message.id)

    async def _run(self, ident: str) -> None:
        action = next(action for known, _, action in self._found if known == ident)
        self.dismiss(None)
        await self._over.run_action(action)


def _actions(over: House) -> list[tuple[str, str, str]]:
    """(key id, words, action) of everything that can be run from a screen now."""
    found: dict[str, tuple[str, str, str]] = {}
    for node, binding in over.bindings_here():
        ident = binding.id
        if ident not in KEYS or ident in ("palette", "back", "open", "next_field", "mark"):
            continue
        name = binding.action.partition("(")[0]
        if node.check_action(name, ()) is True:
            key = KEYS[ident]
            found.setdefault(ident, (ident, key.tip.rstrip(".") or key.words, binding.action))
    return list(found.values())
