"""What the command line prints: plain text in which control characters are impossible."""

from __future__ import annotations

import os
import select
import sys
import unicodedata
from collections.abc import Iterable, Sequence

from models.text import clean


def say(words: str = "") -> None:
    """Print a line, or several, on the standard output."""
    for line in words.split("\n"):
        body = line.lstrip(" ")
        indent = " " * (len(line) - len(body))
        sys.stdout.write(_fit(indent + clean(body, lines=True).text, sys.stdout.encoding) + "\n")


def is_heard() -> bool:
    """Whether anybody can still read what is printed; a pipe's reader may have left already."""
    asked = select.poll()
    try:
        asked.register(sys.stdout.fileno(), 0)
    except (OSError, ValueError):
        return False
    return not any(told & (select.POLLERR | select.POLLNVAL) for _, told in asked.poll(0))


def give_up() -> None:
    """Let what is left unprinted go, so that ending the program tries no more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(words: str) -> None:
    """Print one line on the standard error; never more than one."""
    sys.stderr.write("cofp: " + _fit(clean(words).text, sys.stderr.encoding) + "\n")
    sys.stderr.flush()


def note(words: str) -> None:
    """Tell on the standard error what is going on, where somebody watches."""
    if sys.stderr.isatty():
        complain(words)


def _fit(words: str, encoding: str | None) -> str:
    """The words in what the terminal's character set has."""
    return words.encode(encoding or "utf-8", "replace").decode(encoding or "utf-8")


def table(header: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> None:
    """Print rows in columns under a header; the columns in `right` are numbers."""
    everything = [tuple(header), *(tuple(clean(cell).text for cell in row) for row in rows)]
    widths = [max(map(width, column)) for column in zip(*everything, strict=True)]
    numbers = set(right)
    for row in everything:
        cells = [
            _pad(cell, size, place in numbers)
            for place, (cell, size) in enumerate(zip(row, widths, strict=True))
        ]
        say("  ".join(cells).rstrip())


def _pad(cell: str, size: int, to_right: bool) -> str:
    space = " " * (size - width(cell))
    return space + cell if to_right else cell + space


def width(words: str) -> int:
    """The cells that a text takes on a terminal, near enough for columns."""
    if words.isascii():
        return len(words)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in unicodedata.normalize("NFC", words)
    )


def defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    cleaned = clean(cell).text
    return f"'{cleaned}" if cleaned.startswith(("=", "+", "-", "@", "\t", "\r")) else cleaned
