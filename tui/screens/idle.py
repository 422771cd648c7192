"""Nobody has touched the terminal for a while: a countdown, then sign-out with drafts kept."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual.widget import Widget

from ..widgets.confirm import Press, Question
from ..widgets.lines import Say, Words

SECONDS = 30


class StillThere(Question[bool]):
    """Any key stays; otherwise the answer after the countdown is no."""

    none = True

    def __init__(self, *, is_kept: bool = True) -> None:
        """`is_kept`: whether everything that was typed is in the store."""
        super().__init__("Still there?")
        self._kept = (
            "What you typed is kept." if is_kept else "What you typed could not be kept yet."
        )
        self._left = SECONDS
        self._count = Words(Say(self._words_left()))

    def _words_left(self) -> str:
        seconds = "second" if self._left == 1 else "seconds"
        return f"You will be signed out in {self._left} {seconds}. {self._kept}"

    def parts(self) -> Iterable[Widget]:
        yield self._count

    def buttons(self) -> Iterable[Widget]:
        yield Press("stay", id="stay")

    def on_mount(self) -> None:
        self.set_interval(1.0, self._tick)

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.dismiss(False)
        else:
            self._count.show([Say(self._words_left())])

    def on_press_pressed(self, message: Press.Pressed) -> None:
        message.stop()
        self.dismiss(True)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.dismiss(True)
