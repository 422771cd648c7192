"""The fields of a form: Textual's inputs made safe, and choices drawn as lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input

from tui import safe
from tui.keys import binding
from tui.theme import GLYPHS

from .drawn import Drawn, Piece
from .editing import InOrder


class LineInput(InOrder, Input):
    """One line of text. What is pasted is cleaned, so that nothing but text ever stands in it."""

    virtual_size = Reactive(Size(0, 0))
    # As Textual has it, every letter lays out the whole screen anew: half of what a letter costs.

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        limit: int = 200,
        secret: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`limit` in characters; a `secret` is never shown, copied or cut."""
        super().__init__(
            placeholder=safe.shown(placeholder),
            max_length=limit,
            password=secret,
            select_on_focus=False,
            id=id,
            classes=classes,
        )
        self.cursor_blink = False
        self.taken_out = 0
        """Invisible characters that were taken out of what came into it."""
        self.value = value

    def validate_value(self, value: str) -> str:
        """Whatever way it comes in, it is text that may be drawn."""
        self.taken_out += safe.unseen(value)
        return safe.shown(value)

    def _on_paste(self, event: events.Paste) -> None:
        self.taken_out += safe.unseen(event.text)
        line = safe.first_line(event)
        start, end = self.selection
        room = (self.max_length or safe.LONGEST) - len(self.value) + abs(end - start)
        self.replace(line[: max(0, room)], start, end)


class PinInput(LineInput):
    """A PIN or passphrase: dots only, and no way to copy or cut it out."""

    def __init__(
        self,
        *,
        placeholder: str = "",
        limit: int = 200,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(placeholder=placeholder, limit=limit, secret=True, id=id, classes=classes)

    def action_copy(self) -> None:
        """A PIN is not copied."""

    def action_cut(self) -> None:
        """A PIN is not cut."""

    def action_paste(self) -> None:
        """Nor is what somebody copied elsewhere in the program put in."""

    @property
    def selected_text(self) -> str:
        return ""


class Choices(Drawn, can_focus=True):
    """One of several, where moving chooses, or several of them, marked by space, under each other."""

    BINDINGS = [
        binding("up", "move(-1)"),
        binding("down", "move(1)"),
        binding("first", "move(-9999)"),
        binding("last", "move(9999)"),
        binding("mark", "choose"),
    ]

    @dataclass
    class Changed(Message):
        """Another choice was made."""

        choices: Choices
        values: tuple[str, ...]

        @property
        def control(self) -> Choices:
            return self.choices

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        values: Iterable[str] = (),
        *,
        many: bool = False,
        most: int = 0,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`choices` are (value, words); `most` bounds how many of `many` may be chosen (0: any
        number)."""
        super().__init__(id=id, classes=classes)
        self._choices = tuple(choices)
        self._many, self._most = many, most
        self._cursor = 0
        self._chosen: dict[str, None] = {}
        self._choose_only(values)

    @property
    def values(self) -> tuple[str, ...]:
        """What is chosen, in the order of the choices."""
        return tuple(value for value, _ in self._choices if value in self._chosen)

    @values.setter
    def values(self, values: Iterable[str]) -> None:
        self._choose_only(values)
        self.changed()

    def _choose_only(self, values: Iterable[str]) -> None:
        known = {value for value, _ in self._choices}
        self._chosen = dict.fromkeys(value for value in values if value in known)
        if not self._many and self._chosen:
            chosen = next(iter(self._chosen))
            self._chosen = {chosen: None}
            self._cursor = next(i for i, (value, _) in enumerate(self._choices) if value == chosen)

    def action_move(self, by: int) -> None:
        to = max(0, min(self._cursor + by, len(self._choices) - 1))
        if to != self._cursor:
            self._cursor = to
            if not self._many:
                # Tab goes on from here: what the marker stands at is what is sent.
                self.action_choose()
            self.changed(layout=False)
            self.show_line(to)

    def action_choose(self) -> None:
        if not self._choices:
            return
        value = self._choices[self._cursor][0]
        if not self._many:
            self._chosen = {value: None}
        elif value in self._chosen:
            del self._chosen[value]
        elif self._most and len(self._chosen) >= self._most:
            return
        else:
            self._chosen[value] = None
        self.changed(layout=False)
        self.post_message(self.Changed(self, self.values))

    def hit(self, what: Any, *, double: bool = False) -> None:
        self.focus()
        self._cursor = what
        self.action_choose()

    def draw(self, width: int) -> list[list[Piece]]:
        lines: list[list[Piece]] = []
        for index, (value, said) in enumerate(self._choices):
            at_cursor = index == self._cursor and self.has_focus
            ground = "cursor" if at_cursor else ""
            chosen = value in self._chosen
            sign, box = (GLYPHS["mark"], "[{}]") if self._many else (GLYPHS["lit"], "({})")
            box = box.format(sign if chosen else " ")
            text = f"{GLYPHS['cursor'] if at_cursor else ' '} {box} {said}"
            tone = "strong" if chosen else "text"
            lines.append([Piece(safe.fit(text, width), f"{tone} {ground}", index)])
        return lines
