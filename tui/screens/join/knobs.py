"""The filters: one line each, turned by the arrow keys while the list follows at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from textual.message import Message

from models import join
from models.communities import ACTIVITIES
from tui import safe
from tui.keys import binding
from tui.widgets.drawn import Drawn, Piece

AUDIENCES = (("elementary", "elementary school staff"), ("high", "high school staff"))
LABEL_CELLS = 12


@dataclass(frozen=True)
class Knob:
    """One filter: what it may stand at, the first being “no filter”."""

    id: str
    label: str
    choices: tuple[tuple[str, str], ...]
    """(value, words)."""


def knobs(offered: join.Choices, *, has_school: bool, is_known: bool) -> tuple[Knob, ...]:
    """The filters that make sense for the year's offerings and the person at the keyboard."""
    sorts = tuple(item for item in join.SORTS.items() if has_school or item[0] != "nearest")
    found = [
        Knob("priority", "Priority", (("", "any"), *((p, p) for p in offered.priorities))),
        Knob("audience", "For", (("", "anyone"), *AUDIENCES)),
        Knob("grade", "Grade", (("", "any"), *((g, g) for g in offered.grades))),
        Knob("subject", "Subject", (("", "any"), *((s, s) for s in offered.subjects))),
        Knob("activity", "Activity", (("", "any"), *offered.activities)),
        Knob("only_free", "Places", (("", "any"), ("yes", "only with places left"))),
        Knob("only_kept", "Favourites", (("", "all"), ("yes", "only your favourites"))),
        Knob("sort", "Order", sorts),
    ]
    return tuple(k for k in found if len(k.choices) > 1 and (is_known or k.id != "only_kept"))


def as_values(narrowed: join.Filter) -> dict[str, str]:
    """A filter as the knobs stand."""
    return {
        "priority": narrowed.priority,
        "audience": narrowed.audience,
        "grade": narrowed.grade,
        "subject": narrowed.subject,
        "activity": narrowed.activity if narrowed.activity in ACTIVITIES else "",
        "only_free": "yes" if narrowed.only_free else "",
        "only_kept": "yes" if narrowed.only_kept else "",
        "sort": narrowed.sort,
    }


def as_filter(values: dict[str, str], words: str) -> join.Filter:
    """The filter that the knobs and the search words make together."""
    return replace(
        join.Filter(words=words),
        priority=values.get("priority", ""),
        audience=values.get("audience", ""),
        grade=values.get("grade", ""),
        subject=values.get("subject", ""),
        activity=values.get("activity", ""),
        only_free=bool(values.get("only_free")),
        only_kept=bool(values.get("only_kept")),
        sort=values.get("sort") or "title",
    )


class Knobs(Drawn, can_focus=True):
    """The filters under each other: up and down choose one, left and right turn it."""

    BINDINGS = [
        binding("up", "move(-1)"),
        binding("down", "move(1)"),
        binding("left", "turn(-1)"),
        binding("right", "turn(1)"),
        binding("mark", "turn(1)"),
        binding("open", "done"),
    ]

    @dataclass
    class Turned(Message):
        """A filter was changed; `values` are all of them by id."""

        knobs: Knobs
        values: dict[str, str]

        @property
        def control(self) -> Knobs:
            return self.knobs

    @dataclass
    class Done(Message):
        """Enter: go on with the list."""

        knobs: Knobs

        @property
        def control(self) -> Knobs:
            return self.knobs

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._knobs: tuple[Knob, ...] = ()
        self._values: dict[str, str] = {}
        self._cursor = 0

    def show(self, knobs: Sequence[Knob], values: dict[str, str]) -> None:
        """Offer these filters, standing at these values."""
        self._knobs = tuple(knobs)
        self._values = {
            k.id: values[k.id] if values.get(k.id) in dict(k.choices) else k.choices[0][0]
            for k in self._knobs
        }
        self._cursor = min(self._cursor, max(0, len(self._knobs) - 1))
        self.changed()

    def turn_to(self, values: dict[str, str]) -> None:
        """Stand at these values, as far as they are among the choices; nobody is told."""
        if any(values.get(name, value) != value for name, value in self._values.items()):
            # At every letter of a search they stay where they are: laying all out anew would cost it.
            self.show(self._knobs, values)

    def action_move(self, by: int) -> None:
        self._cursor = max(0, min(self._cursor + by, len(self._knobs) - 1))
        self.changed(layout=False)

    def action_turn(self, by: int) -> None:
        if not self._knobs:
            return
        knob = self._knobs[self._cursor]
        values = [value for value, _ in knob.choices]
        place = values.index(self._values[knob.id])
        self._values[knob.id] = values[(place + by) % len(values)]
        self.changed(layout=False)
        self.post_message(self.Turned(self, dict(self._values)))

    def action_done(self) -> None:
        self.post_message(self.Done(self))

    def hit(self, what: Any, *, double: bool = False) -> None:
        self.focus()
        self._cursor, by = what
        self.action_turn(by)

    def draw(self, width: int) -> list[list[Piece]]:
        lines: list[list[Piece]] = []
        for index, knob in enumerate(self._knobs):
            at_cursor = index == self._cursor and self.has_focus
            ground = " cursor" if at_cursor else ""
            value = self._values[knob.id]
            is_set = value != knob.choices[0][0]
            tone = "accent" if is_set else "text"
            said = safe.cut(dict(knob.choices)[value], max(1, width - LABEL_CELLS - 8))
            pieces = [
                Piece("  " + safe.fit(knob.label, LABEL_CELLS), f"muted{ground}", (index, 1)),
                Piece(" < ", f"open{ground}", (index, -1)),
                Piece(said, f"{tone}{ground}", (index, 1)),
                Piece(" > ", f"open{ground}", (index, 1)),
            ]
            lines.append(pieces)
        return lines
