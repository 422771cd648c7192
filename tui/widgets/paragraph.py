"""A field of several lines. Textual's TextArea is slow to import: only a form that has such a field
imports this."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea

from tui import safe

from .editing import InOrder


class Paragraph(InOrder, TextArea):
    """Several lines of text; Tab goes on to the next field, and what is pasted is cleaned."""

    def __init__(
        self,
        text: str = "",
        *,
        read_only: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(
            text="",
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            read_only=read_only,
            highlight_cursor_line=False,
            id=id,
            classes=classes,
        )
        self.cursor_blink = False
        self.taken_out = 0
        """Invisible characters that were taken out of what came into it."""
        if text:
            self.load_text(text)

    def takes(self, event: events.Event) -> bool:
        return super().takes(event) or (isinstance(event, events.Key) and event.key == "enter")

    def load_text(self, text: str) -> None:
        """Replace all of it; whatever way it comes in, it is text that may be drawn."""
        super().load_text(safe.shown(text, lines=True))

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if not self.read_only:
            self.taken_out += safe.unseen(event.text, lines=True)
            self.replace(safe.shown(event.text, lines=True), *self.selection)
