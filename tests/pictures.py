"""`make pictures`: photographs the running program in a terminal, for the README, as SVG.

Each picture is a real session on the sample division: the program is started, keys are pressed, and what the
terminal shows is drawn cell by cell.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from rich.cells import cell_len

from .terminal import ROOT, Terminal

FOLDER = ROOT / "docs" / "pictures"
CELL_WIDTH, CELL_HEIGHT, FONT = 8.4, 18, 14
PIN = "739264"
GROUND = "#0f1620"


@dataclass(frozen=True)
class Picture:
    """One picture: who is signed in on which day, and what they press."""

    name: str
    on: str
    who: str = ""
    """A person of the sample's Welcome; empty: nobody."""
    steps: tuple[tuple[str, ...], ...] = ()
    """(what to wait for, keys …) one after the other."""
    until: str = ""
    """What the picture must show."""
    size: tuple[int, int] = (120, 36)


_MARKS = tuple(
    ("ATTENDANCE", key) for key in ("space", "space", "e", *["space"] * 5, "o", "-", "space")
)
"""Attendance taken of the first ones."""

PICTURES = (
    Picture("welcome", "2026-09-22", until="OFFERINGS"),
    Picture("today", "2026-09-22", "Amara Okafor", until="THE YEAR"),
    Picture("join", "2026-09-22", "Colette Desjarlais", (("TODAY", "4"),), "Places"),
    Picture("unregistered", "2026-09-22", "Amara Okafor", (("TODAY", "enter"),), "Suggested"),
    Picture("session", "2026-10-09", "Darren Kowalchuk", (("TODAY", "enter"), *_MARKS), "9 of 17"),
    Picture("small", "2026-09-22", "Amara Okafor", (("TODAY", "enter"),), "Name", (80, 24)),
)


def main() -> int:
    """Take every picture anew, or those named."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = set(sys.argv[1:])
    with tempfile.TemporaryDirectory() as home:
        for picture in PICTURES:
            if not wanted or picture.name in wanted:
                svg = "\n".join(photographed(picture, Path(home)))
                (FOLDER / f"{picture.name}.svg").write_text(svg + "\n", encoding="utf-8")
                print(f"docs/pictures/{picture.name}.svg")
    return 0


def photographed(picture: Picture, home: Path) -> list[str]:
    """Drive the program to what the picture shows, and draw it."""
    argv = [sys.executable, "-m", "tui", "sample", "--on", picture.on]
    with Terminal(argv, size=picture.size, env={"HOME": str(home)}) as terminal:
        terminal.wait_for("OFFERINGS", "help", seconds=60)
        if picture.who:
            _sign_in(terminal, picture.who)
        for words, *keys in picture.steps:
            terminal.wait_for(words)
            terminal.rest(0.5)
            terminal.send(*keys)
        if picture.until:
            terminal.wait_for(picture.until)
        terminal.rest(0.7)
        return list(drawn(terminal))


def _sign_in(terminal: Terminal, who: str) -> None:
    terminal.send("i")
    terminal.wait_for("Esc back")
    terminal.send(who)
    terminal.rest(0.5)
    terminal.send("enter")
    terminal.wait_for("PIN")
    terminal.rest(0.5)
    terminal.send(PIN, "enter")
    terminal.wait_for("TODAY", "sign out")


def drawn(terminal: Terminal) -> Iterator[str]:
    """The screen as the lines of an SVG."""
    columns, rows = terminal.size
    width, height = columns * CELL_WIDTH, rows * CELL_HEIGHT
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="{FONT}" '
        'xml:space="preserve">'
    )
    yield f'<rect width="{width:g}" height="{height:g}" fill="{GROUND}"/>'
    runs = [(x, y, *run) for y, row in enumerate(_cells(terminal)) for x, *run in _runs(row)]
    # Every ground before any text: a font may be wider than the cells.
    for x, y, text, (_, ground, _) in runs:
        if ground != GROUND:
            width = cell_len(text) * CELL_WIDTH
            yield (
                f'<rect x="{x * CELL_WIDTH:g}" y="{y * CELL_HEIGHT}" width="{width:g}" '
                f'height="{CELL_HEIGHT}" fill="{ground}"/>'
            )
    for x, y, text, (ink, _, weight) in runs:
        yield from _written(x, y, text, ink, weight)
    yield "</svg>"


def _cells(terminal: Terminal) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Each row's cells: the character, its ink, its ground, its weight."""
    screen = terminal.screen
    for y in range(screen.lines):
        row = []
        for x in range(screen.columns):
            cell = screen.buffer[y][x]
            if not cell.data:
                continue  # the right half of a wide character
            ink, ground = _colour(cell.fg, "#e6eaf0"), _colour(cell.bg, GROUND)
            if cell.reverse:
                ink, ground = ground, ink
            row.append((cell.data, ink, ground, "bold" if cell.bold else ""))
        yield tuple(row)


def _colour(name: str, default: str) -> str:
    return default if name == "default" else f"#{name}"


def _runs(row: tuple[tuple[str, ...], ...]) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """(column, text, look) of neighbouring cells that look the same."""
    start, text, look = 0, "", None
    for x, (char, *cell_look) in enumerate(row):
        if look != tuple(cell_look):
            if text:
                yield start, text, look or ()
            start, text, look = x, "", tuple(cell_look)
        text += char
    if text:
        yield start, text, look or ()


def _written(x: int, y: int, text: str, ink: str, weight: str) -> Iterator[str]:
    shown = text.strip()
    if shown:
        before = len(text) - len(text.lstrip())
        left = (x + cell_len(text[:before])) * CELL_WIDTH
        bold = ' font-weight="bold"' if weight == "bold" else ""
        yield (
            f'<text x="{left:g}" y="{y * CELL_HEIGHT + 13}" fill="{ink}"{bold} '
            f'textLength="{cell_len(shown) * CELL_WIDTH:g}">{escape(shown)}</text>'
        )


if __name__ == "__main__":
    raise SystemExit(main())
