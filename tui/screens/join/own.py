"""What stands above the list: where the person is now, and the card that says what has just changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models import join
from tui import safe
from tui.keys import shown
from tui.theme import GLYPHS
from tui.widgets.drawn import Drawn, Piece, sides


@dataclass(frozen=True)
class Line:
    """One line: a thing at the left, what belongs to it at the right."""

    text: str
    tone: str = "text"
    note: str = ""


def when_and_where(own: join.Mine) -> str:
    """When and where one's community meets next: “Fri 9 Oct, afternoon · Argyle library”."""
    meeting = own.next_meeting
    if meeting is None:
        return ""
    return f"{meeting.when_words} · {meeting.place}"


def lines(own: join.Mine, *, is_known: bool) -> Iterator[Line]:
    """Where the person is now, in one line; then a line for a waiting list, and for a request."""
    if not is_known:
        yield Line("Look around. Only when you choose are you asked who you are.")
    elif own.place is None:
        yield Line("You are in no community yet.", "accent strong")
    elif not own.place.is_running:
        yield Line(
            f"{own.place.title} does not run this year: choose another one.",
            "bad",
        )
    else:
        verb = "You facilitate" if own.role == "facilitator" else "You are in"
        how = f" ({own.how_words})" if own.how_words else ""
        yield Line(
            f"{GLYPHS['mark']} {verb} {own.place.title}{how}", "good strong", when_and_where(own)
        )
    if own.waiting is not None:
        yield Line(
            f"You are number {own.waiting.number} on the waiting list of {own.waiting.title}."
        )
    request = own.request
    if request is not None and request.state == "open":
        yield Line(
            f"Your change to {request.to_title} waits for {request.waits_for}.",
            "text",
            f"{shown('change')} takes it back",
        )
    elif request is not None and request.state == "declined":
        yield Line(f"Your change to {request.to_title} was declined: {request.answer}", "muted")
    yield Line(own.window_words, "muted")


class Own(Drawn):
    """Where the person is now."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Line, ...] = ()

    def show(self, shown_lines: tuple[Line, ...]) -> None:
        """Show these lines from now on."""
        if shown_lines != self._lines:
            self._lines = shown_lines
            self.changed()

    def draw(self, width: int) -> list[list[Piece]]:
        drawn: list[list[Piece]] = []
        for line in self._lines:
            text = safe.shown(line.text[: safe.LONGEST])
            note = safe.shown(line.note[: safe.LONGEST])
            if safe.width(text) + safe.width(note) + 2 <= width:
                right = [Piece(note, "muted")] if note else []
                drawn.append(sides([Piece(text, line.tone)], right, width))
                continue
            drawn += [[Piece(part, line.tone)] for part in safe.wrap(text, width, 2)]
            if note:
                parts = safe.wrap(note, width - 2, 2)
                drawn += [[Piece(f"  {part}", "muted")] for part in parts]
        return drawn


class Card(Drawn):
    """What the person has just brought about: it stays until they go on."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._title = ""
        self._rows: tuple[tuple[str, str], ...] = ()

    def show(self, title: str, rows: tuple[tuple[str, str], ...]) -> None:
        """Say this: `rows` are (label, text)."""
        self._title, self._rows = title, tuple(row for row in rows if row[1])
        self.changed()

    @property
    def text(self) -> str:
        """All that it says, as plain text."""
        return " ".join((self._title, *(f"{label} {text}" for label, text in self._rows)))

    def draw(self, width: int) -> list[list[Piece]]:
        edge = Piece(f"{GLYPHS['edge_lit']} ", "good")
        inner = width - 2
        drawn = [
            [edge, Piece(text, "good strong")]
            for text in safe.wrap(f"{GLYPHS['mark']} {self._title}", inner, 2)
        ]
        column = max((safe.width(label) for label, _ in self._rows), default=0) + 2
        for label, text in self._rows:
            for said in safe.wrap(text, inner - column, 2):
                drawn.append([edge, Piece(safe.fit(label, column), "muted"), Piece(said)])
                label = ""
        return drawn


def joined(own: join.Mine) -> tuple[tuple[str, str], ...]:
    """The card's rows after joining: with whom, when and where it meets first, and what is still open."""
    if own.place is None:
        return ()
    return (
        ("With", own.with_words),
        ("Meets", when_and_where(own) or "no meeting is arranged yet"),
        ("", own.window_words),
    )


def waiting(own: join.Mine) -> tuple[tuple[str, str], ...]:
    """The card's rows after asking to wait: what happens next, and what is kept meanwhile."""
    kept = f"You keep your place in {own.place.title} until then." if own.place else ""
    return (
        ("", "A place that comes free is yours at once; Today tells you."),
        ("", kept),
        ("", own.window_words),
    )
