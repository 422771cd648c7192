"""Questions over the screen: the base of every modal, the flat button, and the question before
something is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget

from tui import safe
from tui.keys import KEYS, binding
from tui.theme import GLYPHS
from tui.unfinished import Unfinished

from .drawn import Drawn, Piece
from .lines import Say, Words

T = TypeVar("T")


class Press(Drawn, can_focus=True):
    """A flat button of one line."""

    BINDINGS = [binding("open", "press"), binding("mark", "press")]

    @dataclass
    class Pressed(Message):
        """Enter, space or a click."""

        press: Press

        @property
        def control(self) -> Press:
            return self.press

    def __init__(
        self,
        words: str,
        *,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._words = words
        self.disabled = disabled

    def draw(self, width: int) -> list[list[Piece]]:
        marker = f"{GLYPHS['cursor']} " if self.has_focus else "  "
        # The whole of it is to be clicked, so that its margins are drawn too.
        return [[Piece(safe.fit(f" {marker}{safe.shown(self._words)}", width), "", True)]]

    def get_content_width(self, container: Any, viewport: Any) -> int:
        return safe.width(safe.shown(self._words)) + 6

    def action_press(self) -> None:
        self.post_message(self.Pressed(self))

    def hit(self, what: Any, *, double: bool = False) -> None:
        if not self.disabled:
            self.focus()
            self.action_press()


LEFT = "What you left here stands in it again."
"""Said in a question that begins with a draft."""


class Question(ModalScreen[T]):
    """A question over the screen. Override `parts` for what it asks, and dismiss with the answer;
    Esc answers `no`."""

    BINDINGS = [
        binding("back", "no"),
        binding("next_field", "app.focus_next"),
    ]
    AUTO_FOCUS = "Press, LineInput"
    none: Any = None
    """What Esc answers."""
    draft: Unfinished | None = None
    """Under which name what is typed here is kept until it is saved; None where nothing is."""
    tell: Callable[[Mapping[str, str | tuple[str, ...]]], None] | None = None
    """Whom to tell what stands in the fields, at every change."""
    taken_out: int | None = None
    """Characters that were taken out of what was typed; None where nothing was answered."""

    def restore(self, values: Mapping[str, str | tuple[str, ...]]) -> None:
        """Begin with what was left here, by field; called before the question is shown."""
        raise NotImplementedError

    def __init__(self, title: str, words: Sequence[str] = ()) -> None:
        super().__init__()
        self._title, self._words = title, tuple(words)

    def compose(self) -> ComposeResult:
        with Vertical(classes="question"):
            yield Words(Say(self._title, "title"), classes="question--title")
            if self._words:
                yield Words(*self._words, classes="question--words")
            yield from self.parts()
            with Horizontal(classes="question--buttons"):
                yield from self.buttons()

    def parts(self) -> Iterable[Widget]:
        """What stands between the words and the buttons."""
        return ()

    def buttons(self) -> Iterable[Widget]:
        """The answers."""
        return ()

    def action_no(self) -> None:
        self.dismiss(self.none)


class Confirm(Question[bool]):
    """Yes or no, before something is lost or done for others: the words name what."""

    BINDINGS = [
        binding("yes"),
        binding("no"),
    ]
    none = False

    def __init__(
        self,
        title: str,
        words: Sequence[str] = (),
        *,
        yes: str = "yes",
        no: str = "no, go back",
        danger: bool = False,
    ) -> None:
        """`yes` and `no` say what each answer does; with `danger` Enter alone does not do it."""
        super().__init__(title, words)
        self._yes, self._no, self._danger = yes, no, danger

    def buttons(self) -> Iterable[Widget]:
        yield Press(f"{KEYS['yes'].shown}  {self._yes}", id="yes")
        yield Press(f"{KEYS['no'].shown}  {self._no}", id="no")

    def on_mount(self) -> None:
        self.query_one("#no" if self._danger else "#yes").focus()

    def action_yes(self) -> None:
        self.dismiss(True)

    @on(Press.Pressed, "#yes")
    def _pressed_yes(self, message: Press.Pressed) -> None:
        message.stop()
        self.dismiss(True)

    @on(Press.Pressed, "#no")
    def _pressed_no(self, message: Press.Pressed) -> None:
        message.stop()
        self.dismiss(False)
