"""A small application around one widget, and lists that are long without a store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.message import Message
from textual.widget import Widget

from tui import theme


class Around(App[None]):
    """Shows the widgets it is given and keeps the messages of theirs that it is asked to."""

    CSS_PATH = str(theme.css_path())
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, *widgets: Widget, keep: tuple[type[Message], ...] = ()) -> None:
        super().__init__()
        theme.set_up(self, plain=False)
        self._widgets = widgets
        self._keep = keep
        self.kept: list[Any] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.variables(theme.NIGHT)

    def compose(self) -> ComposeResult:
        yield from self._widgets

    async def on_event(self, event: Any) -> None:
        await super().on_event(event)

    async def _on_message(self, message: Message) -> None:
        if isinstance(message, self._keep):
            self.kept.append(message)
        await super()._on_message(message)


def drawn(widget: Widget) -> list[str]:
    """What a widget draws now, line by line, as plain text."""
    return [
        "".join(segment.text for segment in widget.render_line(y))
        for y in range(widget.content_size.height)
    ]


def screen_text(app: App[Any]) -> str:
    """What the whole screen shows now, as plain text."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


@dataclass(frozen=True)
class Numbered:
    """A row of a made-up list."""

    id: int
    key: tuple[int, ...]
    name: str


@dataclass(frozen=True)
class SomeRows:
    rows: tuple[Numbered, ...]
    more: bool


class NumberedSource:
    """A list of so many rows, kept nowhere; it notes how often and how it was asked."""

    def __init__(self, numbers: Any, name: Callable[[int], str] = lambda n: f"Row {n}") -> None:
        self.numbers = numbers
        self.name = name
        self.asked: list[tuple[Any, int, bool]] = []

    async def page(self, after: Any | None, limit: int, backwards: bool = False) -> SomeRows:
        self.asked.append((after, limit, backwards))
        numbers = self.numbers
        if backwards:
            stop = len(numbers) if after is None else _place(numbers, after[0])
            start = max(0, stop - limit)
            more = start > 0
        else:
            start = 0 if after is None else _place(numbers, after[0] + 1)
            stop = min(len(numbers), start + limit)
            more = stop < len(numbers)
        rows = tuple(Numbered(n, (n,), self.name(n)) for n in numbers[start:stop])
        return SomeRows(rows, more)

    async def count(self) -> int:
        return len(self.numbers)


def _place(numbers: Any, number: int) -> int:
    """Where the first row that is not before `number` stands."""
    from bisect import bisect_left

    return bisect_left(numbers, number)


@pytest.fixture
def source() -> type[NumberedSource]:
    return NumberedSource
