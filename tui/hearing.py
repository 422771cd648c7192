"""What comes from the terminal: bytes that nobody can read are passed over, and the program goes on.

Textual's own driver decodes strictly, ends the program at the first byte that is not UTF-8, and prints a
traceback with everybody's values.
"""

from __future__ import annotations

import codecs
import errno
import os
import re
import selectors
from collections.abc import Iterable

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.keys import Keys
from textual.message import Message

from .safe import GuardedParser

_PIECE = 4096
"""Bytes read at once."""
_WAIT = 0.1
"""Seconds after which an Esc that nothing followed is told, at the latest."""
_OLD_MOUSE = re.compile(rb"\x1b\[M[\x20-\xff]{3}")
"""The mouse as terminals told of it before UTF-8; nobody here understands it."""
MOST_CELLS = 4_000
"""Columns or rows of a terminal; one that claims more is not believed."""


class InputEnded(Message):
    """Nothing more can be heard from the terminal."""

    def __init__(self, error: Exception | None) -> None:
        """`error` is what went wrong; None where the terminal has hung up."""
        super().__init__()
        self.error = error


class TolerantParser(GuardedParser):
    """A parser that passes over a sequence with numbers that mean nothing."""

    def parse_mouse_code(self, code: str) -> Message | None:
        """The mouse's move or press; None where there is none."""
        try:
            return super().parse_mouse_code(code)
        except (ValueError, ArithmeticError, IndexError):
            return None

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        try:
            keys = list(super()._sequence_to_key_events(sequence, alt))
        except (ValueError, ArithmeticError):
            return [_nothing(sequence)]
        return [key if _is_writable(key.character) else _nothing(sequence) for key in keys]


def _nothing(sequence: str) -> events.Key:
    """A key that the parser takes as understood, and hands to nobody."""
    return events.Key(Keys.Ignore, sequence)


def _is_writable(character: str | None) -> bool:
    """Whether it can be stored and drawn: half of a surrogate pair cannot."""
    return not any("\ud800" <= c <= "\udfff" for c in character or "")


class Hearing(LinuxDriver):
    """Textual's driver of a terminal, but for the thread that reads."""

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as error:  # noqa: BLE001 - the edge of the thread: the application ends as after any fault
            self._app.post_message(InputEnded(error))

    def run_input_thread(self) -> None:
        """Read until the program ends; what is not UTF-8 becomes the sign for an unknown letter."""
        parser = TolerantParser(self._debug)
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_WAIT):
                    data = self._read()
                    if not data:
                        self._app.post_message(InputEnded(None))
                        return
                    # An unfinished letter at the end of a piece gives no text yet.
                    if text := decode(_OLD_MOUSE.sub(b"", data)):
                        for message in parser.feed(text):
                            self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)

    def _read(self) -> bytes:
        """What was typed; nothing once the terminal has hung up."""
        try:
            return os.read(self.fileno, _PIECE)
        except OSError as error:
            if error.errno == errno.EIO:
                return b""
            raise

    def process_message(self, message: Message) -> None:
        """Hand on what was heard, but no size that no terminal has, and no press outside the screen."""
        if self._is_believed(message):
            super().process_message(message)

    def _is_believed(self, message: Message) -> bool:
        if isinstance(message, events.Resize):
            width, height = message.size
            return 0 < width <= MOST_CELLS and 0 < height <= MOST_CELLS
        if isinstance(message, events.MouseDown):
            width, height = self._app.size
            return message.x < width and message.y < height
        return True
