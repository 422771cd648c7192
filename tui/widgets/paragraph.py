"""A field of several lines. Textual's TextArea is slow to import: only a form that has such a field
imports this."""

from __future__ import annotations

from dataclasses import replace

from textual import events
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from tui import safe

from .editing import InOrder


class Paragraph(InOrder, TextArea):
    """Several lines of text; Tab goes on to the next field, and what is pasted is cleaned."""

    class Full(Message):
        """More was typed or pasted than fits; it was taken as far as there is room."""

        def __init__(self, most: int, left_out: str) -> None:
            """`most` characters fit; `left_out` was not taken."""
            super().__init__()
            self.most, self.left_out = most, left_out

    def __init__(
        self,
        text: str = "",
        *,
        most: int | None = None,
        read_only: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`most` characters can be put in; None for any number."""
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
        self._most = most
        self.taken_out = 0
        """Invisible characters that were taken out of what came into it."""
        if text:
            self.load_text(text)

    def takes(self, event: events.Event) -> bool:
        return super().takes(event) or (isinstance(event, events.Key) and event.key == "enter")

    def load_text(self, text: str) -> None:
        """Replace all of it; whatever way it comes in, it is text that may be drawn."""
        super().load_text(safe.shown(text, lines=True))

    def edit(self, edit: Edit) -> EditResult:
        """Change the text, as far as what comes in fits."""
        if self._most is not None and edit.text:
            begin, end = sorted((edit.from_location, edit.to_location))
            rest = len(self.text) - len(self.get_text_range(begin, end))
            room = max(0, self._most - rest)
            if len(edit.text) > room:
                self.post_message(self.Full(self._most, edit.text[room:]))
                edit = replace(edit, text=edit.text[:room])
        return super().edit(edit)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if not self.read_only:
            self.taken_out += safe.unseen(event.text, lines=True)
            self.replace(safe.shown(event.text, lines=True), *self.selection)
