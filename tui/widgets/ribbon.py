"""The ribbon: the six steps of the year and how each stands today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rich.cells import cell_len
from textual.message import Message

from tui import safe
from tui.theme import GLYPHS

from .drawn import Drawn, Piece

ROOMY = 100
"""Cells from which on the steps have their whole names."""


@dataclass(frozen=True)
class Step:
    """One step, in words."""

    number: int
    name: str
    short: str
    """Its name where there is little room."""
    state: str
    """“closed 11 Sep”, “3 days left”, “from 9 Oct”, “ongoing”."""
    state_short: str = ""
    """The same where there is little room; empty: of a closed step its first word, else all."""
    look: Literal["closed", "later", "open", "urgent"] = "closed"
    """Urgent is what matters now: it is lit."""
    here: bool = False
    """Whether the screen shows this step."""


_EDGE = {"closed": "rule", "later": "rule", "open": "open", "urgent": "accent"}


class Ribbon(Drawn):
    """Two lines: names and states, each step behind its edge; a click goes there."""

    @dataclass
    class Picked(Message):
        """A step was clicked."""

        number: int

    def __init__(self, steps: Sequence[Step] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._steps = tuple(steps)

    def show(self, steps: Sequence[Step]) -> None:
        """Show these steps from now on."""
        if tuple(steps) != self._steps:
            self._steps = tuple(steps)
            self.changed(layout=False)

    def hit(self, what: Any, *, double: bool = False) -> None:
        self.post_message(self.Picked(what))

    def draw(self, width: int) -> list[list[Piece]]:
        if not self._steps:
            return [[], []]
        sizes, brief = self._sizes(width)
        above: list[Piece] = [Piece(" ")]
        below: list[Piece] = [Piece(" ")]
        for step, size in zip(self._steps, sizes, strict=True):
            lit = step.look == "urgent"
            ground = "lit" if step.here or lit else ""
            edge = Piece(
                GLYPHS["edge_lit" if lit else "edge"], f"{_EDGE[step.look]} {ground}", step.number
            )
            quiet = step.look in ("closed", "later") and not step.here
            name = ("muted" if quiet else "strong") + (" here" if step.here else "")
            title, state = _words(step, brief)
            dot = f" {GLYPHS['lit']}" if lit else ""
            title = safe.cut(title, size - 1 - cell_len(dot))
            rest = size - 1 - cell_len(title) - cell_len(dot)
            above += [
                edge,
                Piece(title, f"{name} {ground}", step.number),
                Piece(dot, f"accent {ground}", step.number),
                Piece(" " * rest, f"text {ground}", step.number),
            ]
            tone = "accent" if lit else "open" if step.look == "open" else "faint"
            below += [edge, Piece(safe.fit(state, size - 1), f"{tone} {ground}", step.number)]
        return [above, below]

    def _sizes(self, width: int) -> tuple[list[int], int]:
        """The cells of each step, and how brief its words have to be (0 to 2)."""
        room = width - 1
        needs: list[int] = []
        for brief in (0, 1, 2) if width >= ROOMY else (1, 2):
            needs = [_need(step, brief) for step in self._steps]
            even = room // len(needs)
            if max(needs) <= even:
                return [even] * len(needs), brief
            if sum(needs) <= room:
                each, more = divmod(room - sum(needs), len(needs))
                return [need + each + (i < more) for i, need in enumerate(needs)], brief
        # Not even the short words fit: the longest give way.
        while sum(needs) > room:
            needs[needs.index(max(needs))] -= 1
        return needs, 2


def _words(step: Step, brief: int) -> tuple[str, str]:
    state = step.state
    if brief > 1:
        state = step.state_short or (state.partition(" ")[0] if step.look == "closed" else state)
    return f"{step.number} {step.short if brief else step.name}", state


def _need(step: Step, brief: int) -> int:
    """Edge, words, and a cell of air."""
    title, state = _words(step, brief)
    dot = 2 if step.look == "urgent" else 0
    return 1 + max(safe.width(title) + dot, safe.width(state)) + 1
