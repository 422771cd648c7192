"""Find: every step, every screen that this person may see, and the screen's actions, by their words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

from models import text
from models.actions import judge
from models.people import short_school

from ..intent import Intent
from ..keys import JUDGED, KEYS, MOVE
from ..widgets.confirm import Question
from ..widgets.fields import LineInput
from ..widgets.lines import Item, Lines

if TYPE_CHECKING:
    from ..house import House


_UNSAID = frozenset({"palette", "back", "open", "next_field", "mark"})
"""Keys that mean something only where they are pressed."""
_WITH_KEYS = frozenset({"join", "unregistered", "requests", "participate"})
"""Screens whose keys are found from everywhere."""
_NAMED = frozenset({"codes", "profile", "division"})
"""Screens with a key: they are called by their names."""


class Palette(Question[None]):
    """Type a few letters; Enter opens or does the first that fits."""

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
            Item(str(place), found.said, found.key)
            for place, found in enumerate(self._found)
            if all(word in text.fold(f"{found.said} {found.also}") for word in wanted)
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
        found = self._found[int(ident)]
        self.dismiss(None)
        if found.intent is not None:
            self._over.app.go(found.intent.screen, found.intent)
        else:
            await self._over.run_action(found.action)


@dataclass(frozen=True)
class Found:
    """Something that can be run or opened from where one is."""

    said: str
    key: str = ""
    """The key that does the same; empty where none does from here."""
    also: str = ""
    """Other words by which it is found."""
    action: str = ""
    intent: Intent | None = None
    """The screen to open; None where `action` is run instead."""


def _screens(over: House) -> list[Found]:
    """The screens without a key of their own that the table lets this person see."""
    app, found = over.app, []
    who = over.standing
    sees_all = app.might("join.see_schools")
    if sees_all:
        found.append(Found("Every school", intent=Intent("schools")))
    if who.person_id is not None and app.might("join.see_unregistered"):
        where = "everywhere" if sees_all else f"at {short_school(who.school_name)}"
        intent = Intent("unregistered", "join.see_schools" if sees_all else "")
        found.append(Found(f"Unregistered {where}", also="missing", intent=intent))
    if app.might("join.approve_change"):
        found.append(Found("Requests for a change", intent=Intent("requests")))
    return found


def _actions(over: House) -> list[Found]:
    """The steps and screens, then everything else that can be run from a screen now."""
    found: dict[str, Found] = {}
    for node, binding in over.bindings_here():
        ident = binding.id
        if ident not in KEYS or ident in _UNSAID or KEYS[ident].group == MOVE:
            continue
        name = binding.action.partition("(")[0]
        if node.check_action(name, ()) is True:
            key = KEYS[ident]
            said = key.tip.rstrip(".") or key.words
            if ident in _NAMED:
                said = key.words.capitalize()
            found.setdefault(
                ident, Found(said, key.shown, f"{key.words} {key.tip}", binding.action)
            )
    # What the screen itself does is meant more often than the steps.
    usable = {i: f for i, f in found.items() if over.refusal_of(KEYS[i].names[0]) is None}
    mine = {b.id for b in type(over).BINDINGS if isinstance(b, Binding)}
    own = [f for ident, f in usable.items() if ident in mine]
    others = [f for ident, f in usable.items() if ident not in mine]
    return [*own, *_screens(over), *others, *_elsewhere(over)]


def _elsewhere(over: House) -> list[Found]:
    """What this person may do today on another screen, with its key: choosing it goes there."""
    frame, found = over.frame, []
    for (screen, ident), actions in JUDGED.items():
        if screen not in _WITH_KEYS or screen == over.NAME or frame.standing.person_id is None:
            continue
        if any(judge(a, frame.standing, frame.year, frame.on).is_allowed for a in actions):
            key = KEYS[ident]
            said = key.tip.rstrip(".") or key.words
            also = f"{key.words} {key.tip}"
            found.append(Found(said, key.shown, also, intent=Intent(screen)))
    return found
