"""Fields whose letters and editing keys take effect in the order in which they were typed."""

from __future__ import annotations

from typing import Any

from textual import events


class InOrder:
    """Put before Textual's Input or TextArea, which handle letters at once and editing keys later.

    There a key such as Backspace goes all the way up to the application before it is acted upon, and the
    letters typed behind it overtake it.
    """

    async def _on_key(self: Any, event: events.Key) -> None:
        if event.is_printable:
            return
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return

    def takes(self: Any, event: events.Event) -> bool:
        """Whether the field itself is all that this key or paste changes."""
        if not isinstance(event, events.Key):
            return True
        return event.is_printable or (
            event.key != "enter" and event.key in self._bindings.key_to_bindings
        )
