"""Keys that are not to be used: each says why, and a sentence typed after one runs no command."""

from __future__ import annotations

from textual import events

from .widgets.said import Said

PAUSE = 0.7
"""Seconds between two keys after which somebody has looked up: what comes now is meant as a key."""
_OF_A_SENTENCE = frozenset({"enter", "tab", "backspace", "delete"})
"""Keys without a letter that belong to typing."""


class Guard:
    """Holds back what is typed on after a refused key, by somebody who believes to be in a field."""

    def __init__(self) -> None:
        self._at = 0.0
        """When the last key came, on the events' clock."""
        self._said: Said | None = None
        self._refusals = 0
        """What had been refused when the last key was handed out, and where it would be said."""
        self._is_holding = False

    def holds(self, key: events.Key, said: Said) -> bool:
        """Whether a key is part of a sentence that began with one that was refused; `said` is where the
        screen at hand says so."""
        is_soon = key.time - self._at < PAUSE
        was_refused = said is self._said and said.refusals > self._refusals
        is_typing = key.is_printable or (self._is_holding and key.key in _OF_A_SENTENCE)
        self._is_holding = is_soon and is_typing and (self._is_holding or was_refused)
        self._at, self._said, self._refusals = key.time, said, said.refusals
        return self._is_holding

    def rest(self) -> None:
        """Somebody looked up, or types where it belongs: the next key is meant as one."""
        self._is_holding, self._said = False, None
