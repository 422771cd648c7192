"""Notes in Markdown, drawn as lines: headings, lists, quotes, code and emphasis; never as markup.

Textual's own Markdown makes a widget of every paragraph, which a long session's notes are too many
for; this draws them all in one, and only text ever leaves it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui import safe
from tui.theme import GLYPHS
from tui.widgets.drawn import Drawn, Piece

_HEADING = re.compile(r"(#{1,6})\s+(.*)$")
_ITEM = re.compile(r"(\s*)([-*+]|\d{1,3}[.)])\s+(?:\[([ xX])\]\s+)?(.*)$")
_QUOTE = re.compile(r"\s*>\s?(.*)$")
_RULE = re.compile(r"\s*(?:-\s*){3,}$|\s*(?:\*\s*){3,}$|\s*(?:_\s*){3,}$")
_FENCE = re.compile(r"\s*(```|~~~)")
# No part may run past a sign that could begin another one: a text of nothing but signs is read in one go.
_INLINE = re.compile(
    r"\*\*(?P<strong>[^*\n]+)\*\*|`(?P<code>[^`\n]+)`"
    r"|(?<![*\w])[*_](?P<soft>[^*_\n]+)[*_](?![*\w])|\[(?P<link>[^\[\]\n]+)\]\((?P<to>[^()\s]+)\)"
)
_SIGNS = re.compile(r"[*_`\[]")
_WORD = re.compile(r"\S+|\s+")


class Prose(Drawn):
    """A text in Markdown, wrapped to the width there is."""

    def __init__(
        self, text: str = "", *, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._text = text

    def show(self, text: str) -> None:
        """Show this from now on."""
        if text != self._text:
            self._text = text
            self.changed()

    def draw(self, width: int) -> list[list[Piece]]:
        return list(drawn(self._text, max(8, width)))


def drawn(text: str, width: int) -> Iterator[list[Piece]]:
    """The text's lines for that many cells."""
    in_code = False
    head, paragraph = "", list[str]()
    for line in [*safe.shown(text, lines=True).split("\n"), ""]:
        item = None if in_code or _RULE.match(line) else _ITEM.match(line)
        plain = not in_code and not item and not _is_block(line)
        if (head or paragraph) and not plain:
            yield from _wrapped(" ".join(paragraph), width, head)
            head = ""
            paragraph.clear()
        if _FENCE.match(line):
            in_code = not in_code
        elif in_code:
            yield [Piece(safe.cut("  " + line, width), "open")]
        elif item:
            # What follows without a blank line between goes on with it.
            head = _head_of(item)
            paragraph.append(item[4].strip())
        elif plain:
            paragraph.append(line.strip())
        else:
            yield from _block(line, width)


def _head_of(item: re.Match[str]) -> str:
    """The sign before an item of a list."""
    indent, sign, box, _ = item.groups()
    head = " " * min(8, len(indent)) + ("• " if sign in "-*+" else f"{sign} ")
    if box is not None:
        head = head[:-2] + (f"[{GLYPHS['mark']}] " if box != " " else "[ ] ")
    return head


def _is_block(line: str) -> bool:
    """Whether the line stands for itself; others run on in one paragraph, or in their item."""
    return not line.strip() or any(
        pattern.match(line) for pattern in (_HEADING, _QUOTE, _RULE, _FENCE)
    )


def _block(line: str, width: int) -> Iterator[list[Piece]]:
    if not line.strip():
        yield []
    elif _RULE.match(line):
        yield [Piece(GLYPHS["thin"] * width, "rule")]
    elif heading := _HEADING.match(line):
        tone = "title" if len(heading[1]) <= 2 else "strong"
        yield from _wrapped(heading[2].rstrip().rstrip("#").rstrip(), width, tone=tone)
    elif quote := _QUOTE.match(line):
        head = f"{GLYPHS['upright']} "
        yield from _wrapped(quote[1], width, head, tone="muted", every=True)


def _wrapped(
    text: str, width: int, head: str = "", *, tone: str = "text", every: bool = False
) -> Iterator[list[Piece]]:
    """A text in lines after `head`, which stands before the first (or every) one."""
    room = width - safe.width(head)
    measure = len if text.isascii() else safe.width
    again = head if every else " " * (width - room)
    line: list[Piece] = [Piece(head, "muted")] if head else []
    bare = len(line)
    used = 0
    for piece in _inline(text, tone):
        run: list[str] = []
        for word in _WORD.findall(piece.text):
            is_space = word.isspace()
            cells = 1 if is_space else measure(word)
            if used + cells > room:
                if is_space:
                    continue
                if run:
                    line.append(Piece("".join(run), piece.tone))
                    run = []
                if len(line) > bare:
                    yield line
                    line, used = ([Piece(again, "muted")] if head else []), 0
                *full, word = safe.wrap(word, room) if cells > room else [word]
                for part in full:
                    yield [*line, Piece(part, piece.tone)]
                    line = [Piece(again, "muted")] if head else []
                cells = measure(word)
            elif is_space:
                if not used:
                    continue
                word = " "
            run.append(word)
            used += cells
        if run:
            line.append(Piece("".join(run), piece.tone))
    yield line


def _inline(text: str, tone: str) -> Iterator[Piece]:
    if not _SIGNS.search(text):
        yield Piece(text, tone)
        return
    at = 0
    for found in _INLINE.finditer(text):
        if found.start() > at:
            yield Piece(text[at : found.start()], tone)
        if found["strong"]:
            yield Piece(found["strong"], f"{tone} strong")
        elif found["code"]:
            yield Piece(found["code"], "open")
        elif found["soft"]:
            yield Piece(found["soft"], "muted")
        else:
            # An address is shown in full, since nothing can be opened from a shared terminal.
            yield Piece(found["link"], f"{tone} strong")
            yield Piece(f" ({found['to']})", "faint")
        at = found.end()
    if at < len(text):
        yield Piece(text[at:], tone)
