"""The key line at the foot: the keys that work here, now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual.message import Message

from tui import safe
from tui.keys import KEYS
from tui.theme import GLYPHS

from .drawn import Drawn, Piece, wide


@dataclass(frozen=True)
class Hint:
    """One key of the line; what is left empty comes from the table of keys."""

    id: str
    enabled: bool = True
    """Whether it works now; otherwise it is greyed."""
    words: str = ""
    """Other words than the key's own."""
    key: str = ""
    """How the key is written."""
    keep: int = 0
    """How long it stays where there is little room: the lowest go first."""

    @property
    def texts(self) -> tuple[str, str]:
        """The key and its words, as drawn."""
        known = KEYS.get(self.id)
        key = self.key or (known.shown if known else self.id)
        return (GLYPHS["enter"] if key == "⏎" else key), self.words or (
            known.words if known else ""
        )

    @property
    def staying(self) -> int:
        known = KEYS.get(self.id)
        return self.keep or (known.keep if known else 5)


def steps_hint(first: int = 1) -> Hint:
    """The hint for the six steps' keys; a click does nothing, the ribbon is for that."""
    return Hint("steps", words="step", key=f"{first}–6", keep=3)


class KeyLine(Drawn):
    """One line of keys; those that matter least here are left out where there is no room for
    them."""

    @dataclass
    class Pressed(Message):
        """A key of the line was clicked."""

        id: str

    def __init__(self, hints: Sequence[Hint] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints = tuple(hints)

    def show(self, hints: Sequence[Hint]) -> None:
        """Show these keys from now on."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.changed(layout=False)

    def hit(self, what: Any, *, double: bool = False) -> None:
        self.post_message(self.Pressed(what))

    def draw(self, width: int) -> list[list[Piece]]:
        hints = list(self._hints)
        line = self._line(hints)
        while hints and wide(line) > width:
            # Closer together before any of them goes.
            line = self._line(hints, gap="  ")
            if wide(line) <= width:
                break
            least = min(hint.staying for hint in hints)
            last = max(i for i, hint in enumerate(hints) if hint.staying == least)
            del hints[last]
            line = self._line(hints)
        return [line]

    def _line(self, hints: Sequence[Hint], gap: str = "   ") -> list[Piece]:
        line: list[Piece] = []
        for hint in hints:
            key, words = hint.texts
            target = hint.id if hint.enabled and hint.id in KEYS else None
            tone = "muted" if hint.enabled else "off"
            line.append(Piece(gap if line else "  "))
            line.append(Piece(safe.shown(key), "key" if hint.enabled else "off", target))
            line.append(Piece(f" {safe.shown(words)}" if words else "", tone, target))
        return line
