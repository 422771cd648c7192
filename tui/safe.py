"""User text on its way to the terminal: drawn as text, whatever it holds.

The store cleans what enters it, yet a widget never relies on that: what it draws goes through here,
so that no control sequence reaches the terminal, nothing is read as markup, and no column shifts by
a wide or a missing glyph.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size, split_graphemes
from rich.text import Text
from textual import events
from textual._xterm_parser import XTermParser
from textual.content import Content
from textual.message import Message

from models.text import clean
from tui.theme import GLYPHS

MOST_MARKS = 3
"""Combining marks drawn on one letter; real scripts need no more, and piles of them cover other
lines."""
LEAST_HEAD = 10
"""Cells that a text keeps before the brackets at its end when it is cut."""
LONGEST = 4_000
"""Characters of one text that are looked at for one place on the screen."""

_PASTE_START, _PASTE_END = "\x1b[200~", "\x1b[201~"


def shown(text: str, *, lines: bool = False) -> str:
    """The text as it may be drawn: printable characters only, and new lines where `lines` allows
    them."""
    if text.isascii() and text.isprintable():
        return text
    if not text.isprintable():
        start = " " * (len(text) - len(text.lstrip(" ")))
        end = " " * (len(text) - len(text.rstrip(" "))) if text.strip(" ") else ""
        text = start + clean(text, lines=lines).text + end
    return text if cell_len(text) >= len(text) else _thin(text)


def unseen(text: str, *, lines: bool = False) -> int:
    """How many characters `shown` takes out that nobody sees."""
    if text.isprintable():
        return 0
    return clean(text[:LONGEST], lines=lines).removed


def _thin(text: str) -> str:
    """Take out the combining marks beyond what a letter can carry."""
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) or unicodedata.category(char) == "Me" else 0
        if run <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def content(text: str, style: str = "") -> Content:
    """The text for a Label, a Static or a Button, never read as markup; `style` covers all of
    it."""
    return (
        Content.styled(shown(text, lines=True), style)
        if style
        else Content(shown(text, lines=True))
    )


def rich_text(text: str, style: str = "") -> Text:
    """The text for a table cell or a tree label, never read as markup."""
    return Text(shown(text), style=style, end="", no_wrap=True)


def width(text: str) -> int:
    """The terminal cells that a text takes, once it went through `shown`."""
    return cell_len(text)


def cut(text: str, cells: int, more: str = "") -> str:
    """The text, or as much of it as `cells` holds, with `more` where something was left out.

    That is the end; where a text ends in brackets it is what stands before them, since those tell
    texts that begin alike from one another: “Band, Choir and Ev… (Argyle)”.
    """
    text = shown(text[:LONGEST])
    if cell_len(text) <= cells:
        return text
    more = more or GLYPHS["more"]
    if cells <= cell_len(more):
        return set_cell_size(text, max(0, cells)).rstrip() if cells < 1 else more[:cells]
    if text.endswith(")") and cells >= 2 * LEAST_HEAD and (start := text.rfind(" (")) > 0:
        tail = text[start:]
        # Of long brackets only the beginning stays, beside as much of what stands before them.
        if cell_len(tail) > cells - LEAST_HEAD:
            tail = _begin(tail, cells - cells // 2, more)
        return _begin(text[:start], cells - cell_len(tail), more) + tail
    return _begin(text, cells, more)


def _begin(text: str, cells: int, more: str) -> str:
    """As much of a text's beginning as `cells` holds, and `more`; all of it where it fits."""
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, cells - cell_len(more)).rstrip() + more


def fit(text: str, cells: int, align: str = "left", more: str = "") -> str:
    """The text in exactly `cells` cells: cut when too long, filled with spaces on the far side when
    short."""
    if cells <= 0:
        return ""
    if len(text) <= cells and text.isascii() and text.isprintable():
        # Most texts of a list: a cell a letter.
        return text.rjust(cells) if align == "right" else text.ljust(cells)
    text = cut(text, cells, more)
    spaces = " " * (cells - cell_len(text))
    return spaces + text if align == "right" else text + spaces


def wrap(text: str, cells: int, most: int = 0) -> list[str]:
    """The text in lines of at most `cells` cells, broken at spaces; `most` bounds how many lines
    (0: no bound)."""
    cells = max(1, cells)
    lines: list[str] = []
    for part in shown(text, lines=True).split("\n"):
        line = ""
        for word in part.split(" "):
            candidate = f"{line} {word}" if line else word
            if cell_len(candidate) <= cells:
                line = candidate
                continue
            if line:
                lines.append(line)
            *full, line = _pieces(word, cells)
            lines.extend(full)
        lines.append(line)
        if most and len(lines) > most:
            break
    if most and len(lines) > most:
        lines[most - 1] = cut(lines[most - 1] + " " + "." * cells, cells)
        del lines[most:]
    return lines


def _pieces(word: str, cells: int) -> Iterable[str]:
    """A word that is longer than a line, in pieces that are not."""
    if cell_len(word) <= cells:
        return [word]
    pieces: list[str] = []
    start = size = 0
    for begin, _, cell_size in split_graphemes(word)[0]:
        if size + cell_size > cells and begin > start:
            pieces.append(word[start:begin])
            start, size = begin, 0
        size += cell_size
    pieces.append(word[start:])
    return pieces


class PasteGuard:
    """Takes escapes out of what is pasted, so that none of it turns into keys.

    Textual ends the escape sequence that it finds inside a bracketed paste as if it had been typed;
    text copied from anywhere could press Escape, or any key, in a form. Feed it what the terminal
    sends, in order, chunk by chunk.
    """

    def __init__(self) -> None:
        self._inside = False
        self._tail = ""
        """The end of what was passed on outside a paste: a marker may come in two chunks."""
        self._held = ""
        """The end of what was pasted, not passed on yet: it may be the closing marker's
        beginning."""

    def filter(self, data: str) -> str:
        """What of `data` may go on to the parser now, possibly nothing."""
        out: list[str] = []
        while data:
            if self._inside:
                before, mark, data = (self._held + data).partition(_PASTE_END)
                self._held = "" if mark else _ending(before, _PASTE_END)
                before = before[: len(before) - len(self._held)]
                out += (before.replace("\x1b", ""), mark)
                self._inside = not mark
                continue
            before, mark, after = (self._tail + data).partition(_PASTE_START)
            out.append((before + mark)[len(self._tail) :])
            self._tail = "" if mark else _ending(before, _PASTE_START)
            self._inside, data = bool(mark), after
        return "".join(out)


def _ending(text: str, marker: str) -> str:
    """The longest true beginning of `marker` that `text` ends with."""
    sizes = range(min(len(marker) - 1, len(text)), 0, -1)
    return next((marker[:n] for n in sizes if text.endswith(marker[:n])), "")


class GuardedParser(XTermParser):
    """Textual's parser behind a PasteGuard."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._guard = PasteGuard()

    def feed(self, data: str) -> Iterable[Message]:
        """Parse what the terminal sent; empty data means the end of input."""
        if not data:
            return super().feed(data)
        passed = self._guard.filter(data)
        return super().feed(passed) if passed else ()


def first_line(event: events.Paste) -> str:
    """What a field of one line takes from a paste: all of it, new lines as spaces, cleaned; the
    paste goes no further."""
    event.stop()
    event.prevent_default()
    return shown(event.text[:LONGEST])
