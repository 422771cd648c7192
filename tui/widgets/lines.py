"""Lists of a few lines: things to do with their date, facts with their label, and plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from textual.message import Message
from textual.widget import Widget

from tui import safe
from tui.keys import binding
from tui.theme import GLYPHS

from .drawn import Drawn, Piece, sides

PAGE = 10
"""The lines that PgUp and PgDn pass over."""


@dataclass(frozen=True)
class Item:
    """One line to pick."""

    id: str
    text: str
    note: str = ""
    """What stands at the right: a date, a state."""
    tone: str = "text"
    enabled: bool = True
    """Whether it can be picked now; its note says since or from when."""


class Lines(Drawn, can_focus=True):
    """Lines with a cursor: the thing at the left, its date at the right; Enter picks."""

    BINDINGS = [
        binding("up", "move(-1)"),
        binding("down", "move(1)"),
        binding("page_up", "page(-1)"),
        binding("page_down", "page(1)"),
        binding("first", "end(-1)"),
        binding("last", "end(1)"),
        binding("open"),
    ]

    @dataclass
    class Picked(Message):
        """Enter, or a click, on a line."""

        lines: Lines
        id: str

        @property
        def control(self) -> Lines:
            return self.lines

    @dataclass
    class Highlighted(Message):
        """The cursor stands at another line."""

        lines: Lines
        id: str

        @property
        def control(self) -> Lines:
            return self.lines

    def __init__(
        self, empty: str = "", *, id: str | None = None, classes: str | None = None
    ) -> None:
        """`empty` is shown when there are no lines."""
        super().__init__(id=id, classes=classes)
        self._empty = empty
        self._items: tuple[Item, ...] = ()
        self._cursor = 0

    @property
    def picked_id(self) -> str | None:
        """The id of the line at the cursor."""
        return self._items[self._cursor].id if self._items else None

    def show(self, items: Sequence[Item], *, keep: str | None = None) -> None:
        """Show these lines; the cursor stays at its line, or goes to the one of the id `keep`."""
        wanted = keep or self.picked_id
        self._items = tuple(items)
        self._cursor = next((i for i, item in enumerate(self._items) if item.id == wanted), 0)
        self.can_focus = bool(self._items)
        self.changed()

    def action_move(self, by: int) -> None:
        """To another line; past the ends of the list the page around it moves."""
        if 0 <= self._cursor + by < len(self._items):
            self._go(self._cursor + by)
        elif (page := self._page) is not None:
            page.scroll_relative(y=by, animate=False, immediate=True)

    def action_page(self, by: int) -> None:
        """A page up (-1) or down (1): in the list, at its ends in the page around it."""
        at = self._cursor
        self._go(at + by * PAGE)
        if self._cursor == at and (page := self._page) is not None:
            page.scroll_relative(y=by * max(1, page.size.height - 1), animate=False, immediate=True)

    def action_end(self, by: int) -> None:
        """To the first line (-1) or the last one (1), and to that end of the page around it."""
        self._go(by * len(self._items))
        if (page := self._page) is not None:
            page.scroll_to(y=0 if by < 0 else page.max_scroll_y, animate=False, immediate=True)

    @property
    def _page(self) -> Widget | None:
        """What scrolls this list with all that stands around it."""
        for node in self.ancestors:
            if isinstance(node, Widget) and node.is_scrollable and node.max_scroll_y:
                return node
        return None

    def action_open(self) -> None:
        if self._items and self._items[self._cursor].enabled:
            self.post_message(self.Picked(self, self._items[self._cursor].id))

    def hit(self, what: Any, *, double: bool = False) -> None:
        self._go(what)
        self.action_open()

    def focus(self, scroll_visible: bool = True) -> Self:
        # Textual would centre all of it; here the line matters, with the heading above the first.
        return super().focus(scroll_visible=False)

    def on_focus(self) -> None:
        # Twice after: a screen's own choice of focus is centred one turn late, before all is laid out.
        self.call_after_refresh(self.call_after_refresh, lambda: self.show_line(self._cursor))

    def _go(self, to: int) -> None:
        to = max(0, min(to, len(self._items) - 1))
        if self._items and to != self._cursor:
            old, self._cursor = self._cursor, to
            self.changed_lines(old, to)
            self.show_line(to)
            self.post_message(self.Highlighted(self, self._items[to].id))

    def draw(self, width: int) -> list[list[Piece]]:
        if not self._items:
            return (
                [[Piece(line, "muted")] for line in safe.wrap(self._empty, width)]
                if self._empty
                else []
            )
        return [self._line(i, item, width) for i, item in enumerate(self._items)]

    def _line(self, index: int, item: Item, width: int) -> list[Piece]:
        at_cursor = index == self._cursor
        # Only the list with the focus is lit: of two lists one sees where the keys go.
        ground = "cursor" if at_cursor and self.has_focus else ""
        marker = GLYPHS["cursor" if self.has_focus else "was_cursor"]
        tone = item.tone if item.enabled else "off"
        note = safe.cut(item.note, max(width // 2, width - safe.width(item.text) - 6))
        left = [
            Piece(f"{marker} " if at_cursor else "  ", f"text {ground}", index),
            Piece(safe.shown(item.text[: safe.LONGEST]), f"{tone} {ground}", index),
        ]
        right = [Piece(f"{note} ", f"muted {ground}", index)] if note else []
        return [piece._replace(hit=index) for piece in sides(left, right, width, f"text {ground}")]


@dataclass(frozen=True)
class Fact:
    """A label and what it says; without a label it takes the whole width."""

    label: str
    text: str
    tone: str = "text"


class Facts(Drawn):
    """Facts under each other: labels in one column, what they say wrapped beside them."""

    def __init__(
        self, facts: Sequence[Fact] = (), *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._facts = tuple(facts)

    def show(self, facts: Sequence[Fact]) -> None:
        """Show these from now on."""
        if tuple(facts) != self._facts:
            self._facts = tuple(facts)
            self.changed()

    def draw(self, width: int) -> list[list[Piece]]:
        widest = max((safe.width(safe.shown(f.label)) for f in self._facts), default=0)
        column = min(widest + 2, max(6, width // 2))
        lines: list[list[Piece]] = []
        for fact in self._facts:
            if not fact.label:
                lines += [[Piece(line, fact.tone)] for line in safe.wrap(fact.text, width)]
                continue
            label = safe.fit(fact.label, column)
            for line in safe.wrap(fact.text, width - column):
                lines.append([Piece(label, "strong"), Piece(line, fact.tone)])
                label = " " * column
        return lines


@dataclass(frozen=True)
class Say:
    """A paragraph."""

    text: str
    tone: str = "text"


class Words(Drawn):
    """Paragraphs, wrapped."""

    def __init__(
        self, *paragraphs: Say | str, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._paragraphs = tuple(paragraphs)

    def show(self, paragraphs: Sequence[Say | str]) -> None:
        """Show these from now on; an empty one is a blank line."""
        if tuple(paragraphs) != self._paragraphs:
            self._paragraphs = tuple(paragraphs)
            self.changed()

    def draw(self, width: int) -> list[list[Piece]]:
        lines: list[list[Piece]] = []
        for paragraph in self._paragraphs:
            said = paragraph if isinstance(paragraph, Say) else Say(paragraph)
            lines += [[Piece(line, said.tone)] for line in safe.wrap(said.text, width)]
        return lines
